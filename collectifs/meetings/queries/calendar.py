"""The dates of people: the history of a meeting, whom to remind, one's own feed and what it lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Exists, bindparam, func, or_, select

from collectifs.collectives.models import Collective, Meeting, Membership, Pilotship
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.domain.planning import CANCELLED_SHOWN, ChangeKind, Slot
from collectifs.meetings.domain.school_year import SchoolCalendar, calendar_of
from collectifs.meetings.models import MeetingChange, MeetingEvent
from collectifs.people.models import CalendarFeed, Territory, User
from collectifs.people.queries.people import hashed

FEED_GOES_BACK = timedelta(days=366)


def calendar_at(where: Territory) -> SchoolCalendar:
    """The holidays that the schools of a territory keep."""
    return calendar_of(zone=where.zone, timezone=where.timezone, code=where.code, name=where.name)


@dataclass(frozen=True)
class Change:
    """A line of a meeting's history: planned, moved or cancelled, by whom, and what was valid from then on."""

    kind: ChangeKind
    starts_at: datetime
    ends_at: datetime
    place: str
    at: datetime
    by: str


@dataclass(frozen=True)
class DatedMeeting:
    """A meeting of mine with what a calendar shows of it: no content, and nobody else."""

    meeting: Meeting
    collective_name: str
    timezone: str
    said_at: datetime

    @property
    def zone(self) -> ZoneInfo:
        """Where its clock hangs."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True)
class FeedFacts:
    """A calendar address that still works, without its token: nobody keeps it."""

    id: UUID
    made_at: datetime


_C, _U = MeetingChange.__table__, User.__table__
_CHANGES: Any = (
    select(*(_C.c.kind, _C.c.starts_at, _C.c.ends_at, _C.c.place, _C.c.at), _U.c.given_name, _U.c.family_name)
    .join_from(_C, _U, _U.c.id == _C.c.by_id)
    .where(_C.c.meeting_id == bindparam("meeting_id"))
    .order_by(_C.c.at, _C.c.kind.desc(), _C.c.id)
)


def changes_of(meeting_id: UUID) -> list[Change]:
    """The history of a meeting, the oldest first."""
    rows = db.session.execute(_CHANGES, {"meeting_id": meeting_id})
    return [
        Change(kind, starts_at, ends_at, place, at, f"{given} {family}")
        for kind, starts_at, ends_at, place, at, given, family in rows
    ]


def slots_of(meeting_id: UUID) -> list[Slot]:
    """When and where a meeting was to be, the oldest first; the last one is what is valid."""
    rows = db.session.scalars(
        select(MeetingChange)
        .where(MeetingChange.meeting_id == meeting_id)
        .order_by(MeetingChange.at, MeetingChange.kind.desc(), MeetingChange.id)
    )
    return [Slot(row.starts_at, row.ends_at, row.place) for row in rows]


def last_told_at(meeting_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each of these meetings was last planned or moved: its members were told then."""
    rows = db.session.execute(
        select(MeetingChange.meeting_id, func.max(MeetingChange.at).label("at"))
        .where(MeetingChange.meeting_id.in_(list(meeting_ids)))
        .group_by(MeetingChange.meeting_id)
        .order_by(MeetingChange.meeting_id)
    )
    return {row.meeting_id: row.at for row in rows}


def meetings_to_remind(now: datetime, within: timedelta) -> list[Meeting]:
    """The meetings to come within a delay, not started nor cancelled, whose reminders are not all decided."""
    started = select(MeetingEvent.meeting_id).where(MeetingEvent.kind == GestureKind.MEETING_STARTED)
    return list(
        db.session.scalars(
            select(Meeting)
            .where(
                Meeting.cancelled_at.is_(None),
                Meeting.starts_at > now,
                Meeting.starts_at <= now + within,
                or_(Meeting.week_reminded_at.is_(None), Meeting.day_reminded_at.is_(None)),
                Meeting.id.not_in(started),
            )
            .order_by(Meeting.starts_at, Meeting.id)
        )
    )


def following(meeting: Meeting) -> list[tuple[Meeting, bool]]:
    """The meetings numbered after this one and not cancelled, in order, each with whether it has started."""
    started = (
        select(MeetingEvent.id)
        .where(MeetingEvent.meeting_id == Meeting.id, MeetingEvent.kind == GestureKind.MEETING_STARTED)
        .exists()
    )
    rows = db.session.execute(
        select(Meeting, started)
        .where(
            Meeting.collective_id == meeting.collective_id,
            Meeting.number > meeting.number,
            Meeting.cancelled_at.is_(None),
        )
        .order_by(Meeting.number)
    )
    return [(row, bool(is_started)) for row, is_started in rows]


def dated_meetings(user_id: UUID, now: datetime) -> list[DatedMeeting]:
    """The meetings of a person in every collective: those of their time as a member, and those they stand in for."""
    said = (
        select(MeetingChange.meeting_id, func.max(MeetingChange.at).label("at"))
        .group_by(MeetingChange.meeting_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Meeting, Collective.name, Territory.timezone, said.c.at)
        .outerjoin(said, said.c.meeting_id == Meeting.id)
        .join(Collective, Collective.id == Meeting.collective_id)
        .join(Territory, Territory.id == Collective.territory_id)
        .where(or_(_as_member(user_id, now), _as_deputy(user_id, now)), Meeting.starts_at > now - FEED_GOES_BACK)
        .where(or_(Meeting.cancelled_at.is_(None), Meeting.cancelled_at > now - CANCELLED_SHOWN))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [DatedMeeting(meeting, name, zone, said_at or meeting.starts_at) for meeting, name, zone, said_at in rows]


def _as_member(user_id: UUID, now: datetime) -> Exists:
    """Held while they belonged, or to come while they still do."""
    return (
        select(Membership.id)
        .where(
            Membership.user_id == user_id,
            Membership.collective_id == Meeting.collective_id,
            Membership.starts_at < Meeting.ends_at,
            or_(Membership.ends_at.is_(None), Membership.ends_at > Meeting.starts_at),
            or_(Membership.ends_at.is_(None), Membership.ends_at > now, Meeting.ends_at <= now),
        )
        .exists()
    )


def _as_deputy(user_id: UUID, now: datetime) -> Exists:
    """They stand in for the pilot there."""
    return (
        select(Pilotship.id)
        .where(
            Pilotship.user_id == user_id,
            Pilotship.meeting_id == Meeting.id,
            or_(Pilotship.ends_on.is_(None), Pilotship.ends_on >= now.date()),
        )
        .exists()
    )


def open_feeds(user_id: UUID) -> list[FeedFacts]:
    """The calendar addresses of a person that still work, the latest first."""
    rows = db.session.scalars(
        select(CalendarFeed)
        .where(CalendarFeed.user_id == user_id, CalendarFeed.revoked_at.is_(None))
        .order_by(CalendarFeed.made_at.desc(), CalendarFeed.id)
    )
    return [FeedFacts(row.id, row.made_at) for row in rows]


def get_feed(feed_id: UUID) -> CalendarFeed | None:
    """A calendar address by id."""
    return db.session.get(CalendarFeed, feed_id)


def feed_for_token(token: str) -> CalendarFeed | None:
    """The calendar address that carries a token, while it works."""
    return db.session.scalars(
        select(CalendarFeed)
        .where(CalendarFeed.token_hash == hashed(token), CalendarFeed.revoked_at.is_(None))
        .order_by(CalendarFeed.made_at)
    ).first()
