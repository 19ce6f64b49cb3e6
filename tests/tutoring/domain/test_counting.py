"""What a head reads: nothing under five, and no sum that gives it back."""

from datetime import date

import pytest

from collectifs.tutoring.domain.counting import counted

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.mark.parametrize(
    ("people", "told", "months", "told_shown", "sum_shown"),
    [
        (9, 9, {OCTOBER: 6, NOVEMBER: 8}, "9", "14"),
        (9, 8, {OCTOBER: 6, NOVEMBER: 4}, "non montré", "6 au moins"),
        (12, 6, {OCTOBER: 3, NOVEMBER: 4}, "6", "non montré"),
        (12, 3, {}, "moins de 5", "non montré"),
        (5, 5, {OCTOBER: 5}, "5", "5"),
        (10, 5, {OCTOBER: 5, NOVEMBER: 5}, "5", "10"),
        (9, 5, {OCTOBER: 4}, "non montré", "non montré"),
    ],
)
def test_a_sum_is_given_where_it_takes_nothing_back(people, told, months, told_shown, sum_shown) -> None:
    found = counted(2, people, told, months)
    assert (found.people, found.told, found.interviews) == (str(people), told_shown, sum_shown)
    assert [number for _, number in found.months] == [
        str(each) if each >= 5 else "moins de 5" for _, each in sorted(months.items())
    ]


def test_under_five_people_nothing_else_is_given() -> None:
    found = counted(2, 4, 4, {OCTOBER: 20})
    assert (found.people, found.told, found.interviews, found.months) == ("moins de 5", "non montré", "non montré", ())
