"""What a person has of their own: the collectives that they belong to, and meetings that they keep."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.collectives.queries.collectives import belongings_of


@dataclass(frozen=True)
class OwnThings:
    """The collectives of a person, by id and name, the newest first; whether meetings stand to their name."""

    collectives: tuple[tuple[UUID, str], ...] = ()
    has_meetings: bool = False


def own_things(user_id: UUID) -> OwnThings:
    """Whoever left a collective keeps their hours and their certificate."""
    ever = belongings_of(user_id)
    return OwnThings(tuple((row.id, row.name) for row, is_present in ever if is_present), bool(ever))
