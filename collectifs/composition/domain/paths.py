"""Ways over neighbouring communes: what the crow does not see, the sea, an estuary, a mountain.

A way from a commune to another goes from town hall to town hall of communes that touch. A territory may say which of
its zones have no bridge between them: no way crosses there. What no way reaches, an island, is a crossing.
"""

from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush
from math import inf
from typing import Protocol

from collectifs.composition.domain.travel import (
    INSIDE_MIN,
    LONGER,
    Minutes,
    Place,
    crow_km,
    minutes_of,
)

BENDS = 1.05  # a road against the way over town halls
CROSSING_MIN = 60.0
FARTHEST_KM = 250.0

Barrier = tuple[frozenset[str], frozenset[str]]


class Crossed(Protocol):
    """A commune that a way goes through."""

    @property
    def place(self) -> Place:
        """Where its town hall stands."""

    @property
    def neighbours(self) -> Sequence[str]:
        """The codes of those that it touches."""


Known = Mapping[str, Crossed]


def ways_from(start: str, wanted: Iterable[str], known: Known, barriers: Sequence[Barrier] = ()) -> dict[str, float]:
    """The kilometres to each commune wanted that a way reaches, `FARTHEST_KM` at most."""
    seen, left, found = set(), set(wanted), {}
    waiting = [(0.0, start)]
    while waiting and left:
        so_far, code = heappop(waiting)
        if code in seen or so_far > FARTHEST_KM:
            continue
        seen.add(code)
        if code in left:
            left.discard(code)
            found[code] = so_far
        for beside in known[code].neighbours if code in known else ():
            if beside in known and beside not in seen and not is_cut(code, beside, barriers):
                heappush(waiting, (so_far + crow_km(known[code].place, known[beside].place), beside))
    return found


def is_cut(one: str, other: str, barriers: Iterable[Barrier]) -> bool:
    """Whether a barrier stands between two communes that touch."""
    return any((one in left and other in right) or (one in right and other in left) for left, right in barriers)


def minutes_over(road: float, way: float) -> float:
    """From the crow's kilometres and those of the way: the longer road of both; a crossing where there is no way."""
    if way == inf:
        return minutes_of(road * LONGER) + CROSSING_MIN
    return minutes_of(max(road * LONGER, way * BENDS))


def minutes_by_road(places: Sequence[Place], known: Known, barriers: Sequence[Barrier] = ()) -> Minutes:
    """The minutes between all of these communes."""
    codes = [each.insee for each in places]
    ways = {code: ways_from(code, codes, known, barriers) for code in codes}

    def travel(one: Place, other: Place) -> float:
        if one.insee == other.insee:
            return INSIDE_MIN
        return minutes_over(crow_km(one, other), ways[one.insee].get(other.insee, inf))

    return Minutes.reckoned(places, travel)
