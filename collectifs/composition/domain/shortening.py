"""After the search: the longest journeys are looked at one by one, and shortened where that costs the others little."""

from collections.abc import Iterator, Sequence
from math import inf
from operator import itemgetter

from collectifs.composition.domain.mending import Exchange, broken, cost_of_exchange
from collectifs.composition.domain.people import LEAST, MOST
from collectifs.composition.domain.places import Members, Places

LONG = 25.0**2  # squared minutes: under it, no journey is long
BUDGET = 0.01  # of what the draft costs: for all the longest together


def shorten(places: Places, pinned: Sequence[bool]) -> None:
    """Exchange whoever has the longest journey, as long as it makes the longest shorter, within the budget."""
    left = BUDGET * places.total
    while True:
        place = max(range(len(places.groups)), key=lambda each: (longest(places, places.groups[each])[0], each))
        most, who = longest(places, places.groups[place])
        if most <= LONG or pinned[who]:
            return
        ways = [each for each in _ways(places, place, who, most, pinned) if _keeps_wishes(places, each[0])]
        found = [(cost_of_exchange(places, each), each) for each in ways]
        cost, exchange = min(found, default=(inf, None), key=itemgetter(0))
        if exchange is None or cost > left:
            return
        left -= max(0.0, cost)
        places.moved(exchange[0])
        for each, group in exchange[1].items():
            places.groups[each] = group


def _keeps_wishes(places: Places, people: dict[int, int]) -> bool:
    """Whether nobody is taken away from whom they wished to be with."""
    before = {each: places.group_of[each] for each in people}
    change = places.moved(people)
    places.moved(before)
    return change <= 0


def longest(places: Places, group: Members) -> tuple[float, int]:
    """The longest journey of a collective, in squared minutes, and whose it is."""
    venue = places.rows[group.communes[group.sums.index(min(group.sums))]]
    return max((venue[commune], each) for each, commune in zip(group.people, group.communes, strict=True))


def _ways(places: Places, here: int, who: int, most: float, pinned: Sequence[bool]) -> Iterator[Exchange]:
    """Where somebody could go so that nobody of both collectives has as long a journey, and no hard rule is broken."""
    left = places.groups[here]
    for there, right in enumerate(places.groups):
        if there == here:
            continue
        now = broken(places, left.people) + broken(places, right.people)
        if len(left.people) > LEAST and len(right.people) < MOST:
            first, second = places.without(left, who), places.joined(right, who)
            if _is_better(places, first, second, most, now):
                yield {who: there}, {here: first, there: second}
        for other in right.people:
            if not pinned[other]:
                first, second = places.swapped(left, who, other), places.swapped(right, other, who)
                if _is_better(places, first, second, most, now):
                    yield {who: there, other: here}, {here: first, there: second}


def _is_better(places: Places, first: Members, second: Members, most: float, now: int) -> bool:
    if longest(places, first)[0] >= most or longest(places, second)[0] >= most:
        return False
    return broken(places, first.people) + broken(places, second.people) <= now
