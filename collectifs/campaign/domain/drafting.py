"""The life of a draft of collectives: composed by the worker, changed by hand, published once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from collectifs.kernel.errors import RuleBroken


class DraftState(StrEnum):
    """Where a draft stands."""

    COMPOSING = "composing"
    READY = "ready"
    IMPOSSIBLE = "impossible"
    PUBLISHED = "published"


class Hand(StrEnum):
    """What a manager does to somebody's place by hand."""

    MOVE = "move"
    PIN = "pin"
    UNPIN = "unpin"


REST = timedelta(hours=24)  # what may be waited for between the yes and the mails


class DraftChanged(RuleBroken):
    """Somebody else changed the draft meanwhile: both changes are kept, and the page says so."""


def check_can_change(state: DraftState, publishes_at: datetime | None) -> None:
    """A draft changes once it is composed, and until it is to be published."""
    if state is DraftState.PUBLISHED:
        raise RuleBroken("Ces collectifs sont publiés : ce brouillon ne change plus.")
    if state is not DraftState.READY:
        raise RuleBroken("Ce brouillon n’est pas encore composé.")
    if publishes_at is not None:
        raise RuleBroken("La publication est lancée : annulez-la d’abord pour changer ce brouillon.")


def check_nothing_came_between(seen: int, now: int) -> None:
    """What is sent was decided on the draft as it stands. Raises DraftChanged."""
    if seen != now:
        raise DraftChanged("Ce brouillon a changé pendant que vous y travailliez.")


def digest_of(parts: Iterable[object]) -> str:
    """The mark of what was composed: whoever came, left or changed an answer since is seen by it."""
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]
