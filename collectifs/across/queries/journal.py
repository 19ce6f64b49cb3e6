"""The journal of a collective: what has happened to its texts and its dates, from the audit and the reading traces."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from collectifs.across.domain.circles import ANSWERED, OPENED, REMARKED, TOLD, Happened
from collectifs.collectives.models import Meeting
from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.collectives.queries.frame import adjustment_rows
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.kernel.text.typography import day_and_month
from collectifs.meetings.models import SynthesisSheet
from collectifs.sheets.models import ReadingTrace, Remark, SubmittedSheet

MOST_LINES = 200


def journal_of(access: CollectiveAccess, reader_id: UUID, *, sees_all: bool) -> list[Happened]:
    """The latest first; somebody who came later reads what has happened since the meetings that they know."""
    meetings = _known_meetings(access, reader_id, sees_all)
    found = [*_audited(access, meetings), *_read(meetings), *_said(meetings)]
    lines = [Happened(at.astimezone(access.zone).date(), words) for at, words in sorted(found, reverse=True)]
    return list(dict.fromkeys(lines))[:MOST_LINES]


def _known_meetings(access: CollectiveAccess, reader_id: UUID, sees_all: bool) -> dict[UUID, str]:
    """The day of each meeting, by its id."""
    rows = db.session.scalars(
        select(Meeting).where(Meeting.collective_id == access.collective.id).order_by(Meeting.starts_at, Meeting.id)
    )
    known = [each for each in rows if sees_all or access.came_before(reader_id, each.starts_at, each.ends_at)]
    return {each.id: _day(access, each.starts_at) for each in known}


def _day(access: CollectiveAccess, moment: datetime) -> str:
    day: date = moment.astimezone(access.zone).date()
    return day_and_month(day)


def _audited(access: CollectiveAccess, meetings: dict[UUID, str]) -> Iterator[tuple[datetime, str]]:
    days = meetings | {access.collective.id: ""}
    days |= {row.id: "" for row in adjustment_rows(access.collective.id)}
    for sheet_id, meeting_id, copy_id in _sheets(meetings):
        days[sheet_id] = days[copy_id or sheet_id] = meetings[meeting_id]
    query = select(AuditEvent).where(AuditEvent.object_id.in_(list(days)), AuditEvent.kind.in_(list(TOLD)))
    for event in db.session.scalars(query.order_by(AuditEvent.at, AuditEvent.id)):
        yield event.at, TOLD[event.kind].format(day=days[event.object_id])


def _read(meetings: dict[UUID, str]) -> Iterator[tuple[datetime, str]]:
    """When somebody of the institution opened a sheet: the reader is told by their part."""
    query = select(ReadingTrace.read_at, SynthesisSheet.meeting_id).join(
        SubmittedSheet, SubmittedSheet.id == ReadingTrace.submitted_id
    )
    rows = query.join(SynthesisSheet, SynthesisSheet.id == SubmittedSheet.sheet_id)
    known = rows.where(SynthesisSheet.meeting_id.in_(list(meetings)))
    for read_at, meeting_id in db.session.execute(known.order_by(ReadingTrace.read_at)):
        yield read_at, OPENED.format(day=meetings[meeting_id])


def _said(meetings: dict[UUID, str]) -> Iterator[tuple[datetime, str]]:
    query = select(Remark.written_at, Remark.from_inspection, SynthesisSheet.meeting_id).join(
        SubmittedSheet, SubmittedSheet.id == Remark.submitted_id
    )
    rows = query.join(SynthesisSheet, SynthesisSheet.id == SubmittedSheet.sheet_id)
    known = rows.where(SynthesisSheet.meeting_id.in_(list(meetings)))
    for written_at, is_theirs, meeting_id in db.session.execute(known.order_by(Remark.written_at)):
        yield written_at, (REMARKED if is_theirs else ANSWERED).format(day=meetings[meeting_id])


def _sheets(meetings: dict[UUID, str]) -> list[tuple[UUID, UUID, UUID | None]]:
    """The sheet of each meeting, once for each copy that left."""
    query = select(SynthesisSheet.id, SynthesisSheet.meeting_id, SubmittedSheet.id).outerjoin(
        SubmittedSheet, SubmittedSheet.sheet_id == SynthesisSheet.id
    )
    known = query.where(SynthesisSheet.meeting_id.in_(list(meetings)))
    rows = db.session.execute(known.order_by(SynthesisSheet.id, SubmittedSheet.id))
    return [(sheet_id, meeting_id, copy_id) for sheet_id, meeting_id, copy_id in rows]
