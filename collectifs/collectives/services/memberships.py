"""What members tell of themselves, and moving from one collective to another."""

from datetime import datetime
from uuid import UUID

from collectifs.collectives.domain.composition import check_is_no_pilot
from collectifs.collectives.models import Membership, MembershipStatus
from collectifs.collectives.queries.collectives import (
    CollectiveAccess,
    CollectiveFacts,
    degree_of,
    get_collective,
    open_membership,
)
from collectifs.collectives.queries.facts import COLUMNS, FactsTold, facts_told, status_choices
from collectifs.collectives.queries.newcomers import MembershipFacts, membership_row, memberships_beside
from collectifs.collectives.services.invitations import add_member
from collectifs.collectives.services.pilots import release_pilotships
from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.people.domain.guests import check_is_no_hierarchy
from collectifs.people.domain.people import PastedPerson
from collectifs.people.domain.person import Person
from collectifs.people.domain.uai import check_uai
from collectifs.people.queries.contacts import statuses_offered
from collectifs.people.queries.people import guest_for


def tell_facts(access: CollectiveAccess, told: FactsTold, *, by: Person) -> None:
    """Keep what a member tells of themselves here; what is left empty is forgotten."""
    membership = open_membership(by.id, access.collective.id)
    if membership is None:
        raise RuleBroken("Vous avez quitté ce collectif.")
    check_uai(told.uai)
    _check_offered(told, facts_told(by.id, access.collective.id))
    for name in COLUMNS:
        setattr(membership, name, getattr(told, name))
    _choose(membership, told)
    record("facts_told", membership, by=by)


def _check_offered(told: FactsTold, former: FactsTold) -> None:
    offered = {each.id for each in statuses_offered(former.status_ids)}
    if not told.status_ids <= offered:
        raise RuleBroken("Ce choix n’est pas dans la liste.", "statuses")


def _choose(membership: Membership, told: FactsTold) -> None:
    rows = {row.status_id: row for row in status_choices(membership.id)}
    for status_id in rows.keys() - told.status_ids:
        db.session.delete(rows[status_id])
    for status_id in sorted(told.status_ids - rows.keys()):
        db.session.add(MembershipStatus(membership_id=membership.id, status_id=status_id))
    db.session.flush()


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
