"""The pilot's screen, the gestures that it sends, and what has become of the meeting."""

from typing import Any

from flask import Blueprint, Response, abort, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs import clock
from collectifs.blueprints.live.screen import screen
from collectifs.domain.errors import RuleBroken
from collectifs.domain.gestures import Gesture, iso
from collectifs.permissions import can_run_meeting
from collectifs.queries.meetings import MeetingAccess, OpenedEvent, events_after, get_meeting, has_event, notes_are_gone
from collectifs.services.live import MeetingPerished, receive_gestures
from collectifs.web.access import access, me

bp = Blueprint("live", __name__)


@bp.get("/seance/<uuid:meeting_id>")
@access(can_run_meeting, meeting=get_meeting)
def run(meeting: MeetingAccess) -> ResponseReturnValue:
    """The live screen; on another day than planned, a question first."""
    if notes_are_gone(meeting.meeting, clock.now()):
        abort(410)
    if "ouvrir" not in request.args and _is_another_day(meeting):
        return render_template(
            "live/not_today.html",
            meeting=meeting.meeting,
            zone=meeting.access.zone,
            url=url_for(".run", meeting_id=meeting.meeting.id, ouvrir=1),
            prepare=url_for("meetings.prepare", meeting_id=meeting.meeting.id),
        )
    return render_template("live/run.html", data=screen(meeting, clock.now(), me()))


@bp.get("/seance/<uuid:meeting_id>/etat")
@access(can_run_meeting, meeting=get_meeting)
def state(meeting: MeetingAccess) -> ResponseReturnValue:
    """The gestures past `depuis`; 304 when there is none."""
    since = request.args.get("depuis", 0, type=int)
    sequence = meeting.meeting.sequence
    if notes_are_gone(meeting.meeting, clock.now()):
        abort(410)
    if since == sequence:
        return _numbered(make_response("", 304), sequence)
    events = [_plain(event) for event in events_after(meeting.meeting, since, me().id)]
    answer = jsonify(sequence=sequence, events=events, server_now=iso(clock.now()))
    return _numbered(answer, sequence)


@bp.post("/seance/<uuid:meeting_id>/gestes")
@access(can_run_meeting, meeting=get_meeting)
def gestures(meeting: MeetingAccess) -> ResponseReturnValue:
    """Keep what a device sends. Repeating it is harmless."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("events"), list):
        raise RuleBroken("Ces gestes ne sont pas lisibles.")
    try:
        received = receive_gestures(
            meeting, device=str(sent.get("device", ""))[:64], sent=sent["events"], now=clock.now(), by=me()
        )
    except MeetingPerished:
        abort(410)
    return jsonify(
        sequence=meeting.meeting.sequence,
        accepted=received.accepted,
        refused=received.refused,
        server_now=iso(clock.now()),
    )


def _is_another_day(found: MeetingAccess) -> bool:
    """Neither the day of the meeting nor, once it has started, the days when its notes are read again."""
    today = clock.now().astimezone(found.access.zone).date()
    planned = found.meeting.starts_at.astimezone(found.access.zone).date()
    return today != planned and not has_event(found.meeting.id, "meeting_started")


def _plain(event: OpenedEvent) -> dict[str, Any]:
    return Gesture(str(event.id), event.kind, event.hand, event.happened_at, event.body).to_json()


def _numbered(response: Response, sequence: int) -> Response:
    response.headers["X-Sequence"] = str(sequence)
    response.headers["X-Server-Now"] = iso(clock.now())
    return response
