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
from collectifs.composition.domain.score import Weights
from collectifs.composition.domain.travel import Place
from collectifs.people.domain.person import Degree


def test_what_comes_before_the_minutes_weighs_more_than_what_comes_after():
    mixed, near = weights_of(MIXED_FIRST), weights_of(NEAR_FIRST)
    assert mixed.one_sided > near.one_sided * 5
    assert near.no_pilot > 10 * max(near.alone, near.one_sided, near.split)
    assert mixed.no_pilot > 10 * max(mixed.alone, mixed.one_sided, mixed.split)


ALONE, MIXED, TOGETHER, HALF_DAYS, NEAR = Aim


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ([], tuple(Aim)),
        (["near"], (NEAR, ALONE, MIXED, TOGETHER, HALF_DAYS)),
        (["near", "near", "alone"], (NEAR, ALONE, MIXED, TOGETHER, HALF_DAYS)),
        (["nothing", "together"], (TOGETHER, ALONE, MIXED, HALF_DAYS, NEAR)),
        ([each.value for each in reversed(Aim)], tuple(reversed(Aim))),
    ],
)
def test_an_order_holds_each_aim_once_and_what_is_missing_in_its_usual_place(said, order):
    assert order_read(said) == order


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (MIXED_FIRST, "personne de seul d’abord"),
        ((MIXED, NEAR), "collectifs mixtes d’abord"),
        ((TOGETHER,), "souhaits réunis d’abord"),
        ((HALF_DAYS,), "demi-journées d’abord"),
        (NEAR_FIRST, "trajets courts d’abord"),
    ],
)
def test_an_order_is_called_by_its_first_aim(order, words):
    assert order_in_words(order) == words
    assert sorted(MIXED_FIRST) == sorted(NEAR_FIRST) == sorted(Aim)


@pytest.mark.parametrize(
    ("order", "places"),
    [
        ((NEAR, ALONE, MIXED, TOGETHER, HALF_DAYS), (-1, -2, -3, -4)),
        ((ALONE, MIXED, TOGETHER, HALF_DAYS, NEAR), (4, 3, 2, 1)),
        ((ALONE, NEAR, HALF_DAYS, TOGETHER, MIXED), (1, -3, -2, -1)),
    ],
)
def test_each_place_before_the_minutes_weighs_as_much_more_and_each_place_after_them_as_much_less(order, places):
    usual, found = Weights(), weights_of(order)
    scaled = (found.alone, found.one_sided, found.split, found.half_day)
    before = (usual.alone, usual.one_sided, usual.split, usual.half_day)
    assert scaled == pytest.approx([weight * 1.7**place for weight, place in zip(before, places, strict=True)])
    assert found.no_pilot == pytest.approx(max(50_000, 20 * 1_500 * 1.7 ** max(0, *places)))
    assert found.apart == usual.apart


def test_an_aim_rises_and_falls_by_one_place_and_stays_at_the_ends():
    assert raised(MIXED_FIRST, MIXED, up=True) == (MIXED, ALONE, TOGETHER, HALF_DAYS, NEAR)
    assert raised(MIXED_FIRST, HALF_DAYS, up=True) == (ALONE, MIXED, HALF_DAYS, TOGETHER, NEAR)
    assert raised(MIXED_FIRST, MIXED, up=False) == (ALONE, TOGETHER, MIXED, HALF_DAYS, NEAR)
    assert raised(MIXED_FIRST, Aim.ALONE, up=True) == MIXED_FIRST
    assert raised(MIXED_FIRST, Aim.NEAR, up=False) == MIXED_FIRST


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
