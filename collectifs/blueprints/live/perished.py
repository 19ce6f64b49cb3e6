"""What is answered in the place of a room whose notes have perished: its own words, and the ways on."""

from flask import Response, url_for

from collectifs.meetings.queries.meetings import MeetingAccess
from collectifs.sheets.permissions import can_see_sheet
from collectifs.sheets.queries.sheets import get_sheet, sheet_of_meeting
from collectifs.web.access import me
from collectifs.web.gone import gone


def notes_have_perished(found: MeetingAccess) -> Response:
    """410, with a script that wipes what this device kept of the meeting."""
    sheet = get_sheet(sheet_of_meeting(found.meeting.id).id)
    return gone(
        "meeting",
        meeting_id=str(found.meeting.id),
        url=url_for("meetings.show", meeting_id=found.meeting.id),
        sheet_url=url_for("sheets.show", sheet_id=sheet.sheet.id) if sheet and can_see_sheet(me(), sheet) else "",
    )
