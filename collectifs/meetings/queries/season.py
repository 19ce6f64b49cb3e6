"""The season of some territories: its meetings, who came, the hours of each person; counted in SQL. Never a content."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, bindparam, case, cast, extract, func, select

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

    collective_name: str
    code: str
    given_name: str
    family_name: str
    is_pilot: bool
    meetings: int
    minutes: int


def minutes() -> ColumnElement[Any]:
    """`minutes_between()`, for a query on meetings."""
    return (extract("epoch", Meeting.ends_at) - extract("epoch", Meeting.starts_at)) / 60


def whole(number: ColumnElement[Any]) -> ColumnElement[int]:
    """What a sum of them comes to, in whole minutes."""
    return cast(number, Integer)


def _came(table: type[Attendance] | type[MeetingGuest]) -> Any:
    query = select(func.count(table.id)).where(table.meeting_id == Meeting.id, table.state.in_(CAME))
    return query.correlate(Meeting).scalar_subquery()


def _there(query: Any, *conditions: ColumnElement[bool]) -> Any:
    """Of the meetings of some territories that were not cancelled."""
    return (
        query.select_from(Meeting)
        .join(Collective, Collective.id == Meeting.collective_id)
        .where(Collective.territory_id.in_(bindparam("territory_ids", expanding=True)))
        .where(Collective.season == bindparam("season"), Meeting.cancelled_at.is_(None), *conditions)
    )


_IS_HELD = Meeting.ends_at <= bindparam("now", type_=Meeting.ends_at.type)
_THAT_CAME = _there(select(func.count())).join(Attendance, Attendance.meeting_id == Meeting.id)
_TOTALS = _there(
    select(
        func.count(case((_IS_HELD, 1))),
        whole(func.coalesce(func.sum(case((_IS_HELD, minutes()))), 0)),
        _THAT_CAME.where(_IS_HELD, Attendance.state.in_(CAME)).correlate(None).scalar_subquery(),
    )
)
_COLLECTIVES = (
    _there(select(Collective.id, Collective.name, Collective.code, Territory.code.label("place")))
    .join(Territory, Territory.id == Collective.territory_id)
    .distinct()
    .order_by(Territory.code, Collective.name)
)
_MEETINGS = (
    _there(
        select(
            *(Collective.id, Collective.name, Collective.code, Territory.name, Territory.timezone),
            *(Meeting.number, Meeting.starts_at, Meeting.ends_at, Meeting.place, Meeting.commune),
            *(_came(Attendance), _came(MeetingGuest)),
        )
    )
    .join(Territory, Territory.id == Collective.territory_id)
    .order_by(Territory.code, Collective.name, Meeting.number)
)
_PILOTED = (
    select(Pilotship.id)
    .where(Pilotship.collective_id == Collective.id, Pilotship.user_id == User.id)
    .correlate(Collective, User)
)
_WHO = (Collective.name, Collective.code, User.given_name, User.family_name)
_HOURS = (
    _there(select(*_WHO, _PILOTED.exists(), func.count(Meeting.id), whole(func.sum(minutes()))))
    .join(Attendance, Attendance.meeting_id == Meeting.id)
    .join(User, User.id == Attendance.user_id)
    .where(Attendance.state.in_(CAME))
    .group_by(Collective.id, User.id, *_WHO)
    .order_by(Collective.name, User.family_name, User.given_name, User.id)
)
_AMONG = Collective.id.in_(bindparam("among", expanding=True))
_MEETINGS_AMONG, _HOURS_AMONG = _MEETINGS.where(_AMONG), _HOURS.where(_AMONG)


def season_totals(territory_ids: Iterable[UUID], season: int, now: datetime) -> SeasonTotals:
    """The totals of a season at this instant: one query."""
    return SeasonTotals(*db.session.execute(_TOTALS, _asked(territory_ids, season) | {"now": now}).one())


def meeting_collectives(territory_ids: Iterable[UUID], season: int, words: str = "") -> list[UUID]:
    """The collectives of a season that meet, in the order of `season_meetings()`; those whose name or code has `words`
    in it, accents and capitals aside."""
    rows = db.session.execute(_COLLECTIVES, _asked(territory_ids, season))
    sought = folded(words)
    return [id_ for id_, name, code, _ in rows if not sought or sought in folded(f"{name} {code}")]


def season_meetings(
    territory_ids: Iterable[UUID], season: int, among: Collection[UUID] | None = None
) -> list[SeasonMeeting]:
    """The meetings of the collectives of some territories, or of those `among` them, collective by collective."""
    query = _MEETINGS if among is None else _MEETINGS_AMONG
    return [SeasonMeeting(*row) for row in db.session.execute(query, _asked(territory_ids, season, among))]


def season_hours(
    territory_ids: Iterable[UUID], season: int, among: Collection[UUID] | None = None
) -> list[PersonHours]:
    """The hours of each person who came, collective by collective, by family name; pilots are marked."""
    query = _HOURS if among is None else _HOURS_AMONG
    return [PersonHours(*row) for row in db.session.execute(query, _asked(territory_ids, season, among))]


def _asked(territory_ids: Iterable[UUID], season: int, among: Collection[UUID] | None = None) -> dict[str, Any]:
    asked = {"territory_ids": list(territory_ids), "season": season}
    return asked if among is None else asked | {"among": list(among)}
