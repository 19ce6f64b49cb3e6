"""Opening and closing tutoring on a territory; its programmes, who heads them, who tutors in them."""

from datetime import date, datetime
from uuid import uuid4

from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.people.domain.guests import check_address_is_sure
from collectifs.people.domain.people import read_one_person
from collectifs.people.domain.person import Person
from collectifs.people.models import Territory, User
from collectifs.people.services.account import person_at
from collectifs.tutoring.domain.interviews import check_may_write
from collectifs.tutoring.domain.opening import Duty, check_opening
from collectifs.tutoring.domain.work import MailTutoringEntrusted
from collectifs.tutoring.models import Notebook, TutoringOpening, TutoringProgramme
from collectifs.tutoring.queries.notebooks import notebook_for
from collectifs.tutoring.queries.programmes import ProgrammeAccess, TutorAccess, opening_of

CLOSED = "Le tutorat d’élèves et d’étudiants n’est pas ouvert sur ce territoire."


def open_tutoring(
    territory: Territory, *, done: set[Duty], advised_on: date | None, now: datetime, by: Person
) -> TutoringOpening:
    """Open it, once everything that must come before was done; the act is written down."""
    check_opening(done, advised_on, is_open=opening_of(territory) is not None, today=now.date())
    row = TutoringOpening(id=uuid4(), territory_id=territory.id, advised_on=advised_on, opened_at=now)
    db.session.add(row)
    db.session.flush()
    record("tutoring_opened", row, by=by)
    return row


def close_tutoring(territory: Territory, *, now: datetime, by: Person) -> None:
    """Close it: from now on nothing is written; notebooks are read and printed until they perish."""
    row = opening_of(territory)
    if row is None:
        raise RuleBroken(CLOSED)
    if row.territory_id != territory.id:
        raise RuleBroken("Ce tutorat est ouvert par l’académie : c’est elle qui le ferme.")
    row.closed_at = now
    record("tutoring_closed", row, by=by)


def create_programme(
    territory: Territory, *, name: str, school: str, head: str, is_sure: bool, now: datetime, by: Person
) -> TutoringProgramme:
    """A programme for this season; its head is told, and opens it."""
    if opening_of(territory) is None:
        raise RuleBroken(CLOSED)
    user = _somebody(head, "head", is_sure=is_sure, now=now, by=by)
    row = TutoringProgramme(id=uuid4(), territory_id=territory.id, season=season_of(now.date()), made_at=now)
    row.name, row.school, row.head_id = name, school, user.id
    db.session.add(row)
    db.session.flush()
    record("programme_created", row, by=by)
    ask(MailTutoringEntrusted(user.id, row.id))
    return row


def add_tutor(access: ProgrammeAccess, who: str, *, is_sure: bool, now: datetime, by: Person) -> Notebook:
    """A volunteer has a notebook, and is told; whoever left comes back to theirs."""
    check_may_write(is_open=access.is_open, has_left=False)
    user = _somebody(who, "who", is_sure=is_sure, now=now, by=by)
    if user.id == access.head_id:
        raise RuleBroken("La personne qui dirige un programme n’y tient pas de carnet.", "who")
    row = notebook_for(access.id, user.id)
    if row is not None and row.left_at is None:
        raise RuleBroken("Cette personne est déjà dans le programme.", "who")
    row = row or Notebook(id=uuid4(), programme_id=access.id, user_id=user.id, made_at=now)
    row.left_at = None
    db.session.add(row)
    db.session.flush()
    record("tutor_added", row, by=by)
    ask(MailTutoringEntrusted(user.id, access.id))
    return row


def end_tutor(access: TutorAccess, *, now: datetime, by: Person) -> None:
    """A volunteer stops: nothing more is written; what they wrote stays theirs until it perishes."""
    if access.notebook.left_at is None:
        access.notebook.left_at = now
        record("tutor_ended", access.notebook, by=by)


def _somebody(line: str, field: str, *, is_sure: bool, now: datetime, by: Person) -> User:
    person = read_one_person(line, field)
    check_address_is_sure(person, is_sure=is_sure, field=field)
    return person_at(person, now=now, by=by)
