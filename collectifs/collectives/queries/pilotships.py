"""Pilotships: who pilots a collective, from when to when, and who stands in for one meeting."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager

from collectifs.collectives.domain.piloting import deputy_ends_at, gives_rights, is_over, local_day
from collectifs.collectives.models import Collective, Meeting, Pilotship
from collectifs.kernel.extensions import db
from collectifs.people.models import Territory, User


@dataclass(frozen=True)
class PilotshipFacts:
    """Somebody pilots a collective for a period; one meeting of it only, for a deputy."""

    id: UUID
    user_id: UUID
    name: str
    address: str
    collective_id: UUID
    territory_id: UUID
    zone: ZoneInfo
    starts_on: date
    ends_on: date | None
    meeting_id: UUID | None
    meeting_ends_at: datetime | None
    is_cancelled: bool

    @property
    def is_deputy(self) -> bool:
        """Whether it is for one meeting only."""
        return self.meeting_id is not None

    def holds(self, now: datetime) -> bool:
        """Whether it gives its rights at this moment."""
        is_alive = self.meeting_ends_at is None or not self.is_cancelled
        return is_alive and gives_rights(self.starts_on, self.ends_on, self.meeting_ends_at, now, self.zone)

    def is_behind(self, now: datetime) -> bool:
        """Whether it is over for good; one that begins later is not."""
        if is_over(self.ends_on, local_day(now, self.zone)):
            return True
        return self.meeting_ends_at is not None and (self.is_cancelled or deputy_ends_at(self.meeting_ends_at) <= now)

    def is_ahead(self, now: datetime) -> bool:
        """Whether it begins on a later day."""
        return self.starts_on > local_day(now, self.zone)


@dataclass(frozen=True)
class Deputy:
    """Who runs one meeting in the pilot's place, and when that meeting ends. `id` is the pilotship's."""

    id: UUID
    user_id: UUID
    meeting_id: UUID
    meeting_ends_at: datetime


# Asked at nearly each page: written once, of columns alone but for the collective, which services change.
_P, _U, _C, _T, _M = (
    table.__table__.alias(name)
    for table, name in ((Pilotship, "p"), (User, "u"), (Collective, "c"), (Territory, "t"), (Meeting, "m"))
)
_KNOWN: Sequence[Any] = (
    *(_P.c.id, _U.c.id, _U.c.given_name, _U.c.family_name, _U.c.address),
    *(_P.c.starts_on, _P.c.ends_on, _P.c.meeting_id, _M.c.ends_at, _M.c.cancelled_at),
)
_BY_DATE: Sequence[Any] = (_P.c.starts_on, _U.c.family_name, _U.c.given_name, _P.c.id)
_PILOTSHIPS: Any = (
    select(_C.c.id, _T.c.id, _T.c.timezone, *_KNOWN)
    .select_from(_P)
    .join(_U, _U.c.id == _P.c.user_id)
    .join(_C, _C.c.id == _P.c.collective_id)
    .join(_T, _T.c.id == _C.c.territory_id)
    .outerjoin(_M, _M.c.id == _P.c.meeting_id)
    .order_by(*_BY_DATE)
)
_COLLECTIVES: Any = (
    select(Collective, *_KNOWN)
    .join(Collective.territory)
    .outerjoin(_P, _P.c.collective_id == Collective.id)
    .outerjoin(_U, _U.c.id == _P.c.user_id)
    .outerjoin(_M, _M.c.id == _P.c.meeting_id)
    .options(contains_eager(Collective.territory))
    .where(Collective.id.in_(bindparam("collective_ids", expanding=True)))
    .order_by(Collective.id, *_BY_DATE)
    .execution_options(populate_existing=True)
)


def _facts(collective_id: UUID, territory_id: UUID, timezone: str, *known: Any) -> PilotshipFacts:
    """Of the columns `_KNOWN`, and where it is."""
    id_, user_id, given, family, address, starts_on, ends_on, meeting_id, meeting_ends_at, cancelled_at = known
    return PilotshipFacts(
        id_,
        user_id,
        f"{given} {family}".strip(),
        address,
        collective_id,
        territory_id,
        ZoneInfo(timezone),
        starts_on,
        ends_on,
        meeting_id,
        meeting_ends_at,
        cancelled_at is not None,
    )


def with_pilots(collective_ids: Collection[UUID]) -> dict[Collective, list[PilotshipFacts]]:
    """Some collectives with their territory, and every pilotship of each, deputies included, the oldest first.

    What the transaction wrote itself is read anew.
    """
    found: dict[Collective, list[PilotshipFacts]] = {}
    for row, *known in db.session.execute(_COLLECTIVES, {"collective_ids": list(collective_ids)}):
        pilotships = found.setdefault(row, [])
        if known[0] is not None:
            pilotships.append(_facts(row.id, row.territory_id, row.territory.timezone, *known))
    return found


def pilotships_of(collective_id: UUID) -> list[PilotshipFacts]:
    """Every pilotship of a collective, deputies included, the oldest first."""
    return [_facts(*row) for row in db.session.execute(_PILOTSHIPS.where(_P.c.collective_id == collective_id))]


def get_pilotship(pilotship_id: UUID) -> PilotshipFacts | None:
    """A pilotship by id."""
    found = db.session.execute(_PILOTSHIPS.where(_P.c.id == pilotship_id)).first()
    return _facts(*found) if found else None


def pilotship_row(pilotship_id: UUID) -> Pilotship:
    """The row of a pilotship."""
    return db.session.get_one(Pilotship, pilotship_id)


def pilots_among(pilotships: Iterable[PilotshipFacts], now: datetime) -> list[PilotshipFacts]:
    """Those who pilot the collective at this moment, deputies left out."""
    return [each for each in pilotships if not each.is_deputy and each.holds(now)]


def deputies_among(pilotships: Iterable[PilotshipFacts], now: datetime) -> tuple[Deputy, ...]:
    """Those who run one meeting at this moment, or write its sheet."""
    return tuple(
        Deputy(each.id, each.user_id, each.meeting_id, each.meeting_ends_at)
        for each in pilotships
        if each.meeting_id is not None and each.meeting_ends_at is not None and each.holds(now)
    )
