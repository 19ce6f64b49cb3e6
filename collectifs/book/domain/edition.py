"""An edition of the book of the year, as plain values: all that its four formats and its public pages say.

It holds no name of a person, of a collective or of a place but the territory's, and no date but the edition's own.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from collectifs.kernel.errors import RuleBroken
from collectifs.sheets.domain.sheet import AnswerKind

MOST_ENTRIES = 1000  # beyond it no reader holds a book in hand, and no press holds it in memory
EDITION_CLOSED = "Cette édition n’a pas pu être lue. Dites-le à qui administre le service."


class Licence(StrEnum):
    """What a reader may do with the book; chosen by the territory."""

    BY_SA = "cc-by-sa-4.0"
    BY = "cc-by-4.0"
    BY_NC_SA = "cc-by-nc-sa-4.0"
    OPEN = "etalab-2.0"

    @property
    def label(self) -> str:
        """Its name, as it is cited."""
        return {
            "cc-by-sa-4.0": "CC BY-SA 4.0",
            "cc-by-4.0": "CC BY 4.0",
            "cc-by-nc-sa-4.0": "CC BY-NC-SA 4.0",
            "etalab-2.0": "Licence Ouverte 2.0",
        }[self.value]

    @property
    def means(self) -> str:
        """What it allows, in a sentence."""
        return {
            "cc-by-sa-4.0": "reprenez, adaptez, en citant le recueil et sous la même licence.",
            "cc-by-4.0": "reprenez, adaptez, en citant le recueil.",
            "cc-by-nc-sa-4.0": "reprenez, adaptez, sans but commercial, en citant le recueil, sous la même licence.",
            "etalab-2.0": "réutilisez librement, en citant le recueil et la date de son édition.",
        }[self.value]

    @property
    def address(self) -> str:
        """Where its text stands."""
        return {
            "cc-by-sa-4.0": "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
            "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/deed.fr",
            "cc-by-nc-sa-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/deed.fr",
            "etalab-2.0": "https://github.com/etalab/licence-ouverte/blob/master/LO.md",
        }[self.value]


class BookFormat(StrEnum):
    """The files of an edition; the pages of the site are the fourth of its formats."""

    A4 = "pdf-a4"
    A5 = "pdf-a5"
    EPUB = "epub"
    TEXT = "text"

    @property
    def label(self) -> str:
        """The words of the link."""
        return {"pdf-a4": "PDF A4", "pdf-a5": "livret A5", "epub": "EPUB", "text": "texte seul"}[self.value]

    @property
    def ending(self) -> str:
        """How the name of the file ends."""
        return {"pdf-a4": "a4.pdf", "pdf-a5": "a5.pdf", "epub": "epub", "text": "txt"}[self.value]

    @property
    def media_type(self) -> str:
        """What it is, for who receives it."""
        return {
            "pdf-a4": "application/pdf",
            "pdf-a5": "application/pdf",
            "epub": "application/epub+zip",
            "text": "text/plain; charset=utf-8",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, as it is printed."""

    text: str
    kind: AnswerKind
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the book: a question and its answers.

    `id`: stands in addresses and in cross references, never changes for this book. `number`: its place, which it keeps
    when it is withdrawn. `title`: a few words of the editor; without them the question heads the page. `see`: ids of
    other entries or workshops. `words`: its terms. `withdrawn_on`: since when it is gone; it then says nothing.
    """

    id: str
    number: int
    question: str = ""
    answers: tuple[Answer, ...] = ()
    title: str = ""
    words: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    withdrawn_on: date | None = None

    @property
    def is_withdrawn(self) -> bool:
        """Only its number remains."""
        return self.withdrawn_on is not None

    @property
    def heading(self) -> str:
        """What it is called wherever one chooses it."""
        return "Une fiche a été retirée" if self.is_withdrawn else self.title or self.question


@dataclass(frozen=True, slots=True)
class Theme:
    """Entries that go together, in their order."""

    id: str
    title: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkshopStep:
    """One step of a workshop."""

    title: str
    minutes: int
    says: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class WorkshopChapter:
    """A key-in-hand workshop. `canvas`: the canvas of the application that it is; `see`: the entries it comes from."""

    id: str
    number: int
    title: str
    aim: str = ""
    intro: str = ""
    material: str = ""
    before: str = ""
    audience: str = ""
    least: int = 0
    most: int = 0
    steps: tuple[WorkshopStep, ...] = ()
    canvas: str = ""
    see: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True, slots=True)
class IndexTerm:
    """A word of the index, and the ids of the entries and workshops where it is found."""

    term: str
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reworded:
    """An entry of last year that says something else: what changed, in the editor's sentence."""

    id: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the book of `since` (« 2025-2026 »): ids of entries of this book; `gone` is a number only."""

    since: str
    new: tuple[str, ...] = ()
    reworded: tuple[Reworded, ...] = ()
    gone: int = 0


@dataclass(frozen=True)
class Edition:
    """One edition of one book. The same edition gives the same bytes in each format."""

    title: str
    territory: str
    season: str
    number: int
    published_on: date
    licence: Licence
    foreword: str = ""
    collectives: int = 0
    themes: tuple[Theme, ...] = ()
    workshops: tuple[WorkshopChapter, ...] = ()
    index: tuple[IndexTerm, ...] = ()
    changes: Changes | None = None

    def __post_init__(self) -> None:
        """Refuse what no format could hold: more than 1 000 pages, one id twice."""
        ids = [each.id for each in self.pages()]
        if len(ids) > MOST_ENTRIES:
            raise RuleBroken(f"Un recueil porte au plus {MOST_ENTRIES} pages : faites-en deux livres.", "entries")
        if len(set(ids)) < len(ids):
            raise RuleBroken("Une même page figure deux fois dans le recueil : n’en gardez qu’une.", "entries")

    def entries(self) -> Iterator[Entry]:
        """Every entry, theme by theme, those that were withdrawn too."""
        return (entry for theme in self.themes for entry in theme.entries)

    def pages(self) -> Iterator[Entry | WorkshopChapter]:
        """Entries, then workshops."""
        yield from self.entries()
        yield from self.workshops

    @cached_property
    def named(self) -> Mapping[str, Entry | WorkshopChapter]:
        """Entries and workshops by their id."""
        return {each.id: each for each in self.pages()}

    def theme_of(self, entry_id: str) -> Theme | None:
        """The theme under which an entry stands."""
        return next((theme for theme in self.themes for entry in theme.entries if entry.id == entry_id), None)

    def leads(self, ids: Sequence[str]) -> list[Entry | WorkshopChapter]:
        """What cross references lead to: what is not in this edition, or was withdrawn, is left out."""
        found = [self.named[each] for each in dict.fromkeys(ids) if each in self.named]
        return [each for each in found if not (isinstance(each, Entry) and each.is_withdrawn)]

    def to_json(self) -> str:
        """One spelling for one edition: what may be kept of it, and what `digest` is made from."""
        return json.dumps(asdict(self), default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The edition that `to_json` wrote; RuleBroken when it is none."""
        try:
            return cls(**_read(json.loads(text)))
        except (ValueError, TypeError, KeyError, AttributeError):
            raise RuleBroken(EDITION_CLOSED) from None

    def digest(self) -> str:
        """SHA-256 of all that it says."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, AnswerKind):
        return str(value.value)
    raise TypeError("An edition holds plain values.")


def _read(data: dict[str, Any]) -> dict[str, Any]:
    changes = data["changes"]
    return data | {
        "published_on": date.fromisoformat(data["published_on"]),
        "licence": Licence(data["licence"]),
        "themes": tuple(Theme(each["id"], each["title"], _entries(each["entries"])) for each in data["themes"]),
        "workshops": tuple(_workshop(each) for each in data["workshops"]),
        "index": tuple(IndexTerm(each["term"], tuple(each["found"])) for each in data["index"]),
        "changes": _changes(changes) if changes else None,
    }


def _entries(rows: Sequence[dict[str, Any]]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            **row
            | {
                "answers": tuple(
                    Answer(each["text"], AnswerKind(each["kind"]), each["condition"]) for each in row["answers"]
                ),
                "words": tuple(row["words"]),
                "see": tuple(row["see"]),
                "withdrawn_on": date.fromisoformat(row["withdrawn_on"]) if row["withdrawn_on"] else None,
            }
        )
        for row in rows
    )


def _workshop(row: dict[str, Any]) -> WorkshopChapter:
    steps = tuple(WorkshopStep(**step) for step in row["steps"])
    return WorkshopChapter(**row | {"steps": steps, "see": tuple(row["see"])})


def _changes(row: dict[str, Any]) -> Changes:
    reworded = tuple(Reworded(**each) for each in row["reworded"])
    return Changes(row["since"], tuple(row["new"]), reworded, row["gone"])
