"""What is answered in the place of a room whose notes have perished: its own words, and the ways on."""

from flask import Response, url_for

from collectifs.sheets.permissions import can_see_sheet
from collectifs.sheets.queries.sheets import SheetAccess
from collectifs.web.access import me
from collectifs.web.gone import gone


def notes_have_perished(sheet: SheetAccess) -> Response:
    """410, with a script that wipes what this device kept of the meeting."""
    return gone(
        "meeting",
        meeting_id=str(sheet.meeting.id),
        url=url_for("meetings.show", meeting_id=sheet.meeting.id),
        sheet_url=url_for("sheets.show", sheet_id=sheet.sheet.id) if can_see_sheet(me(), sheet) else "",
    )
