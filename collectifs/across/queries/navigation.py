"""What a person has of their own: the collectives that they belong to, and meetings that they keep."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.collectives.queries.collectives import collectives_of
from collectifs.meetings.queries.presences import own_seasons


@dataclass(frozen=True)
class OwnThings:
    """The collectives of a person, by id and name, the newest first; whether meetings stand to their name."""

    collectives: tuple[tuple[UUID, str], ...] = ()
    has_meetings: bool = False


def own_things(user_id: UUID) -> OwnThings:
    """Whoever left a collective keeps their hours and their certificate."""
    collectives = tuple((row.id, row.name) for row in collectives_of(user_id))
    return OwnThings(collectives, bool(collectives or own_seasons(user_id)))
