"""The step sheet: one A4 page to run a meeting by, without a screen, with room to note the real times."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from collectifs.kernel.documents.press import MM, Rendered, lay_out, template, write_pdf
from collectifs.kernel.documents.printing import printed
from collectifs.kernel.text.typography import clock_time, long_date, minutes, time_range
from collectifs.meetings.domain.canvas import Step

if TYPE_CHECKING:
    from collectifs.kernel.documents.typesetter import LaidOut

BLOCK_MINUTES = 5
MOST_BLOCKS = 6
# A second prompt is printed with the first as long as both hold on about a line and a half.
PROMPT_LENGTH = 75


@dataclass(frozen=True, slots=True)
class Scale:
    """One setting of the page: a scale of the type, the white under a row in millimetres, and how many times
    the height of the dense page it takes at least (measured)."""

    name: str
    scale: float
    row: float
    times: float = 1.0

    def css(self) -> str:
        """The setting as the variables that the style sheet reads."""
        return f":root {{ --scale: {self.scale}; --row: {self.row:.3f} }}"


DENSE = Scale("dense", 0.8, 1.4)
# A long agenda of the pilot's own: smaller, then without the words to say, which the screen has too.
SMALLER = Scale("small", 0.74, 0.7)
LARGER = (Scale("airy", 1.0, 2.6, 1.42), Scale("roomy", 0.95, 2.2, 1.35), Scale("plain", 0.9, 1.7, 1.2))
MOST_SPREAD_MM = 4.0
FEW = 9  # steps that hold on the airy page, as a rule


@dataclass(frozen=True, slots=True)
class StepSheetPaper:
    """What the paper says. `starts_at` and `closes_at` (of the room, if that is known) are local; no name, no story."""

    title: str
    collective_name: str
    meeting_label: str
    starts_at: datetime
    place: str
    steps: tuple[Step, ...]
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One step with its hour."""

    step: Step
    clock: str
    minutes: str
    prompt: str
    silent: str
    blocks: range


@printed
def step_sheet_pdf(paper: StepSheetPaper) -> Rendered:
    """The step sheet as PDF/UA-1, at the largest scale that holds on one page."""
    laid_out, scale = _largest_that_holds(_html(paper), len(paper.steps))
    if laid_out.pages > 1:
        laid_out, scale = _smaller(paper)
    if laid_out.pages == 1:
        _spread(laid_out, len(paper.steps))
    written = write_pdf(laid_out)
    return Rendered(written.pdf, written.pages, scale.name)


def _largest_that_holds(html: str, steps: int) -> "tuple[LaidOut, Scale]":
    airy = LARGER[0]
    if steps <= FEW and (laid_out := lay_out(html, airy.css())).pages == 1:
        return laid_out, airy
    dense = lay_out(html, DENSE.css())
    if dense.pages == 1:
        measure = dense.measure("steps")
        for scale in LARGER:
            if measure.taken * scale.times <= measure.offered:
                larger = lay_out(html, scale.css())
                if larger.pages == 1:
                    return larger, scale
    return dense, DENSE


def _smaller(paper: StepSheetPaper) -> "tuple[LaidOut, Scale]":
    """When the dense page does not hold: the same smaller, then bare of its prompts."""
    laid_out = lay_out(_html(paper), SMALLER.css())
    if laid_out.pages > 1:
        html = _html(replace(paper, steps=tuple(replace(step, prompts=()) for step in paper.steps)))
        laid_out = lay_out(html, SMALLER.css())
    return laid_out, SMALLER


def _spread(laid_out: "LaidOut", steps: int) -> None:
    """Share the white left at the bottom between the rows, room to write: they are moved, not laid out again."""
    measure = laid_out.measure("steps")
    more = min((measure.offered - measure.taken) / (steps + 1) * 0.98, MOST_SPREAD_MM * MM)
    laid_out.lower({"row": [more * place for place in range(steps + 1)]})


def _html(paper: StepSheetPaper) -> str:
    end = paper.starts_at + timedelta(minutes=sum(step.minutes for step in paper.steps))
    return template(
        "step_sheet.html",
        paper=paper,
        when=f"{long_date(paper.starts_at)}, {time_range(paper.starts_at, end)}",
        where=" · ".join(part for part in (paper.collective_name, paper.meeting_label, paper.place) if part),
        rows=list(_rows(paper)),
        end=clock_time(end, full=True),
        closing=f"La salle ferme à {clock_time(paper.closes_at)}." if paper.closes_at else "",
    )


def _rows(paper: StepSheetPaper) -> Iterator[Row]:
    begins = paper.starts_at
    for step in paper.steps:
        yield Row(
            step=step,
            clock=clock_time(begins, full=True),
            minutes=minutes(step.minutes),
            prompt=_prompt(step.prompts),
            silent=f"silence : {step.silent}" if step.silent else "",
            blocks=range(min(MOST_BLOCKS, ceil(step.minutes / BLOCK_MINUTES))),
        )
        begins += timedelta(minutes=step.minutes)


def _prompt(prompts: tuple[str, ...]) -> str:
    """The words to say: the first prompt, and those after it that still fit; quoted once."""
    words = ""
    for prompt in prompts:
        longer = f"{words} {prompt.strip('« »')}".strip()
        if words and len(longer) > PROMPT_LENGTH:
            break
        words = longer
    return f"« {words} »" if words else ""
