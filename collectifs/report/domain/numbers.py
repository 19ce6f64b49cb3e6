"""The season of a territory in numbers, for whoever decides whether to extend it (source 004). No name, no collective.

A number of people under five is not given, and no other number of the page gives it back.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from collectifs.kernel.errors import RuleBroken
from collectifs.report.domain.questionnaire import FEWEST

MOST_COLLECTIVES = 2000
WORDS_LIMIT = 800


@dataclass(frozen=True)
class SeasonNumbers:
    """What was counted. Hours are those planned for the meetings that were held, times who came.

    `new_tutors`: members for whom this is at most the second year; `answered`: who said how long they have tutored.
    """

    departments: int = 0
    collectives: int = 0
    pilots: int = 0
    members: int = 0
    first_degree: int = 0
    second_degree: int = 0
    answered: int = 0
    new_tutors: int = 0
    planned: int = 0
    held: int = 0
    cancelled: int = 0
    presences: int = 0
    minutes: int = 0
    submitted: int = 0

    @property
    def present(self) -> float | None:
        """How many came to a meeting, on average; None before the first."""
        return self.presences / self.held if self.held else None

    @property
    def size(self) -> float | None:
        """How many belong to a collective, on average."""
        return self.members / self.collectives if self.collectives else None

    def written(self) -> dict[str, int]:
        """As it is frozen."""
        return asdict(self)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "SeasonNumbers":
        """As it was frozen; what an older version did not count is nought."""
        return cls(**{each.name: int(kept.get(each.name, 0)) for each in fields(cls)})


def shown(part: int, whole: int) -> int | None:
    """A part of some people: None when it, or what is left, is under five but not nobody."""
    left = whole - part
    return None if 0 < part < FEWEST or 0 < left < FEWEST else part


@dataclass(frozen=True)
class Need:
    """What a number of collectives asks for."""

    label: str
    now: int
    again: int
    wanted: int | None


def needs(numbers: SeasonNumbers, wanted: int | None) -> tuple[Need, ...]:
    """What this season took, what it takes again, and what `wanted` collectives would take, in the same proportions."""
    if not numbers.collectives:
        return ()
    meetings = max(1, round((numbers.planned + numbers.cancelled) / numbers.collectives))
    size = numbers.members / numbers.collectives
    ways = (
        ("Collectifs", numbers.collectives, 1.0),
        ("Pilotes", numbers.pilots, 1.0),
        ("Membres", numbers.members, size),
        ("Regroupements", numbers.held, float(meetings)),
        ("Demi-journées où l’on se libère", numbers.presences, meetings * size),
    )
    return tuple(
        Need(label, now, round(numbers.collectives * each), None if wanted is None else round(wanted * each))
        for label, now, each in ways
    )


def check_wish(typed: int | None, words: str) -> None:
    """What the management would open next year. Raises RuleBroken beside the field."""
    if typed is not None and not 0 <= typed <= MOST_COLLECTIVES:
        raise RuleBroken(f"Donnez un nombre de collectifs entre 0 et {MOST_COLLECTIVES}.", "wanted")
    if len(words) > WORDS_LIMIT:
        raise RuleBroken(f"Ce texte dépasse {WORDS_LIMIT} caractères : raccourcissez-le.", "needed")
