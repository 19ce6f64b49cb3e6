"""Programmes and notebooks on both databases: who is told, what is refused, what perishes with its key."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from collectifs.across.services.tidying import tidy
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.models import AuditEvent
from collectifs.kernel.vault import has_key
from collectifs.kernel.work import DestroyKey
from collectifs.people.models import Territory, User
from collectifs.tutoring.domain.interviews import InterviewBody, Worked
from collectifs.tutoring.domain.opening import Duty
from collectifs.tutoring.domain.work import MailNotebookEnds, MailTutoringEntrusted
from collectifs.tutoring.models import Interview, Notebook, PracticeNote, TutoredCode, TutoringProgramme
from collectifs.tutoring.queries.notebooks import get_code, get_notebook, opened_codes
from collectifs.tutoring.queries.own import get_note, opened_notes
from collectifs.tutoring.queries.programmes import get_programme, get_tutor
from collectifs.tutoring.services.notebooks import add_code, note_interview, remove_code
from collectifs.tutoring.services.notes import close_notes, open_notes, write_note
from collectifs.tutoring.services.perishing import forget_tutoring_of, tell_notebooks_end
from collectifs.tutoring.services.programmes import (
    add_tutor,
    close_tutoring,
    create_programme,
    end_tutor,
    open_tutoring,
)
from tests import factories, notebooks
from tests.asked import asked

BODY = InterviewBody(30, (Worked.METHODS,))


def opened(place: Territory, by: User) -> None:
    open_tutoring(place, done=set(Duty), advised_on=clock.now().date(), now=clock.now(), by=factories.person(by))


def a_code(place: Territory, maud: User) -> TutoredCode:
    notebooks.opening(place)
    return notebooks.code(notebooks.notebook(notebooks.programme(place), maud))


def test_opening_and_closing_are_written_down_and_nothing_opens_twice(place, sylvie) -> None:
    opened(place, sylvie)
    with pytest.raises(RuleBroken, match="déjà ouvert"):
        opened(place, sylvie)
    close_tutoring(place, now=clock.now(), by=factories.person(sylvie))
    kinds = [each.kind for each in db.session.query(AuditEvent).filter(AuditEvent.actor_id == sylvie.id)]
    assert sorted(kinds) == ["tutoring_closed", "tutoring_opened"]


def test_no_programme_begins_where_tutoring_is_not_open(place, sylvie) -> None:
    with pytest.raises(RuleBroken, match="pas ouvert"):
        create_programme(
            place,
            name="Entraide",
            school="lycée",
            head="Denis ROCHER <d@a.example>",
            is_sure=True,
            now=clock.now(),
            by=factories.person(sylvie),
        )


def test_the_head_and_each_volunteer_are_told_and_the_head_keeps_no_notebook(place, sylvie) -> None:
    opened(place, sylvie)
    by, now = factories.person(sylvie), clock.now()
    who = "Denis ROCHER <denis@academie.example>"
    row = create_programme(place, name="Entraide", school="lycée du Quai", head=who, is_sure=True, now=now, by=by)
    access = get_programme(row.id)
    with pytest.raises(RuleBroken, match="n’y tient pas de carnet"):
        add_tutor(access, who, is_sure=True, now=now, by=by)
    tutor = add_tutor(access, "Aminata KONATÉ <aminata@academie.example>", is_sure=True, now=now, by=by)
    with pytest.raises(RuleBroken, match="déjà dans le programme"):
        add_tutor(access, "Aminata KONATÉ <aminata@academie.example>", is_sure=True, now=now, by=by)
    assert {mail.user_id for mail in asked(MailTutoringEntrusted)} == {row.head_id, tutor.user_id}


def test_whoever_stops_writes_no_more_and_may_come_back_to_the_same_notebook(place, sylvie, maud) -> None:
    code = a_code(place, maud)
    tutor = get_tutor(code.notebook_id)
    end_tutor(tutor, now=clock.now(), by=factories.person(sylvie))
    with pytest.raises(RuleBroken, match="ne s’écrit plus"):
        add_code(get_notebook(code.notebook_id), "B")
    line = f"{maud.given_name} {maud.family_name.upper()} <{maud.address}>"
    back = add_tutor(tutor.programme, line, is_sure=True, now=clock.now(), by=factories.person(sylvie))
    assert back.id == code.notebook_id
    add_code(get_notebook(code.notebook_id), "B")


def test_a_note_that_names_somebody_is_kept_nowhere_whatever_the_page_let_through(place, maud) -> None:
    access = get_code(a_code(place, maud).id)
    for note in ("Léa a relu.", "Il est en 4eB.", "Écrire à lea@ecole.example."):
        body = InterviewBody(30, (Worked.METHODS,), note)
        with pytest.raises(RuleBroken, match="personne n’a de nom") as refused:
            note_interview(access, date(2027, 1, 12), body, kept_words=["4eB"], now=clock.now())
        assert refused.value.field == "note"
    assert db.session.query(Interview).count() == 0
    note_interview(
        access,
        date(2027, 1, 12),
        InterviewBody(30, (Worked.METHODS,), "Léa a relu."),
        kept_words=["Léa"],
        now=clock.now(),
    )
    [code] = opened_codes(access.access.id)
    assert code.last.body.note == "Léa a relu."


def test_no_row_holds_more_than_three_signs_of_anybody(place, maud) -> None:
    where = a_code(place, maud).notebook_id
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(TutoredCode.__table__.insert().values(id=where, notebook_id=where, code=""))


def test_a_code_goes_with_its_interviews_and_their_keys(place, maud) -> None:
    code = a_code(place, maud)
    row = notebooks.interview(code)
    key = row.key_id
    remove_code(get_code(code.id))
    assert [work.key_id for work in asked(DestroyKey)] == [key]
    do(DestroyKey(key))
    assert not has_key(key)
    assert db.session.query(Interview).count() == db.session.query(TutoredCode).count() == 0


def test_after_31_august_nothing_opens_and_everything_goes(place, maud, moment) -> None:
    code = a_code(place, maud)
    key = notebooks.interview(code, note="Un mot.").key_id
    note = notebooks.own_note(maud, "Un mot.")
    moment.move_to(datetime(2027, 9, 1, 6, tzinfo=UTC), tick=False)
    assert get_notebook(code.notebook_id) is None
    assert get_note(note.id) is None
    note_key = note.key_id
    tidy(now=clock.now())
    tables = (TutoringProgramme, Notebook, TutoredCode, Interview, PracticeNote)
    assert [db.session.query(table).count() for table in tables] == [0] * 5
    assert {key, note_key} <= {work.key_id for work in asked(DestroyKey)}


def test_in_june_each_tutor_with_something_written_is_told_once(place, maud, moment) -> None:
    code = a_code(place, maud)
    notebooks.notebook(notebooks.programme(place), factories.user())
    tell_notebooks_end(now=clock.now())
    assert asked(MailNotebookEnds) == []
    moment.move_to(datetime(2027, 6, 15, 6, tzinfo=UTC), tick=False)
    for _ in range(2):
        tell_notebooks_end(now=clock.now())
        db.session.flush()
    assert asked(MailNotebookEnds) == [MailNotebookEnds(code.notebook_id)]


def test_whoever_erases_their_account_leaves_nothing_and_a_programme_without_head(place, maud, helene) -> None:
    notebooks.interview(a_code(place, maud))
    notebooks.own_note(maud, "Un mot.")
    headed = notebooks.programme(place, helene)
    forget_tutoring_of(maud.id)
    forget_tutoring_of(helene.id)
    assert [db.session.query(table).count() for table in (Notebook, Interview, PracticeNote)] == [0, 0, 0]
    assert db.session.get_one(TutoringProgramme, headed.id).head_id is None


def test_notes_are_closed_until_one_opens_them_and_closing_takes_them_all(maud) -> None:
    by = factories.person(maud)
    with pytest.raises(RuleBroken, match="Ouvrez d’abord"):
        write_note("Un mot.", now=clock.now(), by=by)
    for _ in range(2):
        open_notes(now=clock.now(), by=by)
    write_note("Laisser le silence.", now=clock.now(), by=by)
    assert [each.text for each in opened_notes(maud.id)] == ["Laisser le silence."]
    close_notes(by=by)
    assert opened_notes(maud.id) == []
    with pytest.raises(RuleBroken):
        write_note("Un mot.", now=clock.now(), by=by)
