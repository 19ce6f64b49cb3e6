"""The paper of a notebook before it perishes: codes, days, lengths, what was worked on; no note, no name of anybody."""

from dataclasses import dataclass
from datetime import date

from collectifs.kernel.documents.press import Rendered, lay_out, template, write_pdf
from collectifs.kernel.documents.printing import printed
from collectifs.kernel.text.typography import count, minutes, sentence_case, short_date

CSS = ":root { --scale: 0.8 } .interviews td, .interviews th { padding: 1.2mm 3mm 1.2mm 0; vertical-align: top }"


@dataclass(frozen=True, slots=True)
class PaperInterview:
    """A line of the paper: the day, how many minutes, what was worked on."""

    held_on: date
    minutes: int
    worked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperCode:
    """All of one code."""

    code: str
    told_on: date | None
    interviews: tuple[PaperInterview, ...]


@dataclass(frozen=True, slots=True)
class NotebookPaper:
    """What the paper says."""

    programme: str
    season: str
    made_on: date
    codes: tuple[PaperCode, ...]


@printed
def notebook_pdf(paper: NotebookPaper) -> Rendered:
    """The paper as PDF/UA-1."""
    html = template("notebook.html", paper=paper, codes=[_code(each) for each in paper.codes], made=_made(paper))
    written = write_pdf(lay_out(html, CSS))
    return Rendered(written.pdf, written.pages, "")


def _made(paper: NotebookPaper) -> str:
    return f"Imprimé le {short_date(paper.made_on)}."


def _code(each: PaperCode) -> dict[str, object]:
    total = sum(row.minutes for row in each.interviews)
    told = f"le {short_date(each.told_on)}" if each.told_on else "non noté"
    head = f"{count(len(each.interviews), 'entretien')}, {minutes(total)} en tout" if total else "aucun entretien"
    rows = [
        {"day": short_date(row.held_on), "length": minutes(row.minutes), "worked": ", ".join(row.worked)}
        for row in each.interviews
    ]
    return {"code": each.code, "head": f"{sentence_case(head)}. Responsables légaux informés : {told}.", "rows": rows}
