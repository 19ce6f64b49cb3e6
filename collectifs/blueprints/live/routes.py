"""The pilot's screen, the gestures that it sends, and what has become of the meeting."""

from typing import Any

from flask import abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.live import beam, devices, hand, minutes, polling
from collectifs.blueprints.live.area import bp
from collectifs.blueprints.live.perished import notes_have_perished
from collectifs.blueprints.live.polling import SOMEBODY_ELSE
from collectifs.blueprints.live.room_data import SentAnswer
from collectifs.blueprints.live.screen import screen
from collectifs.kernel import clock
from collectifs.live.domain.gesture_fields import LONGEST_ID
from collectifs.live.domain.gestures import iso
from collectifs.live.queries.events import notes_are_gone
from collectifs.live.services.live import MeetingPerished, receive_gestures
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.permissions import can_join_room, can_run_meeting
from collectifs.meetings.queries.meetings import MeetingAccess, get_meeting, has_event
from collectifs.web.access import access, me
from collectifs.web.sent import sent_as, sent_line, sent_object

NOT_READABLE = "Ces gestes ne sont pas lisibles."
LONGEST_TOKEN = 200
MORE_VIEWS = (beam, devices, hand, minutes, polling)  # modules that hang their own views on the blueprint


@bp.get("/seance/<uuid:meeting_id>")
@access(can_join_room, meeting=get_meeting)
def run(meeting: MeetingAccess) -> ResponseReturnValue:
    """The live screen; on another day than planned, a question first."""
    if notes_are_gone(meeting.meeting, clock.now()):
        return notes_have_perished(meeting)
    if "ouvrir" not in request.args and _is_another_day(meeting):
        return render_template(
            "live/not_today.html",
            meeting=meeting.meeting,
            zone=meeting.access.zone,
            url=url_for(".run", meeting_id=meeting.meeting.id, ouvrir=1),
            prepare=url_for("meetings.prepare", meeting_id=meeting.meeting.id),
            runs=can_run_meeting(me(), meeting),
        )
    return render_template("live/run.html", data=screen(meeting, clock.now(), me()))


@bp.post("/seance/<uuid:meeting_id>/gestes")
@access(can_join_room, meeting=get_meeting)
def gestures(meeting: MeetingAccess) -> ResponseReturnValue:
    """Keep what a device sends; nothing of what somebody else made on it. Repeating it is harmless."""
    sent = sent_object(NOT_READABLE)
    events: list[Any] = sent_as(list, sent, "events", NOT_READABLE)
    if sent.get("person") != str(me().id):
        return jsonify(why=SOMEBODY_ELSE), 409
    try:
        received = receive_gestures(
            meeting,
            device=sent_line(sent, "device", LONGEST_ID),
            sent=events,
            token=sent_line(sent, "pass", LONGEST_TOKEN),
            now=clock.now(),
            by=me(),
        )
    except MeetingPerished:
        abort(410)
    return jsonify(
        SentAnswer(
            sequence=meeting.meeting.sequence,
            accepted=received.accepted,
            refused=received.refused,
            server_now=iso(clock.now()),
        )
    )


def _is_another_day(found: MeetingAccess) -> bool:
    """Neither the day of the meeting nor, once it has started, the days when its notes are read again."""
    today = clock.now().astimezone(found.access.zone).date()
    planned = found.meeting.starts_at.astimezone(found.access.zone).date()
    return today != planned and not has_event(found.meeting.id, GestureKind.MEETING_STARTED)
