"""What a meeting has become: plain frozen values, as `agenda.py` folds them and every device knows them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from collectifs.live.domain.gestures import iso


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step as the running meeting knows it."""

    id: str
    title: str
    minutes: int
    least: int


@dataclass(frozen=True, slots=True)
class Note:
    """A note that was not removed; `earlier` holds the words that an edit replaced, until close."""

    id: str
    lane: str
    step: str
    text: str
    copied: bool
    earlier: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody was given the floor at a step, or passed."""

    who: str
    step: str
    how: str


@dataclass(frozen=True, slots=True)
class Parked:
    """A thing set aside for another time."""

    item: str
    text: str


@dataclass(frozen=True, slots=True)
class MeetingState:
    """What a meeting has become. Read it with the functions of `agenda_reading.py`.

    `question`: the one that stands on the wall, or nothing. `unknown`: the kinds of gestures left aside, which only
    another version of Collectifs knows.
    """

    hand: int
    hand_device: str | None
    started_at: datetime | None
    closed_at: datetime | None
    reopened_at: datetime | None
    plan: tuple[PlanStep, ...]
    current: str | None
    running_since: datetime | None
    spent_ms: Mapping[str, int]
    added_s: Mapping[str, int]
    entered: tuple[str, ...]
    notes: tuple[Note, ...]
    attendance: Mapping[str, str]
    situation: Mapping[str, str] | None
    guests: Mapping[str, str]
    parked: tuple[Parked, ...]
    duties: Mapping[str, str]
    turns: tuple[Turn, ...]
    hands: Mapping[str, Mapping[str, int]]
    question: str
    unknown: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The plain object that JavaScript folds too."""
        plain = asdict(self)
        for key in ("started_at", "closed_at", "reopened_at", "running_since"):
            plain[key] = iso(plain[key]) if plain[key] else None
        plain["notes"] = [{**note, "earlier": list(note["earlier"])} for note in plain["notes"]]
        return {key: list(value) if isinstance(value, tuple) else value for key, value in plain.items()}
