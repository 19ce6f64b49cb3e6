"""What ends of tutoring: everything on 31 August; what was somebody's, with their account."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete

from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_ends_on, season_of
from collectifs.kernel.work import DestroyKey
from collectifs.tutoring.domain.work import MailNotebookEnds
from collectifs.tutoring.models import Notebook, PracticeBook, PracticeNote, TutoredCode, TutoringProgramme
from collectifs.tutoring.queries.notebooks import (
    interviews_in,
    notebook_ids_before,
    notebook_rows_of,
    notebooks_to_tell,
)
from collectifs.tutoring.queries.own import note_rows_of, notes_before
from collectifs.tutoring.queries.programmes import programme_ids_before, programmes_headed_by

TOLD_FROM = (6, 15)


def forget_tutoring(*, today: date) -> None:
    """Programmes, notebooks and notes of seasons that are over, with their keys."""
    season = season_of(today)
    _erase_notebooks(notebook_ids_before(season))
    programmes = programme_ids_before(season)
    db.session.execute(delete(TutoringProgramme).where(TutoringProgramme.id.in_(programmes)))
    _erase_notes(notes_before(season))
    db.session.execute(delete(PracticeBook).where(PracticeBook.season < season))


def forget_tutoring_of(user_id: UUID) -> None:
    """Somebody erases their account: their notebooks and notes go; a programme that they head has no head."""
    _erase_notebooks([row.id for row, _ in notebook_rows_of(user_id)])
    _erase_notes(note_rows_of(user_id))
    db.session.execute(delete(PracticeBook).where(PracticeBook.user_id == user_id))
    for programme in programmes_headed_by(user_id):
        programme.head_id = None


def tell_notebooks_end(*, now: datetime) -> None:
    """From the middle of June, once: a notebook will be erased, and its paper may be printed until then."""
    season, today = season_of(now.date()), now.date()
    ends = season_ends_on(season)
    if not ends.replace(month=TOLD_FROM[0], day=TOLD_FROM[1]) <= today <= ends:
        return
    for row in notebooks_to_tell(season):
        row.told_at = now
        ask(MailNotebookEnds(row.id))


def _erase_notebooks(ids: Collection[UUID]) -> None:
    rows = interviews_in(ids)
    for row in rows:
        ask(DestroyKey(row.key_id))
        db.session.delete(row)
    db.session.flush()
    db.session.execute(delete(TutoredCode).where(TutoredCode.notebook_id.in_(ids)))
    db.session.execute(delete(Notebook).where(Notebook.id.in_(ids)))


def _erase_notes(rows: Collection[PracticeNote]) -> None:
    for row in rows:
        ask(DestroyKey(row.key_id))
        db.session.delete(row)
    db.session.flush()
