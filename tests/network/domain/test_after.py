"""After: for which season a former member says yes, who may, and when they are reminded of it."""

from datetime import date

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.network.domain.after import (
    AfterWish,
    check_wishes_after,
    is_time_to_remind,
    may_say,
    season_asked,
)


@pytest.mark.parametrize(
    ("today", "season"),
    [
        (date(2026, 9, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 4, 30), 2026),
        (date(2027, 5, 1), 2027),
        (date(2027, 8, 31), 2027),
    ],
)
def test_from_may_on_a_yes_is_for_the_season_to_come(today: date, season: int) -> None:
    assert season_asked(today) == season


@pytest.mark.parametrize(("last_season", "may"), [(None, False), (2024, True), (2025, True), (2026, False)])
def test_whoever_was_a_member_before_the_season_that_is_asked_about_may_say_yes(last_season, may) -> None:
    assert may_say(last_season, date(2027, 1, 13)) is may


def test_a_yes_says_to_what_in_words() -> None:
    assert AfterWish.SPONSOR.label == "parrainer une personne qui débute"
    check_wishes_after([AfterWish.LEAD])
    with pytest.raises(RuleBroken, match="Choisissez au moins une chose") as refused:
        check_wishes_after([])
    assert refused.value.field == "wishes"


@pytest.mark.parametrize(
    ("today", "has_open_call", "is_time"),
    [
        (date(2026, 9, 1), False, False),
        (date(2026, 9, 1), True, True),
        (date(2026, 9, 14), False, False),
        (date(2026, 9, 15), False, True),
        (date(2026, 12, 31), False, True),
        (date(2027, 1, 1), False, True),
        (date(2027, 8, 31), False, True),
    ],
)
def test_one_is_reminded_as_a_call_opens_and_in_the_middle_of_september_at_the_latest(
    today, has_open_call, is_time
) -> None:
    assert is_time_to_remind(today, has_open_call=has_open_call) is is_time
