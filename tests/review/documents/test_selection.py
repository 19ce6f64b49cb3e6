"""A selection of sheets: each column has its name, what a sheet is filed under is in it, on paper too."""

import csv
import io
from datetime import date

from collectifs.kernel.documents.press import template
from collectifs.meetings.domain.tags import Tags
from collectifs.review.documents.selection import TITLE, Chosen, selection_file
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent

TAGS = Tags(concern=("steering",), domain=("lead",))
TWO = (Answer("Se taire.", AnswerKind.TRIED, "accepter le silence"), Answer("Demander d’abord.", None, "à deux"))
SHEETS = [
    Chosen("Collectif D1", "Val-de-Brume", "1er degré", "décembre 2026", date(2026, 12, 18), content)
    for content in (SheetContent("Comment dire ?", TWO, tags=TAGS), SheetContent("Et sans réponse ?", ()))
]


def test_each_column_has_a_name_and_each_answer_says_what_its_sheet_is_filed_under() -> None:
    file = selection_file("csv", SHEETS, date(2027, 1, 13)).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(file, newline=""), delimiter=";")
    assert all(header)
    assert len(set(header)) == len(header)
    assert [row[header.index("Préoccupations")] for row in rows] == ["pilotage", "pilotage", ""]
    assert {len(row) for row in rows} == {len(header)}


def test_on_paper_a_kind_and_its_condition_are_set_in_french_and_tags_stand_below() -> None:
    page = template("selection.html", title=TITLE, chosen=SHEETS, made_on="13/01/2027")
    assert "Se taire. (éprouvée\u00a0: accepter le silence)" in page
    assert "Demander d’abord. (à deux)" in page
    assert "<b>Domaines</b> mettre en œuvre, animer" in page
    assert page.count('class="tags"') == 1
