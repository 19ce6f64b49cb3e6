"""What a manager sees of the collectives: dates, places, presences, who accepted the charter. Never a content."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.kernel.queries.reading import Once
from collectifs.models import Attendance
from collectifs.queries.meetings import MeetingFacts, meetings_of


@dataclass(frozen=True)
class Presence:
    """How many came to a meeting; late ones came."""

    came: int = 0
    excused: int = 0
    absent: int = 0


@Once
def presences_of(collective_id: UUID) -> dict[UUID, Presence]:
    """How many came to each meeting of a collective where attendance was marked."""
    rows = db.session.execute(
        select(Attendance.meeting_id, Attendance.state)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Meeting.collective_id == collective_id, Meeting.cancelled_at.is_(None))
        .order_by(Attendance.meeting_id)
    )
    states: dict[UUID, list[str]] = {}
    for meeting_id, state in rows:
        states.setdefault(meeting_id, []).append(state)
    return {meeting_id: presence_from(found) for meeting_id, found in states.items()}


def presence_from(states: Iterable[str]) -> Presence:
    """How many came, of what was marked for each person."""
    found = Counter(states)
    return Presence(found["present"] + found["late"], found["excused"], found["absent"])


def has_met(collective_id: UUID, now: datetime) -> bool:
    """Whether the first meeting began, or its hours are over."""
    return any(meeting.is_started or meeting.is_past(now) for meeting in meetings_of(collective_id))


def next_meeting(meetings: Iterable[MeetingFacts], now: datetime) -> MeetingFacts | None:
    """The first meeting that is not over."""
    return next((meeting for meeting in meetings if not meeting.is_past(now)), None)
