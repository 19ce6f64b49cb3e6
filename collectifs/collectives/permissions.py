"""Who may do what in a collective.

True lets in; anything else does not. No rule begins with « administrators may ».
"""

from collectifs.collectives.queries.collectives import CollectiveAccess, CollectiveFacts
from collectifs.collectives.queries.newcomers import MembershipFacts, ProposalAccess
from collectifs.collectives.queries.pilots import MeetingPiloting, Piloting, PilotshipAccess
from collectifs.collectives.queries.rosters import Roster
from collectifs.people.domain.person import Person, Role


def can_enter_collective(user: Person, access: CollectiveAccess) -> bool:
    """A present member, the charter accepted or not yet: the door, and the charter itself."""
    return user.id in access.member_ids


def can_take_part(user: Person, access: CollectiveAccess) -> bool:
    """A present member who accepted the charter."""
    return user.id in access.member_ids and user.id in access.consent_ids


def can_pilot(user: Person, access: CollectiveAccess) -> bool:
    """Whoever pilots the collective on this day, the charter accepted."""
    return user.id in access.pilot_ids and user.id in access.consent_ids


def can_manage(user: Person, facts: CollectiveFacts) -> bool:
    """A manager of the collective's territory."""
    return user.has(Role.MANAGER, facts.territory_id)


def can_follow_members(user: Person, roster: Roster) -> bool:
    """A manager of the collective's territory: what became of each invitation."""
    return can_manage(user, roster.facts)


def can_list_members(user: Person, roster: Roster) -> bool:
    """A manager of the territory, or whoever pilots, the charter accepted: names and addresses."""
    pilots = {each.user_id for each in roster.members if each.is_pilot and each.has_accepted}
    return user.has(Role.MANAGER, roster.facts.territory_id) or user.id in pilots


def can_manage_member(user: Person, membership: MembershipFacts) -> bool:
    """A manager of the territory of the collective that the person belongs to now."""
    return can_manage(user, membership.collective)


def can_cancel_proposal(user: Person, proposal: ProposalAccess) -> bool:
    """A manager of the territory of the collective."""
    return user.has(Role.MANAGER, proposal.access.territory.id)


def can_answer_proposal(user: Person, proposal: ProposalAccess) -> bool:
    """Whoever pilots the collective on this day."""
    return can_pilot(user, proposal.access)


def can_name_pilots(user: Person, collective: Piloting) -> bool:
    """Who pilots the collective, the charter accepted, or a manager of its territory (a pilot may be ill)."""
    pilots = user.id in collective.pilot_ids and user.id in collective.consent_ids
    return pilots or can_manage(user, collective.facts)


def can_name_deputy(user: Person, meeting: MeetingPiloting) -> bool:
    """Who pilots the collective that meets, or a manager of its territory."""
    return can_name_pilots(user, meeting.collective)


def can_end_pilotship(user: Person, pilotship: PilotshipAccess) -> bool:
    """Its holder; whoever pilots the collective, or manages its territory."""
    return user.id == pilotship.pilotship.user_id or can_name_pilots(user, pilotship.collective)
