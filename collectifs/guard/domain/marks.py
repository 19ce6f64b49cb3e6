"""What the guard says of a text: marks, each with a kind, a level, a reason and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a mark points at."""

    MEMBER = "member"
    PERSON = "person"
    EMAIL = "email"
    PHONE = "phone"
    UAI = "uai"
    SCHOOL = "school"
    ADDRESS = "address"
    COMMUNE = "commune"
    INITIALS = "initials"
    DATE = "date"
    TIME = "time"
    CLASS = "class"
    RARE = "rare"


class Level(StrEnum):
    """CERTAIN blocks what leaves the collective; LIKELY is a question to whoever writes."""

    CERTAIN = "certain"
    LIKELY = "likely"


@dataclass(frozen=True)
class Mark:
    """Some characters of a text, `start` to `end` as it was given, and what they could tell a reader.

    `instead` is what to write in their place; "" to take them out.
    """

    start: int
    end: int
    kind: Kind
    level: Level
    reason: str = ""
    instead: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the text cannot leave with it."""
        return self.level is Level.CERTAIN


def without_overlaps(marks: Iterable[Mark]) -> list[Mark]:
    """In reading order, none over another: the certain one wins, then the longer one."""
    kept: list[Mark] = []
    taken: set[int] = set()
    for mark in sorted(marks, key=lambda mark: (not mark.blocks, mark.start - mark.end, mark.start, mark.kind)):
        places = range(mark.start, mark.end)
        if mark.start < mark.end and taken.isdisjoint(places):
            kept.append(mark)
            taken.update(places)
    return sorted(kept, key=lambda mark: mark.start)
