"""The synthesis sheet on one A4 page: the question large, the answers numbered, their kind in the margin."""

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Literal

from collectifs.kernel.documents.measured import Measured
from collectifs.kernel.documents.press import MM, Rendered, lay_out, set_text, template, write_pdf
from collectifs.kernel.documents.printing import printed
from collectifs.kernel.text.typography import NBSP
from collectifs.meetings.domain.resources import Resource
from collectifs.sheets.documents.fitting import DENSE, Fit, Matter, Spoken
from collectifs.sheets.domain.sheet import SheetContent

if TYPE_CHECKING:
    from collectifs.kernel.documents.typesetter import LaidOut

CIRCLES = {"collective": "Collectif", "institution": "Institution"}
LINE_HEIGHT = 1.4
POINT = 96 / 72
A4_MM, ENDLESS_MM = 297, 6000
OFFERED_MM = A4_MM - 16 - 36  # document.css, @page sheet
ROUNDING = 0.01
SHORT_WORD = 8
# How much of the white left over goes above each part, and how far a gap between answers may grow.
TOP_SHARE, TURN_SHARE, FIRST_SHARE, GAP_SHARE, FOOT_SHARE = 1, 1, 0.7, 1, 0.8
MOST_SPREAD = 0.7


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """What the paper says. `readers` follows « Lisible par : », `kept_until` follows « copie de ce service, effacée ».

    `links`: what its foot sends to.

    The collective's copy carries its name and the date; the institution's a code, the month and the
    degré. No name of a person on either.
    """

    content: SheetContent
    title: str
    collective_label: str
    occasion: str
    circle: Literal["collective", "institution"]
    readers: str
    kept_until: str
    links: tuple[Resource, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """How a sheet fills its page at the dense setting; `lines_left` is negative when lines are too many.

    `over`: the numbers of the answers that end below the page.
    """

    pages: int
    lines_left: int
    height: float
    offered: float
    over: tuple[int, ...] = ()


_ROOMS: Measured[Room] = Measured()


def sheet_room(paper: SheetPaper) -> Room:
    """Measure a sheet without printing it: quick enough to answer while somebody types.

    A page that opens again on the same words is not laid out again.
    """
    return _ROOMS.of(paper, lambda: measured_room(paper))


def is_measured(paper: SheetPaper) -> bool:
    """Whether `sheet_room` answers without laying it out."""
    return _ROOMS.knows(paper)


@printed
def measured_room(paper: SheetPaper) -> Room:
    """The same, by a layout."""
    tall = f"@page sheet {{ size: 210mm {ENDLESS_MM}mm }}"
    laid_out = lay_out(_html(paper), DENSE.css() + tall)
    measure = laid_out.measure("matter")
    offered = measure.offered - (ENDLESS_MM - A4_MM) * MM
    left = offered - measure.taken
    lines = left / (DENSE.answer * POINT * LINE_HEIGHT)
    if left < -ROUNDING:
        ends = enumerate(laid_out.bottoms("answer"), 1)
        over = tuple(number for number, end in ends if end > offered + ROUNDING)
        return Room(ceil(measure.taken / offered), min(-1, floor(lines + ROUNDING)), measure.taken, offered, over)
    return Room(1, max(0, floor(lines + ROUNDING)), measure.taken, offered)


@printed
def sheet_pdf(paper: SheetPaper) -> Rendered:
    """The sheet as PDF/UA-1 and PDF/A-2a, in a large setting that holds on one page; more pages when none does.

    The setting is found by arithmetic: one layout as a rule, one more where a line breaks otherwise than was thought.
    """
    html = _html(paper)
    for fit in _matter(paper).fits_within(OFFERED_MM):
        laid_out = lay_out(html, fit.css())
        if laid_out.pages == 1:
            _spread(laid_out, fit, paper)
            break
    written = write_pdf(laid_out)
    return Rendered(written.pdf, written.pages, fit.name)


def _matter(paper: SheetPaper) -> Matter:
    content = paper.content.without_blanks()
    answers = [Spoken(set_text(each.text), set_text(each.condition), bool(each.kind)) for each in content.answers]
    tags = [(label, set_text(words)) for label, words in content.tags.lines()]
    return Matter(_question(content), answers, tags, [set_text(link_line(each)) for each in paper.links])


def link_line(link: Resource) -> str:
    """« Titre, pour … . adresse (vérifié le …) »: a resource on one line."""
    where = f"{link.written} ({link.checked})" if link.address else "Pas encore d’adresse."
    return f"{link.title}, pour {link.serves}. {where}"


def _spread(laid_out: "LaidOut", fit: Fit, paper: SheetPaper) -> None:
    """Share the white that is left at the bottom between the parts of the page: they are moved, not laid out again."""
    measure, shares = laid_out.measure("matter"), _shares(paper)
    most = max(share for each in shares.values() for share in each)
    more = min((measure.offered - measure.taken) / most, fit.gap * MOST_SPREAD * MM)
    if more > 0:
        laid_out.lower({name: [share * more for share in each] for name, each in shares.items()})


def _shares(paper: SheetPaper) -> dict[str, list[float]]:
    """How far down each part goes when every gap grows by one: as the style sheet has it."""
    content, turn = paper.content.without_blanks(), TOP_SHARE + TURN_SHARE
    answers = [turn + FIRST_SHARE + GAP_SHARE * place for place in range(len(content.answers))]
    shares: dict[str, list[float]] = {"opening": [TOP_SHARE], "turn": [turn], "answer-line": answers}
    last = answers[-1] if answers else turn + FIRST_SHARE
    if content.tags.lines():
        last += FOOT_SHARE
        shares["tags"] = [last]
    return shares | ({"links": [last]} if paper.links else {})


def _html(paper: SheetPaper) -> str:
    content = paper.content.without_blanks()
    return template(
        "sheet.html",
        paper=paper,
        question=_question(content),
        answers=content.answers,
        tags=content.tags.lines(),
        circle_label=CIRCLES[paper.circle],
        readers=readers_line(paper),
    )


def readers_line(paper: SheetPaper) -> str:
    """Who may read it, and how long the copy of this service lives."""
    return f"Lisible par : {paper.readers} · copie de ce service effacée {paper.kept_until}."


def _question(content: SheetContent) -> str:
    return _hold_last_word(set_text(content.question))


def _hold_last_word(text: str) -> str:
    """A short last word does not stand alone on its line."""
    before, space, last = text.rpartition(" ")
    return f"{before}{NBSP}{last}" if space and len(last) < SHORT_WORD else text
