"""The season in numbers: what is masked, what next year would need."""

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.report.domain.numbers import SeasonNumbers, check_wish, needs, shown

SEASON = SeasonNumbers(collectives=4, pilots=3, members=30, planned=18, cancelled=2, held=18, presences=120)


@pytest.mark.parametrize(
    ("part", "whole", "seen"),
    [
        (0, 20, 0),
        (1, 20, None),
        (4, 20, None),
        (19, 20, None),
        (5, 20, 5),
        (16, 20, None),
        (15, 20, 15),
        (20, 20, 20),
        (0, 0, 0),
    ],
)
def test_few_people_are_not_counted_nor_those_who_are_left(part, whole, seen):
    assert shown(part, whole) == seen


def test_what_is_frozen_is_read_again_and_an_older_version_counts_less():
    assert SeasonNumbers.read(SEASON.written()) == SEASON
    assert SeasonNumbers.read({"held": 3, "unknown": 9}) == SeasonNumbers(held=3)


def test_averages_wait_for_something_to_average():
    assert (SeasonNumbers().present, SeasonNumbers().size) == (None, None)
    assert SEASON.present == pytest.approx(6.67, abs=0.01)
    assert SEASON.size == 7.5


def test_what_next_year_needs_keeps_the_proportions_of_this_one():
    found = {each.label: (each.now, each.again, each.wanted) for each in needs(SEASON, 6)}
    assert found["Collectifs"] == (4, 4, 6)
    assert found["Pilotes"] == (3, 4, 6)
    assert found["Membres"] == (30, 30, 45)
    assert found["Regroupements"] == (18, 20, 30)
    assert found["Demi-journées où l’on se libère"] == (120, 150, 225)


def test_without_a_wish_there_is_nothing_to_extend_and_without_collectives_no_needs():
    assert {each.wanted for each in needs(SEASON, None)} == {None}
    assert needs(SeasonNumbers(), 3) == ()


def test_a_season_that_planned_little_counts_one_meeting_a_collective_at_least():
    found = {each.label: each.again for each in needs(SeasonNumbers(collectives=4, members=10, planned=1), None)}
    assert (found["Regroupements"], found["Demi-journées où l’on se libère"]) == (4, 10)


@pytest.mark.parametrize(
    ("wanted", "words", "field"),
    [(-1, "", "wanted"), (2001, "", "wanted"), (3, "x" * 801, "needed"), (None, "x" * 801, "needed")],
)
def test_a_wish_that_is_none_is_refused(wanted, words, field):
    with pytest.raises(RuleBroken) as refused:
        check_wish(wanted, words)
    assert refused.value.field == field


@pytest.mark.parametrize(("wanted", "words"), [(None, ""), (0, ""), (2000, "x" * 800)])
def test_a_wish_may_be_none_nought_or_two_thousand_collectives(wanted, words):
    check_wish(wanted, words)
