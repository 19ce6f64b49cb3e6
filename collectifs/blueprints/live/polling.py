"""What has become of the meeting since a screen last asked, and « nothing » at the price of one question."""

from uuid import UUID

from flask import Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue

from collectifs.blueprints.live.area import bp
from collectifs.blueprints.live.perished import refuse_what_is_over
from collectifs.blueprints.live.room_data import NewsAnswer
from collectifs.kernel import clock
from collectifs.live.domain.gestures import Gesture, PlainGesture, iso
from collectifs.live.queries.events import OpenedEvent, events_after, notes_are_gone, sequence_of
from collectifs.meetings.permissions import can_join_room
from collectifs.meetings.queries.meetings import MeetingAccess, get_meeting
from collectifs.web.access import access, me
from collectifs.web.poll_pass import give_pass, has_pass
from collectifs.web.sent import asked_number

SOMEBODY_ELSE = (
    "Ces actions ont été faites par une autre personne : elles restent sur cet appareil jusqu’à ce qu’elle se connecte."
)


def nothing_new(meeting_id: UUID) -> Response | None:
    """304 for a browser whose pass still holds and which has everything; None sends it the whole way."""
    if not has_pass(meeting_id, clock.now()):
        return None
    sequence = sequence_of(meeting_id)
    if sequence is None or asked_number("depuis", -1) != sequence:
        return None
    return numbered(make_response("", 304), sequence)


@bp.get("/seance/<uuid:meeting_id>/etat")
@access(can_join_room, shortcut=nothing_new, meeting=get_meeting)
def state(meeting: MeetingAccess) -> ResponseReturnValue:
    """The gestures past `depuis`; 304 when there is none."""
    row, now = meeting.meeting, clock.now()
    if request.headers.get("X-Person", str(me().id)) != str(me().id):
        return jsonify(why=SOMEBODY_ELSE), 409  # two people, one browser: their private notes do not meet
    if notes_are_gone(row, now):
        refuse_what_is_over(row)
    if _known() == row.sequence:
        return give_pass(numbered(make_response("", 304), row.sequence), row.id, now)
    events = [_plain(event) for event in events_after(row, _known(), me().id)]
    news = NewsAnswer(sequence=row.sequence, events=events, server_now=iso(now))
    return give_pass(numbered(jsonify(news), row.sequence), row.id, now)


def _known() -> int:
    """The number up to which the page has everything."""
    return asked_number("depuis", 0)


def numbered(response: Response, sequence: int) -> Response:
    """The answer, with the number of the last gesture and the server's time: a 304 has no other words."""
    response.headers["X-Sequence"] = str(sequence)
    response.headers["X-Server-Now"] = iso(clock.now())
    return response


def _plain(event: OpenedEvent) -> PlainGesture:
    return Gesture(str(event.id), event.kind, event.hand, event.happened_at, event.body).to_json()
