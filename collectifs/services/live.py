"""The two hours in the room: gestures arrive, once each, and leave their marks where they must outlive the notes."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from collectifs import vault
from collectifs.domain.agenda import fold
from collectifs.domain.errors import RuleBroken
from collectifs.domain.gestures import Gesture, may_steer, read_gesture
from collectifs.domain.person import Person
from collectifs.extensions import db
from collectifs.models import Attendance, AttendanceChange, Meeting, MeetingEvent, Situation
from collectifs.queries.meetings import (
    MeetingAccess,
    attendance_row,
    known_event_ids,
    notes_are_gone,
    steering_events,
    stored_events,
)
from collectifs.queries.sheets import sheet_of_meeting
from collectifs.queries.situations import get_situation
from collectifs.services.audit import ask_job, record
from collectifs.services.sheets import set_presenter
from collectifs.services.situations import choose_situation

MOST_AT_ONCE = 500
UNDO_S = 600
AHEAD = timedelta(seconds=60)


class MeetingPerished(Exception):
    """The words of this meeting have perished: nothing can be added to it."""


@dataclass
class Received:
    """What became of the gestures that a device sent: ids kept, and ids refused with the reason."""

    accepted: list[str] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)


def receive_gestures(
    meeting: MeetingAccess, *, device: str, sent: list[object], now: datetime, by: Person
) -> Received:
    """Keep the gestures of a device: each once, in its order; a repeated one changes nothing.

    Raises MeetingPerished when the notes are gone.
    """
    if notes_are_gone(meeting.meeting, now):
        raise MeetingPerished
    if len(sent) > MOST_AT_ONCE:
        raise RuleBroken(f"Trop de gestes en une fois : {MOST_AT_ONCE} au plus.")
    received = Received()
    gestures = _readable(sent, received, now)
    known = {str(event_id) for event_id in known_event_ids([UUID(each.id) for each in gestures])}
    steering = steering_events(meeting.meeting)
    private = _private_notes(meeting.meeting, gestures, by)
    for gesture in gestures:
        if gesture.id not in known and not may_steer(steering, gesture, device):
            received.refused.append({"id": gesture.id, "why": "Un autre appareil a la main."})
            continue
        if gesture.id not in known:
            _keep(meeting, gesture, private, by, now)
            known.add(gesture.id)
            steering.append(gesture)
        received.accepted.append(gesture.id)
    return received


def _readable(sent: Iterable[object], received: Received, now: datetime) -> list[Gesture]:
    """The gestures that can be read; the future is brought back to now, for clocks that run ahead."""
    gestures = []
    for data in sent:
        try:
            gesture = read_gesture(data)
        except RuleBroken as refusal:
            name = str(data.get("id", "")) if isinstance(data, dict) else ""
            received.refused.append({"id": name, "why": refusal.sentence})
            continue
        if gesture.happened_at > now + AHEAD:
            gesture = Gesture(gesture.id, gesture.kind, gesture.hand, now, gesture.body)
        gestures.append(gesture)
    return gestures


def _private_notes(meeting: Meeting, gestures: list[Gesture], by: Person) -> set[str]:
    """The notes whose words belong to their author alone, among those that these gestures touch."""
    if not any("note" in gesture.body for gesture in gestures):
        return set()
    lanes = {note.id: note.lane for note in fold(each for each, _ in stored_events(meeting, by.id)).notes}
    for gesture in gestures:
        if "lane" in gesture.body and gesture.body["note"] not in lanes:
            lanes[gesture.body["note"]] = gesture.body["lane"]
    return {note for note, lane in lanes.items() if lane == "private"}


def _keep(access: MeetingAccess, gesture: Gesture, private: set[str], by: Person, now: datetime) -> None:
    meeting, event_id = access.meeting, UUID(gesture.id)
    aad = vault.place("meeting_events", event_id, "body", meeting.key_id)
    meeting.sequence += 1
    note, lane = gesture.body.get("note"), gesture.body.get("lane")
    db.session.add(
        MeetingEvent(
            id=event_id,
            meeting_id=meeting.id,
            sequence=meeting.sequence,
            kind=gesture.kind,
            hand=gesture.hand,
            happened_at=gesture.happened_at,
            author_id=by.id if note else None,
            is_private=lane == "private" or (lane is None and note in private),
            body=vault.seal(json.dumps(dict(gesture.body)), meeting.key_id, aad),
        )
    )
    db.session.flush()
    _leave_mark(access, gesture, by, now)


def _leave_mark(access: MeetingAccess, gesture: Gesture, by: Person, now: datetime) -> None:
    """What outlives the notes, or must be done later."""
    marks = {
        "meeting_started": _started,
        "meeting_closed": _closed,
        "meeting_reopened": _reopened,
        "attendance_marked": _attendance,
        "situation_chosen": _situation,
        "note_removed": _removed,
    }
    mark = marks.get(gesture.kind)
    if mark is not None:
        mark(access, gesture, by, now)


def _started(access: MeetingAccess, _gesture: Gesture, by: Person, _now: datetime) -> None:
    record("meeting_started", access.meeting, by=by)


def _closed(access: MeetingAccess, _gesture: Gesture, by: Person, _now: datetime) -> None:
    record("meeting_closed", access.meeting, by=by)
    ask_job("erase_removed_notes", meeting_id=access.meeting.id)


def _reopened(access: MeetingAccess, _gesture: Gesture, by: Person, _now: datetime) -> None:
    record("meeting_reopened", access.meeting, by=by)


def _attendance(access: MeetingAccess, gesture: Gesture, by: Person, now: datetime) -> None:
    """The last word on each member; somebody who is no member leaves no mark. Corrected later, it leaves its trace."""
    who, state = _our_member(access, gesture.body["who"]), gesture.body["state"]
    if who is None:
        return
    row = attendance_row(access.meeting.id, who)
    if row is None:
        row = Attendance(meeting_id=access.meeting.id, user_id=who, state="", marked_at=gesture.happened_at)
        db.session.add(row)
    if gesture.happened_at < row.marked_at:
        return
    if row.state not in ("", state) and now > access.meeting.ends_at:
        change = AttendanceChange(meeting_id=row.meeting_id, user_id=who, before=row.state, after=state, at=now)
        change.by_id = by.id
        db.session.add(change)
    row.state, row.marked_at = state, gesture.happened_at


def _situation(access: MeetingAccess, gesture: Gesture, _by: Person, _now: datetime) -> None:
    """Whoever presents will be asked for a yes of their own; with a spare situation nobody does."""
    chosen = _our_situation(access, gesture.body.get("situation"))
    choose_situation(access.meeting, chosen.id if chosen else None)
    presenter = chosen.author_id if chosen else _our_member(access, gesture.body.get("told_by"))
    set_presenter(sheet_of_meeting(access.meeting.id), presenter)


def _our_member(access: MeetingAccess, name: str | None) -> UUID | None:
    """The member whom a gesture names; somebody from elsewhere presents nothing."""
    return next((member for member in access.access.member_ids if str(member) == name), None)


def _our_situation(access: MeetingAccess, name: str | None) -> Situation | None:
    """The situation that a gesture names, if it was sent to this collective and not withdrawn."""
    if name is None:
        return None
    try:
        found = get_situation(UUID(name))
    except ValueError:
        return None
    is_ours = found is not None and found.situation.collective_id == access.collective.id
    return found.situation if found and is_ours else None


def _removed(access: MeetingAccess, _gesture: Gesture, _by: Person, _now: datetime) -> None:
    ask_job("erase_removed_notes", after_s=UNDO_S, meeting_id=access.meeting.id)


def erase_removed_notes(meeting: Meeting, *, now: datetime) -> None:
    """The words of notes removed for ten minutes, or before the close, leave the server."""
    events = stored_events(meeting, None)
    state = fold(gesture for gesture, _ in events)
    alive = {note.id for note in state.notes}
    over = now if state.closed_at else now - timedelta(seconds=UNDO_S)
    gone = {
        gesture.body["note"]
        for gesture, _ in events
        if gesture.kind == "note_removed" and gesture.body["note"] not in alive and gesture.happened_at <= over
    }
    for gesture, row in events:
        if gesture.body.get("note") in gone and gesture.body.get("text"):
            body = json.dumps({**gesture.body, "text": ""})
            aad = vault.place("meeting_events", row.id, "body", meeting.key_id)
            row.body = vault.seal(body, meeting.key_id, aad)
