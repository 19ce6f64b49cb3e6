"""Whole drafts, as they were found: the same people, seed and moves give the same collectives, from one version on.

Whoever changes the search changes what is written here: that is a decision, and a manager who composes again sees it.
"""

import pytest

from collectifs.composition.domain.annealing import Draft, Search, Sought
from collectifs.composition.domain.people import Territory
from collectifs.composition.domain.score import Weights
from tests.composition.domain.test_composing import a_land

SMALL, WISHING, LARGE = a_land(24, 1, pairs=3, half_days=True), a_land(37, 2, pairs=5), a_land(62, 3, pairs=6)
BEGUN = tuple(tuple(str(each) for each in range(first, 37, 5)) for first in range(5))
SOUGHT = {
    "small": (SMALL, Sought(1, moves=800)),
    "wishing": (WISHING, Sought(2, moves=1_200)),
    "large": (LARGE, Sought(3, moves=2_400)),
    "begun": (WISHING, Sought(4, moves=400, begun=BEGUN, pinned=frozenset(map(str, range(0, 37, 3))))),
    "not looked for": (LARGE, Sought(0, moves=0)),
    "wishes first": (LARGE, Sought(3, moves=1_000, weights=Weights(split=9_000))),
}
KNOWN = {
    "small": (
        "0 1 3 4 6 12 14 15 21 23 | 2 5 16 18 20 22 | 7 8 9 10 11 13 17 19",
        36123,
    ),
    "wishing": (
        "0 4 5 12 17 32 35 | 1 6 7 15 18 25 26 | 2 8 10 11 13 16 20 27 28 33 | 3 14 21 23 31 34 36 | 9 19 22 24 29 30",
        44514,
    ),
    "large": (
        (
            "0 2 8 9 39 44 | 1 10 16 17 23 37 50 55 58 | 3 25 27 28 43 49 51 | 4 5 21 26 35 36 42 56 61 | "
            "6 13 14 15 34 38 40 54 59 | 7 18 20 22 24 29 30 33 53 57 | 11 31 41 45 46 52 | "
            "12 19 32 47 48 60"
        ),
        43469,
    ),
    "begun": (
        "0 2 11 15 16 20 26 28 30 34 | 6 8 21 23 25 36 | 1 4 5 7 12 14 19 22 27 | 3 18 31 32 33 35 | 9 10 13 17 24 29",
        81488,
    ),
    "not looked for": (
        (
            "0 11 26 31 41 46 52 56 | 1 5 21 35 36 45 55 61 | 2 6 8 9 15 39 44 54 | 3 25 27 28 43 49 51 | "
            "4 12 19 42 47 48 53 60 | 7 18 20 22 30 32 33 57 | 10 16 17 23 37 50 58 | "
            "13 14 24 29 34 38 40 59"
        ),
        44203,
    ),
    "wishes first": (
        (
            "0 7 19 22 30 47 53 | 1 5 17 21 26 35 36 37 55 60 | 2 9 38 39 43 44 49 | 3 4 6 10 23 25 42 61 | "
            "8 16 27 28 50 51 | 11 31 41 45 46 52 56 | 12 18 20 24 29 32 33 48 59 | 13 14 15 34 40 54 57 58"
        ),
        59133,
    ),
}


def found(land: Territory, sought: Sought) -> Draft:
    search = Search(land, sought)
    walk = search.begin()
    while not walk.is_over:
        walk = search.go_on(walk)
    return search.draft(walk)


def shown(draft: Draft) -> str:
    return " | ".join(" ".join(group.ids) for group in draft.groups)


@pytest.mark.parametrize("name", SOUGHT)
def test_what_was_found_once_is_found_again(name: str) -> None:
    draft = found(*SOUGHT[name])
    assert (shown(draft), round(draft.parts.total(Weights()))) == KNOWN[name]
