"""What has become of the meeting since a screen last asked: « nothing » costs the one statement of the door."""

from flask import Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from collectifs.blueprints.live.area import bp
from collectifs.blueprints.live.perished import refuse_what_is_over
from collectifs.blueprints.live.room_data import NewsAnswer
from collectifs.live.domain.gestures import Gesture, PlainGesture, iso
from collectifs.live.queries.door import Door, door_of
from collectifs.live.queries.events import OpenedEvent, events_of
from collectifs.meetings.permissions import can_join_room
from collectifs.web.access import at_the_door
from collectifs.web.sent import asked_number

SOMEBODY_ELSE = (
    "Ces actions ont été faites par une autre personne : elles restent sur cet appareil jusqu’à ce qu’elle se connecte."
)


@bp.get("/seance/<uuid:meeting_id>/etat")
@at_the_door(can_join_room, meeting=door_of)
def state(meeting: Door) -> ResponseReturnValue:
    """The gestures past `depuis`; 304 when there is none."""
    reader, row = str(meeting.person.id), meeting.meeting
    if request.headers.get("X-Person", reader) != reader:
        return jsonify(why=SOMEBODY_ELSE), 409  # two people, one browser: their private notes do not meet
    if meeting.notes_are_gone:
        refuse_what_is_over(row)
    known = asked_number("depuis", 0)
    if known == row.sequence:
        return numbered(current_app.response_class(status=304), meeting)
    events = [_plain(event) for event in events_of(row, known, meeting.person.id)]
    news = NewsAnswer(sequence=row.sequence, events=events, server_now=iso(meeting.at))
    return numbered(jsonify(news), meeting)


def numbered(response: Response, found: Door) -> Response:
    """The answer, with the number of the last gesture and the server's time: a 304 has no other words."""
    response.headers.extend((("X-Sequence", str(found.meeting.sequence)), ("X-Server-Now", iso(found.at))))
    return response


def _plain(event: OpenedEvent) -> PlainGesture:
    return Gesture(str(event.id), event.kind, event.hand, event.happened_at, event.body).to_json()
