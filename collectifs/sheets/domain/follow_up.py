"""What became of the answers, or not: said by whoever wishes to, about each answer; optional, and never counted."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Self

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typed import CLOSED

WORDS_LIMIT = 500
MOST_ENTRIES = 40  # the answers of a sheet, and those that an amended sheet left behind


class FollowUpState(Enum):
    """What one person did with an answer. The last one is an answer too: nothing is shown of it."""

    TRIED = "tried"
    ADAPTED = "adapted"
    LEFT_ASIDE = "left_aside"
    UNSAID = "unsaid"

    @property
    def label(self) -> str:
        """The words of the room."""
        return {
            "tried": "Essayé",
            "adapted": "Adapté",
            "left_aside": "Laissé de côté",
            "unsaid": "Je préfère ne pas dire",
        }[self.value]


@dataclass(frozen=True, slots=True)
class AnswerFollowUp:
    """What one person says of one answer; `mark` recognises it should the sheet change, `number` was its place."""

    mark: str
    number: int
    state: FollowUpState | None = None
    words: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing was said."""
        return self.state is None and not self.words.strip()

    @property
    def to_show(self) -> str:
        """« Essayé : les deux tuteurs ont découvert… »; nothing without words, nor for what is preferred unsaid."""
        if not self.words.strip() or self.state is FollowUpState.UNSAID:
            return ""
        return f"{self.state.label} : {self.words}" if self.state else self.words


@dataclass(frozen=True, slots=True)
class FollowUpBody:
    """What one person says of the answers of a meeting: for their own eyes, unless they share their words."""

    entries: tuple[AnswerFollowUp, ...] = ()
    is_shared: bool = False
    is_signed: bool = False

    @property
    def is_blank(self) -> bool:
        """Nothing was said of any answer."""
        return all(entry.is_blank for entry in self.entries)

    def without_blanks(self) -> Self:
        """The same without the answers of which nothing is said."""
        kept = tuple(entry for entry in self.entries if not entry.is_blank)
        return type(self)(kept, self.is_shared, self.is_shared and self.is_signed)

    def of(self, mark: str) -> AnswerFollowUp | None:
        """What is said of one answer."""
        return next((entry for entry in self.entries if entry.mark == mark), None)

    def left_behind(self, marks: Iterable[str]) -> tuple[AnswerFollowUp, ...]:
        """What was said of answers that the sheet no longer carries: kept, for their author."""
        return tuple(entry for entry in self.entries if entry.mark not in set(marks))

    def to_json(self) -> str:
        """What is sealed."""
        entries = [
            {"mark": e.mark, "number": e.number, "state": e.state.value if e.state else None, "words": e.words}
            for e in self.entries
        ]
        return json.dumps({"entries": entries, "shared": self.is_shared, "signed": self.is_signed}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `to_json` wrote."""
        data = json.loads(text)
        return cls(tuple(_entry(each) for each in data["entries"]), data["shared"], data["signed"])


@dataclass(frozen=True, slots=True)
class SharedWords:
    """Words that their author lets the room hear; `by` is empty unless they are signed."""

    words: str
    by: str = ""


def _entry(data: dict[str, Any]) -> AnswerFollowUp:
    state = FollowUpState(data["state"]) if data["state"] else None
    return AnswerFollowUp(data["mark"], data["number"], state, data["words"])


def marks_of(texts: Sequence[str]) -> list[str]:
    """A mark for each answer of a sheet, made from its words; alike answers are told apart by their turn."""
    marks = []
    for place, text in enumerate(texts):
        turn = texts[:place].count(text)
        marks.append(hashlib.sha256(f"{turn}\n{text}".encode()).hexdigest()[:12])
    return marks


def shared_about(bodies: Iterable[tuple[FollowUpBody, str]], mark: str) -> list[SharedWords]:
    """What the room may hear about one answer: (body, given name) of each author in, and no order that tells who."""
    shown = [(body.of(mark), body, name) for body, name in bodies if body.is_shared]
    words = [_shared(entry, body, name) for entry, body, name in shown if entry and entry.to_show]
    return _shuffled(words)


def shared_left_behind(bodies: Iterable[tuple[FollowUpBody, str]], marks: Iterable[str]) -> list[SharedWords]:
    """What the room may hear about answers that changed since."""
    known = list(marks)
    found = [
        _shared(entry, body, name)
        for body, name in bodies
        if body.is_shared
        for entry in body.left_behind(known)
        if entry.to_show
    ]
    return _shuffled(found)


def _shared(entry: AnswerFollowUp, body: FollowUpBody, name: str) -> SharedWords:
    return SharedWords(entry.to_show, name if body.is_signed else "")


def _shuffled(words: list[SharedWords]) -> list[SharedWords]:
    """By a digest of the words: the order says nothing of who wrote, nor when."""
    return sorted(words, key=lambda each: hashlib.sha256(each.words.encode()).hexdigest())


def check_follow_up(body: FollowUpBody) -> None:
    """A word is a word: limits, said next to their field."""
    if len(body.entries) > MOST_ENTRIES:
        raise RuleBroken("Il y a trop de réponses sur cette page : rechargez-la.")
    for entry in body.entries:
        if (over := len(entry.words) - WORDS_LIMIT) > 0:
            raise RuleBroken(
                f"Ce mot dépasse {WORDS_LIMIT} caractères de {over} : raccourcissez-le, rien n’est coupé.",
                f"words-{entry.mark}",
            )


# For its author alone, beside the answers that the sheet no longer carries.
CLOSED_FOLLOW_UP = FollowUpBody((AnswerFollowUp("", 0, None, CLOSED),))
