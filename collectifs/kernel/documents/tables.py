"""Tables for spreadsheets: a header and rows of plain values in, a CSV or an ODS file out. No formula leaves here."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
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
