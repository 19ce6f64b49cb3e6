"""After the room: planned against lived minutes, for whoever ran the meeting."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from collectifs.blueprints.live.area import bp
from collectifs.blueprints.live.perished import notes_have_perished
from collectifs.kernel import clock
from collectifs.kernel.endings import notes_end_at
from collectifs.live.domain.agenda import fold
from collectifs.live.domain.lived import lived_in_a_sentence, lived_steps
from collectifs.live.queries.events import steering_of
from collectifs.meetings.permissions import can_run_meeting
from collectifs.meetings.queries.meetings import MeetingAccess, agenda_of, get_meeting
from collectifs.sheets.queries.sheets import sheet_at
from collectifs.web.access import access


@bp.get("/regroupements/<uuid:meeting_id>/minutes")
@access(can_run_meeting, meeting=get_meeting)
def minutes(meeting: MeetingAccess) -> ResponseReturnValue:
    """While the gestures live; a meeting that has not begun says so."""
    sheet = sheet_at(meeting)
    if sheet.notes_are_gone(clock.now()):
        return notes_have_perished(sheet)
    return render_template("live/minutes.html", **_page(meeting))


def _page(meeting: MeetingAccess) -> dict[str, Any]:
    row, now = meeting.meeting, clock.now()
    state = fold(steering_of(row))
    steps = lived_steps(agenda_of(row), state, now, row.ends_at)
    return {
        "meeting": row,
        "collective": meeting.access,
        "zone": meeting.access.zone,
        "state": state,
        "steps": steps,
        "sentence": lived_in_a_sentence(steps),
        "until": notes_end_at(row.ends_at).astimezone(meeting.access.zone).date(),
    }
