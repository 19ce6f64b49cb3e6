"""The two hours in the room: gestures arrive, once each, and are kept sealed. What a gesture costs does not depend on
how many came before it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypedDict
from uuid import UUID

from collectifs.collectives.models import Meeting
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.live.domain.agenda import fold
from collectifs.live.domain.gesture_fields import unreadable
from collectifs.live.domain.gesture_table import HAND_TAKEN, TRANSIENT, UNDO_S, From, declared
from collectifs.live.domain.gestures import Gesture, may_steer, read_gesture, within_reach
from collectifs.live.queries.events import (
    hands_taken,
    known_event_ids,
    lock_meeting,
    note_privacy,
    notes_are_gone,
    stored_events,
)
from collectifs.live.services.devices import use_pass, why_refused
from collectifs.live.services.marks import leave_mark
from collectifs.live.services.perishing import empty_words
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.models import MeetingEvent
from collectifs.meetings.permissions import can_run_meeting
from collectifs.meetings.queries.meetings import MeetingAccess
from collectifs.people.domain.person import Person

MOST_AT_ONCE = 500
AHEAD = timedelta(seconds=60)

ANOTHER_DEVICE = "Un autre appareil a la main."
NO_HAND = "La main se passe par le QR code que montre l’appareil qui l’a."
NOT_WITHOUT_HAND = "Cette action revient à la personne qui a la main."
NO_NOTES = "Ce regroupement se tient sans notes."


class MeetingPerished(Exception):
    """The words of this meeting have perished: nothing can be added to it."""


class Refused(TypedDict):
    """A gesture that was not kept, and why, in words."""

    id: str
    why: str


@dataclass
class Received:
    """What became of the gestures that a device sent: ids kept, and ids refused with the reason."""

    accepted: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


@dataclass
class _Sending:
    """One sending of a device, with what the meeting knew before it."""

    access: MeetingAccess
    device: str
    token: str
    by: Person
    now: datetime
    runs: bool
    hands: list[tuple[Gesture, UUID | None]]
    private: dict[UUID, bool]

    @property
    def meeting(self) -> Meeting:
        return self.access.meeting


def receive_gestures(
    meeting: MeetingAccess, *, device: str, sent: list[object], token: str = "", now: datetime, by: Person
) -> Received:
    """Keep the gestures of a device: each once, in its order; a repeated one changes nothing.

    `token` is that of the square code by which somebody who does not run the meeting takes *la main*.
    Raises MeetingPerished when the notes are gone.
    """
    lock_meeting(meeting.meeting)
    if notes_are_gone(meeting.meeting, now):
        raise MeetingPerished
    if len(sent) > MOST_AT_ONCE:
        raise RuleBroken(f"Trop d’actions en une fois : {MOST_AT_ONCE} au plus.")
    received = Received()
    gestures = _readable(sent, received, now)
    known = {str(each): where for each, where in known_event_ids([UUID(each.id) for each in gestures]).items()}
    private = note_privacy(meeting.meeting, {UUID(each.body["note"]) for each in gestures if "note" in each.body})
    runs, hands = can_run_meeting(by, meeting), hands_taken(meeting.meeting)
    sending = _Sending(meeting, device, token, by, now, runs, hands, private)
    for gesture in gestures:
        place = known.get(gesture.id)
        why = "" if place == meeting.meeting.id else _take(sending, gesture, is_used=place is not None)
        if why:
            received.refused.append({"id": gesture.id, "why": why})
            continue
        known[gesture.id] = meeting.meeting.id
        received.accepted.append(gesture.id)
    db.session.flush()
    return received


def _readable(sent: Iterable[object], received: Received, now: datetime) -> list[Gesture]:
    """The gestures that can be read; the future is brought back to now, for clocks that run ahead."""
    gestures = []
    for data in sent:
        try:
            gesture = read_gesture(data)
        except RuleBroken as refusal:
            name = data.get("id") if isinstance(data, dict) else None
            received.refused.append({"id": name if isinstance(name, str) else "", "why": refusal.sentence})
            continue
        if gesture.happened_at > now + AHEAD:
            gesture = Gesture(gesture.id, gesture.kind, gesture.hand, now, gesture.body)
        gestures.append(gesture)
    return gestures


def _take(sending: _Sending, gesture: Gesture, *, is_used: bool) -> str:
    """Keep a gesture, with the mark that it leaves; why not, when it may not be kept.

    Whatever stops one gesture stops it alone, before anything is written: it is sealed first. `is_used`: its id is
    that of a gesture of another meeting.
    """
    why = unreadable().sentence if is_used else _why_refused(sending, gesture)
    if why:
        return why
    gesture = within_reach(gesture, (taken.hand for taken, _ in sending.hands))
    try:
        row = _sealed(sending.meeting, gesture)
        leave_mark(sending.access, gesture, sending.by, sending.now)
    except RuleBroken as refusal:
        return refusal.sentence
    _keep(sending, gesture, row)
    return ""


def _sealed(meeting: Meeting, gesture: Gesture) -> MeetingEvent:
    """The gesture as a row, not yet added: its body is sealed. Raises RuleBroken for a text that no file can hold."""
    row = MeetingEvent(
        id=UUID(gesture.id),
        meeting_id=meeting.id,
        kind=gesture.kind,
        hand=gesture.hand,
        happened_at=gesture.happened_at,
    )
    try:
        seal_text(row, MeetingEvent.body, json.dumps(dict(gesture.body), ensure_ascii=False), under=meeting)
    except UnicodeError:
        raise unreadable() from None
    return row


def _why_refused(sending: _Sending, gesture: Gesture) -> str:
    """What stands in the way of a gesture, in words; "" when nothing does."""
    known = declared(gesture.kind)
    if known.is_about_note and not sending.meeting.keeps_notes:
        return NO_NOTES
    if not may_steer((taken for taken, _ in sending.hands), gesture, sending.device):
        return ANOTHER_DEVICE
    if gesture.kind == HAND_TAKEN and (sending.token or not sending.runs):
        return _why_hand_refused(sending)  # a code shown is spent, whoever shows it
    if sending.runs:
        return ""
    return "" if known.sent_from is From.ROOM or _has_hand(sending, gesture) else NOT_WITHOUT_HAND


def _why_hand_refused(sending: _Sending) -> str:
    """Whoever does not run the meeting takes *la main* by the square code, and by nothing else."""
    if not sending.token:
        return NO_HAND
    why = why_refused(sending.access, sending.token, now=sending.now, by=sending.by)
    if why:
        return why
    return "" if use_pass(sending.access, sending.token, now=sending.now, by=sending.by) else NO_HAND


def _has_hand(sending: _Sending, gesture: Gesture) -> bool:
    """Whether this very person took the hand that the gesture claims: the name of a device proves nothing."""
    return any(
        taken.hand == gesture.hand and author_id == sending.by.id and taken.body["device"] == sending.device
        for taken, author_id in sending.hands
    )


def _keep(sending: _Sending, gesture: Gesture, row: MeetingEvent) -> None:
    """Number it among the gestures of its meeting, and add it."""
    meeting = sending.meeting
    note = UUID(gesture.body["note"]) if "note" in gesture.body else None
    about = UUID(gesture.body["item"]) if "item" in gesture.body else note
    meeting.sequence += 1
    row.sequence = meeting.sequence
    row.author_id = sending.by.id if note else None
    row.is_private = note is not None and _is_private(sending, note, gesture)
    row.note_id = about
    if gesture.kind == HAND_TAKEN:
        row.author_id = None if sending.runs else sending.by.id
        sending.hands.append((gesture, row.author_id))
    db.session.add(row)


def _is_private(sending: _Sending, note: UUID, gesture: Gesture) -> bool:
    """By the lane that the gesture names, else the latest one known; a note that nobody knows yet is its author's."""
    lane = gesture.body.get("lane")
    private = lane == "private" if lane else sending.private.get(note, True)
    sending.private[note] = private
    return private


def erase_removed_notes(meeting: Meeting, *, now: datetime) -> None:
    """The words of notes removed for ten minutes, or before the close, leave the server; so do the turns taken."""
    events = stored_events(meeting, None)
    state = fold(gesture for gesture, _ in events)
    alive = {note.id for note in state.notes}
    over = now if state.closed_at else now - timedelta(seconds=UNDO_S)
    gone = {
        gesture.body["note"]
        for gesture, _ in events
        if gesture.kind == GestureKind.NOTE_REMOVED
        if gesture.body["note"] not in alive and gesture.happened_at <= over
    }
    for gesture, row in events:
        if gesture.body.get("note") in gone and gesture.body.get("text"):
            empty_words(meeting, row, gesture.body)
        if gesture.kind in TRANSIENT and state.closed_at is not None:
            db.session.delete(row)
