"""What a sheet, or a word to the inspection, says that could tell who is spoken of: the guard, field by field.

The software marks words; people decide. No list can answer the last question (would somebody be recognised?), which the
page asks in words.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from collectifs.guard.domain.context import Context, context_of
from collectifs.guard.domain.guard import marks
from collectifs.guard.domain.marks import Kind, Mark
from collectifs.kernel.text.folding import folded
from collectifs.kernel.text.typography import join_names
from collectifs.sheets.domain.sheet import Answer, SheetContent

PEOPLE = (Kind.MEMBER, Kind.PERSON, Kind.INITIALS)
KEY_LENGTH = 24


@dataclass(frozen=True)
class Passage:
    """Some words of a text that the guard marks: the form field, the words for it, the words themselves."""

    field: str
    place: str
    said: str
    mark: Mark
    opens: bool = False

    @property
    def key(self) -> str:
        """A hash of the words: the same words ask the same question, wherever they stand."""
        return hashlib.sha256(f"{self.mark.kind}:{folded(self.said)}".encode()).hexdigest()[:KEY_LENGTH]

    @property
    def instead(self) -> str:
        """What to write in their place, with a capital where a text begins; "" to take them out."""
        words = self.mark.instead
        return words[:1].upper() + words[1:] if self.opens else words


def passages(content: SheetContent, context: Context) -> list[Passage]:
    """Every marked passage of a sheet, in reading order."""
    return [
        Passage(field, place, text[mark.start : mark.end], mark, opens=not text[: mark.start].strip())
        for field, place, text in _texts(content)
        if text
        for mark in marks(text, context)
    ]


def amended(content: SheetContent, context: Context, words: Mapping[str, str]) -> SheetContent:
    """The sheet with other words in the place of some passages, by their key."""
    answers = tuple(
        Answer(_amend(each.text, context, words), each.kind, _amend(each.condition, context, words))
        for each in content.answers
    )
    return replace(content, question=_amend(content.question, context, words), answers=answers)


def _amend(text: str, context: Context, words: Mapping[str, str]) -> str:
    """From the end, so that what comes before keeps its place; words taken out leave one space."""
    for mark in reversed(marks(text, context)):
        before, after = text[: mark.start], text[mark.end :]
        other = words.get(Passage("", "", text[mark.start : mark.end], mark).key)
        if other is not None:
            text = before + other + after if other else f"{before.rstrip()} {after.lstrip()}".strip()
    return text


def _texts(content: SheetContent) -> Iterable[tuple[str, str, str]]:
    """(form field, the words for it, the text), in reading order."""
    yield "question", "La problématique", content.question
    for number, answer in enumerate(content.answers, 1):
        yield f"answers-{number - 1}-text", f"La réponse {number}", answer.text
        yield f"answers-{number - 1}-condition", f"La condition de la réponse {number}", answer.condition


@dataclass(frozen=True)
class Naming:
    """A text of a sheet that tells for certain who is spoken of: its form field, the words for it, what to take out."""

    field: str
    place: str
    words: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What to do, and the way out when the list is mistaken."""
        quoted = join_names([f"« {word} »" for word in self.words])
        return (
            f"{self.place} contient {quoted} : retirez ce qui fait reconnaître quelqu’un. "
            "Si c’est un mot ordinaire, écrivez-le autrement."
        )


def namings(content: SheetContent, context: Context) -> list[Naming]:
    """Each text of a sheet that the guard blocks, in reading order."""
    certain = [each for each in passages(content, context) if each.mark.blocks]
    by_place = groupby(certain, key=lambda each: (each.field, each.place))
    return [
        Naming(field, place, tuple(dict.fromkeys(each.said for each in together)))
        for (field, place), together in by_place
    ]


def names_found(text: str, people: Iterable[tuple[str, str]], addresses: Iterable[str] = ()) -> list[str]:
    """The words of `text` that name one of `people` (given name, family name), even perhaps, or are an address."""
    found = marks(text, context_of(people, addresses=addresses))
    named = [text[mark.start : mark.end] for mark in found if mark.kind in (Kind.MEMBER, Kind.EMAIL)]
    return list(dict.fromkeys(named))


def perhaps_names(text: str) -> list[str]:
    """Words that may be somebody's name, without any list of members: the question tells nothing of who belongs."""
    return list(dict.fromkeys(text[mark.start : mark.end] for mark in marks(text, Context()) if mark.kind in PEOPLE))


def to_ask_about(text: str, context: Context) -> list[Passage]:
    """The passages of a text that may tell who is spoken of: a question for whoever wrote them."""
    content = SheetContent(text)
    return [each for each in passages(content, context) if not each.mark.blocks]


def quoted(words: Sequence[str]) -> str:
    """« Maud » et « Le Bihan »."""
    return join_names([f"« {word} »" for word in words])
