"""Changing collective: one membership ends, another starts; presences stay where they were."""

from datetime import datetime
from uuid import UUID

from collectifs.domain.newcomers import check_is_no_pilot
from collectifs.kernel.audit import record
from collectifs.people.domain.guests import check_is_no_hierarchy
from collectifs.people.domain.people import PastedPerson
from collectifs.people.domain.person import Person
from collectifs.people.queries.people import guest_for
from collectifs.queries.collectives import CollectiveFacts, get_collective
from collectifs.queries.newcomers import MembershipFacts, membership_row, memberships_beside
from collectifs.queries.overview import degree_of
from collectifs.services.invitations import add_member
from collectifs.services.pilots import release_pilotships


def pilots_here(membership: MembershipFacts) -> bool:
    """Whether the person pilots the collective of this membership."""
    access = get_collective(membership.collective.id)
    return access is not None and membership.user_id in access.pilot_ids


def change_collective(membership: MembershipFacts, to: CollectiveFacts, *, now: datetime, by: Person) -> None:
    """End one membership and start the other; the charter of the new one is asked for again."""
    person = PastedPerson("", membership.given_name, membership.family_name, membership.address)
    guest = guest_for(person, to.territory_id, now.date())
    check_is_no_hierarchy(guest, "collective")
    check_is_no_pilot(membership.name, is_pilot=pilots_here(membership))
    add_member(guest, to.id, degree=degree_of(to.id), now=now, by=by)
    _end(membership, now, by)


def leave_for_another(user_id: UUID, to: CollectiveFacts | None, *, now: datetime, by: Person) -> None:
    """Whoever enters a collective leaves the other ones of the territory, save those that they pilot."""
    for membership in memberships_beside(user_id, to) if to else ():
        if not pilots_here(membership):
            _end(membership, now, by)


def _end(membership: MembershipFacts, now: datetime, by: Person) -> None:
    row = membership_row(membership.id)
    row.ends_at = now
    release_pilotships(membership.user_id, membership.collective.id, now=now, by=by)
    record("member_moved", row, by=by)
