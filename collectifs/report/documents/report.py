"""The report of a season on paper: numbers, what members say of it, what next year would need."""

from dataclasses import dataclass

from collectifs.kernel.documents.press import Rendered, lay_out, template, write_pdf
from collectifs.kernel.documents.printing import printed


@dataclass(frozen=True, slots=True)
class Figure:
    """What is counted, the number in words, and what it is out of."""

    name: str
    number: str
    out_of: str


@dataclass(frozen=True, slots=True)
class ResultRows:
    """A question: each answer, how many people, and their part of those who answered in per cent; None where masked."""

    topic: str
    rows: tuple[tuple[str, str, int | None], ...]


@dataclass(frozen=True, slots=True)
class ThemeRows:
    """What the sheets are filed under, of one list: what stands out, and a count a column, in words where masked."""

    title: str
    finding: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class NeedRow:
    """What is needed: this season, again, and for the number that is wanted (empty when none is)."""

    label: str
    now: str
    again: str
    wanted: str


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """What the paper says; numbers only, but for sentences that name nobody."""

    title: str
    territory: str
    label: str
    made: str
    figures: tuple[Figure, ...]
    themes: tuple[ThemeRows, ...]
    returns: int
    results: tuple[ResultRows, ...]
    sentences: tuple[str, ...]
    needs: tuple[NeedRow, ...]
    words: str
    results_from: str


@printed
def report_pdf(paper: ReportPaper) -> Rendered:
    """The report as PDF/UA-1, on as many pages as it takes."""
    written = write_pdf(lay_out(template("report.html", paper=paper)))
    return Rendered(written.pdf, written.pages, "")
