"""Looking for a good draft: people change places, two at a time or alone; what makes it worse is taken less and less.

Pure Python: groups of eight are too small for arrays to pay. Moves are counted, never seconds: the same people, seed
and moves give the same draft on any machine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import nsmallest
from math import log
from random import Random

from collectifs.composition.domain.people import LEAST, MOST, Territory, number_of_groups
from collectifs.composition.domain.places import Members, Places
from collectifs.composition.domain.score import Group, Parts, Weights, described, parts_of

MOVES_A_PERSON = 2_500
HOT, COLD = 900.0, 4.0
NEIGHBOURS = 48
ROUNDS = 400  # how often the temperature changes, and progress is told
SWAPS = 0.72
WISHES = 0.02  # of the moves: friends may live far from one another

Told = Callable[[float], None]


@dataclass(frozen=True)
class Draft:
    """What was found: the collectives, and what they cost by parts."""

    groups: tuple[Group, ...]
    parts: Parts
    moves: int


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
    number = number_of_groups(territory.people)
    moves = len(territory.people) * MOVES_A_PERSON if moves is None else moves
    places = Places(territory, number, weights or Weights())
    best = Search(places, Random(seed)).run(moves, told)  # noqa: S311  a draw that can be made again
    people = territory.people
    groups = tuple(described([people[each] for each in sorted(group)]) for group in sorted(best))
    return Draft(groups, parts_of(groups, territory), moves)


class Search:
    """A walk from draft to draft: hot at first, cold in the end; the best that was met is kept."""

    def __init__(self, places: Places, chance: Random) -> None:
        self.places = places
        self.draw = chance.random
        self.near = neighbours(places)
        self.wishing = [each for each, friends in enumerate(places.together) if friends]

    def run(self, moves: int, told: Told | None) -> list[list[int]]:
        """The collectives of the best draft, by the numbers of their people."""
        places, best = self.places, (self.places.total, self._kept())
        for step in range(ROUNDS):
            heat = HOT * (COLD / HOT) ** (step / (ROUNDS - 1))
            for _ in range(moves * (step + 1) // ROUNDS - moves * step // ROUNDS):
                self._move(heat)
            if places.total < best[0]:
                best = (places.total, self._kept())
            if told is not None:
                told((step + 1) / ROUNDS)
        return best[1]

    def _kept(self) -> list[list[int]]:
        return [sorted(group.people) for group in self.places.groups]

    def _move(self, heat: float) -> None:
        """Somebody, and somebody near them in another collective: they change places, or the first one joins."""
        draw, places = self.draw, self.places
        one, other = self._drawn_wish() if self.wishing and draw() < WISHES else self._drawn_near()
        here, there = places.group_of[one], places.group_of[other]
        if here == there:
            return
        swaps = draw() < SWAPS
        left, right = places.groups[here], places.groups[there]
        if not swaps and (len(left.people) <= LEAST or len(right.people) >= MOST):
            return
        most = -heat * log(draw() or 1e-300)  # what it may cost to be taken
        first = places.changed(left, one, other if swaps else None)
        second = places.changed(right, other if swaps else None, one)
        gain = first.cost + second.cost - left.cost - right.cost
        self._take(gain, most, {one: there, other: here} if swaps else {one: there}, {here: first, there: second})

    def _drawn_near(self) -> tuple[int, int]:
        one = int(self.draw() * len(self.near))
        near = self.near[one]
        return one, near[int(self.draw() * len(near))]

    def _drawn_wish(self) -> tuple[int, int]:
        """Somebody who would be with another, and one of those who are with that other."""
        places = self.places
        one = self.wishing[int(self.draw() * len(self.wishing))]
        friends = places.together[one]
        people = places.groups[places.group_of[friends[int(self.draw() * len(friends))]]].people
        return one, people[int(self.draw() * len(people))]

    def _take(self, gain: float, most: float, people: dict[int, int], groups: dict[int, Members]) -> None:
        """The move, unless it costs more than `most`, wishes included."""
        places = self.places
        if gain > most + self._wishes_at_stake(people):
            return
        before = {each: places.group_of[each] for each in people}
        gain += places.moved(people)
        if gain > most:
            places.moved(before)
            return
        places.total += gain
        for place, group in groups.items():
            places.groups[place] = group

    def _wishes_at_stake(self, people: dict[int, int]) -> float:
        """The most that wishes could give back: what they cost now."""
        places = self.places
        return sum(places.wished(each) for each in people if places.has_wishes(each))


def neighbours(places: Places) -> list[list[int]]:
    """For each person, those nearest by minutes; of equals, the first in the list."""
    near: dict[int, list[int]] = {}
    found = []
    for one, row in enumerate(places.rows):
        if id(row) not in near:
            near[id(row)] = nsmallest(NEIGHBOURS + 1, range(len(row)), key=lambda each: (row[each], each))
        found.append([each for each in near[id(row)] if each != one] or [one])
    return found
