"""The projector: a page of its own that only shows, for the whole room. Nothing confidential, ever."""

from flask import abort, jsonify, make_response, render_template
from flask.typing import ResponseReturnValue

from collectifs.blueprints.live.area import bp
from collectifs.blueprints.live.polling import nothing_new, numbered
from collectifs.blueprints.live.room_data import WallAnswer
from collectifs.kernel import clock
from collectifs.live.domain.beam import public_steps
from collectifs.live.domain.gestures import iso
from collectifs.live.queries.events import notes_are_gone, public_events
from collectifs.meetings.permissions import can_join_room
from collectifs.meetings.queries.meetings import MeetingAccess, agenda_of, get_meeting
from collectifs.web.access import access
from collectifs.web.poll_pass import give_pass
from collectifs.web.sent import asked_number


@bp.get("/seance/<uuid:meeting_id>/projection")
@access(can_join_room, meeting=get_meeting)
def projection(meeting: MeetingAccess) -> ResponseReturnValue:
    """An empty shell, the same for every meeting: its script knows the meeting by the address."""
    return render_template("live/projection.html")


@bp.get("/seance/<uuid:meeting_id>/projection/etat")
@access(can_join_room, shortcut=nothing_new, meeting=get_meeting)
def projection_state(meeting: MeetingAccess) -> ResponseReturnValue:
    """How the meeting goes on past `depuis`; 304 when nothing came."""
    row, now = meeting.meeting, clock.now()
    if notes_are_gone(row, now):
        abort(410)
    known = asked_number("depuis", -1)
    if known == row.sequence:
        return give_pass(numbered(make_response("", 304), row.sequence), row.id, now)
    news = WallAnswer(
        sequence=row.sequence,
        steps=public_steps(agenda_of(row)),
        events=public_events(meeting, known),
        starts_at=iso(row.starts_at),
        time_zone=meeting.access.zone.key,
        server_now=iso(now),
    )
    return give_pass(numbered(jsonify(news), row.sequence), row.id, now)
