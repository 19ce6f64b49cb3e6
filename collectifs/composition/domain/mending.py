"""After the search: hard rules that do not hold yet are looked at one by one, with all who might change places."""

from collections.abc import Iterator, Sequence

from collectifs.composition.domain.people import LEAST, MOST
from collectifs.composition.domain.places import Members, Places

Exchange = tuple[dict[int, int], dict[int, Members]]


def mend(places: Places, pinned: Sequence[bool]) -> None:
    """Exchange people until each collective may be led and nobody is with whom they are kept from, where it can be."""
    given_up: set[int] = set()
    while True:
        place = next(
            (each for each in range(len(places.groups)) if each not in given_up and _broken(places, each)), None
        )
        if place is None:
            return
        found = _best(places, place, pinned)
        if found is None:
            given_up.add(place)
            continue
        people, groups = found
        places.moved(people)
        for each, group in groups.items():
            places.groups[each] = group


def _broken(places: Places, place: int) -> int:
    return broken(places, places.groups[place].people)


def broken(places: Places, people: Sequence[int]) -> int:
    """How many hard rules these people would break together: nobody who may lead, pairs to be kept apart."""
    here = set(people)
    pairs = sum(len(here.intersection(places.apart[each])) for each in people if places.apart[each])
    return pairs // 2 + (not places.is_led(people))


def _best(places: Places, place: int, pinned: Sequence[bool]) -> Exchange | None:
    """The exchange, or the departure, that breaks fewer rules and costs the least; None when there is none."""
    found = (
        each for one in places.groups[place].people if not pinned[one] for each in _ways(places, place, one, pinned)
    )
    return min(found, key=lambda exchange: cost_of_exchange(places, exchange), default=None)


def _ways(places: Places, here: int, one: int, pinned: Sequence[bool]) -> Iterator[Exchange]:
    """What somebody could do that breaks fewer rules than now."""
    left = places.groups[here]
    rest = [each for each in left.people if each != one]
    for there, right in enumerate(places.groups):
        if there == here:
            continue
        now = _broken(places, here) + _broken(places, there)
        for other in right.people:
            others = [each for each in right.people if each != other]
            if not pinned[other] and broken(places, [*rest, other]) + broken(places, [*others, one]) < now:
                yield (
                    {one: there, other: here},
                    {here: places.swapped(left, one, other), there: places.swapped(right, other, one)},
                )
        is_free = len(left.people) > LEAST and len(right.people) < MOST
        if is_free and broken(places, rest) + broken(places, [*right.people, one]) < now:
            yield {one: there}, {here: places.without(left, one), there: places.joined(right, one)}


def cost_of_exchange(places: Places, exchange: Exchange) -> float:
    """What the draft would cost more, wishes included."""
    people, groups = exchange
    before = {each: places.group_of[each] for each in people}
    gain = sum(group.cost - places.groups[each].cost for each, group in groups.items()) + places.moved(people)
    places.moved(before)
    return gain
