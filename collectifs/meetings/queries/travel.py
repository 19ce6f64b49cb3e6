"""Who would travel out of their communes: a venue, and for each member where they work and live, to be compared."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from collectifs.collectives.models import Meeting, Membership
from collectifs.collectives.queries.collectives import get_collective
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.communes import Commune
from collectifs.meetings.queries.attendance import expected_at


@dataclass(frozen=True)
class VenueAccess:
    """A date and a venue, with the ids that the rule needs: nothing of what is said there."""

    meeting_id: UUID
    collective_id: UUID
    collective_name: str
    territory_id: UUID
    number: int
    starts_at: datetime
    ends_at: datetime
    place: str
    commune: Commune
    zone: ZoneInfo
    pilot_ids: frozenset[UUID]


@dataclass(frozen=True)
class Traveller:
    """A person, and the communes that they gave."""

    name: str
    work: Commune
    home: Commune


def get_venue(meeting_id: UUID) -> VenueAccess | None:
    """The venue of a meeting that is not cancelled."""
    row = db.session.get(Meeting, meeting_id)
    access = get_collective(row.collective_id) if row is not None and row.cancelled_at is None else None
    if row is None or access is None:
        return None
    return VenueAccess(
        row.id,
        row.collective_id,
        access.collective.name,
        access.territory.id,
        row.number,
        row.starts_at,
        row.ends_at,
        row.place,
        Commune(row.commune, row.insee),
        access.zone,
        (access.pilot_ids & access.consent_ids) | access.deputies_for(row.id),
    )


def travellers_of(venue: VenueAccess) -> list[Traveller]:
    """The members expected there, by family name; the latest membership counts."""
    found = {}
    for user, membership in expected_at(db.session.get_one(Meeting, venue.meeting_id), ()):
        work, home = _communes(membership) if membership else (Commune(""), Commune(""))
        found[user.id] = Traveller(f"{user.given_name} {user.family_name}".strip(), work, home)
    return list(found.values())


def _communes(membership: Membership) -> tuple[Commune, Commune]:
    work = Commune(membership.work_commune, membership.work_insee)
    return work, Commune(membership.home_commune, membership.home_insee)
