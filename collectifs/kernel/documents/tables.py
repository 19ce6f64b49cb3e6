"""Tables for spreadsheets: a header and rows of plain values in, a CSV or an ODS file out. No formula leaves here."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

from odf import number, table
from odf.dc import Language, Title
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableColumnProperties, TextProperties
from odf.text import P

from collectifs.kernel.text.typed import one_line

Cell = str | int | Decimal | date

BOM = "\ufeff"  # without it, Excel reads UTF-8 as something else
# What makes a spreadsheet take a text for a formula, their full-width twins included.
FORMULA_STARTS = tuple("=+-@＝＋－＠")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/></Types>'
)
CM_A_SIGN, NARROWEST, WIDEST = 0.21, 2.2, 12.0


def csv_table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with its mark, `;` between cells, days as 13/01/2027; what looks like a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_inert(title) for title in header])
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return (BOM + out.getvalue()).encode()


def ods_table(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet: numbers and days keep their type; a text is declared as text, so that it is never computed."""
    kept = [list(row) for row in rows]
    document = OpenDocumentSpreadsheet()
    document.meta.addElement(Title(text=one_line(title)))
    document.meta.addElement(Language(text="fr"))
    bold, day = _styles(document)
    sheet = table.Table(name=_sheet_name(title))
    for width in _widths(header, kept):
        sheet.addElement(table.TableColumn(stylename=_column_style(document, width)))
    heads = table.TableHeaderRows()
    heads.addElement(_row(_text_cell(name, bold) for name in header))
    sheet.addElement(heads)
    for row in kept:
        sheet.addElement(_row(_typed_cell(cell, day) for cell in row))
    document.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def xlsx_table(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet for Excel: texts stand in it as texts, so that none is ever computed; days as they are read."""
    lines = [_xlsx_row(1, header), *(_xlsx_row(place, row) for place, row in enumerate(rows, 2))]
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships"><sheets>'
        f'<sheet name="{escape(_sheet_name(title), quote=True)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), _XML + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _xlsx_row(place: int, cells: Sequence[Cell]) -> str:
    return f'<row r="{place}">{"".join(_xlsx_cell(cell) for cell in cells)}</row>'


def _xlsx_cell(cell: Cell) -> str:
    if isinstance(cell, int | Decimal):
        return f"<c><v>{cell}</v></c>"
    text = "".join(sign for sign in _shown(cell) if sign.isprintable())
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text, quote=False)}</t></is></c>'


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/relationships/{kind}" Target="{target}"/></Relationships>'
    )


def _inert(cell: Cell) -> str:
    """A cell as CSV says it."""
    if not isinstance(cell, str):
        return _shown(cell)
    text = one_line(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _shown(cell: Cell) -> str:
    """A cell as it is read."""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    return one_line(cell) if isinstance(cell, str) else str(cell)


def _sheet_name(title: str) -> str:
    """A name that every spreadsheet program accepts."""
    kept = "".join(" " if sign in "[]*?:/\\'" else sign for sign in one_line(title))
    return kept[:31].strip() or "Tableau"


def _styles(document: Any) -> tuple[Any, Any]:
    """The heads in bold, the days the French way."""
    bold = Style(name="tete", family="table-cell")
    bold.addElement(TextProperties(fontweight="bold"))
    french = number.DateStyle(name="jour-francais", language="fr", country="FR")
    for part in (number.Day(style="long"), "/", number.Month(style="long"), "/", number.Year(style="long")):
        french.addElement(number.Text(text=part) if isinstance(part, str) else part)
    day = Style(name="jour", family="table-cell", datastylename=french)
    for style in (bold, french, day):
        document.automaticstyles.addElement(style)
    return bold, day


def _widths(header: Sequence[str], rows: list[list[Cell]]) -> list[float]:
    """How wide each column is, in centimetres: its longest cell, within reason."""
    longest = [len(title) for title in header]
    for row in rows:
        longest = [max(most, len(_shown(cell))) for most, cell in zip(longest, row, strict=True)]
    return [min(WIDEST, max(NARROWEST, round(most * CM_A_SIGN + 0.4, 1))) for most in longest]


def _column_style(document: Any, width: float) -> Any:
    name = f"large-{round(width * 10)}"
    known = [each for each in document.automaticstyles.childNodes if each.getAttribute("name") == name]
    if known:
        return known[0]
    style = Style(name=name, family="table-column")
    style.addElement(TableColumnProperties(columnwidth=f"{width}cm"))
    document.automaticstyles.addElement(style)
    return style


def _row(cells: Iterable[Any]) -> Any:
    row = table.TableRow()
    for cell in cells:
        row.addElement(cell)
    return row


def _text_cell(text: str, style: Any = None) -> Any:
    cell = table.TableCell(valuetype="string", **({"stylename": style} if style else {}))
    cell.addElement(P(text=one_line(text)))
    return cell


def _typed_cell(value: Cell, day: Any) -> Any:
    if isinstance(value, str):
        return _text_cell(value)
    if isinstance(value, date):
        cell = table.TableCell(valuetype="date", datevalue=f"{value:%Y-%m-%d}", stylename=day)
    else:
        cell = table.TableCell(valuetype="float", value=value)
    cell.addElement(P(text=_shown(value)))
    return cell
