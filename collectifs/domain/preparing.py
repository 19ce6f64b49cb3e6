"""What a pilot settles about the room before a meeting: when it closes."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import clock_time


def room_closing(starts_at: datetime, hour: time | None, zone: ZoneInfo) -> datetime | None:
    """The instant at which the room closes, on the day of the meeting; None when no hour was given."""
    if hour is None:
        return None
    closes_at = datetime.combine(starts_at.astimezone(zone).date(), hour, zone).astimezone(starts_at.tzinfo)
    if closes_at <= starts_at:
        hour_of_start = clock_time(starts_at, zone)
        raise RuleBroken(f"La salle ferme après le début : donnez une heure après {hour_of_start}.", "room_closes")
    return closes_at


def closing_after_move(
    closes_at: datetime | None, starts_at: datetime, *, is_same_place: bool, zone: ZoneInfo
) -> datetime | None:
    """The hour of a room holds for that room, on that day; elsewhere, or another day, nobody knows it."""
    if closes_at is None or not is_same_place or closes_at <= starts_at:
        return None
    is_same_day = closes_at.astimezone(zone).date() == starts_at.astimezone(zone).date()
    return closes_at if is_same_day else None
