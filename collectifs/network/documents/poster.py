"""The poster of a day: one A4 page, when and where, what one may choose, one square code."""

from dataclasses import dataclass
from datetime import date

from collectifs.kernel.documents.press import Rendered, on_one_page, template
from collectifs.kernel.documents.printing import printed
from collectifs.kernel.documents.square_code import MARGIN, code_path, square_code
from collectifs.kernel.text.typography import day_and_month

# Longer words in smaller type, so that the page stays one.
SCALES = tuple(f"--cry: {cry}pt; --say: {say}pt" for cry, say in ((44, 19), (34, 15), (26, 12), (20, 10)))


@dataclass(frozen=True, slots=True)
class DayPosterPaper:
    """What the poster says. `slots`: the hours of each, with the titles of its workshops; `address`: the day's page."""

    title: str
    territory: str
    kind: str
    cry: str
    when: str
    place: str
    slots: tuple[tuple[str, tuple[str, ...]], ...]
    address: str
    closes_on: date
    contact: str


@printed
def day_poster_pdf(paper: DayPosterPaper) -> Rendered:
    """The poster as PDF/UA-1: the largest setting that holds on one page."""
    rows = square_code(paper.address)
    html = template(
        "event_poster.html",
        paper=paper,
        closes=day_and_month(paper.closes_on),
        shown=paper.address.partition("://")[2],
        squares=code_path(rows),
        side=len(rows) + 2 * MARGIN,
    )
    return on_one_page(html, SCALES)
