"""Three ways out of an overrun, proposed and never taken: cut the last steps, shorten all, end later.

Whole minutes only, never under a step's least, only steps still to come. The twins of these functions
stand in `static/js/lib/replan.js`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from collectifs.live.domain.agenda_reading import expected_end, left_ms, steps_to_come
from collectifs.live.domain.agenda_state import MeetingState

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The new minutes of the steps that change, and when the meeting would then end."""

    minutes: Mapping[str, int]
    ends_at: datetime


@dataclass(slots=True)
class _Room:
    """A step to come: its minutes, and how many of them may go."""

    id: str
    minutes: int
    room: int
    cut: int = 0


def take_from_last(state: MeetingState, now: datetime, limit: datetime) -> Proposal | None:
    """Takes the missing minutes from the last steps, the very last first."""
    rooms, missing = _rooms(state, now), _missing(state, now, limit)
    for each in reversed(rooms):
        each.cut = min(each.room, missing)
        missing -= each.cut
    return _proposal(state, now, rooms)


def shorten_all(state: MeetingState, now: datetime, limit: datetime) -> Proposal | None:
    """Shortens every step to come in proportion to its length, a minute at a time."""
    rooms = _rooms(state, now)
    for _ in range(_missing(state, now, limit)):
        able = [each for each in rooms if each.cut < each.room]
        if not able:
            break
        min(able, key=lambda each: (each.cut + 1) / each.minutes).cut += 1
    return _proposal(state, now, rooms)


def end_later(state: MeetingState, now: datetime, locked_end: datetime | None) -> Proposal | None:
    """Keeps every minute; not proposed past the hour when the room closes."""
    end = expected_end(state, now)
    if end is None or (locked_end is not None and end > locked_end):
        return None
    return Proposal({}, end)


def _missing(state: MeetingState, now: datetime, limit: datetime) -> int:
    """Whole minutes by which the expected end passes the limit."""
    end = expected_end(state, now)
    return 0 if end is None else max(0, -((limit - end) // _MINUTE))


def _rooms(state: MeetingState, now: datetime) -> list[_Room]:
    return [
        _Room(
            each.id,
            each.minutes,
            max(0, min(each.minutes - each.least, left_ms(state, each.id, now) // 60_000)),
        )
        for each in steps_to_come(state)
    ]


def _proposal(state: MeetingState, now: datetime, rooms: list[_Room]) -> Proposal | None:
    """Nothing to propose when nothing can be cut."""
    cut = sum(each.cut for each in rooms)
    end = expected_end(state, now)
    if end is None or cut == 0:
        return None
    return Proposal({each.id: each.minutes - each.cut for each in rooms if each.cut}, end - cut * _MINUTE)
