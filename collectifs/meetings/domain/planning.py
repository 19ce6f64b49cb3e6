"""Planning a meeting: which dates are asked about, which refused, what follows a cancellation, when to remind."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.seasons import season_ends_on
from collectifs.kernel.text.typography import NBSP, long_date, short_date, time_range
from collectifs.meetings.domain.school_year import SchoolCalendar, public_holiday, school_break

USUAL_DURATION = timedelta(hours=2)
SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=5)
USUAL_MEETINGS = (4, 5)
YEARS = range(2020, 2100)
MONTHS = (11, 12, 1, 2, 3, 4)
NEAR = timedelta(days=7)
LATE_NOTICE = timedelta(hours=24)
CANCELLED_SHOWN = timedelta(days=30)
LINK_WORDS = re.compile(r"https?://|\b(zoom|teams|meet\.|visios?|visioconf[ée]rences?|en ligne)\b", re.IGNORECASE)


class ChangeKind(StrEnum):
    """What happened to a date."""

    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Slot:
    """A meeting's place in time, in UTC, and its place in the world. The commune serves travel costs.

    `insee`: its code, once one commune is known to be meant.
    """

    starts_at: datetime
    ends_at: datetime
    place: str
    access_note: str = ""
    commune: str = ""
    insee: str = ""


class Held(Protocol):
    """A meeting of the series, as these rules need it."""

    @property
    def number(self) -> int:
        """Its number in the series."""

    @property
    def starts_at(self) -> datetime:
        """When it starts."""

    @property
    def ends_at(self) -> datetime:
        """When it ends."""


def series_title(number: int) -> str:
    """« 2e regroupement (4 ou 5 prévus) »: a meeting and its place in the usual series; alone past the fifth."""
    least, most = USUAL_MEETINGS
    nth = f"{'1er' if number == 1 else f'{number}e'} regroupement"
    return nth + (f" ({least}{NBSP}ou{NBSP}{most}{NBSP}prévus)" if number <= most else "")


def place_in_time(starts_at: datetime, ends_at: datetime, place: str, zone: ZoneInfo) -> str:
    """« mercredi 3 février 2027, de 14 h à 16 h, collège de la Brume »: a date as a room reads it."""
    return f"{long_date(starts_at.astimezone(zone).date())}, {time_range(starts_at, ends_at, zone)}, {place}"


def what_moved(former: Slot, present: Slot, zone: ZoneInfo) -> str:
    """What a change is about, the gravest first: the day, the hours, the place."""
    days = {slot.starts_at.astimezone(zone).date() for slot in (former, present)}
    if len(days) > 1:
        return "autre date"
    if (former.starts_at, former.ends_at) != (present.starts_at, present.ends_at):
        return "autres heures"
    return "autre lieu"


def slot_from_form(
    day: date | None, starts: time | None, ends: time | None, place: str, note: str, zone: ZoneInfo, commune: str = ""
) -> Slot:
    """Build a slot from local day and hours; without an end, the usual one. Refused beside day, ends or place."""
    if day is None or starts is None:
        raise RuleBroken("Choisissez un jour et une heure de début.", "day")
    ends = ends or usual_end(starts)
    if day.year not in YEARS:
        raise RuleBroken("Écrivez l’année en entier, par exemple 2027.", "day")
    if ends <= starts:
        raise RuleBroken(f"Donnez une heure de fin après {hour_words(starts)}.", "ends")
    starts_at = datetime.combine(day, starts, zone)
    ends_at = datetime.combine(day, ends, zone)
    if not SHORTEST <= ends_at - starts_at <= LONGEST:
        raise RuleBroken("Un regroupement dure entre 30 minutes et 5 heures.", "ends")
    if not place.strip():
        raise RuleBroken("Indiquez le lieu : les regroupements se font en présentiel.", "place")
    if LINK_WORDS.search(place):
        raise RuleBroken(
            "Indiquez un lieu où se retrouver : les regroupements se font en présentiel, jamais à distance.",
            "place",
        )
    utc = ZoneInfo("UTC")
    return Slot(starts_at.astimezone(utc), ends_at.astimezone(utc), place.strip(), note.strip(), commune.strip())


def usual_end(starts: time) -> time:
    """Two hours later; the last minute of the day when the day is too short."""
    end = datetime.combine(date.min, starts) + USUAL_DURATION
    return end.time() if end.date() == date.min else time(23, 59)


def check_slot_is_ahead(slot: Slot, now: datetime) -> None:
    """A date to come."""
    if slot.starts_at <= now:
        raise RuleBroken("Choisissez une date à venir.", "day")


def check_slot_is_in_season(slot: Slot, season: int) -> None:
    """A date of the season: the collective, its links and its situations end with it."""
    last = season_ends_on(season)
    if slot.starts_at.date() > last:
        raise RuleBroken(f"Choisissez une date avant le {short_date(last)} : la saison finit ce jour-là.", "day")


def check_slot_is_free(slot: Slot, others: Iterable[Held], zone: ZoneInfo) -> None:
    """A collective does not meet twice at once (touching is not overlapping)."""
    for other in others:
        if slot.starts_at < other.ends_at and other.starts_at < slot.ends_at:
            hours = time_range(other.starts_at, other.ends_at, zone)
            raise RuleBroken(f"Le regroupement {other.number} est déjà prévu ce jour-là, {hours}.", "day")


def check_can_be_cancelled(*, is_started: bool, was_attended: bool) -> None:
    """A meeting that nobody began: what was held stays in the series."""
    if is_started:
        raise RuleBroken("La séance a commencé : ce regroupement ne s’annule plus.")
    if was_attended:
        raise RuleBroken("Des présences y sont notées : ce regroupement a eu lieu, il ne s’annule plus.")


def check_is_not_cancelled(cancelled_at: datetime | None) -> None:
    """A meeting that is still in the series."""
    if cancelled_at is not None:
        raise RuleBroken("Ce regroupement est annulé : fixez plutôt une autre date.")


def is_late_notice(starts_at: datetime, now: datetime) -> bool:
    """Whether people are perhaps on their way: less than a day is left."""
    return now < starts_at <= now + LATE_NOTICE


def numbers_after_leaving(number: int, following: Iterable[tuple[int, bool]]) -> dict[int, int]:
    """The new number of each meeting after one that leaves the series, ascending: `{3: 2, 4: 3}`.

    `following`: (number, whether it has started), in order. What was held keeps its number, and so does all after it.
    """
    changed: dict[int, int] = {}
    for place, (present, is_started) in enumerate(following, number):
        if is_started:
            break
        changed[present] = place
    return changed


def check_slot(slot: Slot, *, others: Iterable[Held], season: int, zone: ZoneInfo, now: datetime) -> None:
    """A date to come, of the season, on which the collective does not meet already."""
    check_slot_is_ahead(slot, now)
    check_slot_is_in_season(slot, season)
    check_slot_is_free(slot, others, zone)


def days_of(series: Iterable[Held], zone: ZoneInfo) -> dict[int, date]:
    """The local day of each meeting of a series, by number."""
    return {each.number: each.starts_at.astimezone(zone).date() for each in series}


def warnings_for(
    day: date, number: int, days: Mapping[int, date] | None = None, calendar: SchoolCalendar | None = None
) -> list[str]:
    """What is unusual in a date and may pass, each with its question: sentences to show, never a refusal.

    `days` holds the days of the other meetings of the series, by number; `calendar`, that of the territory.
    """
    warnings = []
    if number > USUAL_MEETINGS[1]:
        warnings.append(f"Ce sera le regroupement {number} : la série en compte quatre ou cinq. Continuer ?")
    return warnings + [f"{said} {question}" for said, question in _unusual(day, number, days or {}, calendar)]


def remarks_on(day: date, number: int, days: Mapping[int, date], calendar: SchoolCalendar | None) -> list[str]:
    """What is unusual in a date, as statements: for whoever is only asked whether it suits them."""
    return [said for said, _ in _unusual(day, number, days, calendar)]


KEEP, KEEP_THIS = "La garder ?", "Garder cette date ?"


def _unusual(
    day: date, number: int, days: Mapping[int, date], calendar: SchoolCalendar | None
) -> Iterator[tuple[str, str]]:
    if day.month not in MONTHS:
        yield "Cette date n’est pas entre novembre et avril.", KEEP
    if calendar and (holidays := school_break(day, calendar)):
        yield f"Cette date tombe pendant {holidays}.", KEEP
    if calendar and (feast := public_holiday(day, calendar)):
        yield f"Ce jour est férié : c’est {feast}.", KEEP_THIS
    if day.weekday() >= 5:
        yield f"Cette date tombe un {'dimanche' if day.weekday() == 6 else 'samedi'}.", KEEP
    yield from _out_of_order(day, number, days)


def _out_of_order(day: date, number: int, days: Mapping[int, date]) -> Iterator[tuple[str, str]]:
    for other, its_day in sorted(days.items()):
        if other < number and day < its_day:
            yield f"Cette date vient avant celle du regroupement {other}.", KEEP
        if other > number and day > its_day:
            yield f"Cette date vient après celle du regroupement {other}.", KEEP
        if abs(day - its_day) < NEAR:
            yield f"Le regroupement {other} est à moins d’une semaine, {long_date(its_day)}.", KEEP_THIS


def hour_words(moment: time) -> str:
    """« 14 h 30 »: an hour of a clock."""
    return f"{moment.hour} h {moment.minute:02d}" if moment.minute else f"{moment.hour} h"


WEEK, DAY = timedelta(days=7), timedelta(days=1)
# Whoever learned the date so recently needs no reminder of it.
STILL_FRESH = {WEEK: timedelta(days=2), DAY: timedelta(hours=12)}
TOO_LATE = timedelta(hours=1)


class Due(Enum):
    """What to do now about one of the two reminders."""

    LATER = "later"
    SEND = "send"
    SKIP = "skip"


def reminder_due(before: timedelta, *, starts_at: datetime, told_at: datetime | None, now: datetime) -> Due:
    """Whether the reminder of a delay (WEEK or DAY) leaves now; skipped, it never leaves.

    `told_at` is when the members were last told the date. The reminder of the week gives way to that of the day.
    """
    left = starts_at - now
    if left > before:
        return Due.LATER
    is_fresh = told_at is not None and now - told_at < STILL_FRESH[before]
    is_stale = left < TOO_LATE or (before == WEEK and left <= DAY)
    return Due.SKIP if is_fresh or is_stale else Due.SEND


LEFT_OPEN = timedelta(hours=12)  # nothing steered for so long, or past the planned end: left open


def reviewed_from(planned_end: datetime, reopened_at: datetime | None = None) -> datetime:
    """From when a meeting that nobody closed is « à relire »: twelve hours after its planned end, or its reopening."""
    return max(planned_end, reopened_at or planned_end) + LEFT_OPEN
