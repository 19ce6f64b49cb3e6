"""A place that frees: whether it is offered to somebody of the waiting list, to whom next, and until when."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from collectifs.kernel.errors import RuleBroken

DELAY = timedelta(days=3)  # to say yes or no, from the mail on


class PlaceState(StrEnum):
    """Where a freed place stands."""

    FREE = "free"
    OFFERED = "offered"
    TAKEN = "taken"
    OVER = "over"


@dataclass(frozen=True)
class Offer:
    """A place as it was offered to one person. `is_taken`: what they answered; `waits`: they are still on the list."""

    candidacy_id: UUID
    asks_at: datetime
    expires_at: datetime
    is_taken: bool | None = None
    waits: bool = True

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be answered."""
        return self.is_taken is None and self.waits and now < self.expires_at


@dataclass(frozen=True)
class Waiter:
    """Somebody of the waiting list. `cost`: what the collective would cost more with them, as latecomers are placed.

    That counts degrees, beginners, half-days and minutes; None: there is no room for them there.
    """

    id: UUID
    since: datetime
    cost: float | None


def state_of_place(offers: Iterable[Offer], *, is_over: bool, now: datetime) -> PlaceState:
    """`is_over`: nobody is to be asked any more, the manager having said so or the collective having met."""
    known = list(offers)
    if any(each.is_taken for each in known):
        return PlaceState.TAKEN
    if is_over:
        return PlaceState.OVER
    return PlaceState.OFFERED if any(each.is_open(now) for each in known) else PlaceState.FREE


def next_to_ask(waiting: Iterable[Waiter], asked: Collection[UUID]) -> UUID | None:
    """Whom the place suits best, then who has waited longest; nobody is asked twice about one place."""
    able = [each for each in waiting if each.cost is not None and each.id not in asked]
    first = min(able, key=lambda each: (round(each.cost or 0.0, 3), each.since, str(each.id)), default=None)
    return first.id if first else None


def check_can_answer(offer: Offer | None, now: datetime) -> None:
    """Until the delay ends, once. Raises RuleBroken."""
    if offer is None or not offer.is_open(now):
        raise RuleBroken("Cette place n’est plus proposée : vous restez sur la liste d’attente.")
