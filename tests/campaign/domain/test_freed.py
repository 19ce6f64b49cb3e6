"""A place that freed: where it stands, and whom it is offered to next."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from collectifs.campaign.domain.freed import (
    DELAY,
    Offer,
    PlaceState,
    Waiter,
    check_can_answer,
    next_to_ask,
    state_of_place,
)
from collectifs.kernel.errors import RuleBroken

NOW = datetime(2027, 1, 13, 18, tzinfo=UTC)
ONE, TWO, THREE = (UUID(int=each) for each in (1, 2, 3))
HOUR = timedelta(hours=1)


def offer(who: UUID = ONE, *, asked: timedelta = -HOUR, taken: bool | None = None, waits: bool = True) -> Offer:
    return Offer(who, NOW + asked, NOW + asked + DELAY, taken, waits)


@pytest.mark.parametrize(
    ("offers", "is_over", "state"),
    [
        ((), False, PlaceState.FREE),
        ((), True, PlaceState.OVER),
        ((offer(),), False, PlaceState.OFFERED),
        ((offer(asked=HOUR),), False, PlaceState.OFFERED),  # the mail leaves this evening
        ((offer(),), True, PlaceState.OVER),  # stopped, or the collective has met
        ((offer(asked=-DELAY),), False, PlaceState.FREE),  # the delay is over to the second
        ((offer(asked=-DELAY + timedelta(seconds=1)),), False, PlaceState.OFFERED),
        ((offer(taken=False),), False, PlaceState.FREE),
        ((offer(taken=True),), False, PlaceState.TAKEN),
        ((offer(taken=True),), True, PlaceState.TAKEN),
        ((offer(waits=False),), False, PlaceState.FREE),  # withdrew, or was declined, meanwhile
        ((offer(taken=False), offer(TWO)), False, PlaceState.OFFERED),
        ((offer(taken=False), offer(TWO, taken=True)), False, PlaceState.TAKEN),
    ],
)
def test_where_a_freed_place_stands(offers: tuple[Offer, ...], is_over: bool, state: PlaceState):
    assert state_of_place(offers, is_over=is_over, now=NOW) is state


def waiter(who: UUID, days: int, cost: float | None) -> Waiter:
    return Waiter(who, NOW - timedelta(days=days), cost)


@pytest.mark.parametrize(
    ("waiting", "asked", "who"),
    [
        ((), (), None),
        ((waiter(ONE, 1, 0.0), waiter(TWO, 5, 0.0)), (), TWO),  # nothing is composed: who waits longest
        ((waiter(ONE, 1, 90.0), waiter(TWO, 5, 900.0)), (), ONE),  # whom the collective suits best
        ((waiter(ONE, 1, 90.0), waiter(TWO, 5, 900.0)), (ONE,), TWO),  # nobody is asked twice
        ((waiter(ONE, 9, None), waiter(TWO, 5, 900.0)), (), TWO),  # no room for them there
        ((waiter(ONE, 9, None),), (), None),
        ((waiter(ONE, 2, 1.0), waiter(TWO, 2, 1.0), waiter(THREE, 2, 1.0)), (ONE,), TWO),  # always the same
        ((waiter(ONE, 1, -2400.0), waiter(TWO, 5, 0.0)), (), ONE),  # who brings the side that was missing
    ],
)
def test_whom_it_is_offered_to_next(waiting: tuple[Waiter, ...], asked: tuple[UUID, ...], who: UUID | None):
    assert next_to_ask(waiting, asked) == who


@pytest.mark.parametrize("late", [None, offer(asked=-DELAY), offer(taken=False), offer(waits=False)])
def test_what_is_offered_no_more_cannot_be_taken(late: Offer | None):
    with pytest.raises(RuleBroken, match="vous restez sur la liste d’attente"):
        check_can_answer(late, NOW)
    check_can_answer(offer(), NOW)
    assert timedelta(days=3) == DELAY
    assert Offer(ONE, NOW, NOW + HOUR).is_open(NOW)
