"""Who may do what with the book of the year.

True lets in; anything else does not. No rule begins with « administrators may ». Whoever manages a territory reads no
sheet, so they open the book and its page of numbers; whoever inspects it reads the transmitted sheets, so they edit.
"""

from typing import Protocol
from uuid import UUID

from collectifs.book.queries.pages import PageAccess
from collectifs.people.domain.person import Person, Role
from collectifs.people.models import Territory


class Edited(Protocol):
    """A book, or what hangs on it."""

    @property
    def territory_id(self) -> UUID:
        """Where it is edited."""


def can_see_books(user: Person) -> bool:
    """A manager or an inspector, whatever the territory: a list that shows only their own."""
    return user.has(Role.MANAGER) or user.has(Role.INSPECTOR)


def can_open_book(user: Person, territory: Territory) -> bool:
    """Who manages or inspects the territory."""
    return user.has(Role.MANAGER, territory.id) or user.has(Role.INSPECTOR, territory.id)


def can_run_book(user: Person, book: Edited) -> bool:
    """Who manages or inspects where it is printed: its title, its licence, how many answers are awaited."""
    return user.has(Role.MANAGER, book.territory_id) or user.has(Role.INSPECTOR, book.territory_id)


def can_edit_book(user: Person, edited: Edited) -> bool:
    """Who inspects where it is printed: they read its sheets already, each reading noted."""
    return user.has(Role.INSPECTOR, edited.territory_id)


def can_answer_page(user: Person, page: PageAccess) -> bool:
    """Whoever was there and was asked, even after leaving."""
    return user.id in page.asked_ids
