"""Who belonged when a meeting was held: came before its end, and had not left when it began."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.collectives.domain.belonging import belonged_when_held

HOUR = timedelta(hours=1)
STARTS = datetime(2027, 1, 13, 13, tzinfo=UTC)
ENDS = STARTS + 2 * HOUR
BEFORE, AFTER = STARTS - 24 * HOUR, ENDS + 24 * HOUR


@pytest.mark.parametrize(
    ("since", "until", "now", "belonged"),
    [
        (BEFORE, None, AFTER, True),
        (BEFORE, None, BEFORE + HOUR, True),  # a meeting to come
        (ENDS - HOUR, None, AFTER, True),  # came while it was held
        (ENDS, None, AFTER, False),  # came as it ended
        (BEFORE, STARTS + HOUR, AFTER, True),  # left during the meeting
        (BEFORE, STARTS, AFTER, False),  # had left when it began
        (BEFORE, STARTS - HOUR, STARTS - 2 * HOUR, True),  # leaves before a meeting to come, is still there
        (BEFORE, STARTS - 2 * HOUR, STARTS - HOUR, False),  # has left before a meeting to come
    ],
)
def test_who_came_before_the_end_and_had_not_left(
    since: datetime, until: datetime | None, now: datetime, belonged: bool
) -> None:
    assert belonged_when_held([(since, until)], STARTS, ENDS, now) is belonged


def test_one_of_several_periods_is_enough_and_none_is_not() -> None:
    away = (BEFORE - 48 * HOUR, BEFORE - 24 * HOUR)
    assert belonged_when_held([away, (BEFORE, None)], STARTS, ENDS, AFTER)
    assert not belonged_when_held([away], STARTS, ENDS, AFTER)
    assert not belonged_when_held([], STARTS, ENDS, AFTER)
