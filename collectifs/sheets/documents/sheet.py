"""The synthesis sheet on one A4 page: the question large, the answers numbered, their kind in the margin."""

from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Literal

from collectifs.kernel.documents.press import MM, LaidOut, Rendered, lay_out, set_text, template, write_pdf
from collectifs.kernel.text.typography import NBSP
from collectifs.meetings.domain.resources import Resource
from collectifs.sheets.domain.sheet import SheetContent

CIRCLES = {"collective": "Collectif", "institution": "Institution"}
LINE_HEIGHT = 1.4
POINT = 96 / 72
A4_MM, ENDLESS_MM = 297, 6000
ROUNDING = 0.01
SHORT_WORD = 8
# How much of the white left over goes to a gap between answers, and how far a gap may grow.
GAP_SHARE, TURN_SHARE, TOP_SHARE = 1, 1.7, 1
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
class Fit:
    """One setting of the page: sizes of type in points, white in millimetres."""

    name: str
    question: float
    answer: float
    note: float
    gap: float
    turn: float
    top: float

    def css(self) -> str:
        """The setting as the variables that the style sheet reads."""
        points = f"--question: {self.question}pt; --answer: {self.answer}pt; --note: {self.note}pt;"
        return f":root {{ {points} --gap: {self.gap:.3f}mm; --turn: {self.turn:.3f}mm; --top: {self.top}mm }}"


AIRY = Fit("airy", question=33, answer=15.5, note=12, gap=10, turn=20, top=12)
ROOMY = Fit("roomy", question=28, answer=13.6, note=10.8, gap=7.5, turn=15, top=7)
PLAIN = Fit("plain", question=24.5, answer=12.2, note=10, gap=5.5, turn=11, top=3)
DENSE = Fit("dense", question=20, answer=10.8, note=9.5, gap=4, turn=8, top=0)


def _between(large: Fit, small: Fit) -> Fit:
    """Half-way between two settings; it goes by the name of the smaller one."""
    middle = {
        field: (getattr(large, field) + getattr(small, field)) / 2
        for field in ("question", "answer", "note", "gap", "turn", "top")
    }
    return replace(small, **middle)


# From the largest down, and how many times the height of the dense page each takes at least (measured).
LADDER = (
    (AIRY, 1.85),
    (_between(AIRY, ROOMY), 1.65),
    (ROOMY, 1.5),
    (_between(ROOMY, PLAIN), 1.3),
    (PLAIN, 1.2),
    (_between(PLAIN, DENSE), 1.05),
    (DENSE, 1.0),
)


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


def sheet_room(paper: SheetPaper) -> Room:
    """Measure a sheet without printing it: quick enough to answer while somebody types."""
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


def sheet_pdf(paper: SheetPaper) -> Rendered:
    """The sheet as PDF/UA-1, in the largest setting that holds on one page; more pages when none does."""
    html = _html(paper)
    room = sheet_room(paper)
    laid_out, fit = _largest_that_holds(html, room)
    if laid_out.pages == 1:
        laid_out = _spread(html, fit, laid_out, len(paper.content.without_blanks().answers))
    written = write_pdf(laid_out)
    return Rendered(written.pdf, written.pages, fit.name, room.lines_left)


def _largest_that_holds(html: str, room: Room) -> tuple[LaidOut, Fit]:
    for fit, times in LADDER:
        if fit is not DENSE and room.height * times > room.offered:
            continue
        laid_out = lay_out(html, fit.css())
        if laid_out.pages == 1:
            break
    return laid_out, fit


def _spread(html: str, fit: Fit, laid_out: LaidOut, answers: int) -> LaidOut:
    """Share the white that is left at the bottom between the parts of the page."""
    measure = laid_out.measure("matter")
    shares = GAP_SHARE * max(0, answers - 1) + TURN_SHARE + TOP_SHARE
    more = min((measure.offered - measure.taken) / MM / shares * 0.98, fit.gap * MOST_SPREAD)
    wider = replace(fit, gap=fit.gap + more, turn=fit.turn + more, top=fit.top + more)
    spread = lay_out(html, wider.css())
    return spread if spread.pages == 1 else laid_out


def _html(paper: SheetPaper) -> str:
    content = paper.content.without_blanks()
    return template(
        "sheet.html",
        paper=paper,
        question=_hold_last_word(set_text(content.question)),
        answers=content.answers,
        tags=content.tags.lines(),
        circle_label=CIRCLES[paper.circle],
        readers=readers_line(paper),
    )


def readers_line(paper: SheetPaper) -> str:
    """Who may read it, and how long the copy of this service lives."""
    return f"Lisible par : {paper.readers} · copie de ce service effacée {paper.kept_until}."


def _hold_last_word(text: str) -> str:
    """A short last word does not stand alone on its line."""
    before, space, last = text.rpartition(" ")
    return f"{before}{NBSP}{last}" if space and len(last) < SHORT_WORD else text
