"""Who came, marked and corrected; the columns of the training software."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from collectifs.kernel.audit import record
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.attendance import (
    AttendanceState,
    Mark,
    check_can_be_ticked,
    check_guest,
    check_is_not_cancelled,
    check_keeps_a_right,
)
from collectifs.meetings.domain.convocation import Column, check_columns
from collectifs.meetings.models import Attendance, AttendanceChange, MeetingGuest
from collectifs.meetings.queries.attendance import (
    attendance_rows,
    guest_rows,
    guests_of,
    hierarchy_names,
    roll_of,
)
from collectifs.meetings.queries.meetings import MeetingAccess
from collectifs.people.domain.person import Person
from collectifs.people.models import Territory


@dataclass(frozen=True)
class Ticked:
    """A list as it was saved: marks by person and by guest, guests to take off, somebody to add."""

    members: Mapping[UUID, Mark] = field(default_factory=dict)
    guests: Mapping[UUID, Mark] = field(default_factory=dict)
    removed: frozenset[UUID] = frozenset()
    guest_name: str = ""
    guest_establishment: str = ""


def save_attendance(meeting: MeetingAccess, ticked: Ticked, *, now: datetime, by: Person) -> int:
    """Keep what was touched in the list, with its history; returns how many lines changed.

    A line that was not touched keeps what somebody else may have noted meanwhile.
    """
    check_is_not_cancelled(meeting.meeting.cancelled_at)
    marks = [*ticked.members.values(), *ticked.guests.values()]
    if any(mark.is_touched for mark in marks):
        check_can_be_ticked(meeting.meeting.starts_at, now, meeting.access.zone)
    changed = _tick_members(meeting, ticked.members, now, by) + _tick_guests(meeting, ticked.guests)
    changed += _remove_guests(meeting, ticked.removed)
    if ticked.guest_name or ticked.guest_establishment:
        _receive(meeting, ticked, now, by)
        changed += 1
    if changed:
        record("attendance_saved", meeting.meeting, by=by)
    return changed


def _tick_members(meeting: MeetingAccess, marks: Mapping[UUID, Mark], now: datetime, by: Person) -> int:
    rows, on_the_list = attendance_rows(meeting.meeting.id), {line.user_id for line in roll_of(meeting)}
    changed = 0
    for user_id in sorted(on_the_list & set(marks)):
        mark, row = marks[user_id], rows.get(user_id)
        before = row.state if row else AttendanceState.UNMARKED
        if not mark.is_touched or mark.chosen is before:
            continue
        check_keeps_a_right(before, mark.chosen, is_member=user_id in meeting.access.member_ids)
        if row is None:
            row = Attendance(meeting_id=meeting.meeting.id, user_id=user_id, state=before, marked_at=now)
            db.session.add(row)
        row.state, row.marked_at = mark.chosen, now
        db.session.add(
            AttendanceChange(
                meeting_id=meeting.meeting.id, user_id=user_id, before=before, after=row.state, at=now, by_id=by.id
            )
        )
        changed += 1
    return changed


def _tick_guests(meeting: MeetingAccess, marks: Mapping[UUID, Mark]) -> int:
    changed = 0
    for row in guest_rows(meeting.meeting.id):
        mark = marks.get(row.id)
        if mark is not None and mark.is_touched and mark.chosen is not row.state:
            row.state = mark.chosen
            changed += 1
    return changed


def _receive(meeting: MeetingAccess, ticked: Ticked, now: datetime, by: Person) -> None:
    territory, guests = meeting.access.territory, guests_of(meeting.meeting.id)
    above = [territory.id, *([territory.parent_id] if territory.parent_id else [])]
    check_guest(
        ticked.guest_name,
        hierarchy=hierarchy_names(above, now.date()),
        on_the_list=[*(line.name for line in roll_of(meeting)), *(guest.name for guest in guests)],
        guests=len(guests),
    )
    db.session.add(
        MeetingGuest(
            meeting_id=meeting.meeting.id,
            name=ticked.guest_name,
            establishment=ticked.guest_establishment,
            added_at=now,
            added_by_id=by.id,
        )
    )
    db.session.flush()


def _remove_guests(meeting: MeetingAccess, removed: frozenset[UUID]) -> int:
    gone = [row for row in guest_rows(meeting.meeting.id) if row.id in removed]
    for row in gone:
        db.session.delete(row)
    db.session.flush()
    return len(gone)


def keep_columns(territory: Territory, columns: Sequence[Column], *, fields: Sequence[str] = (), by: Person) -> None:
    """These columns, in this order. `fields`: where each content was chosen, for a refusal to stand beside it."""
    check_columns(columns, fields)
    territory.convocation_columns = [column.to_json() for column in columns]
    record("convocation_columns_kept", territory, by=by)


def forget_columns(territory: Territory, *, by: Person) -> None:
    """Back to the usual columns (the académie's, for a département)."""
    territory.convocation_columns = []
    record("convocation_columns_forgotten", territory, by=by)
