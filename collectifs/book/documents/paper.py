"""The book on paper: A5 and A4, two settings of one page; contents and index say on which page.

It is laid out part by part, then bound: at 300 entries in one piece, it would take half as much time again and three
times the memory. CSS could look the numbers up (`target-counter`), in one piece only and at four times the work: they
are reckoned instead, then compared with what was laid out, which has the last word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from collectifs.book.documents import wording
from collectifs.book.documents.fitting import Column, fit_of
from collectifs.book.documents.slices import FRONT, Slice, slices
from collectifs.book.domain.edition import BookFormat, Edition, WorkshopChapter
from collectifs.kernel.documents.press import LEAF, Rendered, bind, lay_out, template, write_part, write_pdf
from collectifs.kernel.documents.printing import printed

if TYPE_CHECKING:
    from collectifs.kernel.documents.bindery import Part
    from collectifs.kernel.documents.typesetter import LaidOut

STYLE = Path(__file__).resolve().parent / "book.css"
POINTS = 10
STROKE = 0.575  # half of the one that says whether an answer was lived
MOST_LAYOUTS = 4
FOREWORD, CHANGES, INDEX = "avant-propos", "changements", "mots"  # what the contents name beside pages


@dataclass(frozen=True, slots=True)
class Setting:
    """A sheet of paper in millimetres: its size and margins, the notebook margin, what separates it from the text."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    margin: float
    gutter: float
    scale: float

    @property
    def text(self) -> float:
        """The width of the text."""
        return self.width - self.left - self.right - self.margin - self.gutter

    @property
    def column(self) -> Column:
        """What fitting reckons with."""
        return Column(self.height - self.top - self.bottom, self.text, self.margin, POINTS * self.scale)

    def css(self) -> str:
        """The style sheet of the book for this paper."""
        sizes = {
            "width": self.width,
            "height": self.height,
            "top": self.top,
            "right": self.right,
            "bottom": self.bottom,
            "left": self.left,
            "margin": self.margin,
            "text": self.text,
            "folio": self.margin - self.gutter / 2,
            "note": self.margin - 4,
            "indent": self.margin + self.gutter,
            "inside": self.gutter - STROKE,
            "across": self.text + self.gutter + STROKE,
        }
        values = {name: f"{size:g}mm" for name, size in sizes.items()} | {"size": f"{POINTS * self.scale:g}pt"}
        return Template(STYLE.read_text(encoding="utf-8")).substitute(values)


SETTINGS = {
    BookFormat.A5: Setting(148, 210, 15, 12, 17, 9, 26, 8.5, 1.0),
    BookFormat.A4: Setting(210, 297, 22, 20, 24, 15, 38, 11, 1.25),
}


@printed
def book_pdf(edition: Edition, form: BookFormat = BookFormat.A5) -> Rendered:
    """The whole book as PDF/UA-1 and PDF/A-2a."""
    making = _Making(edition, SETTINGS[form])
    leaves = making.reckoned()
    for _ in range(MOST_LAYOUTS):
        parts, found = making.parts(leaves)
        if found == leaves:
            break
        leaves = found
    written = bind(parts)
    return Rendered(written.pdf, written.pages, form.value)


@printed
def workshop_pdf(edition: Edition, workshop_id: str) -> Rendered:
    """One workshop on A4, alone."""
    alone = next(each for each in edition.workshops if each.id == workshop_id)
    written = write_pdf(_Making(edition, SETTINGS[BookFormat.A4]).alone(alone))
    return Rendered(written.pdf, written.pages, "alone")


class _Making:
    """An edition on one paper: the name of each page in the file, its size of type, the sheet on which it begins."""

    def __init__(self, edition: Edition, setting: Setting) -> None:
        self._edition, self._css, self._column = edition, setting.css(), setting.column
        self._anchors = {page.id: f"p{place}" for place, page in enumerate(edition.pages(), 1)}
        self._names = {*self._anchors.values(), FOREWORD, CHANGES, INDEX}
        self._fits = {page.id: fit_of(page, edition, self._column) for page in edition.pages()}
        self._index = wording.index_terms(edition)
        self._written: dict[tuple[str, int], Part] = {}

    def alone(self, workshop: WorkshopChapter) -> "LaidOut":
        """One workshop; it names the pages that it comes from, which are not in its file."""
        return lay_out(self._html({}, alone=workshop), self._css)

    def parts(self, leaves: Mapping[str, str]) -> tuple[list["Part"], dict[str, str]]:
        """The book with these numbers of sheets, and those that came out. What did not change is not laid out again."""
        parts: list[Part] = []
        found: dict[str, str] = {}
        before = 0
        for each in slices(self._edition):
            html = self._html(leaves, part=each)
            if (html, before) not in self._written:
                self._written[html, before] = write_part(html, self._from(before), goes_on=each.goes_on)
            part = self._written[html, before]
            found |= {name: str(before + leaf) for name, leaf in part.leaves.items() if name in self._names}
            before += part.pages
            parts.append(part)
        return parts, found

    def _from(self, before: int) -> str:
        """The style sheet of sheets that come after others."""
        return f"{self._css}\n@page :first {{ counter-reset: page {before + 1} }}" if before else self._css

    def _html(
        self,
        leaves: Mapping[str, str],
        *,
        part: Slice = FRONT,
        alone: WorkshopChapter | None = None,
    ) -> str:
        return template(
            "book.html",
            book=self._edition,
            say=wording,
            anchor=self._anchors.__getitem__,
            to=None if alone else lambda id_: f"{LEAF}{self._anchors[id_]}",
            leaf=lambda id_: leaves.get(str(self._anchors.get(id_, id_)), ""),
            fit=lambda page: self._fits[page.id][0],
            index=self._index,
            part=part,
            alone=alone,
        )

    def reckoned(self) -> dict[str, str]:
        """Where each page should begin: the front matter is laid out, what follows is one sheet each as a rule."""
        laid_out = lay_out(self._html(dict.fromkeys(self._names, "000")), self._css)
        leaves = {name: str(leaf) for name, leaf in laid_out.leaves().items() if name in self._names}
        leaf = laid_out.pages
        for theme in wording.themes(self._edition):
            leaf += 1
            for entry in theme.entries:
                leaves[self._anchors[entry.id]] = str(leaf if entry.is_withdrawn else leaf + 1)
                leaf += 0 if entry.is_withdrawn else self._fits[entry.id][1]
        leaf += bool(self._edition.workshops)
        for workshop in self._edition.workshops:
            leaves[self._anchors[workshop.id]] = str(leaf + 1)
            leaf += self._fits[workshop.id][1]
        return leaves | ({INDEX: str(leaf + 1)} if self._index else {})
