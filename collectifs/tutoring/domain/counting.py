"""What the head of a programme reads of it: numbers, never with whom nor about what; nothing under five."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LEAST = 5
MASKED = "moins de 5"
HIDDEN = "non montré"


@dataclass(frozen=True)
class Counted:
    """A programme in numbers, in words where they are masked. `months`: each month with its interviews."""

    tutors: int
    people: str
    told: str
    interviews: str
    months: tuple[tuple[date, str], ...]


def counted(tutors: int, people: int, told: int, by_month: Mapping[date, int]) -> Counted:
    """Nothing under five, noughts included. A sum is given only where it takes none of its parts back.

    `told`: of how many people the guardians are informed; it goes where it, or those left, are under five. Under five
    people nothing else is given.
    """
    if people < LEAST:
        return Counted(tutors, MASKED, HIDDEN, HIDDEN, ())
    months = tuple((month, shown(number)) for month, number in sorted(by_month.items()))
    return Counted(tutors, str(people), _part(told, people), _sum(by_month), months)


def shown(number: int) -> str:
    """A number, or that it is under five."""
    return str(number) if number >= LEAST else MASKED


def _part(part: int, whole: int) -> str:
    left = whole - part
    return shown(part) if left == 0 or left >= LEAST else HIDDEN


def _sum(by_month: Mapping[date, int]) -> str:
    """All of them where no month is masked; else what the shown months add up to, which says nothing of the others."""
    seen = sum(number for number in by_month.values() if number >= LEAST)
    if not seen:
        return HIDDEN
    return str(seen) if all(number >= LEAST for number in by_month.values()) else f"{seen} au moins"
