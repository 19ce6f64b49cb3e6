"""What a person has of their own: the collectives that they belong to, and meetings that they keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from collectifs.collectives.queries.collectives import Belonged, belongings_of


@dataclass(frozen=True)
class OwnThings:
    """The collectives of a person, by id and name, the newest first; whether meetings stand to their name."""

    collectives: tuple[tuple[UUID, str], ...] = ()
    has_meetings: bool = False


def own_things(user_id: UUID) -> OwnThings:
    """Whoever left a collective keeps their hours and their certificate."""
    return own_things_among(belongings_of(user_id))


def own_things_among(ever: Sequence[tuple[Belonged, bool]]) -> OwnThings:
    """The same, of what `belongings_of()` found."""
    return OwnThings(tuple((row.id, row.name) for row, is_present in ever if is_present), bool(ever))
