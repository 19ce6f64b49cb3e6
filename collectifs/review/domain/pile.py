"""The pile: which of the submitted sheets an inspector wants before them, and how many at a time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.tags import Axis
from collectifs.people.domain.person import Degree


class Reading(StrEnum):
    """Whose reading a sheet still lacks; to be read by oneself and by others are two things."""

    ANY = "toutes"
    NOT_MINE = "moi"
    NOBODYS = "personne"

    @property
    def label(self) -> str:
        """The words of the choice."""
        return {"toutes": "Toutes", "moi": "Pas lues par moi", "personne": "Que personne n’a lues"}[self.value]


class State(StrEnum):
    """What else may be asked of a sheet."""

    ANY = ""
    IN_EXCHANGE = "echange"
    REMARKED = "remarquee"

    @property
    def label(self) -> str:
        """The words of the choice."""
        return {"": "Tous", "echange": "Un échange en cours", "remarquee": "Une remarque a été faite"}[self.value]


ONE_READING = timedelta(hours=1)
MOST_KEPT = 12
NAME_LIMIT = 40


def same_reading_since(now: datetime) -> datetime:
    """From when a sheet that somebody opens again is still being read: an hour, within a day as traces are counted."""
    return max(now - ONE_READING, now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0))


def check_can_be_kept(name: str, kept: int) -> None:
    """A filter is kept under a name, and not too many are."""
    if not name:
        raise RuleBroken("Donnez un nom à ce filtre.", "name")
    if len(name) > NAME_LIMIT:
        raise RuleBroken(f"Ce nom dépasse {NAME_LIMIT} caractères.", "name")
    if kept >= MOST_KEPT:
        raise RuleBroken(f"Vous gardez déjà {MOST_KEPT} filtres : retirez-en un d’abord.")


@dataclass(frozen=True)
class PileFilter:
    """The sheets of these territories and this season that `reader_id` wants to see; withdrawn ones stand apart.

    `found`: those that answer a search, when there was one. `tags`: filed under each of these.
    """

    territory_ids: frozenset[UUID]
    season: int
    reader_id: UUID
    degree: Degree | None = None
    reading: Reading = Reading.ANY
    found: frozenset[UUID] | None = None
    state: State = State.ANY
    tags: tuple[tuple[Axis, str], ...] = ()
