"""The sheet handed over: large, for a room to read; as a PDF, an ODT, a text for a mail, a page of the web."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from collectifs.blueprints.sheets.area import bp, reading_of
from collectifs.blueprints.sheets.papers import output_file, output_made
from collectifs.sheets.documents.outputs import render
from collectifs.sheets.domain.output import Format
from collectifs.sheets.permissions import can_see_sheet
from collectifs.sheets.queries.sheets import SheetAccess, get_sheet
from collectifs.sheets.services.papers import collective_paper
from collectifs.web.access import access
from collectifs.web.gone import gone
from collectifs.web.transaction import answer_afterwards


@bp.get("/fiches/<uuid:sheet_id>/en-grand")
@access(can_see_sheet, sheet=get_sheet)
def large(sheet: SheetAccess) -> ResponseReturnValue:
    """To be read together at the end of a meeting: the sheet and nothing else, as this person reads it."""
    reading = reading_of(sheet)
    if reading.content is None:
        return gone("sheet")
    return render_template("sheets/large.html", reading=reading, sheet=sheet)


@bp.get("/fiches/<uuid:sheet_id>/fiche.pdf")
@access(can_see_sheet, sheet=get_sheet)
def pdf(sheet: SheetAccess) -> Response:
    """The collective's copy on paper."""
    return _file(sheet, Format.PDF)


@bp.get("/fiches/<uuid:sheet_id>/fiche.odt")
@access(can_see_sheet, sheet=get_sheet)
def odt(sheet: SheetAccess) -> Response:
    """To be taken up in a word processor."""
    return _file(sheet, Format.ODT)


@bp.get("/fiches/<uuid:sheet_id>/fiche.txt")
@access(can_see_sheet, sheet=get_sheet)
def plain_text(sheet: SheetAccess) -> Response:
    """For the body of a mail."""
    return _file(sheet, Format.TEXT)


@bp.get("/fiches/<uuid:sheet_id>/fiche.html")
@access(can_see_sheet, sheet=get_sheet)
def web_page(sheet: SheetAccess) -> Response:
    """A page that stands alone."""
    return _file(sheet, Format.WEB)


def _file(sheet: SheetAccess, kind: Format) -> Response:
    """What was made once is handed over as it is: no text is opened beside it. What is not, once all is read."""
    reading = reading_of(sheet)
    made, name = output_made(reading.frozen, kind), f"fiche-regroupement-{sheet.meeting.number}"
    if made:
        return output_file(made, kind, name)
    if reading.content is None:
        return gone("sheet")
    paper = collective_paper(sheet, reading.content)
    answer_afterwards(lambda: output_file(render(paper, kind), kind, name))
    return Response()
