"""What remains of a launch, in its order; days of a former call, years later."""

from datetime import date

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import MONTHS
from collectifs.network.domain.launching import Progress, SeriesSeen, Step, brought_forward, check_may_open

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
    assert progress.minutes == 5
    assert Progress(frozenset(Step)).now is None


def test_the_whole_is_said_to_take_less_than_ten_minutes():
    assert Progress(frozenset()).minutes < 10


def test_a_call_opens_with_its_days_and_somebody_who_answers():
    with pytest.raises(RuleBroken, match="qui répond aux questions ; les dates de l’appel"):
        check_may_open(Progress(frozenset({Step.NAME})))
    check_may_open(Progress(frozenset({Step.NAME, Step.CONTACT, Step.DAYS})))


def test_a_series_is_said_in_words():
    assert SeriesSeen(5, 120, 11, 3).in_words(MONTHS) == "cinq regroupements de 2 h, de novembre à mars"
    assert "1 h 30, d’octobre" in SeriesSeen(4, 90, 10, 4).in_words(MONTHS)
