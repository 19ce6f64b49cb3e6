"""A draft while it is looked for: who stands where, what each collective costs, what an exchange would change.

Sums are kept from one move to the next, so that a move costs a few additions for the two collectives that it touches.
Costs are those of score.py, which recounts the draft in the end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from collectifs.composition.domain.people import MOST, Candidate, Territory
from collectifs.composition.domain.score import Weights, is_under
from collectifs.composition.domain.travel import minutes_between
from collectifs.people.domain.person import Degree


@dataclass(slots=True)
class Members:
    """The people of a collective by their numbers, and for each the squares of everybody's minutes to their commune."""

    people: list[int]
    sums: list[float]
    first: int
    new: int
    cost: float = 0.0


class Places:
    """Everybody by number; the collectives of a draft."""

    def __init__(self, territory: Territory, number: int, weights: Weights) -> None:
        self.people: Sequence[Candidate] = territory.people
        self.weights = weights
        self.rows = squares(self.people)
        self.first = [each.degree is Degree.FIRST for each in self.people]
        self.new = [each.is_new for each in self.people]
        self.free = [each.pilots and not each.supervises for each in self.people]
        self.tied = [each.pilots and bool(each.supervises) for each in self.people]
        self.together = self._pairs(territory.wishes.together)
        self.apart = self._pairs(territory.wishes.apart)
        self.mix = [[self._side(size, count) for count in range(size + 1)] for size in range(MOST + 1)]
        self.group_of = [0] * len(self.people)
        self.groups = [self._begun(numbers) for numbers in halved(self.people, range(len(self.people)), number)]
        for place, group in enumerate(self.groups):
            group.cost = self.cost(group)
            for each in group.people:
                self.group_of[each] = place
        self.total = sum(group.cost for group in self.groups) + sum(map(self.wished, range(len(self.people)))) / 2

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

    def _begun(self, numbers: Sequence[int]) -> Members:
        sums = [sum(map(self.rows[each].__getitem__, numbers)) for each in numbers]
        return Members(
            list(numbers), sums, sum(self.first[each] for each in numbers), sum(self.new[each] for each in numbers)
        )

    def cost(self, group: Members) -> float:
        """Minutes, mix and pilot of a collective."""
        mix = self.mix[len(group.people)]
        led = 0.0 if self.is_led(group.people) else self.weights.no_pilot
        return min(group.sums) + mix[group.first] + mix[group.new] + led

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
        split = sum(group_of[each] != place for each in self.together[somebody])
        close = sum(group_of[each] == place for each in self.apart[somebody])
        return weights.split * split + weights.apart * close

    def changed(self, group: Members, out: int | None, into: int | None) -> Members:
        """The collective with one person less, one more, or one in the place of another."""
        gone = self.rows[out] if out is not None else None
        come = self.rows[into] if into is not None else None
        people: list[int] = []
        sums: list[float] = []
        total = come[into] if come is not None and into is not None else 0.0
        for each, kept in zip(group.people, group.sums, strict=True):
            if each == out:
                continue
            if gone is not None:
                kept -= gone[each]
            if come is not None:
                kept += come[each]
                total += come[each]
            people.append(each)
            sums.append(kept)
        if into is not None:
            people.append(into)
            sums.append(total)
        found = Members(
            people, sums, group.first + self._more(self.first, out, into), group.new + self._more(self.new, out, into)
        )
        found.cost = self.cost(found)
        return found

    @staticmethod
    def _more(side: Sequence[bool], out: int | None, into: int | None) -> int:
        return (into is not None and side[into]) - (out is not None and side[out])

    def moved(self, places: dict[int, int]) -> float:
        """Put people elsewhere by number, and say what it changes of the wishes (half a pair counts half)."""
        before = sum(map(self.wished, places))
        for each, place in places.items():
            self.group_of[each] = place
        return sum(map(self.wished, places)) - before

    def has_wishes(self, somebody: int) -> bool:
        """Whether a wish speaks of them."""
        return bool(self.together[somebody] or self.apart[somebody])


def squares(people: Sequence[Candidate]) -> list[list[float]]:
    """For each person, the squares of everybody's minutes to their commune; people of one commune share the list."""
    places = list(dict.fromkeys(each.place for each in people))
    of = {place: {other: minutes_between(place, other) ** 2 for other in places} for place in places}
    rows = {place: [found[each.place] for each in people] for place, found in of.items()}
    return [rows[each.place] for each in people]


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
