"""The collectives of some territories, a line each: names and counts, read as columns. Never a content."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, select

from collectifs.collectives.domain.charter import ASKED
from collectifs.collectives.domain.piloting import is_running, local_day
from collectifs.collectives.models import CharterConsent, Collective, Membership, Pilotship
from collectifs.collectives.queries.collectives import FACTS, CollectiveFacts
from collectifs.collectives.queries.memberships import is_present
from collectifs.kernel.extensions import db
from collectifs.kernel.paging import PAGE
from collectifs.people.domain.person import Degree
from collectifs.people.models import Territory, User


@dataclass(frozen=True)
class CollectiveLine:
    """A collective: who pilots it, who has not accepted the charter yet, how many belong."""

    facts: CollectiveFacts
    degree: Degree | None
    pilots: tuple[str, ...]
    waiting: tuple[str, ...]
    members: int


Which = Sequence[UUID] | Select[UUID]  # of a page; of all
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
_MEMBERS_NOW: Any = (
    select(func.count(Membership.id))
    .where(Membership.collective_id == Collective.id, _NOW_THERE)
    .correlate(Collective)
    .scalar_subquery()
)
_LINES: Any = (
    select(*FACTS, Collective.degree, _MEMBERS_NOW)
    .join(Territory, Territory.id == Collective.territory_id)
    .order_by(Territory.code, Collective.name)
)
_BY_NAME = (User.family_name, User.given_name, Membership.starts_at, Membership.id)
_WAITING = (
    select(Membership.collective_id, User.id, User.given_name, User.family_name)
    .join(User, User.id == Membership.user_id)
    .where(_NOW_THERE, ~_has_accepted())
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
    .where(Pilotship.meeting_id.is_(None), _NOW_THERE)
    .order_by(*_BY_NAME)
)


def lines_on(
    territory_ids: Iterable[UUID], season: int, now: datetime, page: int | None = None
) -> list[CollectiveLine]:
    """The collectives of a season by territory and by name, all or one page of them: three queries."""
    query = _LINES.where(*_ours(territory_ids, season))
    if page is not None:
        query = query.offset((page - 1) * PAGE).limit(PAGE)
    found = db.session.execute(query, {"now": now})
    rows = [(CollectiveFacts(*known), degree, members) for *known, degree, members in found]
    zones = {facts.id: ZoneInfo(facts.timezone) for facts, _, _ in rows}
    which = ids_on(territory_ids, season) if page is None else list(zones)
    pilots, waiting = _pilots(which, zones, now), _waiting(which, now)
    return [
        CollectiveLine(facts, degree, _names(pilots, facts), _names(waiting, facts), members)
        for facts, degree, members in rows
    ]


def ids_on(territory_ids: Iterable[UUID], season: int) -> Select[UUID]:
    """The ids of all of them, for a statement about them: a list of hundreds takes longer to say than to answer."""
    return select(Collective.id).where(*_ours(territory_ids, season))


def collectives_count(territory_ids: Iterable[UUID], season: int) -> int:
    """How many collectives some territories have in a season."""
    return db.session.scalar(_counted(territory_ids, season)) or 0


def _counted(territory_ids: Iterable[UUID], season: int) -> Select[int]:
    return select(func.count(Collective.id)).where(*_ours(territory_ids, season))


def _ours(territory_ids: Iterable[UUID], season: int) -> tuple[ColumnElement[bool], ...]:
    return Collective.territory_id.in_(list(territory_ids)), Collective.season == season


def collectives_waiting(territory_ids: Iterable[UUID], season: int, now: datetime) -> tuple[int, int]:
    """How many collectives some territories have in a season, and how many of their members have not accepted yet."""
    waiting = (
        select(func.count(Membership.id))
        .join(Collective, Collective.id == Membership.collective_id)
        .where(*_ours(territory_ids, season), is_present(now), ~_has_accepted())
    )
    counted = (_counted(territory_ids, season), waiting)
    counts = db.session.execute(select(*(each.scalar_subquery() for each in counted))).one()
    return counts[0], counts[1]


def _names(found: _Names, facts: CollectiveFacts) -> tuple[str, ...]:
    return tuple(found.get(facts.id, {}).values())


def _waiting(which: Which, now: datetime) -> _Names:
    """Who belongs now and has not accepted the charter yet, by family name."""
    rows = db.session.execute(_WAITING.where(Membership.collective_id.in_(which)), {"now": now})
    found: _Names = {}
    for collective_id, user_id, given, family in rows:
        found.setdefault(collective_id, {})[user_id] = f"{given} {family}"
    return found


def _pilots(which: Which, zones: dict[UUID, ZoneInfo], now: datetime) -> _Names:
    """Which members pilot these collectives today, by family name; deputies left out."""
    rows = db.session.execute(_PILOTS.where(Pilotship.collective_id.in_(which)), {"now": now})
    found: _Names = {}
    for collective_id, starts_on, ends_on, user_id, given, family in rows:
        if is_running(starts_on, ends_on, local_day(now, zones[collective_id])):
            found.setdefault(collective_id, {})[user_id] = f"{given} {family}"
    return found
