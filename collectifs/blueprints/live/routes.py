"""The pilot's screen, the gestures that it sends, and what has become of the meeting."""

from datetime import datetime
from typing import Any

from flask import jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.live import beam, devices, hand, minutes, polling
from collectifs.blueprints.live.area import bp
from collectifs.blueprints.live.perished import notes_have_perished, refuse_what_is_over
from collectifs.blueprints.live.polling import SOMEBODY_ELSE
from collectifs.blueprints.live.room_data import SentAnswer
from collectifs.blueprints.live.screen import screen
from collectifs.kernel import clock
from collectifs.kernel.text.typography import long_date, time_range
from collectifs.live.domain.agenda import fold
from collectifs.live.domain.first_face import FirstFace, before_it_starts, since_it_started
from collectifs.live.domain.gesture_fields import LONGEST_ID
from collectifs.live.domain.gestures import iso
from collectifs.live.queries.door import Door, door_of
from collectifs.live.queries.events import shown_of
from collectifs.live.services.live import MeetingPerished, receive_gestures
from collectifs.meetings.permissions import can_join_room, can_run_meeting
from collectifs.meetings.queries.meetings import MeetingAccess, RoomAccess, agenda_of, get_room
from collectifs.sheets.queries.pages import collective_page
from collectifs.web.access import access, at_the_door, me
from collectifs.web.sent import sent_as, sent_line, sent_object

NOT_READABLE = "Ces actions ne sont pas lisibles."
LONGEST_TOKEN = 200
MORE_VIEWS = (beam, devices, hand, minutes, polling)  # modules that hang their own views on the blueprint


@bp.get("/seance/<uuid:meeting_id>")
@access(can_join_room, meeting=get_room)
def run(meeting: RoomAccess) -> ResponseReturnValue:
    """The live screen; on another day than planned, a question first."""
    page, now = collective_page(meeting.access), clock.now()
    sheet = page.sheet_at(meeting.meeting.id)
    if sheet.notes_are_gone(now):
        return notes_have_perished(sheet)
    is_started = page.series.held(meeting.meeting.id).is_started
    if "ouvrir" not in request.args and not is_started and _is_another_day(meeting, now):
        return render_template(
            "live/not_today.html",
            meeting=meeting.meeting,
            zone=meeting.access.zone,
            url=url_for(".run", meeting_id=meeting.meeting.id, ouvrir=1),
            prepare=url_for("meetings.prepare", meeting_id=meeting.meeting.id),
            runs=can_run_meeting(me(), meeting),
        )
    return render_template(
        "live/run.html",
        data=screen(meeting, page, now, me()),
        face=_first_face(meeting, now, is_started=is_started),
    )


def _first_face(found: MeetingAccess, now: datetime, *, is_started: bool) -> FirstFace | None:
    """The words that the screen begins with, said before its scripts have come."""
    row, zone, steps = found.meeting, found.access.zone, agenda_of(found.meeting)
    if is_started:
        return since_it_started(fold(shown_of(row)), steps, now, row.ends_at, zone)
    when = [long_date(row.starts_at.astimezone(zone).date()), time_range(row.starts_at, row.ends_at, zone), row.place]
    return before_it_starts(when, steps, now, zone, keeps_notes=row.keeps_notes)


@bp.post("/seance/<uuid:meeting_id>/gestes")
@at_the_door(can_join_room, meeting=door_of)
def gestures(meeting: Door) -> ResponseReturnValue:
    """Keep what a device sends; nothing of what somebody else made on it. Repeating it is harmless."""
    sent = sent_object(NOT_READABLE)
    events: list[Any] = sent_as(list, sent, "events", NOT_READABLE)
    if sent.get("person") != str(meeting.person.id):
        return jsonify(why=SOMEBODY_ELSE), 409
    try:
        received = receive_gestures(
            meeting,
            device=sent_line(sent, "device", LONGEST_ID),
            sent=events,
            token=sent_line(sent, "pass", LONGEST_TOKEN),
        )
    except MeetingPerished:
        refuse_what_is_over(meeting.meeting)
    return jsonify(
        SentAnswer(
            sequence=received.sequence,
            accepted=received.accepted,
            refused=received.refused,
            server_now=iso(clock.now()),
        )
    )


def _is_another_day(found: MeetingAccess, now: datetime) -> bool:
    """Not the day of the meeting; once it has started, its notes are read again on any day."""
    today = now.astimezone(found.access.zone).date()
    planned = found.meeting.starts_at.astimezone(found.access.zone).date()
    return today != planned
