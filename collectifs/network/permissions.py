"""Who may do what with a day.

True lets in; anything else does not. No rule begins with « administrators may ». Inspectors and pilots see no
registration.
"""

from typing import Protocol
from uuid import UUID

from collectifs.people.domain.person import Person, Role


class ManagedEvent(Protocol):
    """A day, or what hangs on it."""

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""


def can_manage_event(user: Person, managed: ManagedEvent) -> bool:
    """A manager of the territory of the day, or of the one above: its slots, workshops and registrations too."""
    return user.has(Role.MANAGER, managed.territory_id)
