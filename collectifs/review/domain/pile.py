"""The pile: which of the submitted sheets an inspector wants before them, and how many at a time."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from collectifs.people.domain.person import Degree

PAGE = 50  # as many are opened for their first words as a page shows, and no more


class Reading(StrEnum):
    """Whose reading a sheet still lacks; to be read by oneself and by others are two things."""

    ANY = "toutes"
    NOT_MINE = "moi"
    NOBODYS = "personne"

    @property
    def label(self) -> str:
        """The words of the choice."""
        return {"toutes": "Toutes", "moi": "Pas lues par moi", "personne": "Lues par personne"}[self.value]


@dataclass(frozen=True)
class PileFilter:
    """The sheets of these territories and this season that `reader_id` wants to see; withdrawn ones stand apart.

    `found`: those that answer a search, when there was one.
    """

    territory_ids: frozenset[UUID]
    season: int
    reader_id: UUID
    degree: Degree | None = None
    reading: Reading = Reading.ANY
    found: frozenset[UUID] | None = None
