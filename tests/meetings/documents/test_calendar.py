"""Dates for calendar programs: the clocks that they hang on."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Timezone

from collectifs.meetings.documents.calendar import CalendarEvent, calendar_feed
from collectifs.people.domain.appointing import TIMEZONES

SOON = datetime(2027, 1, 20, 13, 0, tzinfo=UTC)


def clocks_of(zone: str, starts_at: datetime = SOON) -> Timezone:
    event = CalendarEvent(
        uid="1@localhost",
        sequence=0,
        said_at=SOON,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        zone=ZoneInfo(zone),
        title="Les Tilleuls",
        place="",
        details="",
        url="http://localhost/",
    )
    (clocks,) = Calendar.from_ical(calendar_feed("Agenda", [event])).walk("VTIMEZONE")
    return clocks


@pytest.mark.parametrize("zone", TIMEZONES)
def test_a_zone_has_one_standard_and_one_daylight_each_with_a_yearly_rule(zone: str) -> None:
    clocks = clocks_of(zone)
    has_summer = any(SOON.replace(month=month).astimezone(ZoneInfo(zone)).dst() for month in (1, 7))
    assert (len(clocks.standard), len(clocks.daylight)) == (1, int(has_summer))
    for rule in (*clocks.standard, *clocks.daylight):
        assert [rrule["FREQ"] for rrule in rule.rrules] == ([["YEARLY"]] if has_summer else [])
        assert not rule.rdates


@pytest.mark.parametrize(
    ("zone", "spring", "autumn"),
    [
        ("Europe/Paris", ("20260329T020000", "3", "-1SU"), ("20261025T030000", "10", "-1SU")),
        ("America/Miquelon", ("20260308T020000", "3", "2SU"), ("20261101T020000", "11", "1SU")),
    ],
)
def test_each_change_is_said_at_the_hour_that_the_clocks_showed_before_it(
    zone: str, spring: tuple[str, str, str], autumn: tuple[str, str, str]
) -> None:
    clocks = clocks_of(zone)
    for rule, (start, month, day) in ((clocks.daylight[0], spring), (clocks.standard[0], autumn)):
        assert rule["dtstart"].to_ical().decode() == start
        assert rule["rrule"].to_ical().decode() == f"FREQ=YEARLY;BYDAY={day};BYMONTH={month}"


@pytest.mark.parametrize("zone", TIMEZONES)
def test_a_program_that_knows_the_rules_alone_reads_the_right_hour_for_ten_years(zone: str) -> None:
    told = clocks_of(zone).to_tz(lookup_tzid=False)
    for hours in range(0, 10 * 366 * 24, 6):
        instant = SOON + timedelta(hours=hours)
        right = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert right.replace(tzinfo=told).utcoffset() == instant.astimezone(ZoneInfo(zone)).utcoffset(), instant


def test_a_date_of_the_first_days_of_a_year_has_its_clock() -> None:
    clocks = clocks_of("Europe/Paris", datetime(2027, 1, 1, 8, 0, tzinfo=UTC))
    assert all(rule.DTSTART.year == 2026 for rule in (*clocks.standard, *clocks.daylight))
