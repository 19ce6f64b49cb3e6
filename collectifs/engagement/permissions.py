"""Who may open an attestation: whoever made it. What a reader checks is another page, by its code."""

from typing import Protocol
from uuid import UUID

from collectifs.people.domain.person import Person


class Made(Protocol):
    """An attestation."""

    @property
    def user_id(self) -> UUID:
        """Whose it is."""


def can_keep_engagement(user: Person, made: Made) -> bool:
    """The person whom it is about, and nobody else."""
    return user.id == made.user_id
