"""What is answered in the place of a room whose notes have perished: its own words, and the ways on."""

from flask import Response, url_for

from collectifs.meetings.queries.meetings import MeetingAccess
from collectifs.sheets.permissions import can_see_sheet
from collectifs.sheets.queries.sheets import sheet_at
from collectifs.web.access import me
from collectifs.web.gone import gone


def notes_have_perished(found: MeetingAccess) -> Response:
    """410, with a script that wipes what this device kept of the meeting."""
    sheet = sheet_at(found)
    return gone(
        "meeting",
        meeting_id=str(found.meeting.id),
        url=url_for("meetings.show", meeting_id=found.meeting.id),
        sheet_url=url_for("sheets.show", sheet_id=sheet.sheet.id) if can_see_sheet(me(), sheet) else "",
    )
