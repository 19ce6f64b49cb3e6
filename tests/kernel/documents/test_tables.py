"""Tables for spreadsheets, read back as a spreadsheet would."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from odf import table
from odf.opendocument import load
from odf.teletype import extractText

from collectifs.kernel.documents.tables import BOM, csv_table, ods_table, xlsx_table

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HEADER = ["Nom", "Heures", "Jour"]
ROWS = [["Le Bihan ; « Maud »", 2, date(2027, 1, 13)], ['O"Brien', 0, date(2027, 3, 1)]]
FORMULAS = ["=1+1", "+33 6", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "'=1"]


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def cells(content: bytes) -> list[list[tuple[str, str]]]:
    document = load(io.BytesIO(content))
    rows = document.spreadsheet.getElementsByType(table.TableRow)
    return [
        [(cell.getAttribute("valuetype"), extractText(cell)) for cell in row.getElementsByType(table.TableCell)]
        for row in rows
    ]


def test_a_csv_opens_in_a_french_spreadsheet_with_its_accents() -> None:
    content = csv_table(HEADER, ROWS)
    assert content.startswith(BOM.encode())
    assert content.count(b"\r\n") == 3
    assert read(content) == [HEADER, ["Le Bihan ; « Maud »", "2", "13/01/2027"], ['O"Brien', "0", "01/03/2027"]]


@pytest.mark.parametrize("typed", FORMULAS)
def test_nothing_typed_becomes_a_formula(typed: str) -> None:
    assert all(row[0].startswith("'") for row in read(csv_table([typed], [[typed]])))
    kinds = [kind for row in cells(ods_table("Liste", [typed], [[typed]])) for kind, _ in row]
    assert kinds == ["string", "string"]
    assert b"table:formula" not in _part(ods_table("Liste", [typed], [[typed]]), "content.xml")


def _part(ods: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(ods)) as archive:
        return archive.read(name)


def test_an_ods_keeps_numbers_days_and_words_apart() -> None:
    rows = cells(ods_table("Membres", HEADER, ROWS))
    assert rows[0] == [("string", title) for title in HEADER]
    assert rows[1] == [("string", "Le Bihan ; « Maud »"), ("float", "2"), ("date", "13/01/2027")]


def test_a_name_that_no_spreadsheet_accepts_and_signs_that_no_file_holds_spoil_nothing() -> None:
    content = ods_table("Liste [1/2] : 'tout' ?" + "x" * 40, ["a\x00b"], [["c\x0bd\u202e"]])
    assert [row[0][1] for row in cells(content)] == ["ab", "cd"]
    sheet = load(io.BytesIO(content)).spreadsheet.getElementsByType(table.Table)[0]
    assert len(sheet.getAttribute("name")) <= 31


def test_in_a_spreadsheet_long_words_wrap_heads_stay_in_sight_and_days_are_days() -> None:
    long = ["Une phrase qui ne tient pas sur la largeur d’une colonne. " * 3, Decimal("7.5"), date(2027, 1, 13)]
    with zipfile.ZipFile(io.BytesIO(xlsx_table("L’« un » & l'autre", HEADER, [long]))) as archive:
        parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    heads, row = sheet.iter(f"{MAIN}row")
    assert [cell.get("s") for cell in heads] == ["1", "1", "1"]
    assert float(row.get("ht", 0)) > 3 * float(heads.get("ht", 0))
    assert [cell.findtext(f"{MAIN}v") for cell in row][1:] == ["7.5", "46400"]
    assert next(sheet.iter(f"{MAIN}pane")).get("state") == "frozen"
    style = _part(ods_table("Liste", HEADER, [long]), "content.xml")
    assert b'fo:wrap-option="wrap"' in style
    assert b'style:scale-to-X="1"' in _part(ods_table("Liste", HEADER, [long]), "styles.xml") + style


def test_an_empty_table_has_its_heads() -> None:
    assert read(csv_table(HEADER, [])) == [HEADER]
    assert len(cells(ods_table("Vide", HEADER, []))) == 1
