"""A line of an attestation: a meeting, a workshop, a collective one led, a book, a notebook; its day, its length."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.folding import folded
from collectifs.kernel.text.typography import count

CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # neither i, l, o nor 0 and 1: it is typed off a paper
CODE_LENGTH = 12
MOST_KEPT = 20


class LineKind(StrEnum):
    """What a line attests."""

    MEETING = "meeting"
    WORKSHOP = "workshop"
    HOST = "host"
    BOOK = "book"
    PILOT = "pilot"
    DEPUTY = "deputy"
    TUTORING = "tutoring"
    HEAD = "head"

    @property
    def label(self) -> str:
        """The words of the line: no name of a collective, of a school or of anybody."""
        return {
            "meeting": "regroupement d’un collectif, en présentiel",
            "workshop": "atelier d’une journée de formation",
            "host": "animation d’un atelier d’une journée de formation",
            "book": "écriture à plusieurs pour un recueil publié",
            "pilot": "pilotage d’un collectif",
            "deputy": "animation d’un regroupement, en remplacement",
            "tutoring": "tutorat volontaire d’élèves ou d’étudiants",
            "head": "direction d’un programme de tutorat",
        }[self.value]


@dataclass(frozen=True)
class EngagementLine:
    """One thing that is attested. `key` names its row; `minutes`: nought for a role. A role has a last day.

    `pages`: how many of a book one wrote with others, never which.
    """

    kind: LineKind
    key: str
    day: date
    minutes: int = 0
    until: date | None = None
    pages: int = 0

    @property
    def words(self) -> str:
        """Its label, with the number of pages."""
        return self.kind.label + (f", {count(self.pages, 'page', feminine=True)}" if self.pages else "")

    @property
    def order(self) -> tuple[date, str, str]:
        """By day, so that a paper made twice is the same."""
        return self.day, self.kind.value, self.key


def chosen_lines(lines: Iterable[EngagementLine], keys: Collection[str]) -> list[EngagementLine]:
    """Those that were ticked, by day. Raises RuleBroken when none was, or one is not (or no longer) theirs."""
    known = {each.key: each for each in lines}
    if not keys:
        raise RuleBroken("Cochez au moins une ligne : c’est vous qui choisissez.", "lines")
    if any(key not in known for key in keys):
        raise RuleBroken("Une de ces lignes n’est plus attestée : relisez la liste.", "lines")
    return sorted((known[key] for key in set(keys)), key=lambda each: each.order)


def still_attested(lines: Iterable[EngagementLine], keys: Collection[str]) -> list[EngagementLine]:
    """What of an attestation the data still say, by day."""
    return sorted((each for each in lines if each.key in keys), key=lambda each: each.order)


def code_typed(typed: str) -> str:
    """A code as it is kept, whatever stands between its letters."""
    return "".join(sign for sign in typed.lower() if sign in CODE_LETTERS)


def shown_code(code: str) -> str:
    """« k7mq-2rpd-9xvt »: as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def is_same_name(typed: str, name: str) -> bool:
    """Whether two spellings are one name, in whichever order its words stand."""
    return sorted(folded(typed).split()) == sorted(folded(name).split())
