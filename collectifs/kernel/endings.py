"""When what the table of retention names ends, computed from its instants."""

from datetime import date, datetime, timedelta

from collectifs.kernel.keeping import (
    ACCOUNT_TOLD_DAYS,
    ACCOUNT_WARNED_DAYS,
    AFTER_SUBMISSION,
    NEVER_SUBMITTED,
    NOTES_DAYS,
    SEASONS_KEPT,
    SUBMITTED_YEARS,
)
from collectifs.kernel.seasons import season_ends_on, season_of


def situation_ends_on(season: int) -> date:
    """31 August of the season."""
    return season_ends_on(season)


def series_ends_on(season: int) -> date:
    """31 August of the season: the debriefs, the parking lot."""
    return season_ends_on(season)


def notes_end_at(meeting_ends_at: datetime) -> datetime:
    """At most 30 days after the meeting."""
    return meeting_ends_at + timedelta(days=NOTES_DAYS)


def draft_ends_at(meeting_ends_at: datetime, submitted_at: datetime | None) -> datetime:
    """30 days after submission; one year after the meeting when it was never submitted."""
    return submitted_at + AFTER_SUBMISSION if submitted_at else meeting_ends_at + NEVER_SUBMITTED


def submitted_ends_on(submitted_at: datetime) -> date:
    """Five years after submission, at most."""
    day = submitted_at.date()
    return day.replace(year=day.year + SUBMITTED_YEARS, day=min(day.day, 28))


def first_submission_kept(now: datetime) -> datetime:
    """The oldest submission of which words may still be looked for: some days before the oldest that are kept."""
    return now.replace(year=now.year - SUBMITTED_YEARS, day=min(now.day, 28)) + timedelta(days=4)


def remarks_end_on(season: int) -> date:
    """One year after the end of the season."""
    return season_ends_on(season + 1)


def first_season_kept(today: date) -> int:
    """The oldest season of which anything is left: the collectives before it go, with all that is theirs."""
    return season_of(today) - SEASONS_KEPT


def account_ends_on(last_season: int) -> date:
    """31 August, a year after the end of the last season in which somebody did anything."""
    return season_ends_on(last_season + 1)


def is_told_of_the_end(last_season: int, today: date) -> bool:
    """Whether the month has come in which whoever has an account reads that it ends."""
    return account_ends_on(last_season) - timedelta(days=ACCOUNT_TOLD_DAYS) <= today


def announced_end(last_season: int, today: date) -> date:
    """The day that the mail gives: never less than 30 days after it."""
    return max(account_ends_on(last_season), today + timedelta(days=ACCOUNT_WARNED_DAYS))
