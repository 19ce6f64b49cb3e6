"""Dates for calendar programs (RFC 5545): the part of a mail that fills or empties a date, and one's own feed.

A stable UID and a number that grows tell programs which date is meant and which word is the last. Never
a content, and no other address than the reader's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from collectifs.kernel.later import Later
from collectifs.kernel.mail.parts import CalendarPart, Mailbox
from collectifs.kernel.seasons import PARIS
from collectifs.kernel.text.typed import one_line
from collectifs.kernel.text.typography import french

if TYPE_CHECKING:
    import icalendar as ical
else:
    ical = Later("icalendar")

PRODUCT = "-//Collectifs//Regroupements//FR"
REMINDERS = (timedelta(days=1), timedelta(hours=1))
REFRESHED_EVERY = timedelta(hours=4)
FIRST_YEAR = 2025  # of the clock of a calendar without a date
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class CalendarEvent:
    """A meeting as a calendar shows it. `said_at` is when these words became true."""

    uid: str
    sequence: int
    said_at: datetime
    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo
    title: str
    place: str
    details: str
    url: str
    is_cancelled: bool = False
    is_tentative: bool = False  # one of several dates that a collective is asked about

    @property
    def status(self) -> str:
        """How programs show it (RFC 5545, 3.8.1.11)."""
        return "CANCELLED" if self.is_cancelled else "TENTATIVE" if self.is_tentative else "CONFIRMED"


def calendar_part(event: CalendarEvent, *, organizer: Mailbox, attendee: Mailbox) -> CalendarPart:
    """A date to keep (REQUEST) or to take away (CANCEL), for one addressee."""
    method = "CANCEL" if event.is_cancelled else "REQUEST"
    calendar = _calendar()
    calendar.add("method", method)
    component = _component(event)
    component.add("class", "PRIVATE")  # not in a feed: programs that read it by address would show « Occupé »
    component.add("organizer", _address(organizer))
    guest = _address(attendee)
    guest.params["PARTSTAT"], guest.params["RSVP"] = "NEEDS-ACTION", "FALSE"
    component.add("attendee", guest)
    _fill(calendar, [(event, component)])
    return CalendarPart(method, calendar.to_ical().decode())


def calendar_feed(name: str, events: Iterable[CalendarEvent]) -> bytes:
    """Every date of a person, as programs come and read it again."""
    calendar = _calendar()
    calendar.add("x-wr-calname", _words(name))
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ical.vDuration(REFRESHED_EVERY))
    _fill(calendar, [(event, _component(event)) for event in events])
    return bytes(calendar.to_ical())


def _calendar() -> "ical.Calendar":
    calendar = ical.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _fill(calendar: "ical.Calendar", events: "list[tuple[CalendarEvent, ical.Event]]") -> None:
    """The clocks that the dates hang on, then the dates. Without any date, one clock: a calendar with nothing in it
    is none (RFC 5545, 3.4), and programs refuse it."""
    if not events:
        calendar.add_component(_clocks(PARIS, FIRST_YEAR))
    for key in sorted({event.zone.key for event, _ in events}):
        first = min(event.starts_at for event, _ in events if event.zone.key == key)
        calendar.add_component(_clocks(ZoneInfo(key), first.year - 1))
    for _, component in events:
        calendar.add_component(component)


# By hand: Outlook keeps a single STANDARD and a single DAYLIGHT and wants a rule in each (MS-OXCICAL 2.1.3.1.1.19).
# icalendar's own `Timezone.from_tzinfo` writes several, with lists of dates, an hour late where clocks go forward.
def _clocks(zone: ZoneInfo, year: int) -> "ical.Timezone":
    """A zone from a year on: its two yearly changes, each at the hour that the clocks showed just before it."""
    clocks, start = ical.Timezone(), datetime(year, 1, 1, tzinfo=UTC)
    clocks.add("tzid", zone.key)
    changes = _changes(zone, start)
    for before, instant in changes or [(start, start)]:
        after, offset_before = instant.astimezone(zone), before.astimezone(zone).utcoffset() or timedelta()
        shown_before = (instant + offset_before).replace(tzinfo=None)
        rule = ical.TimezoneDaylight() if after.dst() else ical.TimezoneStandard()
        rule.add("dtstart", shown_before)
        rule.add("tzoffsetfrom", offset_before)
        rule.add("tzoffsetto", after.utcoffset())
        rule.add("tzname", after.tzname())
        if changes:
            rule.add("rrule", {"freq": "yearly", "bymonth": shown_before.month, "byday": _which_day(shown_before)})
        clocks.add_component(rule)
    return clocks


def _changes(zone: ZoneInfo, start: datetime) -> list[tuple[datetime, datetime]]:
    """The hours before and after each change of a year's clocks: they change on a whole hour of UTC."""
    days = _turns(zone, [start + timedelta(days=day) for day in range(366)])
    return [turn for day, _ in days for turn in _turns(zone, [day + timedelta(hours=hour) for hour in range(25)])]


def _turns(zone: ZoneInfo, instants: list[datetime]) -> list[tuple[datetime, datetime]]:
    """Those of these instants between which the clocks change."""
    return [pair for pair in pairwise(instants) if len({each.astimezone(zone).utcoffset() for each in pair}) > 1]


def _which_day(day: datetime) -> str:
    """« 2SU » for the second Sunday of its month, « -1SU » for the last."""
    is_last = (day + timedelta(days=7)).month != day.month
    return f"{-1 if is_last else (day.day + 6) // 7}{WEEKDAYS[day.weekday()]}"


def _component(event: CalendarEvent) -> "ical.Event":
    component = ical.Event()
    component.add("uid", event.uid)
    component.add("sequence", event.sequence)
    component.add("dtstamp", event.said_at.astimezone(UTC))
    component.add("last-modified", event.said_at.astimezone(UTC))
    component.add("dtstart", event.starts_at.astimezone(event.zone))
    component.add("dtend", event.ends_at.astimezone(event.zone))
    component.add("summary", _words(("Annulé : " if event.is_cancelled else "") + event.title))
    component.add("location", _words(event.place))
    component.add("description", "\n".join(_words(line) for line in event.details.split("\n")))
    component.add("url", event.url)
    component.add("status", event.status)
    component.add("transp", "TRANSPARENT" if event.is_cancelled else "OPAQUE")
    for before in () if event.is_cancelled or event.is_tentative else REMINDERS:
        component.add_component(_alarm(event, before))
    return component


def _alarm(event: CalendarEvent, before: timedelta) -> "ical.Alarm":
    alarm = ical.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    alarm.add("description", _words(event.title))
    return alarm


def _address(box: Mailbox) -> "ical.vCalAddress":
    address = ical.vCalAddress(f"MAILTO:{box.address}")
    if box.name:
        address.params["CN"] = ical.vText(_words(box.name).replace('"', "’"))
    return address


def _words(text: str) -> str:
    return french(one_line(text))
