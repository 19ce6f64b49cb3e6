"""A selection of sheets in one file: a PDF with its contents, or a table, a line an answer. No formula is computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from collectifs.kernel.documents.press import lay_out, template, write_pdf
from collectifs.kernel.documents.printing import printed
from collectifs.kernel.documents.tables import csv_table, ods_table, xlsx_table
from collectifs.meetings.domain.tags import Axis
from collectifs.sheets.domain.sheet import SheetContent

Form = Literal["pdf", "ods", "xlsx", "csv"]
TITLE = "Fiches transmises"
HEADER = (
    *("Collectif", "Territoire", "Degré", "Mois", "Transmise le", "Problématique"),
    *("Nº", "Réponse", "Éprouvée ou envisagée", "Condition", *(axis.label for axis in Axis)),
)
SETTINGS = """
@page { size: A4; margin: 20mm 22mm; background: none }
body { font-size: 11pt; line-height: 1.45 }
body::before { content: none }
h1 { font-size: 26pt; margin: 0 0 4mm }
h2 { font-size: 14pt; margin: 8mm 0 4mm }
h3 { font-size: 12pt; margin: 8mm 0 3mm }
.one-sheet { break-before: page }
.one-sheet h2 { margin-top: 0 }
.one-sheet strong { font-size: 17pt; line-height: 1.3 }
.one-sheet ol { list-style: decimal; padding-left: 8mm }
.one-sheet li { margin-bottom: 3.5mm }
.one-sheet .tags { margin-top: 8mm; font-size: 10pt }
.one-sheet .tags p { margin: 0 }
.contents ol { list-style: none; padding: 0 }
.contents li { margin-bottom: 1mm }
.contents a { text-decoration: none; color: inherit }
.contents a::after { content: leader(". ") target-counter(attr(href), page) }
"""


@dataclass(frozen=True)
class Chosen:
    """A sheet of a selection, under its code."""

    label: str
    territory: str
    degree: str
    month: str
    submitted_on: date
    content: SheetContent

    @property
    def occasion(self) -> str:
        """« 1er degré · janvier 2027 »."""
        return f"{self.degree} · {self.month}"


@printed
def selection_file(form: Form, chosen: Sequence[Chosen], made_on: date) -> bytes:
    """The file that was asked for."""
    if form == "pdf":
        html = template("selection.html", title=TITLE, chosen=chosen, made_on=f"{made_on:%d/%m/%Y}")
        return write_pdf(lay_out(html, SETTINGS)).pdf
    rows = [row for each in chosen for row in _rows(each)]
    if form == "csv":
        return csv_table(HEADER, rows)
    return ods_table(TITLE, HEADER, rows) if form == "ods" else xlsx_table(TITLE, HEADER, rows)


def _rows(each: Chosen) -> list[tuple[str | int | date, ...]]:
    """A line an answer; a sheet without answers has one too."""
    head = (each.label, each.territory, each.degree, each.month, each.submitted_on, each.content.question)
    filed = dict(each.content.tags.lines())
    tags = [filed.get(axis.label, "") for axis in Axis]
    answers = each.content.without_blanks().answers
    if not answers:
        return [(*head, 0, "", "", "", *tags)]
    return [
        (*head, place, answer.text, answer.kind.label if answer.kind else "", answer.condition, *tags)
        for place, answer in enumerate(answers, 1)
    ]
