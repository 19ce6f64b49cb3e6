"""Pilotships: who pilots a collective, from when to when, and who stands in for one meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from collectifs.collectives.domain.piloting import deputy_ends_at, gives_rights, is_over, local_day
from collectifs.collectives.models import Collective, Pilotship
from collectifs.kernel.extensions import db
from collectifs.people.models import User


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


_PILOTSHIPS = (
    select(Pilotship)
    .join(Pilotship.user)
    .options(
        contains_eager(Pilotship.user),
        joinedload(Pilotship.collective).joinedload(Collective.territory),
        joinedload(Pilotship.meeting),
    )
    .order_by(Pilotship.starts_on, User.family_name, User.given_name, Pilotship.id)
)
# Asked at nearly each page: written once, it is compiled once.
_OF_COLLECTIVES = _PILOTSHIPS.where(Pilotship.collective_id.in_(bindparam("collective_ids", expanding=True)))


def _facts(row: Pilotship) -> PilotshipFacts:
    user, territory, meeting = row.user, row.collective.territory, row.meeting
    return PilotshipFacts(
        row.id,
        user.id,
        f"{user.given_name} {user.family_name}".strip(),
        user.address,
        row.collective_id,
        territory.id,
        ZoneInfo(territory.timezone),
        row.starts_on,
        row.ends_on,
        row.meeting_id,
        meeting.ends_at if meeting else None,
        meeting is not None and meeting.cancelled_at is not None,
    )


def pilotships_in(collective_ids: Iterable[UUID]) -> list[PilotshipFacts]:
    """Every pilotship of some collectives, deputies included, the oldest first."""
    found = db.session.scalars(_OF_COLLECTIVES, {"collective_ids": list(collective_ids)})
    return [_facts(row) for row in found]


def get_pilotship(pilotship_id: UUID) -> PilotshipFacts | None:
    """A pilotship by id."""
    found = db.session.scalars(_PILOTSHIPS.where(Pilotship.id == pilotship_id)).first()
    return _facts(found) if found else None


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
