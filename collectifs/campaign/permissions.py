"""Who may do what in a campaign.

True lets in; anything else does not. No rule begins with « administrators may ». Inspectors and pilots see no
candidacy.
"""

from typing import Protocol
from uuid import UUID

from collectifs.campaign.queries.again import CallAgain
from collectifs.people.domain.person import Person, Role


class Managed(Protocol):
    """A call, or what hangs on it."""

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""


def can_manage_call(user: Person, managed: Managed) -> bool:
    """A manager of the territory of the call, or of the one above: its candidacies, partners and words too."""
    return user.has(Role.MANAGER, managed.territory_id)


def can_volunteer_again(user: Person, call: CallAgain) -> bool:
    """Whoever was a member on the territory of the call in an earlier season."""
    return user.id in call.former_ids
