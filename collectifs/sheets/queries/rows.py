"""Sheets as the database brings them: the statements of nearly each page, written once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.kernel.models import row_of
from collectifs.kernel.queries.among import among
from collectifs.kernel.queries.jobs import Sending, mails_of
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.models import Attendance, SynthesisSheet
from collectifs.sheets.models import PresenterAnswer, SheetProposal, SubmittedSheet

IS_OPEN = and_(SheetProposal.sheet_id == SynthesisSheet.id, SheetProposal.lapsed_at.is_(None))
# A copy that was taken back alone, while its sheet stays in the collective, is nobody's any more.
COPY_COUNTS = or_(SubmittedSheet.withdrawn_at.is_(None), SynthesisSheet.withdrawn_at.is_not(None))
SAID = (joinedload(SheetProposal.version), joinedload(SheetProposal.open_objections))


class Row(NamedTuple):
    """A sheet as one statement brings it. `presenter_agreed`: the presenter's own answer, if they gave one."""

    sheet: SynthesisSheet
    meeting: Meeting
    proposal: SheetProposal | None
    presenter_agreed: bool | None
    copy: SubmittedSheet | None
    sending: Sending
    attendance: Mapping[UUID, AttendanceState]


_NEWEST = select(func.max(SubmittedSheet.version_number)).where(SubmittedSheet.sheet_id == SynthesisSheet.id)
_IS_NEWEST = and_(SubmittedSheet.version_number == _NEWEST.correlate(SynthesisSheet).scalar_subquery(), COPY_COUNTS)
_SHEETS: Any = (
    select(SynthesisSheet, SheetProposal, PresenterAnswer.agreed, SubmittedSheet, *mails_of(SheetProposal.id))
    .join(SynthesisSheet.meeting)
    .outerjoin(SheetProposal, IS_OPEN)
    .outerjoin(PresenterAnswer, PresenterAnswer.proposal_id == SheetProposal.id)
    .outerjoin(SubmittedSheet, and_(SubmittedSheet.sheet_id == SynthesisSheet.id, _IS_NEWEST))
    .options(*SAID)
    .order_by(Meeting.number, Meeting.id)
    .execution_options(populate_existing=True)
)
BY_ID = _SHEETS.add_columns(Meeting).where(SynthesisSheet.id == bindparam("sheet_id"))
OF_MEETING = _SHEETS.add_columns(Meeting).where(SynthesisSheet.meeting_id == bindparam("meeting_id"))
# Of the meetings of a series, what tells who may do what about their sheets: not their agendas.
_M = Meeting.__table__.c
_TOLD: Sequence[Any] = (
    *(_M.id, _M.collective_id, _M.number, _M.starts_at, _M.ends_at),
    *(_M.keeps_notes, _M.note_taker_id, _M.notes_perished_at, _M.cancelled_at),
)
_KEYS = [column.key for column in _TOLD]
_IN_SERIES = _SHEETS.add_columns(*_TOLD).where(
    Meeting.collective_id.in_(bindparam("collective_ids", expanding=True)), Meeting.cancelled_at.is_(None)
)
# Without what the institution has; while nothing is proposed, one query tells it: screens ask this again and again.
_LIVES: Any = (
    select(SynthesisSheet, SheetProposal, PresenterAnswer.agreed, *mails_of(SheetProposal.id))
    .outerjoin(SheetProposal, IS_OPEN)
    .outerjoin(PresenterAnswer, PresenterAnswer.proposal_id == SheetProposal.id)
    .options(selectinload(SheetProposal.open_objections))
    .order_by(SynthesisSheet.id)
    .execution_options(populate_existing=True)
)
LIFE_AT = _LIVES.where(SynthesisSheet.meeting_id == bindparam("meeting_id"))
LIVES_AT = _LIVES.where(among(SynthesisSheet.meeting_id, "meeting_ids"))
_A = Attendance.__table__.c
_MARKED = (
    select(_A.meeting_id, _A.user_id, _A.state)
    .where(_A.meeting_id.in_(bindparam("meeting_ids", expanding=True)))
    .order_by(_A.meeting_id, _A.user_id)
)


def rows_of(query: Any, told: Mapping[str, Any]) -> list[Row]:
    """Sheets with their meeting, the proposal that has not lapsed and what was said of it, the latest copy, who was
    marked.

    What the transaction wrote itself is read anew.
    """
    return _rows([(rest, meeting) for *rest, meeting in db.session.execute(query, told).unique()])


def rows_in(collective_ids: Collection[UUID]) -> list[Row]:
    """The same of the sheets of some series, to be read: no session knows the rows of their meetings."""
    found = db.session.execute(_IN_SERIES, {"collective_ids": list(collective_ids)}).unique()
    cut = -len(_KEYS)
    return _rows([(row[:cut], row_of(Meeting, dict(zip(_KEYS, row[cut:], strict=True)))) for row in found])


def _rows(found: Iterable[tuple[Sequence[Any], Meeting]]) -> list[Row]:
    marked = _attendance([meeting.id for _, meeting in found])
    return [
        Row(sheet, meeting, proposal, agreed, copy, Sending.counted(*mails), marked[meeting.id])
        for (sheet, proposal, agreed, copy, *mails), meeting in found
    ]


def _attendance(meeting_ids: Sequence[UUID]) -> dict[UUID, dict[UUID, AttendanceState]]:
    """Who was marked at some meetings."""
    marked: dict[UUID, dict[UUID, AttendanceState]] = {each: {} for each in meeting_ids}
    for meeting_id, user_id, state in db.session.execute(_MARKED, {"meeting_ids": meeting_ids}) if marked else ():
        marked[meeting_id][user_id] = state
    return marked
