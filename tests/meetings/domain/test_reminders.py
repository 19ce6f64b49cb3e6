"""A reminder a week before, another a day before: when each leaves, and when it never will."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.meetings.domain.planning import DAY, WEEK, Due, reminder_due

STARTS = datetime(2027, 2, 3, 13, 0, tzinfo=UTC)


def days(number: float) -> timedelta:
    return timedelta(days=number)


@pytest.mark.parametrize(
    ("before", "left", "told", "due"),
    [
        (WEEK, 7.1, 30, Due.LATER),
        (WEEK, 7, 30, Due.SEND),
        (WEEK, 3, 30, Due.SEND),  # the worker slept
        (WEEK, 1, 30, Due.SKIP),  # that of the day says it all
        (WEEK, 7, 8.9, Due.SKIP),  # told less than two days ago
        (WEEK, 7, 9.1, Due.SEND),
        (WEEK, 5, 5, Due.SKIP),  # planned inside the delay
        (DAY, 1.1, 30, Due.LATER),
        (DAY, 1, 30, Due.SEND),
        (DAY, 1, 2, Due.SEND),
        (DAY, 0.9, 0.9, Due.SKIP),
        (DAY, 1, 1.2, Due.SKIP),
        (DAY, 1, 1.5, Due.SEND),  # told twelve hours ago
        (DAY, 1 / 24, 30, Due.SEND),
        (DAY, 0.04, 30, Due.SKIP),  # too late to help anybody
        (WEEK, 7, None, Due.SEND),
    ],
)
def test_when_a_reminder_leaves(before: timedelta, left: float, told: float | None, due: Due):
    told_at = STARTS - days(told) if told is not None else None
    assert reminder_due(before, starts_at=STARTS, told_at=told_at, now=STARTS - days(left)) is due
