"""The book on paper: A5 and A4, two settings of one page; contents and index say on which page.

CSS could look the numbers up (`target-counter`): at 300 entries that is four times the work, and half as much memory
again. Numbers are reckoned instead, then compared with what was laid out, which has the last word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from collectifs.book.documents import wording
from collectifs.book.documents.fitting import Column, fit_of
from collectifs.book.domain.edition import BookFormat, Edition, WorkshopChapter
from collectifs.kernel.documents.press import Rendered, lay_out, template, write_pdf
from collectifs.kernel.documents.printing import printed

if TYPE_CHECKING:
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
        laid_out = making.lay_out(leaves)
        found = making.leaves_of(laid_out)
        if found == leaves:
            break
        leaves = found
    written = write_pdf(laid_out)
    return Rendered(written.pdf, written.pages, form.value)


@printed
def workshop_pdf(edition: Edition, workshop_id: str) -> Rendered:
    """One workshop on A4, alone."""
    alone = next(each for each in edition.workshops if each.id == workshop_id)
    written = write_pdf(_Making(edition, SETTINGS[BookFormat.A4]).lay_out({}, alone=alone))
    return Rendered(written.pdf, written.pages, "alone")


class _Making:
    """An edition on one paper: the name of each page in the file, its size of type, the sheet on which it begins."""

    def __init__(self, edition: Edition, setting: Setting) -> None:
        self._edition, self._css, self._column = edition, setting.css(), setting.column
        self._anchors = {page.id: f"p{place}" for place, page in enumerate(edition.pages(), 1)}
        self._fits = {page.id: fit_of(page, edition, self._column) for page in edition.pages()}

    def lay_out(
        self, leaves: Mapping[str, str], *, front: bool = False, alone: WorkshopChapter | None = None
    ) -> "LaidOut":
        """The book, what stands before its themes, or one workshop."""
        html = template(
            "book.html",
            book=self._edition,
            say=wording,
            to=lambda id_: f"#{self._anchors[id_]}",
            leaf=lambda id_: leaves.get(str(self._anchors.get(id_, id_)), ""),
            fit=lambda page: self._fits[page.id][0],
            index=wording.index_terms(self._edition),
            front=front,
            alone=alone,
        )
        return lay_out(html, self._css)

    def reckoned(self) -> dict[str, str]:
        """Where each page should begin: the front matter is laid out, what follows is one sheet each as a rule."""
        unknown = dict.fromkeys([*self._anchors.values(), FOREWORD, CHANGES, INDEX], "000")
        laid_out = self.lay_out(unknown, front=True)
        leaves, leaf = self.leaves_of(laid_out), laid_out.pages
        for theme in wording.themes(self._edition):
            leaf += 1
            for entry in theme.entries:
                leaves[self._anchors[entry.id]] = str(leaf if entry.is_withdrawn else leaf + 1)
                leaf += 0 if entry.is_withdrawn else self._fits[entry.id][1]
        leaf += bool(self._edition.workshops)
        for workshop in self._edition.workshops:
            leaves[self._anchors[workshop.id]] = str(leaf + 1)
            leaf += self._fits[workshop.id][1]
        return leaves | ({INDEX: str(leaf + 1)} if wording.index_terms(self._edition) else {})

    def leaves_of(self, laid_out: "LaidOut") -> dict[str, str]:
        """On which sheet each page was set."""
        names = {*self._anchors.values(), FOREWORD, CHANGES, INDEX}
        return {name: str(leaf) for name, leaf in laid_out.leaves().items() if name in names}
