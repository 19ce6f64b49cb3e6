"""What remains of a launch, in its order; days of a former call, years later."""

from datetime import date

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import MONTHS
from collectifs.network.domain.launching import (
    CollectiveStep,
    Progress,
    SeriesSeen,
    Step,
    brought_forward,
    check_may_open,
    left_for_a_collective,
)

FORMER = [date(2026, 9, 7), date(2026, 9, 27), date(2026, 10, 5), None]


@pytest.mark.parametrize(
    ("today", "opens_on"),
    [
        (date(2026, 9, 6), date(2026, 9, 7)),
        (date(2026, 9, 7), date(2027, 9, 6)),
        (date(2027, 1, 13), date(2027, 9, 6)),
        (date(2029, 3, 1), date(2029, 9, 3)),
    ],
)
def test_days_are_proposed_whole_years_later_never_past_on_the_same_weekdays(today, opens_on):
    days = brought_forward(FORMER, today)
    assert days[0] == opens_on
    assert days[0].weekday() == FORMER[0].weekday()
    assert days[1] - days[0] == FORMER[1] - FORMER[0]
    assert days[3] is None
    assert all(each is None or each > today for each in days)


def test_no_day_is_proposed_where_there_was_none():
    assert brought_forward([None] * 4, date(2027, 1, 13)) == [None] * 4


def test_the_first_step_that_is_not_done_is_the_one_of_now():
    progress = Progress(frozenset({Step.NAME, Step.DAYS}))
    assert progress.now is Step.CONTACT
    assert progress.left == (Step.CONTACT, Step.PAPERS, Step.RELAY, Step.OPENING)
    assert Progress(frozenset(Step)).now is None


def test_the_whole_is_said_to_take_eight_minutes():
    whole = Progress(frozenset())
    assert {step.value: step.minutes for step in whole.left} == {
        "name": 1, "contact": 1, "days": 2, "papers": 2, "relay": 1, "opening": 1,
    }  # fmt: skip
    assert whole.minutes == 8


def test_a_call_opens_with_its_days_and_somebody_who_answers():
    with pytest.raises(RuleBroken, match="qui répond aux questions ; les dates de l’appel"):
        check_may_open(Progress(frozenset({Step.NAME})))
    check_may_open(Progress(frozenset({Step.NAME, Step.CONTACT, Step.DAYS})))


@pytest.mark.parametrize(
    ("series", "words"),
    [
        (SeriesSeen(5, 120, 11, 3), "cinq regroupements de 2 h, de novembre à mars"),
        (SeriesSeen(4, 90, 10, 4), "quatre regroupements de 1 h 30, d’octobre à avril"),
        (SeriesSeen(1, 65, 12, 1), "un regroupement de 1 h 05, de décembre à janvier"),
    ],
)
def test_a_series_is_said_in_words(series: SeriesSeen, words: str):
    assert series.in_words(MONTHS) == words


PILOT, MEMBERS, DATES = CollectiveStep


def test_what_a_collective_still_asks_for_is_said_in_words():
    assert [each.label for each in CollectiveStep] == ["Qui pilote", "Les membres", "Les dates et les lieux"]


@pytest.mark.parametrize(
    ("pilots", "members", "meetings", "proposed", "left"),
    [
        (0, 0, 0, 0, (PILOT, MEMBERS, DATES)),
        (1, 4, 1, 1, (MEMBERS,)),
        (1, 5, 1, 1, ()),
        (0, 6, 1, 0, (PILOT,)),
        (2, 8, 0, 0, (DATES,)),  # where none was proposed, one at least
        (2, 8, 4, 5, (DATES,)),
        (2, 8, 5, 5, ()),
    ],
)
def test_a_collective_taken_over_asks_for_a_pilot_five_people_and_the_dates_that_were_proposed(
    pilots, members, meetings, proposed, left
):
    found = left_for_a_collective(pilots=pilots, members=members, meetings=meetings, proposed=proposed)
    assert found == left
