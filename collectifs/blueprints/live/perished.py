"""What is answered in the place of a room whose notes have perished: its own words, and the ways on."""

from typing import NoReturn

from flask import Response, abort, url_for

from collectifs.collectives.models import Meeting
from collectifs.sheets.permissions import can_see_sheet
from collectifs.sheets.queries.sheets import SheetAccess
from collectifs.web.access import me
from collectifs.web.gone import gone


def notes_have_perished(sheet: SheetAccess) -> Response:
    """410, with a script that wipes what this device kept of the meeting, once the server has destroyed its own.

    Before, by a clock that may be wrong, the words are only closed to everybody: a device keeps what it has.
    """
    return gone(
        "meeting",
        meeting_id=str(sheet.meeting.id) if sheet.meeting.notes_perished_at else "",
        url=url_for("meetings.show", meeting_id=sheet.meeting.id),
        sheet_url=url_for("sheets.show", sheet_id=sheet.sheet.id) if can_see_sheet(me(), sheet) else "",
    )


def refuse_what_is_over(meeting: Meeting) -> NoReturn:
    """410 to a device, which then forgets what it keeps, once the server has destroyed its own; until then 503.

    A clock that is wrong closes the notes, and says so; it may not have every device throw away what it could not send.
    """
    abort(410 if meeting.notes_perished_at else 503)
