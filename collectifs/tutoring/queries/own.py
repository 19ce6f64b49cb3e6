"""A tutor's own notes on their own practice, opened for them alone; what somebody has of tutoring."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.queries.short_lines import ShortLine, short_line
from collectifs.kernel.seasons import season_of
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.texts import text_or_closed
from collectifs.tutoring.models import Notebook, PracticeBook, PracticeNote, TutoringProgramme


@dataclass(frozen=True)
class NoteAccess:
    """A note, by whoever wrote it."""

    note: PracticeNote

    @property
    def id(self) -> UUID:
        """The id of the note."""
        return self.note.id

    @property
    def user_id(self) -> UUID:
        """Whose it is."""
        return self.note.user_id


@dataclass(frozen=True)
class OpenedNote:
    """A note in clear."""

    id: UUID
    written_at: datetime
    text: str


@dataclass(frozen=True)
class OwnTutoring:
    """A notebook of somebody, or a programme that they head, by its name."""

    id: UUID
    name: str
    is_head: bool


NOTEBOOK, HEADED = "notebook", "programme"


# What somebody has of tutoring in a season, to be read beside other short lists.
_IS_OF_SEASON = TutoringProgramme.season == bindparam("season")
TUTORING_LINES: tuple[Select[Any], ...] = (
    short_line(NOTEBOOK, Notebook.id, name=TutoringProgramme.name)
    .join(TutoringProgramme, TutoringProgramme.id == Notebook.programme_id)
    .where(Notebook.user_id == bindparam("user_id"), _IS_OF_SEASON),
    short_line(HEADED, TutoringProgramme.id, name=TutoringProgramme.name).where(
        TutoringProgramme.head_id == bindparam("user_id"), _IS_OF_SEASON
    ),
)


def tutoring_among(lines: Iterable[ShortLine]) -> list[OwnTutoring]:
    """Of these lines, what the first page leads to: notebooks, then what one heads."""
    found = [
        OwnTutoring(each.id, each.name or "", each.kind == HEADED) for each in lines if each.kind in (NOTEBOOK, HEADED)
    ]
    return sorted(found, key=lambda each: (each.is_head, each.name, each.id))


def practice_book(user_id: UUID) -> PracticeBook | None:
    """Whether somebody keeps notes this season."""
    row = db.session.get(PracticeBook, user_id)
    return row if row and row.season == season_of(clock.now().date()) else None


def get_note(note_id: UUID) -> NoteAccess | None:
    """A note of the season that runs."""
    row = db.session.get(PracticeNote, note_id)
    return NoteAccess(row) if row and row.season == season_of(clock.now().date()) else None


def note_rows_of(user_id: UUID) -> list[PracticeNote]:
    """Every note of somebody, the latest first."""
    query = select(PracticeNote).where(PracticeNote.user_id == user_id)
    return list(db.session.scalars(query.order_by(PracticeNote.written_at.desc(), PracticeNote.id)))


def opened_notes(user_id: UUID) -> list[OpenedNote]:
    """Those of the season that runs, in clear."""
    season = season_of(clock.now().date())
    found = []
    for row in note_rows_of(user_id):
        text = _text_of(row)
        if row.season == season and text is not None:
            found.append(OpenedNote(row.id, row.written_at, text))
    return found


def text_of_note(access: NoteAccess) -> str:
    """Its words; none once they have perished."""
    return _text_of(access.note) or ""


def _text_of(row: PracticeNote) -> str | None:
    try:
        return text_or_closed(row, PracticeNote.body)
    except Perished:
        return None


def told_of_notes(user_id: UUID) -> Iterator[dict[str, object]]:
    """What somebody's own copy says of their notes."""
    for each in opened_notes(user_id):
        yield {"écrite le": each.written_at, "texte": each.text}


def notes_before(season: int) -> list[PracticeNote]:
    """Notes of seasons that are over."""
    query = select(PracticeNote).where(PracticeNote.season < season)
    return list(db.session.scalars(query.order_by(PracticeNote.id)))
