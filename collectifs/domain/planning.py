"""When and where a collective meets: rules on dates, hours and places.

Source: founding text 004, § 1: four or five meetings of two hours, in person, November to April.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from collectifs.domain.errors import RuleBroken
from collectifs.domain.person import season_ends_on
from collectifs.domain.typography import short_date, time_range

USUAL_DURATION = timedelta(hours=2)
SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=5)
USUAL_MEETINGS = (4, 5)
YEARS = range(2020, 2100)
MONTHS = (11, 12, 1, 2, 3, 4)
LINK_WORDS = re.compile(r"https?://|\b(zoom|teams|meet\.|visios?|visioconf[ée]rences?|en ligne)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Slot:
    """A meeting's place in time, in UTC, and its place in the world."""

    starts_at: datetime
    ends_at: datetime
    place: str
    access_note: str = ""


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


def slot_from_form(day: date, starts: time, ends: time, place: str, note: str, zone: ZoneInfo) -> Slot:
    """Build a slot from local day and hours. Raises RuleBroken, its field among day, ends, place."""
    if day.year not in YEARS:
        raise RuleBroken("Écrivez l’année en entier, par exemple 2027.", "day")
    if ends <= starts:
        raise RuleBroken(f"Donnez une heure de fin après {_clock(starts)}.", "ends")
    starts_at = datetime.combine(day, starts, zone)
    ends_at = datetime.combine(day, ends, zone)
    if not SHORTEST <= ends_at - starts_at <= LONGEST:
        raise RuleBroken("Un regroupement dure entre 30 minutes et 5 heures.", "ends")
    if not place.strip():
        raise RuleBroken("Indiquez le lieu : les regroupements se font en présence.", "place")
    if LINK_WORDS.search(place):
        raise RuleBroken(
            "Indiquez un lieu où se retrouver : les regroupements se font en présence, jamais à distance.",
            "place",
        )
    utc = ZoneInfo("UTC")
    return Slot(starts_at.astimezone(utc), ends_at.astimezone(utc), place.strip(), note.strip())


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


def days_of(series: Iterable[Held], zone: ZoneInfo) -> dict[int, date]:
    """The local day of each meeting of a series, by number."""
    return {each.number: each.starts_at.astimezone(zone).date() for each in series}


def warnings_for(day: date, number: int, days: Mapping[int, date] | None = None) -> list[str]:
    """What is unusual in a date and may pass: sentences to show, never a refusal.

    `days` holds the days of the other meetings of the series, by number.
    """
    warnings = []
    if day.month not in MONTHS:
        warnings.append("Cette date n’est pas entre novembre et avril. La garder ?")
    if day.weekday() >= 5:
        warnings.append("Cette date tombe un samedi ou un dimanche. La garder ?")
    if number > USUAL_MEETINGS[1]:
        warnings.append(f"Ce sera le regroupement {number} : la série en compte quatre ou cinq. Continuer ?")
    for other, its_day in sorted((days or {}).items()):
        if other < number and day < its_day:
            warnings.append(f"Cette date vient avant celle du regroupement {other}. La garder ?")
        if other > number and day > its_day:
            warnings.append(f"Cette date vient après celle du regroupement {other}. La garder ?")
    return warnings


def _clock(moment: time) -> str:
    return f"{moment.hour} h {moment.minute:02d}" if moment.minute else f"{moment.hour} h"
