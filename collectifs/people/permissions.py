"""Who may do what about accounts, roles and territories.

True lets in; anything else does not. No rule begins with « administrators may ».
"""

from collectifs.people.domain.person import Person, Role
from collectifs.people.models import CalendarFeed, Device, Territory
from collectifs.people.queries.contacts import StatusFacts
from collectifs.people.queries.roles import RoleFacts


def can_manage_somewhere(user: Person) -> bool:
    """A manager, whatever the territory: lists that show only their own."""
    return user.has(Role.MANAGER)


def can_manage_territory(user: Person, territory: Territory) -> bool:
    """A manager of this territory, or of the one above it."""
    return user.has(Role.MANAGER, territory.id)


def can_inspect(user: Person) -> bool:
    """An inspector, whatever the territory: a list that shows only their own."""
    return user.has(Role.INSPECTOR)


def can_administer(user: Person) -> bool:
    """Whoever the command line made an administrator: appoints managers and inspectors, reads nothing."""
    return user.has(Role.ADMINISTRATOR)


def can_revoke_role(user: Person, role: RoleFacts) -> bool:
    """Who appoints managers and inspectors takes these roles back; the others are not theirs."""
    return can_administer(user) and role.role.is_hierarchy


def can_end_deputy(user: Person, role: RoleFacts) -> bool:
    """Whoever is back ends what they named a deputy for."""
    return role.stands_in_for_id == user.id


def can_close_feed(user: Person, feed: CalendarFeed) -> bool:
    """One's own calendar addresses."""
    return user.id == feed.user_id


def can_keep_status(user: Person, _status: StatusFacts) -> bool:
    """The administration keeps the list of the statuses of accompanied people."""
    return can_administer(user)


def can_close_device(user: Person, device: Device) -> bool:
    """One's own devices."""
    return user.id == device.user_id


def can_revoke_pilot(user: Person, role: RoleFacts) -> bool:
    """A manager of the territory takes somebody out of its vivier; the other roles are not theirs."""
    is_theirs = role.territory_id is not None and user.has(Role.MANAGER, role.territory_id)
    return role.role is Role.PILOT and is_theirs
