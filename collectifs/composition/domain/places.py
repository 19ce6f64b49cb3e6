"""A draft while it is looked for: who stands where, what each collective costs, what an exchange would change.

Sums are kept from one move to the next, so that a move costs a few additions for the two collectives that it touches.
Costs are those of score.py, which recounts the draft in the end.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from collectifs.composition.domain.people import MOST, Candidate, Territory
from collectifs.composition.domain.score import Weights, is_under
from collectifs.people.domain.person import Degree

BITS = 4  # a count of at most ten people
MADE = tuple.__new__  # a named tuple in half the time: millions are made


class Members(NamedTuple):
    """The people of a collective by their numbers, in order, and for each the squares of everybody's minutes to them.

    `communes` are theirs, in the same order; `busy` counts, half-day by half-day, those whom it does not suit; `free`
    counts those who may pilot anybody.
    """

    people: list[int]
    communes: list[int]
    sums: list[float]
    first: int
    new: int
    busy: int
    free: int
    cost: float


class Places:
    """Everybody by number; the collectives of a draft."""

    def __init__(self, territory: Territory, groups: Sequence[Sequence[int]], weights: Weights) -> None:
        self.people: Sequence[Candidate] = territory.people
        self.weights = weights
        places = list(dict.fromkeys(each.place for each in self.people))
        number = {place: each for each, place in enumerate(places)}
        self.commune = [number[each.place] for each in self.people]
        self.rows = [[territory.travel(one, other) ** 2 for other in places] for one in places]
        self.first = [int(each.degree is Degree.FIRST) for each in self.people]
        self.new = [int(each.is_new) for each in self.people]
        self.free = [int(each.pilots and not each.supervises) for each in self.people]
        self.tied = [each.pilots and bool(each.supervises) for each in self.people]
        self.busy = self._busy()
        self.together = self._pairs(territory.wishes.together)
        self.apart = self._pairs(territory.wishes.apart)
        self.wishes = [bool(one or other) for one, other in zip(self.together, self.apart, strict=True)]
        self.mix = [[self._side(size, count) for count in range(size + 1)] for size in range(MOST + 1)]
        self._shut_out: dict[int, float] = {}
        self.group_of = [0] * len(self.people)
        self.groups: list[Members] = []
        self.total = 0.0
        self.settle(groups)

    def settle(self, groups: Sequence[Sequence[int]]) -> None:
        """Everybody where these collectives say; all that they cost is counted again."""
        self.groups = [self._begun(list(numbers)) for numbers in groups]
        for place, group in enumerate(self.groups):
            for each in group.people:
                self.group_of[each] = place
        self.total = sum(group.cost for group in self.groups) + sum(map(self.wished, range(len(self.people)))) / 2

    def _busy(self) -> list[int]:
        days = sorted({day for each in self.people for day in each.half_days})
        bit = {day: 1 << (BITS * place) for place, day in enumerate(days)}
        self.days = len(days)
        return [
            sum(bit[day] for day in days if day not in each.half_days) if each.half_days else 0 for each in self.people
        ]

    def _pairs(self, wishes: Iterable[frozenset[str]]) -> list[list[int]]:
        number = {each.id: place for place, each in enumerate(self.people)}
        found: list[list[int]] = [[] for _ in self.people]
        for one, other in sorted(sorted(number[each] for each in pair) for pair in wishes):
            found[one].append(other)
            found[other].append(one)
        return found

    def _side(self, size: int, count: int) -> float:
        """What a collective of so many costs, so many of whom stand on one side."""
        sides = (count, size - count)
        return self.weights.alone * sides.count(1) + self.weights.one_sided * sides.count(0)

    def _begun(self, numbers: list[int]) -> Members:
        communes = [self.commune[each] for each in numbers]
        sums = [sum(map(self.rows[each].__getitem__, communes)) for each in communes]
        return self._counted(
            numbers,
            communes,
            sums,
            sum(self.first[each] for each in numbers),
            sum(self.new[each] for each in numbers),
            sum(self.busy[each] for each in numbers),
            sum(self.free[each] for each in numbers),
        )

    def _counted(
        self, numbers: list[int], communes: list[int], sums: list[float], first: int, new: int, busy: int, free: int
    ) -> Members:
        """With what minutes, mix, pilot and half-days cost."""
        mix = self.mix[len(numbers)]
        cost = min(sums) + mix[first] + mix[new]
        if not (free or self.is_led(numbers)):
            cost += self.weights.no_pilot
        if busy:
            known = self._shut_out.get(busy)
            cost += self._shut(busy) if known is None else known
        return MADE(Members, (numbers, communes, sums, first, new, busy, free, cost))

    def _shut(self, busy: int) -> float:
        fewest = min(busy >> BITS * day & (1 << BITS) - 1 for day in range(self.days))
        self._shut_out[busy] = self.weights.half_day * fewest
        return self._shut_out[busy]

    def is_led(self, numbers: Sequence[int]) -> bool:
        """Whether one of them may pilot the others."""
        free, tied = self.free, self.tied
        for each in numbers:
            if free[each]:
                return True
        return any(tied[each] and not self._rules_over(each, numbers) for each in numbers)

    def _rules_over(self, somebody: int, numbers: Sequence[int]) -> bool:
        return any(is_under(self.people[each], self.people[somebody]) for each in numbers)

    def wished(self, somebody: int) -> float:
        """What the wishes about somebody cost where they stand; each pair counts for both."""
        place, group_of, weights = self.group_of[somebody], self.group_of, self.weights
        split = sum([group_of[each] != place for each in self.together[somebody]])
        close = sum([group_of[each] == place for each in self.apart[somebody]])
        return weights.split * split + weights.apart * close

    def swapped(self, group: Members, out: int, into: int) -> Members:
        """The collective with one person in the place of another."""
        numbers, communes, sums, first, new, busy, free, _ = group
        place, commune = numbers.index(out), self.commune[into]
        gone, come = self.rows[communes[place]], self.rows[commune]
        sums = [kept - gone[each] + come[each] for each, kept in zip(communes, sums)]  # noqa: B905  the inmost loop
        numbers, communes = numbers.copy(), communes.copy()
        numbers[place], communes[place] = into, commune
        sums[place] = sum([come[each] for each in communes])
        return self._counted(
            numbers,
            communes,
            sums,
            first - self.first[out] + self.first[into],
            new - self.new[out] + self.new[into],
            busy - self.busy[out] + self.busy[into],
            free - self.free[out] + self.free[into],
        )

    def without(self, group: Members, out: int) -> Members:
        """The collective without somebody."""
        place = group.people.index(out)
        gone = self.rows[group.communes[place]]
        sums = [kept - gone[each] for each, kept in zip(group.communes, group.sums, strict=True)]
        numbers, communes = group.people.copy(), group.communes.copy()
        del numbers[place], communes[place], sums[place]
        first, new = group.first - self.first[out], group.new - self.new[out]
        busy, free = group.busy - self.busy[out], group.free - self.free[out]
        return self._counted(numbers, communes, sums, first, new, busy, free)

    def joined(self, group: Members, into: int) -> Members:
        """The collective with somebody more."""
        come = self.rows[self.commune[into]]
        communes = [*group.communes, self.commune[into]]
        sums = [kept + come[each] for each, kept in zip(group.communes, group.sums, strict=True)]
        sums.append(sum([come[each] for each in communes]))
        first, new = group.first + self.first[into], group.new + self.new[into]
        busy, free = group.busy + self.busy[into], group.free + self.free[into]
        return self._counted([*group.people, into], communes, sums, first, new, busy, free)

    def moved(self, places: dict[int, int]) -> float:
        """Put people elsewhere by number, and say what it changes of the wishes (half a pair counts half)."""
        before = sum([self.wished(each) for each in places if self.wishes[each]])
        for each, place in places.items():
            self.group_of[each] = place
        return sum([self.wished(each) for each in places if self.wishes[each]]) - before


def halved(people: Sequence[Candidate], numbers: Iterable[int], groups: int) -> list[list[int]]:
    """People cut in two by the longer side of the land, and again, until there are so many collectives of near size."""
    left = list(numbers)
    if groups == 1:
        return [left]
    lats, lons = [people[each].place.lat for each in left], [people[each].place.lon for each in left]
    by_lat = max(lats) - min(lats) > 0.7 * (max(lons) - min(lons))  # a degree of longitude is shorter here
    left.sort(key=lambda each: (people[each].place.lat if by_lat else people[each].place.lon, each))
    half = groups // 2
    cut = round(len(left) * half / groups)
    return halved(people, left[:cut], half) + halved(people, left[cut:], groups - half)
