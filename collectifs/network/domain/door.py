"""The square code at the door of a workshop: it turns every ten minutes, so that it is scanned in the room.

A photograph of it sent to somebody at home is worth nothing a quarter of an hour later; the host, who sees the room,
puts the list right.
"""

from datetime import UTC, datetime, timedelta

from collectifs.kernel.errors import RuleBroken
from collectifs.network.domain.event import Hours

TURNS_EVERY = timedelta(minutes=10)
OPENS_BEFORE = timedelta(minutes=30)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def turn_at(now: datetime) -> int:
    """Which code stands at the door at an instant."""
    return int((now - EPOCH) / TURNS_EVERY)


def turn_begins(turn: int) -> datetime:
    """From when a code stands."""
    return EPOCH + turn * TURNS_EVERY


def turns_of(hours: Hours) -> range:
    """Every code of a workshop: from half an hour before it begins until it ends."""
    return range(turn_at(hours.starts_at - OPENS_BEFORE), turn_at(hours.ends_at) + 1)


def check_turn(turn: int, hours: Hours, now: datetime) -> None:
    """The code of now, or the one before it: whoever scanned it as it turned is not sent back."""
    if turn not in turns_of(hours) or not 0 <= turn_at(now) - turn <= 1:
        raise RuleBroken("Ce code a changé : scannez celui qui est affiché à la porte de l’atelier.")
