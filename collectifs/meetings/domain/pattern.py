"""The days of a series, some whole years later: what a collective taken over from another is proposed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from collectifs.kernel.seasons import season_of

YEAR = timedelta(weeks=52)  # a Wednesday stays a Wednesday


@dataclass(frozen=True)
class ProposedDay:
    """A day and its hours, without a place: somebody fixes it, or another."""

    day: date
    starts: time
    ends: time

    def to_json(self) -> list[str]:
        """As the collective keeps it."""
        return [self.day.isoformat(), f"{self.starts:%H:%M}", f"{self.ends:%H:%M}"]


def pattern(meetings: Iterable[tuple[datetime, datetime]], season: int, today: date) -> list[ProposedDay]:
    """The same weekdays and hours in a season, in order; what would be past or out of it is not proposed."""
    found = []
    for starts, ends in meetings:
        day = starts.date() + (season - season_of(starts.date())) * YEAR
        if day > today and season_of(day) == season:
            found.append(ProposedDay(day, starts.time(), ends.time()))
    return sorted(found, key=lambda each: each.day)


def proposed_after(kept: Sequence[Sequence[str]] | None, after: date) -> list[ProposedDay]:
    """What is still ahead of a day, of the days that a collective keeps."""
    days = [ProposedDay(date.fromisoformat(day), *map(time.fromisoformat, hours)) for day, *hours in kept or ()]
    return [each for each in days if each.day > after]
