"""Entering: how long links and devices live, how many attempts are too many, what a password must be."""

import math
from datetime import UTC, datetime, time, timedelta
from enum import Enum, StrEnum
from zoneinfo import ZoneInfo

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.seasons import PARIS, season_ends_on


class LinkPurpose(StrEnum):
    """What a link that was mailed is good for."""

    PERSONAL = "personal"  # binds the first device
    SIGN_IN = "sign_in"  # one hour, once
    NEW_ADDRESS = "new_address"  # one day, mailed to the present address


DEVICE_LIVES = timedelta(days=180)
LINK_LIVES = {LinkPurpose.SIGN_IN: timedelta(hours=1), LinkPurpose.NEW_ADDRESS: timedelta(hours=24)}
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
    purpose: LinkPurpose, *, expires_at: datetime, used_at: datetime | None, revoked_at: datetime | None, now: datetime
) -> LinkState:
    """READY: a gesture will act. ELSEWHERE: a personal link that a device has already opened. DEAD: nothing."""
    if revoked_at is not None or expires_at <= now:
        return LinkState.DEAD
    if used_at is None:
        return LinkState.READY
    return LinkState.ELSEWHERE if purpose is LinkPurpose.PERSONAL else LinkState.DEAD


def season_ends_at(season: int, zone: ZoneInfo = PARIS) -> datetime:
    """The last second of 31 August, where the person lives."""
    return datetime.combine(season_ends_on(season), time(23, 59, 59), zone).astimezone(UTC)


def link_ends_at(purpose: LinkPurpose, now: datetime, season: int, zone: ZoneInfo = PARIS) -> datetime:
    """An hour, a day, or the season's end for a personal link."""
    return now + LINK_LIVES[purpose] if purpose in LINK_LIVES else season_ends_at(season, zone)


def device_ends_at(now: datetime, season: int, zone: ZoneInfo = PARIS) -> datetime:
    """180 days, never past 31 August of the season."""
    return min(now + DEVICE_LIVES, season_ends_at(season, zone))


def is_too_many(kind: str, failures: int) -> bool:
    """Whether an account, a token or a network failed so often that it must wait."""
    return failures >= MOST_FAILURES[kind]


MIN_BITS = 50
MIN_LENGTH = 8
MAX_LENGTH = 200
SPECIALS = 37


def bits(password: str) -> float:
    """Length × log2 of the size of the alphabet that its characters come from."""
    kinds = (
        (str.islower, 26),
        (str.isupper, 26),
        (str.isdigit, 10),
        (lambda char: not char.isalnum(), SPECIALS),
    )
    alphabet = sum(size for is_kind, size in kinds if any(is_kind(char) for char in password))
    return len(password) * math.log2(alphabet) if alphabet else 0.0


def check_password(password: str, about: tuple[str, ...] = ()) -> None:
    """Refuse what is too short, too plain, made of one thing, or made of the person's own name."""
    if len(password) > MAX_LENGTH:
        raise RuleBroken(f"Choisissez un mot de passe de {MAX_LENGTH} caractères au plus.", "password")
    if len(password) < MIN_LENGTH or bits(password) < MIN_BITS or len(set(password)) < 5:
        raise RuleBroken(
            "Choisissez un mot de passe plus long : 8 caractères de quatre sortes, "
            "ou quatre mots que personne d’autre ne réunirait.",
            "password",
        )
    lowered = password.casefold()
    if any(len(word) > 3 and word.casefold() in lowered for word in about):
        raise RuleBroken("Choisissez un mot de passe sans votre nom ni votre adresse.", "password")
