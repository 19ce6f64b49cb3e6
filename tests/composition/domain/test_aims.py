"""The order of what a territory wants: what comes first weighs more than what comes after."""

import pytest

from collectifs.composition.domain.aims import (
    MIXED_FIRST,
    NEAR_FIRST,
    Aim,
    order_in_words,
    order_read,
    raised,
    weights_of,
)
from collectifs.composition.domain.annealing import compose
from collectifs.composition.domain.people import Candidate, Territory
from collectifs.composition.domain.travel import Place
from collectifs.people.domain.person import Degree


def test_what_comes_before_the_minutes_weighs_more_than_what_comes_after():
    mixed, near = weights_of(MIXED_FIRST), weights_of(NEAR_FIRST)
    assert mixed.one_sided > near.one_sided * 5
    assert near.no_pilot > 10 * max(near.alone, near.one_sided, near.split)
    assert mixed.no_pilot > 10 * max(mixed.alone, mixed.one_sided, mixed.split)


@pytest.mark.parametrize("said", [[], ["near"], ["near", "near", "alone"], ["nothing", "together"]])
def test_an_order_holds_each_aim_once_whatever_was_sent(said):
    assert sorted(order_read(said)) == sorted(Aim)


def test_an_aim_rises_and_falls_by_one_place_and_stays_at_the_ends():
    assert raised(MIXED_FIRST, Aim.MIXED, up=True)[:2] == (Aim.MIXED, Aim.ALONE)
    assert raised(MIXED_FIRST, Aim.ALONE, up=True) == MIXED_FIRST
    assert raised(MIXED_FIRST, Aim.NEAR, up=False) == MIXED_FIRST
    assert order_in_words(NEAR_FIRST) == "trajets courts d’abord"


def test_two_towns_of_one_degree_each_are_mixed_or_near_by_the_order():
    """Eight people of the first degree here, eight of the second forty minutes away."""
    here, there = Place("1", 44.0, 0.0), Place("2", 44.25, 0.0)
    people = tuple(
        Candidate(str(each), there if each % 2 else here, (Degree.FIRST, Degree.SECOND)[each % 2], each % 4 < 2, True)
        for each in range(16)
    )
    mixed = compose(Territory(people), moves=4_000, weights=weights_of(MIXED_FIRST))
    near = compose(Territory(people), moves=4_000, weights=weights_of(NEAR_FIRST))
    assert mixed.parts.one_sided == 0
    assert near.parts.one_sided == 2
    assert max(minute for group in near.groups for minute in group.minutes) == 6
