"""Tables for spreadsheets: a header and rows of plain values in, a CSV or an ODS file out. No formula leaves here."""

import csv
import io
import math
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

from collectifs.kernel.later import Later
from collectifs.kernel.text.typed import one_line

odf = Later("odf")
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
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SPREADSHEET}.styles+xml"/></Types>'
)
# By their place: a text, which takes as many lines as it needs; a head, in bold; a day, as its reader's country has it.
_ALIGNED = '<alignment vertical="top" wrapText="1"/>'
_LOOKS = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">'
    f'<xf applyAlignment="1">{_ALIGNED}</xf><xf fontId="1" applyFont="1" applyAlignment="1">{_ALIGNED}</xf>'
    f'<xf numFmtId="14" applyNumberFormat="1" applyAlignment="1">{_ALIGNED}</xf></cellXfs></styleSheet>'
)
_HEAD, _DAY = 1, 2
_DAY_ZERO = date(1899, 12, 30)  # from which Excel counts days
_PRINTED = (
    '<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
)
CM_A_SIGN, NARROWEST, WIDEST = 0.21, 2.2, 8.0
LINE_POINTS, WORDS_BREAK = 15, 0.92  # a line of a row; how much of its width a line fills


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
    document = odf.opendocument.OpenDocumentSpreadsheet()
    document.meta.addElement(odf.dc.Title(text=one_line(title)))
    document.meta.addElement(odf.dc.Language(text="fr"))
    text, bold, day = _styles(document)
    sheet = odf.table.Table(name=_sheet_name(title), stylename=_printed(document))
    for width in _widths(header, kept):
        sheet.addElement(odf.table.TableColumn(stylename=_column_style(document, width)))
    heads = odf.table.TableHeaderRows()
    heads.addElement(_row(_text_cell(name, bold) for name in header))
    sheet.addElement(heads)
    for row in kept:
        sheet.addElement(_row(_typed_cell(cell, text, day) for cell in row))
    document.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def xlsx_table(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet for Excel: texts stand in it as texts, so that none is ever computed; the heads stay in sight."""
    name, kept = escape(_sheet_name(title), quote=True), [list(row) for row in rows]
    heads = "'" + name + "'!$1:$1"
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets><definedNames>'
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{heads}</definedName></definedNames></workbook>'
    )
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": _relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
        "xl/styles.xml": _LOOKS,
        "xl/worksheets/sheet1.xml": _xlsx_sheet(header, kept),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path), _XML + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _xlsx_sheet(header: Sequence[str], rows: list[list[Cell]]) -> str:
    """Columns as wide as in the ODS, the heads frozen, as wide as a page when it is printed."""
    signs = [round(width / CM_A_SIGN) for width in _widths(header, rows)]
    columns = "".join(f'<col min="{n}" max="{n}" width="{each}" customWidth="1"/>' for n, each in enumerate(signs, 1))
    lines = [_xlsx_row(header, signs, _HEAD), *(_xlsx_row(row, signs) for row in rows)]
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
        '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>{''.join(lines)}</sheetData>{_PRINTED}</worksheet>"
    )


def _xlsx_row(cells: Sequence[Cell], signs: Sequence[int], look: int = 0) -> str:
    """As high as its longest text needs: not every program reckons it by itself."""
    most = max((len(_shown(cell)) / (width * WORDS_BREAK) for cell, width in zip(cells, signs, strict=True)), default=1)
    height = LINE_POINTS * max(1, math.ceil(most))
    return f'<row ht="{height}" customHeight="1">{"".join(_xlsx_cell(cell, look) for cell in cells)}</row>'


def _xlsx_cell(cell: Cell, look: int) -> str:
    if isinstance(cell, date):
        return f'<c s="{_DAY}"><v>{(cell - _DAY_ZERO).days}</v></c>'
    if isinstance(cell, int | Decimal):
        return f'<c s="0"><v>{cell}</v></c>'
    text = "".join(sign for sign in _shown(cell) if sign.isprintable())
    return f'<c s="{look}" t="inlineStr"><is><t xml:space="preserve">{escape(text, quote=False)}</t></is></c>'


def _relations(*known: tuple[str, str]) -> str:
    found = (
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(known, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(found)}</Relationships>'


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


def _styles(document: Any) -> tuple[Any, Any, Any]:
    """A text takes as many lines as it needs; the heads in bold; the days the French way."""
    french = odf.number.DateStyle(name="jour-francais", language="fr", country="FR")
    number = odf.number
    for part in (number.Day(style="long"), "/", number.Month(style="long"), "/", number.Year(style="long")):
        french.addElement(number.Text(text=part) if isinstance(part, str) else part)
    document.automaticstyles.addElement(french)
    bold = odf.style.Style(name="tete", family="table-cell")
    bold.addElement(odf.style.TextProperties(fontweight="bold"))
    text = odf.style.Style(name="texte", family="table-cell")
    day = odf.style.Style(name="jour", family="table-cell", datastylename=french)
    for style in (text, bold, day):
        style.addElement(odf.style.TableCellProperties(wrapoption="wrap", verticalalign="top", padding="0.8mm"))
        document.automaticstyles.addElement(style)
    return text, bold, day


def _printed(document: Any) -> Any:
    """On paper it lies on its side, all its columns on the width of a page."""
    layout = odf.style.PageLayout(name="couchee")
    look = {f"margin{side}": "12mm" for side in ("top", "bottom", "left", "right")}
    look |= {"pagewidth": "297mm", "pageheight": "210mm", "printorientation": "landscape"}
    properties = odf.style.PageLayoutProperties(**look)
    properties.setAttrNS(odf.namespaces.STYLENS, "scale-to-X", "1")
    properties.setAttrNS(odf.namespaces.STYLENS, "scale-to-Y", "0")
    layout.addElement(properties)
    document.automaticstyles.addElement(layout)
    document.masterstyles.addElement(odf.style.MasterPage(name="Couchee", pagelayoutname=layout))
    style = odf.style.Style(name="tableau", family="table", masterpagename="Couchee")
    document.automaticstyles.addElement(style)
    return style


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
    style = odf.style.Style(name=name, family="table-column")
    style.addElement(odf.style.TableColumnProperties(columnwidth=f"{width}cm"))
    document.automaticstyles.addElement(style)
    return style


def _row(cells: Iterable[Any]) -> Any:
    row = odf.table.TableRow()
    for cell in cells:
        row.addElement(cell)
    return row


def _text_cell(text: str, style: Any = None) -> Any:
    cell = odf.table.TableCell(valuetype="string", **({"stylename": style} if style else {}))
    cell.addElement(odf.text.P(text=one_line(text)))
    return cell


def _typed_cell(value: Cell, text: Any, day: Any) -> Any:
    if isinstance(value, str):
        return _text_cell(value, text)
    if isinstance(value, date):
        cell = odf.table.TableCell(valuetype="date", datevalue=f"{value:%Y-%m-%d}", stylename=day)
    else:
        cell = odf.table.TableCell(valuetype="float", value=value, stylename=text)
    cell.addElement(odf.text.P(text=_shown(value)))
    return cell
