"""The lists to sign at the door of each workshop of a day: who has a place, blank lines for whoever comes besides."""

from dataclasses import dataclass
from datetime import datetime

from collectifs.kernel.documents.press import Rendered, lay_out, template, write_pdf
from collectifs.kernel.documents.printing import printed
from collectifs.kernel.text.typography import long_date, time_range

BLANKS = 3
CSS = (
    ":root { --scale: 0.72 } .register section + section { break-before: page }"
    ".register section .particulars { margin-left: var(--inset) }"
    "@page register { @bottom-right { content: 'page ' counter(page) ' sur ' counter(pages);"
    " font: 9.5pt 'Atkinson Hyperlegible'; color: #4d5a62 } }"
)


@dataclass(frozen=True, slots=True)
class RollPerson:
    """Somebody who has a place, family name first, and where they come from (may be empty)."""

    name: str
    comes_from: str = ""


@dataclass(frozen=True, slots=True)
class WorkshopRoll:
    """The list of one workshop, local instants."""

    title: str
    starts_at: datetime
    ends_at: datetime
    room: str
    host: str
    people: tuple[RollPerson, ...]


@dataclass(frozen=True, slots=True)
class RollPaper:
    """What the paper says: the lists of a day, a page or more each."""

    title: str
    event: str
    place: str
    workshops: tuple[WorkshopRoll, ...]


@printed
def roll_pdf(paper: RollPaper) -> Rendered:
    """The lists as PDF/UA-1."""
    html = template(
        "event_roll.html",
        paper=paper,
        rows=[(each, _when(each)) for each in paper.workshops],
        blanks=range(BLANKS),
        foot="Lisible par : les personnes présentes et le service de formation, qui la conserve selon ses règles.",
    )
    written = write_pdf(lay_out(html, CSS))
    return Rendered(written.pdf, written.pages, "")


def _when(each: WorkshopRoll) -> str:
    return f"{long_date(each.starts_at)}, {time_range(each.starts_at, each.ends_at)}"
