"""Passing *la main*: the square code that the screen in hand shows."""

from flask import abort, jsonify
from flask.typing import ResponseReturnValue

from collectifs.blueprints.live.area import bp
from collectifs.blueprints.live.room_data import OfferAnswer
from collectifs.blueprints.live.screen import room_address
from collectifs.kernel import clock
from collectifs.kernel.documents.square_code import square_code
from collectifs.live.domain.gesture_fields import LONGEST_ID
from collectifs.live.domain.gestures import iso
from collectifs.live.queries.events import notes_are_gone
from collectifs.live.services.devices import offer_hand
from collectifs.meetings.permissions import can_join_room
from collectifs.meetings.queries.meetings import MeetingAccess, get_meeting
from collectifs.web.access import access, me
from collectifs.web.sent import sent_line, sent_object


@bp.post("/seance/<uuid:meeting_id>/passer-la-main")
@access(can_join_room, meeting=get_meeting)
def pass_hand(meeting: MeetingAccess) -> ResponseReturnValue:
    """A new code. Its token stands behind the « # » of the address: no server ever writes it down."""
    device = sent_line(sent_object("Cette demande n’est pas lisible."), "device", LONGEST_ID)
    now = clock.now()
    if notes_are_gone(meeting.meeting, now):
        abort(410)
    offer, token = offer_hand(meeting, device, now=now, by=me())
    url = f"{room_address(meeting.meeting.id)}#main={token}"
    return jsonify(OfferAnswer(url=url, rows=square_code(url), expires_at=iso(offer.expires_at), server_now=iso(now)))
