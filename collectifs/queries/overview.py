"""What a manager sees of the collectives: dates, places, presences, who accepted the charter. Never a content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from collectifs.domain.person import Degree
from collectifs.extensions import db
from collectifs.models import Attendance, Collective, Job, Meeting
from collectifs.queries.collectives import CollectiveFacts, MemberFacts, collectives_on, members_of
from collectifs.queries.meetings import MeetingFacts, meetings_of


@dataclass(frozen=True)
class Presence:
    """How many came to a meeting; late ones came."""

    came: int = 0
    excused: int = 0
    absent: int = 0


@dataclass(frozen=True)
class CollectiveSummary:
    """A collective in one line of the manager's list."""

    facts: CollectiveFacts
    degree: Degree | None
    members: tuple[MemberFacts, ...]
    held: int
    planned: int

    @property
    def pilots(self) -> list[str]:
        """The names of those who pilot."""
        return [member.name for member in self.members if member.is_pilot]

    @property
    def waiting(self) -> list[str]:
        """The names of those who have not accepted the charter yet."""
        return [member.name for member in self.members if not member.has_accepted]


def summaries_on(territory_ids: Iterable[UUID], season: int, now: datetime) -> list[CollectiveSummary]:
    """The collectives of some territories in a season, one line each."""
    return [_summary(facts, now) for facts in collectives_on(frozenset(territory_ids), season)]


def _summary(facts: CollectiveFacts, now: datetime) -> CollectiveSummary:
    meetings = meetings_of(facts.id)
    held = sum(1 for meeting in meetings if meeting.is_past(now))
    return CollectiveSummary(facts, degree_of(facts.id), tuple(members_of(facts.id)), held, len(meetings) - held)


def degree_of(collective_id: UUID) -> Degree | None:
    """The degree of a collective; None when it mixes both."""
    return db.session.scalar(select(Collective.degree).where(Collective.id == collective_id))


def presences_of(collective_id: UUID) -> dict[UUID, Presence]:
    """How many came to each meeting of a collective where attendance was marked."""
    rows = db.session.execute(
        select(Attendance.meeting_id, Attendance.state, func.count(Attendance.id))
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Meeting.collective_id == collective_id)
        .group_by(Attendance.meeting_id, Attendance.state)
        .order_by(Attendance.meeting_id)
    ).all()
    counts: dict[UUID, dict[str, int]] = {}
    for meeting_id, state, number in rows:
        counts.setdefault(meeting_id, {})[state] = number
    return {
        meeting_id: Presence(
            states.get("present", 0) + states.get("late", 0), states.get("excused", 0), states.get("absent", 0)
        )
        for meeting_id, states in counts.items()
    }


def has_met(collective_id: UUID, now: datetime) -> bool:
    """Whether the first meeting began, or its hours are over."""
    return any(meeting.is_started or meeting.is_past(now) for meeting in meetings_of(collective_id))


def next_meeting(meetings: Iterable[MeetingFacts], now: datetime) -> MeetingFacts | None:
    """The first meeting that is not over."""
    return next((meeting for meeting in meetings if not meeting.is_past(now)), None)


def invited_and_waiting(collective_id: UUID) -> set[UUID]:
    """Whose invitation has not left yet (the mail server is down, or the worker has not come by)."""
    rows = db.session.scalars(
        select(Job)
        .where(Job.kind == "mail_invitation", Job.state.in_(["waiting", "running"]))
        .order_by(Job.created_at, Job.id)
    )
    return {UUID(job.args["user_id"]) for job in rows if job.args.get("collective_id") == str(collective_id)}
