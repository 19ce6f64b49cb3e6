"""A sheet amended and proposed again, a new version after a submission, a name agreed to, mails that wait, no sheet."""

from datetime import timedelta
from uuid import UUID

import pytest

from collectifs.across.services.tidying import tidy
from collectifs.collectives.models import Membership
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.models import AuditEvent, Job
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.texts import open_text
from collectifs.kernel.work import DestroyKey
from collectifs.live.queries.events import notes_are_gone
from collectifs.meetings.domain.work import PerishNotes
from collectifs.review import services as review
from collectifs.review.domain.pile import PileFilter
from collectifs.review.permissions import can_review
from collectifs.review.queries.copies import get_submitted, readings_of, remarks_on
from collectifs.review.queries.pile import piled
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from collectifs.sheets.domain.work import MailSheetProposed
from collectifs.sheets.models import SubmittedSheet
from collectifs.sheets.permissions import can_read_sheet, can_see_sheet, can_withdraw_sheet
from collectifs.sheets.queries.sheets import open_draft, open_submitted, shared_content
from collectifs.sheets.queries.versions import former_content
from collectifs.sheets.services import consent as given_up
from collectifs.sheets.services.consent import answer_as_presenter, withdraw_sheet
from tests import factories
from tests.asked import asked, rows_of, told
from tests.circle import DAY, HOUR, Circle, mails_left
from tests.pages import plain

SECOND = SheetContent("Comment dire autrement ?", (Answer("Se taire.", AnswerKind.CONSIDERED),))


def transmitted(circle: Circle, moment) -> SubmittedSheet:
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    return circle.copy


def again(circle: Circle, moment, content: SheetContent = SECOND) -> None:
    circle.reopen()
    circle.write(content)
    circle.propose()
    moment.shift(6 * DAY)


def give_up(circle: Circle) -> None:
    given_up.give_up_sheet(circle.access, now=clock.now(), by=circle.person(circle.pilot))


def keep(circle: Circle) -> None:
    given_up.keep_submitted_version(circle.access, now=clock.now(), by=circle.person(circle.pilot))


def refused(action) -> str:
    with pytest.raises(RuleBroken) as broken:
        action()
    return broken.value.sentence


# Amended and proposed again


def test_amended_everything_begins_again_and_the_former_words_can_be_compared(circle: Circle, moment):
    circle.write_and_propose()
    circle.object(circle.karim)
    moment.shift(DAY)
    assert former_content(circle.sheet_id) is None
    circle.reopen()
    circle.write(SECOND)
    circle.propose()
    life = circle.access.life
    assert (life.text_objections, life.presenter_agreed, life.deadline_at) == (0, None, clock.now() + 5 * DAY)
    assert former_content(circle.sheet_id) == factories.content()
    assert len(asked(MailSheetProposed)) == 6


# A new version after a submission


def pile_of(circle: Circle) -> list[UUID]:
    wanted = PileFilter(frozenset({circle.territory.id}), 2026, circle.inspector.id)
    return [each.facts.id for each in piled(wanted, 1)]


def test_the_institution_keeps_reading_the_former_version_until_the_new_one_arrives(circle: Circle, moment):
    first = transmitted(circle, moment)
    again(circle, moment)
    assert circle.status == "agreed"
    assert open_submitted(first.id) == factories.content()
    assert pile_of(circle) == [first.id]
    assert shared_content(circle.access, clock.now()) == SECOND
    circle.submit()
    second = circle.copy
    assert open_submitted(second.id) == SECOND
    assert second.version_number > first.version_number
    assert (first.replaced_at, first.body, open_submitted(first.id)) == (clock.now(), b"", None)
    assert DestroyKey(first.key_id) in asked(DestroyKey)
    assert pile_of(circle) == [second.id]
    assert not can_review(circle.person(circle.inspector), get_submitted(first.id))
    assert can_review(circle.person(circle.inspector), get_submitted(second.id))
    assert circle.access.life.institution_since is None


def test_meanwhile_the_members_read_what_the_institution_reads_and_may_withdraw_it_all(circle: Circle, moment):
    first = transmitted(circle, moment)
    circle.reopen()
    circle.write(SECOND)
    karim = circle.person(circle.karim)
    assert circle.status == "draft"
    assert can_see_sheet(karim, circle.access)
    assert shared_content(circle.access, clock.now()) == factories.content()
    db.session.query(Membership).filter_by(user_id=circle.karim.id).one().ends_at = clock.now()
    assert can_withdraw_sheet(karim, circle.access)
    withdraw_sheet(circle.access, now=clock.now())
    assert (circle.status, first.withdrawn_at, first.body) == ("withdrawn", clock.now(), b"")
    assert shared_content(circle.access, clock.now()) is None
    assert "a été retirée" in refused(circle.propose)


def test_withdrawn_after_a_second_version_nothing_of_either_is_left(circle: Circle, moment):
    transmitted(circle, moment)
    again(circle, moment)
    circle.submit()
    circle.withdraw(circle.karim)
    copies = db.session.query(SubmittedSheet).all()
    assert len(copies) == 2
    assert all(copy.withdrawn_at and not copy.body for copy in copies)


def test_the_new_version_needs_every_yes_of_its_own(circle: Circle, moment):
    circle.presented_by(circle.maud)
    circle.write_and_propose()
    answer_as_presenter(circle.access, agreed=True, now=clock.now(), by=circle.person(circle.maud))
    moment.shift(6 * DAY)
    circle.submit()
    again(circle, moment)
    assert "La personne qui a exposé" in refused(circle.submit)


def test_the_exchange_and_the_readings_follow_from_one_copy_to_the_next(circle: Circle, moment):
    transmitted(circle, moment)
    inspector = circle.person(circle.inspector)
    review.record_reading(circle.facts, by=inspector)
    review.send_remark(circle.facts, text="Et ensuite ?", now=clock.now(), by=inspector)
    again(circle, moment)
    circle.submit()
    assert [remark.text for remark in remarks_on(circle.copy.id)] == ["Et ensuite ?"]
    assert len(readings_of(circle.copy.id)) == 1
    review.reply_to_remark(circle.access, text="Voilà.", now=clock.now(), by=circle.person(circle.pilot))
    assert [remark.text for remark in remarks_on(circle.copy.id)] == ["Et ensuite ?", "Voilà."]


def test_the_new_draft_does_not_perish_with_the_former_one(circle: Circle, moment):
    transmitted(circle, moment)
    moment.shift(20 * DAY)
    circle.reopen()
    moment.shift(20 * DAY)
    tidy(now=clock.now())
    circle.write(SECOND)
    assert open_draft(circle.sheet) == SECOND


def test_once_the_drafts_have_perished_there_is_no_new_version(circle: Circle, moment):
    transmitted(circle, moment)
    moment.shift(31 * DAY)
    assert "une nouvelle version n’est plus possible" in refused(circle.reopen)
    tidy(now=clock.now())
    assert "une nouvelle version n’est plus possible" in refused(circle.reopen)
    assert circle.status == "submitted"


def test_a_new_version_may_be_left_and_the_former_one_stands_as_before(circle: Circle, moment):
    first = transmitted(circle, moment)
    circle.reopen()
    circle.write(SECOND)
    keep(circle)
    assert (circle.status, circle.copy.id) == ("submitted", first.id)
    assert open_draft(circle.sheet).without_blanks() == factories.content()
    assert shared_content(circle.access, clock.now()) == factories.content()
    circle.withdraw(circle.karim)
    assert circle.status == "withdrawn"


def test_what_is_being_proposed_is_not_left_without_a_word(circle: Circle, moment):
    transmitted(circle, moment)
    circle.reopen()
    circle.propose()
    assert "Il n’y a pas de nouvelle version" in refused(lambda: keep(circle))


def test_who_came_later_reads_the_former_version_and_is_not_asked_about_the_new_one(circle: Circle, moment):
    transmitted(circle, moment)
    solene = factories.user("Solène", "Abgrall")
    factories.membership(solene, circle.collective, starts_at=clock.now())
    moment.shift(HOUR)
    circle.reopen()
    circle.write(SECOND)
    circle.propose()
    assert can_read_sheet(factories.person(solene), circle.access)
    assert solene.id not in told(MailSheetProposed)


# The name of the collective


@pytest.mark.parametrize(
    ("asks", "objects", "bears"), [(False, False, ""), (True, False, "Les Tilleuls"), (True, True, "")]
)
def test_the_copy_bears_the_name_only_asked_for_and_unopposed(
    circle: Circle, moment, asks: bool, objects: bool, bears: str
):
    circle.write_and_propose(asks_name=asks)
    if objects:
        circle.object(circle.karim, "name")
    moment.shift(6 * DAY)
    assert circle.status == "agreed"
    circle.submit()
    assert circle.copy.collective_name == bears
    assert get_submitted(circle.copy.id).label == (bears or "Collectif B7")


def test_the_name_is_never_asked_without_the_transmission(circle: Circle):
    circle.write_and_propose(asks_transmission=False, asks_name=True)
    assert circle.access.proposal.asks_name is False
    assert "Le nom du collectif n’est pas demandé" in refused(lambda: circle.object(circle.karim, "name"))


def test_an_inspector_may_write_the_name_that_the_copy_bears_and_no_other(circle: Circle, moment):
    factories.collective(circle.territory, name="L’Estuaire")
    circle.write_and_propose(asks_name=True)
    moment.shift(6 * DAY)
    circle.submit()
    inspector = circle.person(circle.inspector)
    review.send_remark(circle.facts, text="Merci, Les Tilleuls.", now=clock.now(), by=inspector)
    with pytest.raises(RuleBroken, match="L’Estuaire"):
        review.send_remark(circle.facts, text="Voyez L’Estuaire.", now=clock.now(), by=inspector)


# The check of names, both ways


@pytest.mark.parametrize("text", ["Est-ce que Maud a essayé ?", "Bravo à Mme Ferrand.", "Comment va Zoé Nulle-Part ?"])
def test_who_belongs_or_not_the_inspector_is_asked_the_same_question(circle: Circle, moment, text: str):
    transmitted(circle, moment)
    inspector = circle.person(circle.inspector)
    with pytest.raises(RuleBroken) as broken:
        review.send_remark(circle.facts, text=text, now=clock.now(), by=inspector)
    assert broken.value.field == "nobody_named"
    assert "désigne-t-il une personne ?" in broken.value.sentence
    review.send_remark(circle.facts, text=text, nobody_named=True, now=clock.now(), by=inspector)


def test_the_answer_of_the_collective_is_asked_about_too_and_never_names_a_member(circle: Circle, moment):
    transmitted(circle, moment)
    review.send_remark(circle.facts, text="Et ensuite ?", now=clock.now(), by=circle.person(circle.inspector))
    pilot = circle.person(circle.pilot)

    def reply(text: str, nobody_named: bool) -> str:
        return refused(
            lambda: review.reply_to_remark(
                circle.access, text=text, nobody_named=nobody_named, now=clock.now(), by=pilot
            )
        )

    asked = reply("Nous serons à Brest.", False)
    assert "Avec « Brest », un lecteur du département pourrait-il reconnaître quelqu’un ?" in asked
    assert "retirez « Maud »" in reply("Voyez avec Maud.", True)
    review.reply_to_remark(circle.access, text="Nous serons à Brest.", nobody_named=True, now=clock.now(), by=pilot)


# Mails that wait


def unsent(circle: Circle) -> list[Job]:
    return rows_of(MailSheetProposed)


def test_while_its_mails_wait_no_delay_runs_and_nothing_is_agreed(circle: Circle, moment):
    circle.write_and_propose(mails_leave=False)
    assert circle.access.life.deadline_at == clock.now() + 5 * DAY  # they are leaving
    moment.shift(timedelta(days=5))
    life = circle.access.life
    assert (circle.status, life.mails_waiting, life.deadline_at) == ("proposed", True, None)
    assert not notes_are_gone(circle.meeting, clock.now())
    assert "Les courriels ne sont pas tous partis" in refused(circle.submit)
    tidy(now=clock.now())
    assert circle.meeting.notes_perished_at is None


def test_the_delay_begins_with_the_last_mail_that_leaves(circle: Circle, moment, monkeypatch: pytest.MonkeyPatch):
    sent: list[str] = []
    monkeypatch.setattr(
        "collectifs.sheets.mails.sheets.send_letter", lambda kind, user, subject, **words: sent.append(words["until"])
    )
    circle.write_and_propose(mails_leave=False)
    waiting = unsent(circle)
    moment.shift(6 * DAY)
    for job in waiting:
        do(MailSheetProposed.read(job.args))
        job.state = "done"
    assert {plain(until) for until in sent} == {"vendredi 22 janvier 2027, 13 h 50"}
    assert len(sent) == 3
    assert circle.access.life.deadline_at == clock.now() + 3 * DAY
    moment.shift(3 * DAY)
    assert circle.status == "agreed"


def test_mails_that_leave_at_once_keep_the_hour_that_was_announced(circle: Circle, moment, monkeypatch):
    monkeypatch.setattr("collectifs.sheets.mails.sheets.send_letter", lambda *_words, **_more: None)
    circle.write_and_propose(mails_leave=False)
    announced = circle.access.life.deadline_at
    waiting = asked(MailSheetProposed)
    moment.shift(timedelta(seconds=40))
    for mail in waiting:
        do(mail)
    mails_left()
    assert circle.access.life.deadline_at == announced


def test_a_mail_about_a_proposal_that_was_taken_back_is_not_sent(circle: Circle, monkeypatch):
    sent: list[object] = []
    monkeypatch.setattr("collectifs.sheets.mails.sheets.send_letter", lambda *words, **_more: sent.append(words))
    circle.write_and_propose(mails_leave=False)
    waiting = asked(MailSheetProposed)
    circle.reopen()
    circle.propose()
    for mail in waiting:
        do(mail)
    assert sent == []


def test_an_address_that_refuses_does_not_hold_the_others_but_no_mail_at_all_does(circle: Circle, moment):
    circle.write_and_propose(mails_leave=False)
    rows = unsent(circle)
    for row in rows:
        row.state = "failed"
    moment.shift(6 * DAY)
    assert circle.access.life.mails_waiting
    for row in rows[1:]:
        row.state = "done"
    assert circle.status == "agreed"


def test_accepted_in_the_room_the_72_hours_to_object_count_from_the_sending_too(circle: Circle, moment):
    circle.write_and_propose(accepted_in_room=True, mails_leave=False)
    moment.shift(6 * DAY)
    assert circle.status == "agreed"
    assert "Les courriels ne sont pas tous partis" in refused(circle.submit)
    circle.object(circle.karim)
    assert circle.status == "proposed"


# No sheet


def test_a_meeting_without_a_sheet_lets_its_notes_perish_and_may_be_taken_up_again(circle: Circle):
    circle.write()
    give_up(circle)
    assert circle.status == "given_up"
    assert notes_are_gone(circle.meeting, clock.now())
    assert asked(PerishNotes) == [PerishNotes(circle.meeting.id)]
    assert not can_see_sheet(circle.person(circle.karim), circle.access)
    assert "est sans fiche" in refused(circle.write)
    given_up.take_up_sheet_again(circle.access, now=clock.now(), by=circle.person(circle.pilot))
    assert circle.status == "draft"
    assert open_draft(circle.sheet) == factories.content()
    assert notes_are_gone(circle.meeting, clock.now())
    kinds = [event.kind for event in db.session.query(AuditEvent).order_by(AuditEvent.at)]
    assert set(kinds) == {"sheet_given_up", "notes_perished", "sheet_taken_up_again"}


def test_before_the_end_of_the_meeting_it_is_not_given_up(circle: Circle):
    circle.meeting.ends_at = clock.now() + HOUR
    assert "Attendez la fin du regroupement" in refused(lambda: give_up(circle))


def test_a_replaced_copy_cannot_be_opened_by_its_key_any_more(circle: Circle, moment):
    first = transmitted(circle, moment)
    sealed, key_id = first.body, first.key_id
    again(circle, moment)
    circle.submit()
    do(DestroyKey(key_id=key_id))
    first.body = sealed
    with pytest.raises(Perished):
        open_text(first, SubmittedSheet.body)
