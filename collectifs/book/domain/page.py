"""What a page of the book says: a few words as its title, the two headings of a sheet, and the words of the index.

Yes is said to its digest: one letter more, and it is asked for again.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Self

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typed import CLOSED
from collectifs.meetings.domain.tags import NO_TAGS
from collectifs.sheets.domain.sheet import MOST_ANSWERS, SheetContent, check_limits

TITLE_LIMIT, WORD_LIMIT, MOST_WORDS = 90, 40, 8
NO_PAGE = "Cette page n’a pas pu être lue : rechargez-la, rien de ce qui est enregistré n’est perdu."


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it will be printed. `words`: under which it stands in the index."""

    title: str = ""
    content: SheetContent = field(default_factory=SheetContent)
    words: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """What it is called wherever one chooses it."""
        return self.title or self.content.question

    @property
    def printed(self) -> SheetContent:
        """The two headings as they are printed: without what the sheet was filed under."""
        return replace(self.content, tags=NO_TAGS)

    @property
    def is_closed(self) -> bool:
        """It stands for a text that is there and does not open."""
        return self.content.is_closed

    def to_json(self) -> str:
        """One spelling for one page: what is sealed, and what `digest` is made from."""
        data = {"title": self.title, "sheet": self.content.to_dict(), "words": list(self.words)}
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The page that `to_json` wrote; one line where the text does not open; RuleBroken when it is no page."""
        if text == CLOSED:
            return cls(CLOSED, SheetContent(CLOSED))
        try:
            data = json.loads(text)
            return cls(str(data["title"]), SheetContent.from_dict(data["sheet"]), tuple(map(str, data["words"])))
        except (ValueError, KeyError, TypeError):
            raise RuleBroken(NO_PAGE) from None

    def digest(self) -> str:
        """SHA-256 of the page."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def tidied(self) -> Self:
        """Without spaces around, without blank answers, each word of the index once."""
        kept = tuple(dict.fromkeys(word for each in self.words if (word := " ".join(each.split()))))
        return replace(self, title=" ".join(self.title.split()), content=self.content.without_blanks(), words=kept)


def words_typed(text: str) -> tuple[str, ...]:
    """The words of the index as they are typed, one after the other: « entretien, silence »."""
    return tuple(
        word for each in text.replace(";", ",").replace("\n", ",").split(",") if (word := " ".join(each.split()))
    )


def merged(pages: Iterable[SheetContent]) -> SheetContent:
    """Several sheets in one: the first question, every answer once, as many as a page holds, the tags of all."""
    first, *others = pages
    answers = {each.text.strip().casefold(): each for page in (first, *others) for each in page.answers}
    return replace(first, answers=tuple(answers.values())[:MOST_ANSWERS])


def check_page(page: Page) -> None:
    """A question, at least one answer that says which it is, and no text longer than a page carries."""
    if len(page.title) > TITLE_LIMIT:
        raise RuleBroken(f"Le titre est trop long : {TITLE_LIMIT} caractères au plus.", "title")
    if not page.content.question.strip():
        raise RuleBroken("Écrivez la problématique.", "question")
    if not page.content.answers:
        raise RuleBroken("Gardez au moins une réponse.", "answers-0-text")
    for number, answer in enumerate(page.content.answers):
        if answer.kind is None:
            raise RuleBroken(f"Dites si la réponse {number + 1} est éprouvée ou envisagée.", f"answers-{number}-kind")
        if not answer.text.strip():
            raise RuleBroken(f"Écrivez la réponse {number + 1}, ou videz sa condition.", f"answers-{number}-text")
    check_limits(page.content)
    check_words(page.words)


def check_words(words: tuple[str, ...]) -> None:
    """A few short words: an index of sentences helps nobody."""
    if len(words) > MOST_WORDS:
        raise RuleBroken(f"Gardez {MOST_WORDS} mots au plus pour l’index.", "words")
    if long := next((word for word in words if len(word) > WORD_LIMIT), None):
        raise RuleBroken(
            f"« {long[:WORD_LIMIT]}… » est trop long pour l’index : séparez les mots par des virgules.", "words"
        )
