"""The collectives of some territories, a line each: names and counts, read as columns. Never a content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, select

from collectifs.collectives.domain.charter import ASKED
from collectifs.collectives.domain.piloting import is_running, local_day
from collectifs.collectives.models import CharterConsent, Collective, Membership, Pilotship
from collectifs.collectives.queries.collectives import FACTS, CollectiveFacts
from collectifs.collectives.queries.memberships import is_present
from collectifs.kernel.extensions import db
from collectifs.kernel.paging import PAGE
from collectifs.people.domain.person import Degree
from collectifs.people.models import Territory, User

EVERY = 1_000_000  # of a list that is not cut into pages


@dataclass(frozen=True)
class CollectiveLine:
    """A collective: who pilots it, who has not accepted the charter yet, how many belong."""

    facts: CollectiveFacts
    degree: Degree | None
    pilots: tuple[str, ...]
    waiting: tuple[str, ...]
    members: int


_Names = dict[UUID, dict[UUID, str]]  # of some members of each collective, by their id


def _has_accepted() -> ColumnElement[bool]:
    """`is_accepted()` of domain/charter.py, for a query on memberships."""
    return (
        exists()
        .where(
            CharterConsent.user_id == Membership.user_id,
            CharterConsent.collective_id == Membership.collective_id,
            CharterConsent.version >= ASKED,
            CharterConsent.accepted_at >= Membership.starts_at,
        )
        .correlate(Membership)
    )


_NOW_THERE = is_present(bindparam("now", type_=Membership.starts_at.type))
_OURS = (
    Collective.territory_id.in_(bindparam("territory_ids", expanding=True)),
    Collective.season == bindparam("season"),
)


def _shown(*columns: Any) -> Any:
    """Of the collectives that `asked_on()` asks for, by territory and by name."""
    return (
        select(*columns)
        .select_from(Collective)
        .join(Territory, Territory.id == Collective.territory_id)
        .where(*_OURS)
        .order_by(Territory.code, Collective.name)
        .offset(bindparam("skipped"))
        .limit(bindparam("most"))
    )


SHOWN = _shown(Collective.id)
_MEMBERS_NOW: Any = (
    select(func.count(Membership.id))
    .where(Membership.collective_id == Collective.id, _NOW_THERE)
    .correlate(Collective)
    .scalar_subquery()
)
_LINES = _shown(*FACTS, Collective.degree, _MEMBERS_NOW)
_BY_NAME = (User.family_name, User.given_name, Membership.starts_at, Membership.id)
_WAITING = (
    select(Membership.collective_id, User.id, User.given_name, User.family_name)
    .join(User, User.id == Membership.user_id)
    .where(_NOW_THERE, ~_has_accepted(), Membership.collective_id.in_(SHOWN))
    .order_by(*_BY_NAME)
)
_THEIRS = and_(Membership.user_id == Pilotship.user_id, Membership.collective_id == Pilotship.collective_id)
_PILOTS = (
    select(
        *(Pilotship.collective_id, Pilotship.starts_on, Pilotship.ends_on),
        *(User.id, User.given_name, User.family_name),
    )
    .join(Membership, _THEIRS)
    .join(User, User.id == Pilotship.user_id)
    .where(Pilotship.meeting_id.is_(None), _NOW_THERE, Pilotship.collective_id.in_(SHOWN))
    .order_by(*_BY_NAME)
)
_COUNT = select(func.count(Collective.id)).where(*_OURS)
_COUNT_WAITING = (
    select(func.count(Membership.id))
    .join(Collective, Collective.id == Membership.collective_id)
    .where(*_OURS, _NOW_THERE, ~_has_accepted())
)
_COUNTS = select(_COUNT.scalar_subquery(), _COUNT_WAITING.scalar_subquery())


def asked_on(territory_ids: Iterable[UUID], season: int, now: datetime, page: int | None = None) -> dict[str, Any]:
    """What a statement about SHOWN is told: some territories, a season, all its collectives or one page of them."""
    told = {"territory_ids": list(territory_ids), "season": season, "now": now}
    if page is None:
        return told | {"skipped": 0, "most": EVERY}
    return told | {"skipped": (page - 1) * PAGE, "most": PAGE}


def lines_on(
    territory_ids: Iterable[UUID], season: int, now: datetime, page: int | None = None
) -> list[CollectiveLine]:
    """The collectives of a season by territory and by name, all or one page of them: three queries."""
    asked = asked_on(territory_ids, season, now, page)
    found = db.session.execute(_LINES, asked)
    rows = [(CollectiveFacts(*known), degree, members) for *known, degree, members in found]
    zones = {facts.id: ZoneInfo(facts.timezone) for facts, _, _ in rows}
    pilots, waiting = _pilots(asked, zones, now), _waiting(asked)
    return [
        CollectiveLine(facts, degree, _names(pilots, facts), _names(waiting, facts), members)
        for facts, degree, members in rows
    ]


def collectives_count(territory_ids: Iterable[UUID], season: int) -> int:
    """How many collectives some territories have in a season."""
    return db.session.scalar(_COUNT, {"territory_ids": list(territory_ids), "season": season}) or 0


def collectives_waiting(territory_ids: Iterable[UUID], season: int, now: datetime) -> tuple[int, int]:
    """How many collectives some territories have in a season, and how many of their members have not accepted yet."""
    counts = db.session.execute(_COUNTS, {"territory_ids": list(territory_ids), "season": season, "now": now}).one()
    return counts[0], counts[1]


def _names(found: _Names, facts: CollectiveFacts) -> tuple[str, ...]:
    return tuple(found.get(facts.id, {}).values())


def _waiting(asked: dict[str, Any]) -> _Names:
    """Who belongs now and has not accepted the charter yet, by family name."""
    found: _Names = {}
    for collective_id, user_id, given, family in db.session.execute(_WAITING, asked):
        found.setdefault(collective_id, {})[user_id] = f"{given} {family}"
    return found


def _pilots(asked: dict[str, Any], zones: dict[UUID, ZoneInfo], now: datetime) -> _Names:
    """Which members pilot these collectives today, by family name; deputies left out."""
    found: _Names = {}
    for collective_id, starts_on, ends_on, user_id, given, family in db.session.execute(_PILOTS, asked):
        if is_running(starts_on, ends_on, local_day(now, zones[collective_id])):
            found.setdefault(collective_id, {})[user_id] = f"{given} {family}"
    return found
