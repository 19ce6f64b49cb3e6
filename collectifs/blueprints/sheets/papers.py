"""The sheet as paper: the collective's copy, its room on the page, and files for the browser."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response

from collectifs.kernel.documents.pictures import page_png
from collectifs.kernel.documents.press import Rendered
from collectifs.kernel.retention import submitted_ends_on
from collectifs.kernel.text.typography import day_and_month, long_date, month_year, of_person, short_date
from collectifs.live.domain.devices import DeviceKind
from collectifs.live.queries.devices import WaitedDevice
from collectifs.sheets.documents.sheet import SheetPaper, sheet_pdf, sheet_room
from collectifs.sheets.domain.sheet import SheetContent, room_sentence
from collectifs.sheets.queries.links import links_of
from collectifs.sheets.queries.sheets import SheetAccess
from collectifs.sheets.services.sheets import Room

PICTURE_WIDTH = 840


def day_of(sheet: SheetAccess) -> date:
    """The day of the meeting, where the collective lives."""
    return sheet.meeting.starts_at.astimezone(sheet.access.zone).date()


def people_count(number: int) -> str:
    """« 8 personnes »."""
    return f"{number} personne{'s' if number > 1 else ''}"


def _paper(sheet: SheetAccess, content: SheetContent) -> SheetPaper:
    """The collective's copy: its name and the date, nobody's."""
    day, degree = long_date(day_of(sheet)), sheet.collective.degree
    return SheetPaper(
        content=content,
        title=f"Fiche synthèse, regroupement {sheet.meeting.number}, {day}",
        collective_label=sheet.collective.name,
        occasion=f"{degree.label} · {day}" if degree else day,
        circle="collective",
        readers=f"le collectif ({people_count(len(sheet.access.member_ids))})",
        kept_until=_kept_until(sheet),
        links=links_of(content),
    )


def _kept_until(sheet: SheetAccess) -> str:
    """What follows « effacé » at the foot: once transmitted, the institution's copy is what lasts."""
    if sheet.life.submitted_at:
        month = month_year(submitted_ends_on(sheet.life.submitted_at))
        return f"au retrait par le collectif, au plus tard {month}"
    return f"le {short_date(sheet.drafts_end_at.astimezone(sheet.access.zone).date())}"


def printed(sheet: SheetAccess, content: SheetContent) -> Rendered:
    """The collective's copy as PDF."""
    return sheet_pdf(_paper(sheet, content))


def room_of(sheet: SheetAccess, content: SheetContent) -> Room:
    """How the sheet holds on its page."""
    room = sheet_room(_paper(sheet, content))
    return Room(room.pages, room.lines_left)


def gauge(sheet: SheetAccess, content: SheetContent) -> dict[str, Any]:
    """The gauge of the editor, as its page and its script read it."""
    room = sheet_room(_paper(sheet, content))
    return {
        "pages": room.pages,
        "lines_left": room.lines_left,
        "say": room_sentence(room.pages, room.lines_left),
        "over": room.pages > 1,
        "filled": min(100, round(100 * room.height / room.offered)),
    }


def pdf_file(paper: Rendered, name: str) -> Response:
    """A PDF that opens in the browser; its name carries no typed word."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(paper.pdf, mimetype="application/pdf", headers=headers)


def picture_file(paper: Rendered) -> Response:
    """The first page as a picture."""
    return Response(page_png(paper.pdf, PICTURE_WIDTH), mimetype="image/png")


def waited_words(device: WaitedDevice, zone: ZoneInfo) -> str:
    """« Le téléphone de Samir Haddad, préparé le 13 janvier, n’est pas revenu : des notes y attendent peut-être. »"""
    which = "Le téléphone" if device.kind is DeviceKind.PHONE else "L’ordinateur"
    day = day_and_month(device.prepared_at.astimezone(zone))
    whose = of_person(device.name)
    return f"{which} {whose}, préparé le {day}, n’est pas revenu : des notes y attendent peut-être."
