"""Sheets as the database brings them: the statements of nearly each page, written once."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.kernel.queries.jobs import Sending, mails_of
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.models import Attendance, SynthesisSheet
from collectifs.sheets.models import SheetProposal, SubmittedSheet

IS_OPEN = and_(SheetProposal.sheet_id == SynthesisSheet.id, SheetProposal.lapsed_at.is_(None))
# A copy that was taken back alone, while its sheet stays in the collective, is nobody's any more.
COPY_COUNTS = or_(SubmittedSheet.withdrawn_at.is_(None), SynthesisSheet.withdrawn_at.is_not(None))
SAID = (
    joinedload(SheetProposal.version),
    joinedload(SheetProposal.answer),
    joinedload(SheetProposal.open_objections),
)


class Row(NamedTuple):
    """A sheet as one statement brings it."""

    sheet: SynthesisSheet
    proposal: SheetProposal | None
    copy: SubmittedSheet | None
    sending: Sending
    attendance: Mapping[UUID, AttendanceState]


_NEWEST = select(func.max(SubmittedSheet.version_number)).where(SubmittedSheet.sheet_id == SynthesisSheet.id)
_IS_NEWEST = and_(SubmittedSheet.version_number == _NEWEST.correlate(SynthesisSheet).scalar_subquery(), COPY_COUNTS)
_SHEETS: Any = (
    select(SynthesisSheet, SheetProposal, SubmittedSheet, *mails_of(SheetProposal.id))
    .join(SynthesisSheet.meeting)
    .outerjoin(SheetProposal, IS_OPEN)
    .outerjoin(SubmittedSheet, and_(SubmittedSheet.sheet_id == SynthesisSheet.id, _IS_NEWEST))
    .options(contains_eager(SynthesisSheet.meeting), *SAID)
    .order_by(Meeting.number, Meeting.id)
    .execution_options(populate_existing=True)
)
BY_ID = _SHEETS.where(SynthesisSheet.id == bindparam("sheet_id"))
OF_MEETING = _SHEETS.where(SynthesisSheet.meeting_id == bindparam("meeting_id"))
IN_SERIES = _SHEETS.where(
    Meeting.collective_id.in_(bindparam("collective_ids", expanding=True)), Meeting.cancelled_at.is_(None)
)
# Without what the institution has; while nothing is proposed, one query tells it: screens ask this again and again.
LIFE_AT = (
    select(SynthesisSheet, SheetProposal, *mails_of(SheetProposal.id))
    .outerjoin(SheetProposal, IS_OPEN)
    .options(joinedload(SheetProposal.answer), selectinload(SheetProposal.open_objections))
    .where(SynthesisSheet.meeting_id == bindparam("meeting_id"))
    .order_by(SynthesisSheet.id)
    .execution_options(populate_existing=True)
)
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
    found = db.session.execute(query, told).unique().all()
    marked = _attendance([sheet.meeting_id for sheet, *_ in found])
    return [
        Row(sheet, proposal, copy, Sending.counted(*mails), marked[sheet.meeting_id])
        for sheet, proposal, copy, *mails in found
    ]


def _attendance(meeting_ids: Sequence[UUID]) -> dict[UUID, dict[UUID, AttendanceState]]:
    """Who was marked at some meetings."""
    marked: dict[UUID, dict[UUID, AttendanceState]] = {each: {} for each in meeting_ids}
    for meeting_id, user_id, state in db.session.execute(_MARKED, {"meeting_ids": meeting_ids}) if marked else ():
        marked[meeting_id][user_id] = state
    return marked
