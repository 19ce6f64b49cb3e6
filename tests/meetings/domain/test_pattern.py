"""The days of a series brought to another season: the same weekdays, never past, never out of the season."""

from datetime import date, datetime, time, timedelta

import pytest

from collectifs.meetings.domain.pattern import ProposedDay, pattern, proposed_after

SERIES = [(datetime(2026, month, day, 14), datetime(2026, month, day, 16)) for month, day in ((11, 18), (12, 9))]
SERIES.append((datetime(2027, 3, 10, 14), datetime(2027, 3, 10, 16, 30)))


@pytest.mark.parametrize(
    ("season", "today", "proposed"),
    [
        (2027, date(2027, 9, 10), [date(2027, 11, 17), date(2027, 12, 8), date(2028, 3, 8)]),
        (2027, date(2027, 12, 8), [date(2028, 3, 8)]),
        (2026, date(2026, 12, 1), [date(2026, 12, 9), date(2027, 3, 10)]),
        (2028, date(2028, 9, 10), [date(2028, 11, 15), date(2028, 12, 6), date(2029, 3, 7)]),
        (2026, date(2027, 4, 1), []),
    ],
)
def test_days_keep_their_weekday_and_hours_in_the_season_and_none_is_past(season, today, proposed):
    found = pattern(SERIES, season, today)
    assert [each.day for each in found] == proposed
    assert all(each.day.weekday() == 2 and each.starts == time(14) for each in found)


def test_what_a_collective_keeps_is_read_again_and_only_what_is_ahead():
    days = pattern(SERIES, 2026, date(2026, 9, 1))
    kept = [each.to_json() for each in days]
    assert proposed_after(kept, date(2026, 12, 9)) == [ProposedDay(date(2027, 3, 10), time(14), time(16, 30))]
    assert proposed_after(kept, days[0].day - timedelta(days=1)) == days
    assert proposed_after(None, date(2026, 12, 9)) == []
