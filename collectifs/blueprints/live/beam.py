"""The projector: a page of its own that only shows, for the whole room. Nothing confidential, ever."""

from flask import abort, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from collectifs.blueprints.live.area import bp
from collectifs.blueprints.live.polling import numbered
from collectifs.blueprints.live.room_data import WallAnswer
from collectifs.live.domain.beam import public_steps
from collectifs.live.domain.gestures import iso
from collectifs.live.queries.door import Door, door_of
from collectifs.live.queries.events import public_events, steps_of
from collectifs.meetings.permissions import can_join_room
from collectifs.meetings.queries.meetings import MeetingAccess, get_meeting
from collectifs.web.access import access, at_the_door
from collectifs.web.sent import asked_number


@bp.get("/seance/<uuid:meeting_id>/projection")
@access(can_join_room, meeting=get_meeting)
def projection(meeting: MeetingAccess) -> ResponseReturnValue:
    """An empty shell, the same for every meeting: its script knows the meeting by the address."""
    return render_template("live/projection.html")


@bp.get("/seance/<uuid:meeting_id>/projection/etat")
@at_the_door(can_join_room, meeting=door_of)
def projection_state(meeting: Door) -> ResponseReturnValue:
    """How the meeting goes on past `depuis`; 304 when nothing came."""
    row = meeting.meeting
    if meeting.notes_are_gone:
        abort(410)
    known = asked_number("depuis", -1)
    if known == row.sequence:
        return numbered(current_app.response_class(status=304), meeting)
    news = WallAnswer(
        sequence=row.sequence,
        steps=public_steps(steps_of(row.id)),
        events=public_events(row, known),
        starts_at=iso(row.starts_at),
        time_zone=meeting.zone.key,
        server_now=iso(meeting.at),
    )
    return numbered(jsonify(news), meeting)
