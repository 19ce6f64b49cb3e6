"""What a school hands out about tutoring: a letter to guardians, a poster for pupils; one A4 page each, nobody named.

What only the school knows, and every name, is left to a pen.
"""

from dataclasses import dataclass

from collectifs.kernel.documents.press import Rendered, on_one_page, template
from collectifs.kernel.documents.printing import printed

BLANK = ".blank { padding: 2.4mm 0 0.4mm; border-bottom: 0.25mm solid var(--hair); color: var(--quiet) }"
LETTER = (
    ".letter { font-size: var(--say); line-height: 1.42 } .letter .line { margin-top: var(--gap) }"
    " .letter h2 { font-size: var(--say); line-height: 1.42; text-align: right }"
    " .letter .line > h2 + div > .blank:first-child { padding-top: 0 }"
    " .letter .pen { width: auto; margin-top: var(--pen) }"
)
POSTER = (
    ".gains .line { margin-bottom: 5mm; font-size: 15pt } .gains h2 { font-size: 15pt; text-align: right }"
    " .gains .blank { padding-top: 8mm } .gains .blank:first-child { padding-top: 0 }"
)
# Longer names in smaller type, so that each page stays one.
LETTERS = tuple(
    f"--say: {say}pt; --gap: {gap}mm; --pen: {pen}mm"
    for say, gap, pen in ((11, 3.2, 15), (10.2, 2.4, 11), (9.5, 1.8, 8))
)
POSTERS = tuple(f"--cry: {cry}pt; --say: {say}pt" for cry, say in ((44, 19), (34, 15), (26, 12)))


@dataclass(frozen=True, slots=True)
class ProgrammePaper:
    """What both papers know of a programme of tutoring; no name of anybody."""

    programme: str
    school: str
    season: str


@printed
def guardians_letter_pdf(paper: ProgrammePaper) -> Rendered:
    """The letter to guardians, of tutoring by adults as of that between pupils, as PDF/UA-1."""
    return on_one_page(template("guardians_letter.html", paper=paper), LETTERS, BLANK + LETTER)


@printed
def peers_poster_pdf(paper: ProgrammePaper) -> Rendered:
    """The poster of tutoring between pupils as PDF/UA-1."""
    return on_one_page(template("peers_poster.html", paper=paper), POSTERS, BLANK + POSTER)
