"""School years: a season is named after the year of its September and ends on 31 August."""

from datetime import date
from zoneinfo import ZoneInfo

# Where days are counted when no territory says otherwise.
PARIS = ZoneInfo("Europe/Paris")


def season_of(day: date) -> int:
    """The season of a day, by the year of its September: 2026 stands for 2026-2027."""
    return day.year if day.month >= 9 else day.year - 1


def season_label(season: int) -> str:
    """« 2026-2027 »."""
    return f"{season}-{season + 1}"


def season_ends_on(season: int) -> date:
    """31 August: grants, links and situations end with the season."""
    return date(season + 1, 8, 31)
