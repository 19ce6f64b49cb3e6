"""The size of type in which a page of the book holds on one sheet: arithmetic on the widths of words, no layout.

The heights are those of book.css. What holds in no size takes several sheets, at the plain one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from math import ceil

from collectifs.book.documents import wording
from collectifs.book.domain.edition import Answer, Edition, Entry, WorkshopChapter
from collectifs.kernel.documents.press import set_text
from collectifs.kernel.documents.type_widths import lines_of, word_widths

POINT_MM = 25.4 / 72
SIZES = (1.2, 1.1, 1.0, 0.94, 0.88)  # book.css, .fit-1 to .fit-5
PLAIN = 3
SPARE_MM = 2.0  # a line that breaks otherwise than was thought


@dataclass(frozen=True, slots=True)
class Column:
    """What a sheet offers, in millimetres: height, width of the text and of the margin; a size of type in points."""

    height: float
    text: float
    margin: float
    points: float


def fit_of(page: Entry | WorkshopChapter, edition: Edition, column: Column) -> tuple[str, int]:
    """The class of the largest size that holds on one sheet, and how many sheets it takes."""
    offered = column.height - SPARE_MM
    for place, size in enumerate(SIZES, 1):
        if _height(page, edition, column, size) <= offered:
            return f"fit-{place}", 1
    return f"fit-{PLAIN}", ceil(_height(page, edition, column, SIZES[PLAIN - 1]) / offered)


def _height(page: Entry | WorkshopChapter, edition: Edition, column: Column, size: float) -> float:
    return sum(_heights(page, edition, column, column.points * size * POINT_MM))


def _heights(page: Entry | WorkshopChapter, edition: Edition, column: Column, em: float) -> Iterator[float]:
    ruler = _Ruler(column.text, em)
    if isinstance(page, WorkshopChapter):
        yield from _workshop(page, ruler)
        yield from _refs([edition.leads(page.see)], ruler)
        return
    yield from _opening(page, ruler)
    yield 9.5 + 0.95 * 1.42 * em
    note = _Ruler(column.margin - 4, em)
    yield from (max(ruler.tall(each.text, 1, 1.4), _noted(each, note)) + 3.4 for each in page.answers)
    yield from _refs([wording.workshops_of(edition, page), wording.entries_of(edition, page)], ruler)
    if page.words:
        yield 4 + ruler.tall(", ".join(page.words), 0.9, 1.42)


def _opening(entry: Entry, ruler: "_Ruler") -> Iterator[float]:
    yield 0.95 * 1.42 * ruler.em + 1
    if entry.title:
        yield ruler.tall(entry.title, 1.7, 1.15, "Bold") + 3
    size, line = (1.28, 1.26) if entry.title else (1.6, 1.18)
    yield ruler.tall(entry.question, size, line, "Bold")


def _noted(answer: Answer, note: "_Ruler") -> float:
    condition = note.tall(answer.condition, 0.84, 1.34) if answer.condition else 0
    return 0.95 * 1.47 * note.em + condition


def _workshop(workshop: WorkshopChapter, ruler: "_Ruler") -> Iterator[float]:
    yield ruler.tall(workshop.title, 1.7, 1.15, "Bold") + 3
    yield ruler.tall(workshop.intro, 1, 1.42) + 2.5 if workshop.intro else 0
    yield from (ruler.tall(said, 1, 1.42) + 1.8 for _, said in wording.workshop_facts(workshop))
    yield 9.5 + 0.95 * 1.42 * ruler.em
    for step in workshop.steps:
        says = ruler.tall(step.says, 1, 1.42) if step.says else 0
        yield (
            4 + ruler.tall(step.title, 1.1, 1.28, "Bold") + says + (ruler.tall(step.who, 0.9, 1.42) if step.who else 0)
        )


def _refs(
    lists: list[list[Entry] | list[WorkshopChapter] | list[Entry | WorkshopChapter]], ruler: "_Ruler"
) -> Iterator[float]:
    for page in chain.from_iterable(lists):
        yield ruler.tall(wording.reference(page, "999"), 0.9, 1.42) + 0.8
    yield 4.0 * sum(bool(each) for each in lists)


@dataclass(frozen=True, slots=True)
class _Ruler:
    """A column of `width` millimetres, at a size of type of `em` millimetres."""

    width: float
    em: float

    def tall(self, text: str, size: float, line: float, face: str = "Regular") -> float:
        """How tall a text stands, in millimetres."""
        return lines_of(word_widths(set_text(text), face), self.width / (size * self.em), face) * size * line * self.em
