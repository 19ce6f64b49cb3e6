"""The sheet in the pilot's hands: saved, proposed, taken back, submitted; and what is refused."""

from datetime import timedelta

import pytest
from flask import Flask

from collectifs.collectives.models import Membership
from collectifs.kernel import clock, vault
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.kernel.work import Mail
from collectifs.meetings.domain.work import PerishNotes
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from collectifs.sheets.domain.work import MailSheetAcceptedInRoom, MailSheetProposed
from collectifs.sheets.models import SheetProposal, SheetVersion
from collectifs.sheets.queries.sheets import open_draft, open_presenter, open_submitted, shared_content
from collectifs.sheets.queries.versions import open_version
from collectifs.sheets.services import sheets, versions
from collectifs.sheets.services.sheets import Room
from collectifs.sheets.services.versions import DraftConflict
from tests import factories
from tests.asked import asked, told
from tests.circle import DAY, HOUR, Circle


def refused(action, *, field: str | None = None) -> str:
    with pytest.raises(RuleBroken) as broken:
        action()
    if field is not None:
        assert broken.value.field == field
    return broken.value.sentence


# The working copy


def test_what_is_typed_is_kept_sealed_numbered_and_leaves_no_audit(circle: Circle):
    circle.write(SheetContent("Un mot rare ?", (Answer("Écouter."),)))
    assert open_draft(circle.sheet) == SheetContent("Un mot rare ?", (Answer("Écouter."),))
    assert "rare" not in circle.sheet.draft.decode("latin-1")
    assert (circle.sheet.revision, circle.sheet.saved_at, circle.sheet.saved_by_id) == (
        1,
        clock.now(),
        circle.pilot.id,
    )
    assert db.session.query(AuditEvent).count() == 0
    assert db.session.query(SheetVersion).count() == 0


def test_a_save_made_from_an_older_page_overwrites_nothing(circle: Circle):
    circle.write(SheetContent("La première ?"))
    with pytest.raises(DraftConflict):
        versions.save_draft(
            circle.access,
            revision=0,
            content=SheetContent("La seconde ?"),
            now=clock.now(),
            by=circle.person(circle.pilot),
        )
    assert open_draft(circle.sheet).question == "La première ?"


def test_the_same_words_sent_twice_are_no_conflict(circle: Circle):
    content = SheetContent("La même ?", (Answer("Écouter."),))
    circle.write(content)
    with_blank = SheetContent(content.question, (*content.answers, Answer("")))
    versions.save_draft(circle.access, revision=0, content=with_blank, now=clock.now(), by=circle.person(circle.pilot))
    assert circle.sheet.revision == 1


def test_a_text_too_long_is_refused_whole_with_what_is_too_much(circle: Circle):
    long = SheetContent("?", (Answer("a"), Answer("b" * 503)))
    said = refused(lambda: circle.write(long), field="answers-1-text")
    assert said.startswith("La réponse 2 est trop longue de trois ")
    assert circle.sheet.revision == 0


def test_what_was_put_to_the_collective_is_not_written_any_more(circle: Circle):
    circle.write_and_propose()
    assert "reprenez d’abord l’écriture" in refused(circle.write)


def test_a_draft_past_its_date_is_not_written_any_more(circle: Circle, moment):
    moment.shift(timedelta(days=366))
    assert "a été effacé" in refused(circle.write)


def test_a_note_for_the_sheet_becomes_one_answer_whose_kind_is_to_be_said(circle: Circle):
    circle.write(SheetContent("?", (Answer("Écouter.", AnswerKind.TRIED),)))
    for _ in range(2):
        sheets.add_note_to_draft(circle.sheet, "Marcher ensemble.", now=clock.now())
    assert open_draft(circle.sheet).answers == (Answer("Écouter.", AnswerKind.TRIED), Answer("Marcher ensemble."))
    assert circle.sheet.revision == 2


def test_a_note_is_never_cut_nor_pushed_onto_a_full_or_proposed_sheet(circle: Circle):
    full = SheetContent("?", tuple(Answer(f"Réponse {n}", AnswerKind.TRIED) for n in range(12)))
    circle.write(full)
    sheets.add_note_to_draft(circle.sheet, "Une de plus.", now=clock.now())
    assert open_draft(circle.sheet) == full
    circle.write()
    sheets.add_note_to_draft(circle.sheet, "long " * 200, now=clock.now())
    circle.propose()
    sheets.add_note_to_draft(circle.sheet, "Trop tard.", now=clock.now())
    assert open_draft(circle.sheet) == factories.content()


def test_who_presented_is_sealed_with_the_drafts(circle: Circle):
    circle.presented_by(circle.maud)
    assert open_presenter(circle.sheet) == circle.maud.id
    assert str(circle.maud.id).encode() not in circle.sheet.presenter
    sheets.set_presenter(circle.sheet, None)
    assert circle.sheet.presenter is None
    circle.write_and_propose()
    assert not circle.access.life.has_presenter


# Proposing


def test_proposing_freezes_a_version_by_number_and_hash(circle: Circle):
    circle.write(SheetContent("Comment dire ?", (Answer("Écouter.", AnswerKind.TRIED), Answer(""))))
    circle.propose()
    version = db.session.query(SheetVersion).one()
    kept = SheetContent("Comment dire ?", (Answer("Écouter.", AnswerKind.TRIED),))
    assert (version.number, version.digest, open_version(version)) == (1, kept.digest(), kept)
    assert version.key_id == circle.sheet.key_id
    assert circle.status == "proposed"


def test_each_reader_is_told_but_the_pilot_who_proposes(circle: Circle):
    former = factories.user("Inès")
    factories.membership(former, circle.collective, ends_at=clock.now() - HOUR)
    newcomer = factories.user("Samir")
    factories.membership(newcomer, circle.collective, consents=False)
    circle.write_and_propose()
    assert told(MailSheetProposed) == {each.id for each in (circle.maud, circle.karim, circle.odile)}
    assert {mail.proposal_id for mail in asked(Mail)} == {circle.access.proposal.id}


def test_the_delay_is_three_school_days_of_the_collective(circle: Circle):
    circle.write_and_propose()
    assert circle.access.life.deadline_at == clock.now() + 5 * DAY


@pytest.mark.parametrize(
    ("content", "field", "words"),
    [
        (SheetContent("", factories.content().answers), "question", "Écrivez d’abord la problématique"),
        (SheetContent("Comment ?", ()), "answers", "au moins une réponse"),
        (SheetContent("Comment ?", (Answer("Écouter."),)), "answers", "éprouvée ou envisagée"),
        (SheetContent("Comment ?", (Answer("", AnswerKind.TRIED, "seul"),)), "answers", "n’a qu’une condition"),
        (SheetContent("Que dit Maud ?", factories.content().answers), "question", "« Maud »"),
        (
            SheetContent("Comment ?", (Answer("Demander à Odile Ferrand.", AnswerKind.TRIED),)),
            "answers-0-text",
            "La réponse 1 contient « Odile Ferrand »",
        ),
        (
            SheetContent("Comment ?", (Answer("Dire.", AnswerKind.TRIED, "écrire à moi@ecole.example"),)),
            "answers-0-condition",
            "La condition de la réponse 1 contient « moi@ecole.example »",
        ),
        (SheetContent("Aux Tilleuls ? Les Tilleuls ?", factories.content().answers), "question", "« Les Tilleuls »"),
    ],
)
def test_what_cannot_be_proposed(circle: Circle, content: SheetContent, field: str, words: str):
    circle.write(content)
    assert words in refused(circle.propose, field=field)
    assert db.session.query(SheetProposal).count() == 0
    assert asked(Mail) == []


def test_somebody_who_left_is_not_named_either(circle: Circle):
    row = db.session.query(Membership).filter_by(user_id=circle.karim.id).one()
    row.ends_at = clock.now() - HOUR
    circle.write(SheetContent("Comment Karim a-t-il fait ?", factories.content().answers))
    assert "« Karim »" in refused(circle.propose)


def test_a_page_that_overflows_is_refused_with_the_lines_too_many(circle: Circle):
    circle.write()
    said = refused(lambda: circle.propose(room=Room(pages=2, lines_left=-7)))
    assert said == "La page déborde de sept lignes : raccourcissez une réponse, ou retirez-en une."


def test_proposed_twice_it_is_refused(circle: Circle):
    circle.write_and_propose()
    assert "déjà proposée" in refused(circle.propose)


# Read and accepted in the room


def test_accepted_in_the_room_by_all_it_is_agreed_at_once_and_the_notes_perish(circle: Circle):
    circle.write_and_propose(accepted_in_room=True)
    assert circle.status == "agreed"
    assert circle.meeting.notes_perished_at == clock.now()
    assert asked(PerishNotes) == [PerishNotes(circle.meeting.id)]
    assert told(MailSheetAcceptedInRoom) == {each.id for each in (circle.maud, circle.karim, circle.odile)}
    assert told(MailSheetProposed) == set()


def test_each_may_still_object_and_nothing_leaves_before_the_end_of_the_delay(circle: Circle, moment):
    circle.write_and_propose(accepted_in_room=True)
    assert "attendez la fin du délai" in refused(circle.submit)
    circle.object(circle.karim)
    assert circle.status == "proposed"
    moment.shift(6 * DAY)
    assert "n’a pas encore accepté" in refused(circle.submit)


def test_the_absent_keep_the_whole_delay(app: Flask):
    circle = Circle(absent=("Karim",))
    circle.write_and_propose(accepted_in_room=True)
    assert circle.status == "proposed"
    assert circle.meeting.notes_perished_at is None
    assert circle.karim.id in told(MailSheetProposed)
    assert told(MailSheetAcceptedInRoom) == set()


def test_accepted_in_the_room_is_said_on_the_day_only(circle: Circle, moment):
    circle.write()
    moment.shift(DAY)
    assert "le jour du regroupement" in refused(lambda: circle.propose(accepted_in_room=True), field="how")


# Taken back


def test_taking_up_the_pen_makes_agreement_and_objections_lapse(circle: Circle, moment):
    circle.write_and_propose()
    circle.object(circle.karim)
    sheets.reopen_sheet(circle.access, now=clock.now(), by=circle.person(circle.pilot))
    assert circle.status == "draft"
    circle.write(SheetContent("Autrement ?", factories.content().answers))
    moment.shift(DAY)
    circle.propose()
    life = circle.access.life
    assert (life.text_objections, life.presenter_agreed) == (0, None)
    assert life.deadline_at == clock.now() + 5 * DAY
    assert [version.number for version in db.session.query(SheetVersion).order_by(SheetVersion.number)] == [1, 2]


def test_notes_do_not_come_back_when_an_agreed_sheet_is_written_again(circle: Circle, moment):
    circle.write_and_propose()
    moment.shift(6 * DAY)
    sheets.reopen_sheet(circle.access, now=clock.now(), by=circle.person(circle.pilot))
    assert circle.meeting.notes_perished_at is not None
    assert len(asked(PerishNotes)) == 1


def test_a_draft_is_not_taken_back(circle: Circle):
    reopen = lambda: sheets.reopen_sheet(circle.access, now=clock.now(), by=circle.person(circle.pilot))  # noqa: E731
    assert "déjà en cours d’écriture" in refused(reopen)


# Submitted


def test_the_institution_receives_its_own_copy_under_a_code_a_month_and_a_degree(circle: Circle, moment):
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    copy = circle.copy
    assert (copy.collective_code, copy.month.isoformat(), copy.degree.value) == ("B7", "2027-01-01", "first")
    assert (copy.version_number, copy.season, copy.territory_id) == (1, 2026, circle.territory.id)
    assert copy.key_id != circle.sheet.key_id
    assert open_submitted(copy.id) == factories.content()
    assert circle.status == "submitted"
    event = db.session.query(AuditEvent).filter_by(kind="sheet_submitted").one()
    assert (event.object_id, event.actor_id) == (circle.sheet.id, circle.pilot.id)


def test_the_copy_outlives_the_drafts(circle: Circle, moment):
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    vault.destroy_key(circle.sheet.key_id)
    moment.shift(31 * DAY)
    assert shared_content(circle.access, clock.now()) == factories.content()


def test_submitted_once_it_is_not_submitted_again(circle: Circle, moment):
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    assert "déjà transmise" in refused(circle.submit)


def test_somebody_who_joined_since_is_not_named_in_what_leaves(circle: Circle, moment):
    circle.write(SheetContent("Comment Solène fait-elle ?", factories.content().answers))
    circle.propose()
    factories.membership(factories.user("Solène", "Abgrall"), circle.collective)
    moment.shift(6 * DAY)
    assert "Retirez de la fiche ce qui fait reconnaître quelqu’un : Solène." in refused(circle.submit)


def test_an_objection_that_nobody_was_shown_yet_holds_all_the_same(circle: Circle, moment):
    circle.write_and_propose()
    circle.object(circle.odile)
    moment.shift(6 * DAY)
    assert "n’a pas encore accepté" in refused(circle.submit)
