"""The season of some territories: its meetings, who came, the hours of each person; counted in SQL. Never a content."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, case, cast, extract, func, select

from collectifs.collectives.models import Collective, Meeting, Pilotship
from collectifs.kernel.extensions import db
from collectifs.kernel.text.folding import folded
from collectifs.meetings.domain.attendance import CAME, minutes_between
from collectifs.meetings.models import Attendance, MeetingGuest
from collectifs.people.models import Territory, User


@dataclass(frozen=True)
class SeasonTotals:
    """What a season comes to: the meetings held, their minutes, who came to them."""

    held: int
    minutes: int
    presences: int


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


def season_totals(territory_ids: Iterable[UUID], season: int, now: datetime) -> SeasonTotals:
    """The totals of a season at this instant: one query."""
    is_held = Meeting.ends_at <= now
    met = (
        func.count(case((is_held, 1))),
        whole(func.coalesce(func.sum(case((is_held, minutes()))), 0)),
    )
    came = _there(select(func.count()), territory_ids, season).join(Attendance, Attendance.meeting_id == Meeting.id)
    came = came.where(is_held, Attendance.state.in_(CAME)).correlate(None).scalar_subquery()
    return SeasonTotals(*db.session.execute(_there(select(*met, came), territory_ids, season)).one())


def meeting_collectives(territory_ids: Iterable[UUID], season: int, words: str = "") -> list[UUID]:
    """The collectives of a season that meet, in the order of `season_meetings()`; those whose name or code has `words`
    in it, accents and capitals aside."""
    known = _there(select(Collective.id, Collective.name, Collective.code), territory_ids, season)
    query = known.join(Territory, Territory.id == Collective.territory_id).distinct()
    rows = db.session.execute(
        query.add_columns(Territory.code.label("place")).order_by(Territory.code, Collective.name)
    )
    sought = folded(words)
    return [id_ for id_, name, code, _ in rows if not sought or sought in folded(f"{name} {code}")]


def season_meetings(
    territory_ids: Iterable[UUID], season: int, among: Collection[UUID] | None = None
) -> list[SeasonMeeting]:
    """The meetings of the collectives of some territories, or of those `among` them, collective by collective."""
    columns = (
        *(Collective.id, Collective.name, Collective.code, Territory.name, Territory.timezone),
        *(Meeting.number, Meeting.starts_at, Meeting.ends_at, Meeting.place, Meeting.commune),
        *(_came(Attendance), _came(MeetingGuest)),
    )
    query = _there(select(*columns), territory_ids, season, among)
    query = query.join(Territory, Territory.id == Collective.territory_id)
    rows: Any = db.session.execute(query.order_by(Territory.code, Collective.name, Meeting.number))
    return [SeasonMeeting(*row) for row in rows]


def season_hours(
    territory_ids: Iterable[UUID], season: int, among: Collection[UUID] | None = None
) -> list[PersonHours]:
    """The hours of each person who came, collective by collective, by family name; pilots are marked."""
    piloted = (
        select(Pilotship.id)
        .where(Pilotship.collective_id == Collective.id, Pilotship.user_id == User.id)
        .correlate(Collective, User)
    )
    who = (Collective.id, Collective.name, Collective.code, User.id, User.given_name, User.family_name)
    selected = select(*who, piloted.exists(), func.count(Meeting.id), whole(func.sum(minutes())))
    rows: Any = db.session.execute(
        _there(selected, territory_ids, season, among)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .join(User, User.id == Attendance.user_id)
        .where(Attendance.state.in_(CAME))
        .group_by(*who)
        .order_by(Collective.name, User.family_name, User.given_name, User.id)
    )
    return [PersonHours(*row) for row in rows]


def _there(query: Any, territory_ids: Iterable[UUID], season: int, among: Collection[UUID] | None = None) -> Any:
    """Of the meetings of these territories that were not cancelled; those `among` some only, if named."""
    chosen = [] if among is None else [Collective.id.in_(list(among))]
    return (
        query.select_from(Meeting)
        .join(Collective, Collective.id == Meeting.collective_id)
        .where(Collective.territory_id.in_(list(territory_ids)), Collective.season == season)
        .where(Meeting.cancelled_at.is_(None), *chosen)
    )


def minutes() -> ColumnElement[Any]:
    """`minutes_between()`, for a query on meetings."""
    return (extract("epoch", Meeting.ends_at) - extract("epoch", Meeting.starts_at)) / 60


def whole(number: ColumnElement[Any]) -> ColumnElement[int]:
    """What a sum of them comes to, in whole minutes."""
    return cast(number, Integer)


def _came(table: type[Attendance] | type[MeetingGuest]) -> Any:
    query = select(func.count(table.id)).where(table.meeting_id == Meeting.id, table.state.in_(CAME))
    return query.correlate(Meeting).scalar_subquery()
