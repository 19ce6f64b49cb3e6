"""A manager moves somebody to another collective: at once before its first meeting, else with its pilot's yes."""

from datetime import datetime

from collectifs.collectives.domain.composition import check_comes_once, check_is_no_pilot, check_moves_elsewhere
from collectifs.collectives.queries.collectives import CollectiveFacts, get_collective
from collectifs.collectives.queries.newcomers import MembershipFacts, neighbours_of
from collectifs.collectives.services.memberships import change_collective, pilots_here
from collectifs.collectives.services.newcomers import propose_person
from collectifs.people.domain.people import PastedPerson
from collectifs.people.domain.person import Person
from collectifs.queries.overview import has_met

FIELD = "collective"


def move_member(membership: MembershipFacts, to: CollectiveFacts, *, now: datetime, by: Person) -> bool:
    """Move a member to a neighbouring collective. False when its pilot has to say yes first."""
    check_moves_elsewhere(is_neighbour=to in neighbours_of(membership.collective), field=FIELD)
    check_is_no_pilot(membership.name, is_pilot=pilots_here(membership))
    access = get_collective(to.id)
    is_member = access is not None and membership.user_id in access.member_ids
    check_comes_once(membership.name, is_member=is_member, is_proposed=False, field=FIELD)
    if has_met(to.id, now):
        person = PastedPerson("", membership.given_name, membership.family_name, membership.address)
        propose_person(to, person, field=FIELD, now=now, by=by)
        return False
    change_collective(membership, to, now=now, by=by)
    return True
