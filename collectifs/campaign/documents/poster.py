"""The poster of a call: one A4 page, one question, one square code."""

from dataclasses import dataclass
from datetime import date

from collectifs.campaign.domain.kinds import CallKind
from collectifs.kernel.documents.press import Rendered, on_one_page, template
from collectifs.kernel.documents.printing import printed
from collectifs.kernel.documents.square_code import MARGIN, code_path, square_code
from collectifs.kernel.text.typography import day_and_month

# Longer words in smaller type, so that the page stays one.
SCALES = tuple(f"--cry: {cry}pt; --say: {say}pt" for cry, say in ((46, 20), (36, 17), (27, 13), (21, 12)))


@dataclass(frozen=True, slots=True)
class PosterPaper:
    """What the poster says. `address`: the page of the call; `partner`: who passes it on, or ""."""

    title: str
    territory: str
    season: str
    cry: str
    say: str
    address: str
    closes_on: date
    answers_on: date
    contact: str
    partner: str = ""
    kind: CallKind = CallKind.TUTORS


@printed
def poster_pdf(paper: PosterPaper) -> Rendered:
    """The poster as PDF/UA-1: the largest setting that holds on one page."""
    rows = square_code(paper.address)
    html = template(
        "poster.html",
        paper=paper,
        closes=day_and_month(paper.closes_on),
        answered=day_and_month(paper.answers_on),
        shown=paper.address.partition("://")[2],
        squares=code_path(rows),
        side=len(rows) + 2 * MARGIN,
    )
    return on_one_page(html, SCALES)
