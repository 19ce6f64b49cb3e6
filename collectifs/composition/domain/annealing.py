"""Looking for a good draft: people change places, two at a time or alone; what makes it worse is taken less and less.

Pure Python: groups of eight are too small for arrays to pay. Moves are counted, never seconds: the same people, seed
and moves give the same draft on any machine. The walk is cut in slices, each of which begins from what stands written
in a Walk: whoever is stopped between two of them goes on from there, to the same draft.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from math import log
from random import Random

from collectifs.composition.domain.mending import mend
from collectifs.composition.domain.people import LEAST, MOST, CannotCompose, Territory, number_of_groups
from collectifs.composition.domain.places import Members, Places, halved
from collectifs.composition.domain.score import Group, Parts, Weights, described, parts_of
from collectifs.composition.domain.shortening import shorten

MOVES_A_PERSON, MOST_MOVES = 3_000, 2_700_000
FEW_MOVES, MOVES_OF_FEW = 600_000, 10_000  # few people cost little: they are looked at longer, up to so many moves
HOT, COLD = 2_500.0, 8.0
NEIGHBOURS = 32
SLICES, ROUNDS = 40, 10  # the temperature changes at each round of each slice
SWAPS = 0.72
WISHES = 0.02  # of the moves: friends may live far from one another

Told = Callable[[float], None]


@dataclass(frozen=True)
class Draft:
    """What was found: the collectives, and what they cost by parts."""

    groups: tuple[Group, ...]
    parts: Parts
    moves: int


@dataclass(frozen=True)
class Sought:
    """How a draft is looked for. `begun`: the collectives, by ids, to set out from; `pinned`: who does not move."""

    seed: int = 0
    moves: int | None = None
    weights: Weights = field(default_factory=Weights)
    begun: tuple[tuple[str, ...], ...] = ()
    pinned: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Walk:
    """Where a search stands between two slices: the collectives and the best ones met, by the numbers of people."""

    slice: int
    groups: list[list[int]]
    best: list[list[int]]
    least: float

    @property
    def is_over(self) -> bool:
        """Whether every slice is done."""
        return self.slice >= SLICES


def compose(
    territory: Territory,
    *,
    seed: int = 0,
    moves: int | None = None,
    weights: Weights | None = None,
    told: Told | None = None,
) -> Draft:
    """The best draft that so many moves find. `told` hears the part that is done, between 0 and 1.

    Raises CannotCompose when there is nobody to compose, or too few.
    """
    search = Search(territory, Sought(seed, moves, weights or Weights()))
    walk = search.begin()
    while not walk.is_over:
        walk = search.go_on(walk)
        if told is not None:
            told(walk.slice / SLICES)
    return search.draft(walk)


def usual_moves(people: int) -> int:
    """How many moves look for a draft of so many people, where nobody says."""
    return min(MOST_MOVES, max(people * MOVES_A_PERSON, min(people * MOVES_OF_FEW, FEW_MOVES)))


class Search:
    """A walk from draft to draft: hot at first, cold in the end; the best that was met is kept."""

    def __init__(self, territory: Territory, sought: Sought) -> None:
        """Raises CannotCompose when there is nobody to compose, or too few."""
        self.territory, self.sought = territory, sought
        self.moves = usual_moves(len(territory.people)) if sought.moves is None else sought.moves
        weights = replace(sought.weights, apart=max(sought.weights.apart, sought.weights.no_pilot))
        self.hot = HOT * max(1.0, max(weights.alone, weights.one_sided, weights.split) / Weights().one_sided)
        self.places = Places(territory, self._first(), weights)
        self.near = neighbours(self.places)
        self.pinned = [each.id in sought.pinned for each in territory.people]
        self.free = [each for each, stays in enumerate(self.pinned) if not stays]
        self.wishing = [each for each in self.free if self.places.together[each]]

    def _first(self) -> list[list[int]]:
        people, begun = self.territory.people, self.sought.begun
        if not begun:
            return halved(people, range(len(people)), number_of_groups(people))
        number = {each.id: place for place, each in enumerate(people)}
        if sorted(each for group in begun for each in group) != sorted(number):
            raise CannotCompose("Ce brouillon ne réunit pas les mêmes personnes.")
        return [[number[each] for each in group] for group in begun]

    def begin(self) -> Walk:
        """Before the first move."""
        kept = self._kept()
        return Walk(0, kept, kept, self.places.total)

    def go_on(self, walk: Walk) -> Walk:
        """A slice more."""
        self.places.settle(walk.groups)
        self.draw = Random(f"{self.sought.seed}:{walk.slice}").random  # noqa: S311  a draw that can be made again
        best, least = walk.best, walk.least
        if self.free:
            for round_ in range(walk.slice * ROUNDS, (walk.slice + 1) * ROUNDS):
                self._round(round_, SLICES * ROUNDS)
                if self.places.total < least - 1e-6:
                    best, least = self._kept(), self.places.total
        return Walk(walk.slice + 1, [list(group.people) for group in self.places.groups], best, least)

    def _round(self, number: int, rounds: int) -> None:
        heat = self.hot * (COLD / self.hot) ** (number / (rounds - 1))
        for _ in range(self.moves * (number + 1) // rounds - self.moves * number // rounds):
            self._move(heat)

    def draft(self, walk: Walk) -> Draft:
        """The best that was met. Collectives that were begun keep their order; the others stand by their first."""
        people, travel = self.territory.people, self.territory.travel
        self.places.settle(walk.best)
        mend(self.places, self.pinned)
        shorten(self.places, self.pinned)
        best = self._kept() if self.sought.begun else sorted(self._kept())
        groups = tuple(described([people[each] for each in sorted(group)], travel) for group in best)
        return Draft(groups, parts_of(groups, self.territory), self.moves)

    def _kept(self) -> list[list[int]]:
        return [sorted(group.people) for group in self.places.groups]

    def _move(self, heat: float) -> None:
        """Somebody, and somebody near them in another collective: they change places, or the first one joins."""
        draw, places = self.draw, self.places
        one, other = self._drawn_wish() if self.wishing and draw() < WISHES else self._drawn_near()
        here, there = places.group_of[one], places.group_of[other]
        if here == there:
            return
        left, right = places.groups[here], places.groups[there]
        most = -heat * log(draw() or 1e-300)  # what it may cost to be taken
        if draw() < SWAPS:
            first = places.swapped(left, one, other)
            hopeless = first.cost - left.cost - right.cost > most  # whatever the other collective gains
            if self.pinned[other] or (hopeless and not (places.wishes[one] or places.wishes[other])):
                return
            self._take(most, {one: there, other: here}, {here: first, there: places.swapped(right, other, one)})
        elif len(left.people) > LEAST and len(right.people) < MOST:
            self._take(most, {one: there}, {here: places.without(left, one), there: places.joined(right, one)})

    def _drawn_near(self) -> tuple[int, int]:
        one = self.free[int(self.draw() * len(self.free))]
        near = self.near[one]
        return one, near[int(self.draw() * len(near))]

    def _drawn_wish(self) -> tuple[int, int]:
        """Somebody who would be with another, and one of those who are with that other."""
        places = self.places
        one = self.wishing[int(self.draw() * len(self.wishing))]
        friends = places.together[one]
        people = places.groups[places.group_of[friends[int(self.draw() * len(friends))]]].people
        return one, people[int(self.draw() * len(people))]

    def _take(self, most: float, people: dict[int, int], groups: dict[int, Members]) -> None:
        """The move, unless it costs more than `most`, wishes included."""
        places = self.places
        gain = sum([group.cost - places.groups[place].cost for place, group in groups.items()])
        wishing = [each for each in people if places.wishes[each]]
        if gain > most + sum(map(places.wished, wishing)):  # the most that wishes could give back: what they cost now
            return
        if wishing:
            before = {each: places.group_of[each] for each in people}
            gain += places.moved(people)
            if gain > most:
                places.moved(before)
                return
        for each, place in people.items():
            places.group_of[each] = place
        places.total += gain
        for place, group in groups.items():
            places.groups[place] = group


def neighbours(places: Places) -> list[list[int]]:
    """For each person, those nearest by minutes; of those who are equally far, not the same for everybody."""
    people: dict[int, list[int]] = {}
    for each, commune in enumerate(places.commune):
        people.setdefault(commune, []).append(each)
    return [_near(places.rows[commune], people, one) for one, commune in enumerate(places.commune)]


def _near(row: list[float], people: dict[int, list[int]], one: int) -> list[int]:
    found: list[int] = []
    for commune in nsmallest(NEIGHBOURS + 1, people, key=lambda each: (row[each], each)):
        here = people[commune]
        start = one % len(here)
        found += [each for each in here[start:] + here[:start] if each != one][: NEIGHBOURS - len(found)]
        if len(found) >= NEIGHBOURS:
            break
    return found or [one]
