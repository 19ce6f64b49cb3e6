"""Who may do what with a day.

True lets in; anything else does not. No rule begins with « administrators may ». Inspectors and pilots see no
registration; inspectors read the page of a workshop, once those who were there agreed to it.
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


class LeftPage(ManagedEvent, Protocol):
    """The page that a workshop left."""

    @property
    def is_agreed(self) -> bool:
        """Whether those who were there agreed to it."""


def can_read_pages(user: Person) -> bool:
    """An inspector or a manager, whatever the territory: a list that shows only their own."""
    return user.has(Role.INSPECTOR) or user.has(Role.MANAGER)


def can_read_workshop_page(user: Person, page: LeftPage) -> bool:
    """The inspectors and managers of the territory, once those who were there agreed to it."""
    return page.is_agreed and any(user.has(role, page.territory_id) for role in (Role.INSPECTOR, Role.MANAGER))


def can_keep_directory(user: Person, kept: ManagedEvent) -> bool:
    """A manager of the territory of a programme, of a relay or of a launch, or of the one above it."""
    return user.has(Role.MANAGER, kept.territory_id)
