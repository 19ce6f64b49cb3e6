"""One's own meetings and hours over a season, and the person for whom a certificate is printed. Never a content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, select

from collectifs.collectives.models import Collective, Meeting, Membership
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.collectives.queries.stays import Stay
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.attendance import CAME, AttendanceState, minutes_between
from collectifs.meetings.models import Attendance, SynthesisSheet
from collectifs.meetings.queries.attendance import was_in_force
from collectifs.people.models import Territory, User


@dataclass(frozen=True)
class OwnMeeting:
    """A meeting as one person lived it, or will: when, where, and whether they were there."""

    id: UUID
    number: int
    starts_at: datetime
    ends_at: datetime
    place: str
    access_note: str
    collective_id: UUID
    collective_name: str
    territory: Territory
    season: int
    state: AttendanceState
    sheet_id: UUID | None

    @property
    def zone(self) -> ZoneInfo:
        """Where its clock hangs."""
        return ZoneInfo(self.territory.timezone)

    @property
    def minutes(self) -> int:
        """How long it was planned to last."""
        return minutes_between(self.starts_at, self.ends_at)


@dataclass(frozen=True)
class Certified:
    """A member of a collective, for whom its pilot prints a certificate."""

    user: User
    access: CollectiveAccess


def own_meetings(user_id: UUID, season: int) -> list[OwnMeeting]:
    """The meetings of a season at which a person was expected, or was marked, in order."""
    rows = db.session.execute(
        _own(user_id, Meeting, Collective, Territory, Attendance.state, SynthesisSheet.id)
        .outerjoin(SynthesisSheet, SynthesisSheet.meeting_id == Meeting.id)
        .where(Collective.season == season)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [_own_meeting(*row) for row in rows]


def _own(user_id: UUID, *columns: Any) -> Select[Any]:
    mine = and_(Attendance.meeting_id == Meeting.id, Attendance.user_id == user_id)
    expected = (
        select(Meeting.id)
        .join(Membership, Membership.collective_id == Meeting.collective_id)
        .where(Membership.user_id == user_id, was_in_force(Meeting.starts_at, Meeting.ends_at))
    )
    marked = select(Attendance.meeting_id).where(Attendance.user_id == user_id, Attendance.state.in_(CAME))
    return (
        select(*columns)
        .select_from(Meeting)
        .join(Collective, Collective.id == Meeting.collective_id)
        .join(Territory, Territory.id == Collective.territory_id)
        .outerjoin(Attendance, mine)
        .where(Meeting.cancelled_at.is_(None), Meeting.id.in_(expected.correlate(None).union(marked.correlate(None))))
    )


def _own_meeting(
    meeting: Meeting, collective: Collective, territory: Territory, state: AttendanceState | None, sheet_id: UUID | None
) -> OwnMeeting:
    return OwnMeeting(
        meeting.id,
        meeting.number,
        meeting.starts_at,
        meeting.ends_at,
        meeting.place,
        meeting.access_note,
        collective.id,
        collective.name,
        territory,
        collective.season,
        state or AttendanceState.UNMARKED,
        sheet_id,
    )


def own_seasons(user_id: UUID) -> list[int]:
    """The seasons in which a person belonged to a collective, the latest first."""
    query = (
        select(Collective.season)
        .join(Membership, Membership.collective_id == Collective.id)
        .where(Membership.user_id == user_id)
        .distinct()
    )
    return list(db.session.scalars(query.order_by(Collective.season.desc())))


def get_certified(membership_id: UUID) -> Certified | None:
    """A member, by membership, with the collective that certifies."""
    membership = db.session.get(Membership, membership_id)
    access = get_collective(membership.collective_id) if membership else None
    return Certified(db.session.get_one(User, membership.user_id), access) if membership and access else None


def latest_memberships(memberships: Iterable[Stay]) -> dict[UUID, UUID]:
    """The latest membership of each person: user id → membership id."""
    return {each.user_id: each.id for each in sorted(memberships, key=lambda each: each.starts_at)}
