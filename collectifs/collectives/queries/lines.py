"""The collectives of some territories, a line each: names and counts, read as columns. Never a content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

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


@dataclass(frozen=True)
class _Member:
    user_id: UUID
    name: str
    has_accepted: bool


def lines_on(
    territory_ids: Iterable[UUID], season: int, now: datetime, page: int | None = None
) -> list[CollectiveLine]:
    """The collectives of a season by territory and by name, all or one page of them: three queries."""
    query: Any = (
        select(*FACTS, Collective.degree)
        .join(Territory, Territory.id == Collective.territory_id)
        .where(*_ours(territory_ids, season))
        .order_by(Territory.code, Collective.name)
    )
    if page is not None:
        query = query.offset((page - 1) * PAGE).limit(PAGE)
    rows = [(CollectiveFacts(*row[:-1]), row[-1]) for row in db.session.execute(query)]
    zones = {facts.id: ZoneInfo(facts.timezone) for facts, _ in rows}
    members, pilots = _members(zones, now), _pilots(zones, now)
    return [_line(facts, degree, members.get(facts.id, []), pilots) for facts, degree in rows]


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


def _members(collective_ids: Iterable[UUID], now: datetime) -> dict[UUID, list[_Member]]:
    """Who belongs now, by family name."""
    rows = db.session.execute(
        select(Membership.collective_id, User.id, User.given_name, User.family_name, _has_accepted())
        .join(User, User.id == Membership.user_id)
        .where(Membership.collective_id.in_(list(collective_ids)), is_present(now))
        .order_by(User.family_name, User.given_name, Membership.starts_at, Membership.id)
    )
    found: dict[UUID, list[_Member]] = {}
    for collective_id, user_id, given, family, accepted in rows:
        found.setdefault(collective_id, []).append(_Member(user_id, f"{given} {family}", accepted))
    return found


def _pilots(zones: dict[UUID, ZoneInfo], now: datetime) -> set[tuple[UUID, UUID]]:
    """Who pilots which of these collectives today, deputies left out."""
    whole = and_(Pilotship.collective_id.in_(list(zones)), Pilotship.meeting_id.is_(None))
    columns = select(Pilotship.collective_id, Pilotship.user_id, Pilotship.starts_on, Pilotship.ends_on)
    return {
        (collective_id, user_id)
        for collective_id, user_id, starts_on, ends_on in db.session.execute(columns.where(whole))
        if is_running(starts_on, ends_on, local_day(now, zones[collective_id]))
    }


def _line(
    facts: CollectiveFacts, degree: Degree | None, members: list[_Member], pilots: set[tuple[UUID, UUID]]
) -> CollectiveLine:
    return CollectiveLine(
        facts,
        degree,
        tuple(each.name for each in members if (facts.id, each.user_id) in pilots),
        tuple(each.name for each in members if not each.has_accepted),
        len(members),
    )
