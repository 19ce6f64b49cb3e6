"""Who sits where: the first wish, then the second, in the order of confirmation; who waits, and who is offered a place.

In one slot somebody has one seat at most. Whoever has less than their first wish waits for what they would rather have.
A place that frees is offered for 48 hours to the first in line; without an answer it goes to the next one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import count, join_names

OFFERED_FOR = timedelta(hours=48)


@dataclass(frozen=True)
class Asked:
    """What somebody asked of a slot, since when each, and what they have: a seat, perhaps an offer."""

    id: UUID
    first: UUID | None
    second: UUID | None
    first_at: datetime
    second_at: datetime
    seat: UUID | None = None
    offer: UUID | None = None

    @property
    def waits_for(self) -> tuple[UUID, ...]:
        """What they would rather have than their seat."""
        return waits_for(self.first, self.second, self.seat)

    def since(self, workshop: UUID) -> datetime:
        """Since when they have wished for this one: it gives their rank."""
        return self.first_at if workshop == self.first else self.second_at


def waits_for(first: UUID | None, second: UUID | None, seat: UUID | None) -> tuple[UUID, ...]:
    """What somebody who asked for these would rather have than their seat."""
    wishes = tuple(each for each in (first, second) if each is not None)
    return wishes[: wishes.index(seat)] if seat in wishes else wishes


def left_in(capacity: int, workshop: UUID, rows: Iterable[Asked]) -> int:
    """How many places may be given: those that are offered are not. Never under nought."""
    return left_of(capacity, sum((each.seat == workshop) + (each.offer == workshop) for each in rows))


def left_of(capacity: int, taken: int) -> int:
    """How many places are left. Never under nought."""
    return max(0, capacity - taken)


def best_of(wishes: Sequence[UUID], left: Mapping[UUID, int]) -> UUID | None:
    """The first of these wishes that has a place left."""
    return next((each for each in wishes if left.get(each, 0) > 0), None)


def line_for(workshop: UUID, rows: Iterable[Asked]) -> list[Asked]:
    """Who waits for a workshop, in their order; whoever has an offer of it stands in front."""
    waiting = [each for each in rows if workshop in each.waits_for]
    return sorted(waiting, key=lambda each: (each.offer != workshop, each.since(workshop), each.id))


def next_for(workshop: UUID, rows: Iterable[Asked]) -> Asked | None:
    """Who is offered the next place: the first in line who does not think about another one already."""
    return next((each for each in line_for(workshop, rows) if each.offer is None), None)


def put_out(workshop: UUID, capacity: int, rows: Iterable[Asked]) -> list[Asked]:
    """Who has no place any more once there are fewer: offers first, then whoever asked last."""
    theirs = [each for each in rows if workshop in (each.seat, each.offer)]
    in_order = sorted(theirs, key=lambda each: (each.seat != workshop, each.since(workshop), each.id))
    return in_order[capacity:]


def offer_ends_at(now: datetime, starts_at: datetime) -> datetime:
    """48 hours, and never past the beginning of the day."""
    return min(now + OFFERED_FOR, starts_at)


def check_wishes(wishes: Mapping[UUID, tuple[UUID | None, UUID | None]], programme: Mapping[UUID, set[UUID]]) -> None:
    """Each wish is a workshop of its slot that takes place; two wishes of a slot differ; one wish at least."""
    for slot, (first, second) in wishes.items():
        if not {first, second} - {None} <= programme.get(slot, set()):
            raise RuleBroken("Cet atelier n’a pas lieu dans ce créneau.", field_of(slot))
        if first is None and second is not None:
            raise RuleBroken("Choisissez d’abord un premier choix.", field_of(slot))
        if first is not None and first == second:
            raise RuleBroken("Vos deux choix sont le même atelier : changez l’un des deux.", field_of(slot))
    if not any(first for first, _ in wishes.values()):
        raise RuleBroken("Choisissez un atelier au moins.")


def check_is_meant(losing: Sequence[str], capacity: int) -> None:
    """With fewer places these people go to the waiting list: asked about once, by their names."""
    if losing:
        goes, them = ("passe", "le lui") if len(losing) == 1 else ("passent", "le leur")
        raise RuleBroken(
            f"Avec {count(capacity, 'place', feminine=True)}, {join_names(losing)} {goes} en liste d’attente, et un "
            f"message {them} dira. Enregistrez de nouveau si c’est bien ce que vous voulez.",
            "capacity",
        )


def field_of(slot: UUID) -> str:
    """The name of the field in which a slot's first wish is chosen."""
    return f"first-{slot}"
