"""How people enter: what a link is still good for, how long a device is known, how many failures are let pass."""

from datetime import UTC, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from collectifs.kernel.seasons import season_ends_on

PERSONAL, SIGN_IN, NEW_ADDRESS = "personal", "sign_in", "new_address"

PARIS = ZoneInfo("Europe/Paris")
DEVICE_LIVES = timedelta(days=180)
LINK_LIVES = {SIGN_IN: timedelta(hours=1), NEW_ADDRESS: timedelta(hours=24)}
WINDOW = timedelta(minutes=15)
# How many failures in a quarter of an hour: a person mistypes, a school shares one address, an académie too. To ask
# for a link is no failure: it is counted apart, and closes nothing else.
MOST_FAILURES = {"account": 10, "token": 10, "network": 200, "asking": 1000}
DAY = timedelta(days=1)
# How many links are mailed to one address, whoever asks: what a network has used up is still open to the others, so
# that nobody can keep somebody out by asking in their place.
MOST_LINKS_MAILED = {"anywhere": ((WINDOW, 5), (DAY, 60)), "here": ((DAY, 20),)}


class LinkState(Enum):
    """What a link is still good for."""

    READY = "ready"
    ELSEWHERE = "elsewhere"
    DEAD = "dead"


def link_state(
    purpose: str, *, expires_at: datetime, used_at: datetime | None, revoked_at: datetime | None, now: datetime
) -> LinkState:
    """READY: a gesture will act. ELSEWHERE: a personal link that a device has already opened. DEAD: nothing."""
    if revoked_at is not None or expires_at <= now:
        return LinkState.DEAD
    if used_at is None:
        return LinkState.READY
    return LinkState.ELSEWHERE if purpose == PERSONAL else LinkState.DEAD


def season_ends_at(season: int, zone: ZoneInfo = PARIS) -> datetime:
    """The last second of 31 August, where the person lives."""
    return datetime.combine(season_ends_on(season), time(23, 59, 59), zone).astimezone(UTC)


def link_ends_at(purpose: str, now: datetime, season: int, zone: ZoneInfo = PARIS) -> datetime:
    """An hour, a day, or the season's end for a personal link."""
    return now + LINK_LIVES[purpose] if purpose in LINK_LIVES else season_ends_at(season, zone)


def device_ends_at(now: datetime, season: int, zone: ZoneInfo = PARIS) -> datetime:
    """180 days, never past 31 August of the season."""
    return min(now + DEVICE_LIVES, season_ends_at(season, zone))


def is_too_many(kind: str, failures: int) -> bool:
    """Whether an account, a token or a network failed so often that it must wait."""
    return failures >= MOST_FAILURES[kind]
