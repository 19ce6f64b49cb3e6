"""When the worker must not believe its clock."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.kernel.clock_doubt import clock_doubt

JANUARY, SEPTEMBER = datetime(2027, 1, 13, 12, tzinfo=UTC), datetime(2027, 9, 1, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "keys", "dated", "seasonal", "now", "reason"),
    [
        (timedelta(seconds=10), 100, 0, 0, JANUARY, None),
        (timedelta(days=2, hours=20), 100, 4, 0, JANUARY, None),  # a worker that was stopped for a week-end
        (timedelta(days=3, seconds=1), 100, 0, 0, JANUARY, "avancé de 3 jours"),
        (timedelta(days=3650), 100, 0, 0, JANUARY, "avancé de 3650 jours"),
        (-timedelta(days=400), 100, 0, 0, JANUARY, None),  # nothing is erased too early by a clock that is late
        (timedelta(seconds=10), 40, 20, 0, JANUARY, None),  # a small house loses half of little
        (timedelta(seconds=10), 40, 21, 0, JANUARY, "21 clés sur 40"),
        (timedelta(seconds=10), 42, 21, 0, JANUARY, None),
        (timedelta(seconds=10), 5000, 1600, 0, JANUARY, None),  # everybody met on the same Wednesday
        (timedelta(seconds=10), 100, 1, 60, JANUARY, "61 clés sur 100"),  # no season ends in January
        (timedelta(seconds=10), 100, 1, 99, SEPTEMBER, None),  # on 31 August the season goes, as was said
        (timedelta(seconds=10), 100, 60, 30, SEPTEMBER, "60 clés sur 100"),
    ],
)
def test_a_jump_or_too_much_at_once_waits(
    after: timedelta, keys: int, dated: int, seasonal: int, now: datetime, reason: str | None
) -> None:
    found = clock_doubt(now=now, last=now - after, keys=keys, dated=dated, seasonal=seasonal)
    assert (found is None) is (reason is None), found
    assert (reason or "") in (found or "")
