"""Presences over a season: one's own meetings and hours, and the counts of a territory. Never a content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, exists, func, or_, select

from collectifs.collectives.models import Collective, Meeting, Membership, Pilotship
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.attendance import CAME, AttendanceState, minutes_between
from collectifs.meetings.models import Attendance, MeetingGuest, SynthesisSheet
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


@dataclass(frozen=True)
class SeasonMeeting:
    """A meeting of a territory: its date, its place, and how many came."""

    collective_id: UUID
    collective_name: str
    code: str
    territory_name: str
    timezone: str
    number: int
    starts_at: datetime
    ends_at: datetime
    place: str
    commune: str
    came: int
    guests: int

    @property
    def minutes(self) -> int:
        """How long it was planned to last."""
        return minutes_between(self.starts_at, self.ends_at)


@dataclass(frozen=True)
class PersonHours:
    """The hours of one person in one collective: the meetings that they came to."""

    collective_id: UUID
    collective_name: str
    code: str
    user_id: UUID
    given_name: str
    family_name: str
    is_pilot: bool
    meetings: int
    minutes: int


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
    expected = exists().where(
        Membership.user_id == user_id, Membership.collective_id == Meeting.collective_id, was_in_force(Meeting)
    )
    return (
        select(*columns)
        .select_from(Meeting)
        .join(Collective, Collective.id == Meeting.collective_id)
        .join(Territory, Territory.id == Collective.territory_id)
        .outerjoin(Attendance, mine)
        .where(Meeting.cancelled_at.is_(None), or_(expected, Attendance.state.in_(CAME)))
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


def latest_memberships(memberships: Iterable[Membership]) -> dict[UUID, UUID]:
    """The latest membership of each person: user id → membership id."""
    return {each.user_id: each.id for each in sorted(memberships, key=lambda each: each.starts_at)}


def season_meetings(territory_ids: Iterable[UUID], season: int) -> list[SeasonMeeting]:
    """The meetings of the collectives of some territories, collective by collective."""
    came, guests = _count(Attendance), _count(MeetingGuest)
    rows = db.session.execute(
        select(Meeting, Collective, Territory, func.coalesce(came.c.number, 0), func.coalesce(guests.c.number, 0))
        .join(Collective, Collective.id == Meeting.collective_id)
        .join(Territory, Territory.id == Collective.territory_id)
        .outerjoin(came, came.c.meeting_id == Meeting.id)
        .outerjoin(guests, guests.c.meeting_id == Meeting.id)
        .where(
            Collective.territory_id.in_(list(territory_ids)),
            Collective.season == season,
            Meeting.cancelled_at.is_(None),
        )
        .order_by(Territory.code, Collective.name, Meeting.number)
    )
    return [_season_meeting(*row) for row in rows]


def _count(table: type[Attendance] | type[MeetingGuest]) -> Any:
    return (
        select(table.meeting_id, func.count(table.id).label("number"))
        .where(table.state.in_(CAME))
        .group_by(table.meeting_id)
        .subquery()
    )


def _season_meeting(
    meeting: Meeting, collective: Collective, territory: Territory, came: int, guests: int
) -> SeasonMeeting:
    return SeasonMeeting(
        collective.id,
        collective.name,
        collective.code,
        territory.name,
        territory.timezone,
        meeting.number,
        meeting.starts_at,
        meeting.ends_at,
        meeting.place,
        meeting.commune,
        came,
        guests,
    )


def season_hours(territory_ids: Iterable[UUID], season: int) -> list[PersonHours]:
    """The hours of each person who came, collective by collective, by family name; pilots are marked."""
    rows = db.session.execute(
        select(Collective, User, Meeting.starts_at, Meeting.ends_at)
        .join(Meeting, Meeting.collective_id == Collective.id)
        .join(Attendance, and_(Attendance.meeting_id == Meeting.id, Attendance.state.in_(CAME)))
        .join(User, User.id == Attendance.user_id)
        .where(
            Collective.territory_id.in_(list(territory_ids)),
            Collective.season == season,
            Meeting.cancelled_at.is_(None),
        )
        .order_by(Collective.name, User.family_name, User.given_name, User.id, Meeting.number)
    ).all()
    pilots = _pilots({row[0].id for row in rows})
    held: dict[tuple[UUID, UUID], list[int]] = {}
    people = {}
    for collective, user, starts_at, ends_at in rows:
        people[collective.id, user.id] = (collective, user)
        held.setdefault((collective.id, user.id), []).append(minutes_between(starts_at, ends_at))
    return [_hours(*people[key], is_pilot=key in pilots, minutes=held[key]) for key in people]


def _pilots(collective_ids: set[UUID]) -> set[tuple[UUID, UUID]]:
    rows = db.session.execute(
        select(Pilotship.collective_id, Pilotship.user_id)
        .where(Pilotship.collective_id.in_(collective_ids))
        .order_by(Pilotship.starts_on)
    )
    return {(row.collective_id, row.user_id) for row in rows}


def _hours(collective: Collective, user: User, *, is_pilot: bool, minutes: list[int]) -> PersonHours:
    return PersonHours(
        collective.id,
        collective.name,
        collective.code,
        user.id,
        user.given_name,
        user.family_name,
        is_pilot,
        len(minutes),
        sum(minutes),
    )
