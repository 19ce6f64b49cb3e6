"""A programme of tutoring where it is open, its head, a notebook with codes and interviews; a note of one's own."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from collectifs.kernel import clock, vault
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.models import Territory, User
from collectifs.report.domain.questionnaire import Box
from collectifs.report.models import EvaluationBox
from collectifs.tutoring.domain.interviews import InterviewBody, Worked
from collectifs.tutoring.models import (
    Interview,
    Notebook,
    PracticeBook,
    PracticeNote,
    TutoredCode,
    TutoringOpening,
    TutoringProgramme,
)
from tests import factories


def opening(where: Territory) -> TutoringOpening:
    """Tutoring is open there since yesterday."""
    yesterday = clock.now() - timedelta(days=1)
    row = TutoringOpening(territory_id=where.id, advised_on=yesterday.date(), opened_at=yesterday)
    return factories.add(row)


def programme(where: Territory, head: User | None = None, **values: Any) -> TutoringProgramme:
    """A programme of this season, its tutoring open."""
    usual = {"name": "Entraide du Quai", "school": "lycée du Quai", "season": 2026, "made_at": clock.now()}
    usual |= {"territory_id": where.id, "head_id": head.id if head else None}
    return factories.add(TutoringProgramme(**(usual | values)))


def notebook(where: TutoringProgramme, tutor: User, **values: Any) -> Notebook:
    """What a tutor keeps there."""
    return factories.add(Notebook(programme_id=where.id, user_id=tutor.id, made_at=clock.now(), **values))


def code(where: Notebook, letter: str = "A", told_on: date | None = None) -> TutoredCode:
    """Somebody, by a letter."""
    return factories.add(TutoredCode(notebook_id=where.id, code=letter, told_on=told_on))


def interview(where: TutoredCode, held_on: date | None = None, note: str = "", **values: Any) -> Interview:
    """Half an hour on methods, yesterday unless told otherwise."""
    held_on = held_on or (clock.now() - timedelta(days=1)).date()
    row = Interview(id=uuid4(), code_id=where.id, held_on=held_on, written_at=clock.now(), key_id=vault.make_key())
    body = InterviewBody(**({"minutes": 30, "worked": (Worked.METHODS,), "note": note} | values))
    seal_text(row, Interview.body, body.to_json())
    return factories.add(row)


def own_note(who: User, text: str) -> PracticeNote:
    """A note on one's own practice, the notes being open."""
    factories.add(PracticeBook(user_id=who.id, season=2026, opened_at=clock.now()))
    row = PracticeNote(id=uuid4(), user_id=who.id, season=2026, written_at=clock.now(), key_id=vault.make_key())
    seal_text(row, PracticeNote.body, text)
    return factories.add(row)


def evaluation(where: Territory, filled: Box) -> EvaluationBox:
    """What its tutors said of the modalities, added up."""
    row = EvaluationBox(id=uuid4(), territory_id=where.id, season=2026, key_id=vault.make_key())
    seal_text(row, EvaluationBox.body, filled.written())
    return factories.add(row)
