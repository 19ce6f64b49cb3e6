"""The two hours in the room: gestures arrive, once each, and are kept sealed. What a gesture costs does not depend on
how many came before it.

One road for gestures of every kind. What they rely on is read first, then they are sealed; only then is the lock taken,
for as long as it takes to number and to write them. Whoever came in between is seen by the number of the last gesture:
then nothing is written, and the sending is read again from the start. A mark outside the gestures is one more statement
after them (light_marks.py); the few that need the whole collective are decided under the lock (marks.py).
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import TypedDict
from uuid import UUID

from collectifs.collectives.models import Meeting
from collectifs.kernel.errors import MovedMeanwhile, RuleBroken
from collectifs.kernel.extensions import begin_writing, db
from collectifs.kernel.models import row_of
from collectifs.kernel.together import write_together
from collectifs.kernel.vault.texts import seal_text
from collectifs.live.domain.agenda import fold
from collectifs.live.domain.gesture_fields import unreadable
from collectifs.live.domain.gesture_table import HAND_TAKEN, TRANSIENT, UNDO_S, From, declared
from collectifs.live.domain.gestures import Gesture, may_steer, read_gesture, within_reach
from collectifs.live.queries.door import Door
from collectifs.live.queries.events import stored_events
from collectifs.live.queries.past import Past, past_of
from collectifs.live.services.devices import use_pass, why_refused
from collectifs.live.services.light_marks import Writing, is_light, light_mark
from collectifs.live.services.marks import leave_mark, tidy_after, tidying_after
from collectifs.live.services.numbering import can_stand_alone, number, write_alone, write_rows
from collectifs.live.services.perishing import empty_words
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.models import MeetingEvent
from collectifs.meetings.queries.meetings import MeetingAccess, get_meeting
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
    """What became of the gestures that a device sent: ids kept, and ids refused with the reason.

    `sequence`: the number of the last gesture of the meeting.
    """

    sequence: int
    accepted: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


@dataclass
class _Sending:
    """One sending of a device, with what the meeting knew before it.

    `seen`: the number of the last gesture. `rows`: what is to be written, in order, `marks`: what after them; `kinds`:
    what was.
    """

    door: Door
    device: str
    token: str
    past: Past
    seen: int
    rows: list[MeetingEvent] = field(default_factory=list)
    marks: list[Writing] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    is_locked: bool = False

    @property
    def meeting(self) -> Meeting:
        return self.door.meeting

    @property
    def by(self) -> Person:
        return self.door.person

    @property
    def now(self) -> datetime:
        return self.door.at

    @cached_property
    def access(self) -> MeetingAccess:
        """The meeting with all that marks need, loaded under the lock."""
        found = get_meeting(self.meeting.id)
        if found is None:
            raise MovedMeanwhile
        return found


def receive_gestures(door: Door, *, device: str, sent: list[object], token: str = "") -> Received:
    """Keep the gestures of a device: each once, in its order; a repeated one changes nothing.

    `token` is that of the square code by which somebody who does not run the meeting takes *la main*.
    Raises MeetingPerished when the notes are gone, MovedMeanwhile when somebody wrote between reading and writing.
    """
    if door.notes_are_gone:
        raise MeetingPerished
    if len(sent) > MOST_AT_ONCE:
        raise RuleBroken(f"Trop d’actions en une fois : {MOST_AT_ONCE} au plus.")
    received = Received(door.meeting.sequence)
    gestures = _readable(sent, received, door.at)
    if gestures:
        _receive_all(_Sending(door, device, token, _past_of(door, gestures), door.meeting.sequence), gestures, received)
    return received


def _past_of(door: Door, gestures: Collection[Gesture]) -> Past:
    notes = {UUID(each.body[name]) for each in gestures for name in ("note", "item") if name in each.body}
    return past_of(door.meeting, [UUID(each.id) for each in gestures], notes)


def _receive_all(sending: _Sending, gestures: Iterable[Gesture], received: Received) -> None:
    """Keep what may be kept, and write it."""
    if any(_is_decided_under_the_lock(sending, each) for each in gestures):
        _lock(sending, whole_picture=True)
    for gesture in gestures:
        why = _receive(sending, gesture)
        if why:
            received.refused.append({"id": gesture.id, "why": why})
        else:
            received.accepted.append(gesture.id)
    if sending.rows and _stands_alone(sending):
        sending.seen = write_alone(sending.door, sending.seen, sending.rows.pop())
    elif sending.rows:
        write_together(lambda: _write_all(sending))
    elif sending.kinds:
        _write_all(sending)
    received.sequence = sending.seen


def _stands_alone(sending: _Sending) -> bool:
    """Whether nothing is written but one gesture: no mark, and nothing to be done later because of it."""
    if not can_stand_alone() or sending.marks or len(sending.rows) > 1:
        return False
    return not tidying_after([sending.rows[0].kind], is_closed=sending.past.is_closed)


def _write_all(sending: _Sending) -> None:
    """What is kept, with what must be done later because of it."""
    _write(sending)
    tidy_after(sending.meeting, sending.kinds, is_closed=sending.past.is_closed)
    if db.session.registry.has():
        db.session.flush()


def _is_decided_under_the_lock(sending: _Sending, gesture: Gesture) -> bool:
    """Whether more than this meeting is read for it: a mark that is not light, a square code."""
    is_heavy = declared(gesture.kind).leaves_mark and not is_light(gesture.kind)
    return is_heavy or (gesture.kind == HAND_TAKEN and bool(sending.token))


def _lock(sending: _Sending, *, whole_picture: bool) -> None:
    """The row of the meeting, until the end of the transaction, if all is still as it was read."""
    begin_writing(whole_picture=whole_picture)
    sending.seen = number(sending.door, sending.seen, 0)
    sending.is_locked = True


def _write(sending: _Sending) -> None:
    """Number the gestures that are kept, and write them."""
    rows = sending.rows
    if not rows:
        return
    if not sending.is_locked:
        begin_writing(whole_picture=False)
    sending.seen = number(sending.door, sending.seen, len(rows))
    for sequence, row in enumerate(rows, sending.seen - len(rows) + 1):
        row.sequence = sequence
    write_rows(rows)
    sending.kinds.update(row.kind for row in rows)
    rows.clear()
    for leave in sending.marks:
        leave()
    sending.marks.clear()


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


def _receive(sending: _Sending, gesture: Gesture) -> str:
    """Keep a gesture, with the mark that it leaves; why not, when it may not be kept. One that is here already is kept.

    Whatever stops one gesture stops it alone, before anything is written: it is sealed first.
    """
    place = sending.past.places.get(gesture.id)
    if place == sending.meeting.id:
        return ""
    why = _why_refused(sending, gesture) if place is None else unreadable().sentence
    if why:
        return why
    gesture = within_reach(gesture, sending.past.hands)
    try:
        row = _sealed(sending.meeting, gesture)
        if is_light(gesture.kind):
            sending.marks.append(light_mark(sending.door, sending.past, gesture))
        elif declared(gesture.kind).leaves_mark:
            leave_mark(sending.access, gesture, sending.by, sending.now)
    except RuleBroken as refusal:
        return refusal.sentence
    _keep(sending, gesture, row)
    sending.past.places[gesture.id] = sending.meeting.id
    if sending.is_locked:
        _write(sending)  # the mark of the next one reads the gestures before it
    return ""


def _sealed(meeting: Meeting, gesture: Gesture) -> MeetingEvent:
    """The gesture as a row, not yet added: its body is sealed. Raises RuleBroken for a text that no file can hold."""
    known = {"kind": gesture.kind, "hand": gesture.hand, "happened_at": gesture.happened_at}
    row = row_of(MeetingEvent, {"id": UUID(gesture.id), "meeting_id": meeting.id, **known})
    try:
        seal_text(row, MeetingEvent.body, json.dumps(dict(gesture.body), ensure_ascii=False), under=meeting)
    except UnicodeError:
        raise unreadable() from None
    return row


def _why_refused(sending: _Sending, gesture: Gesture) -> str:
    """What stands in the way of a gesture, in words; "" when nothing does."""
    known, runs = declared(gesture.kind), sending.door.runs
    if known.is_about_note and not sending.meeting.keeps_notes:
        return NO_NOTES
    takes_hand = gesture.kind == HAND_TAKEN
    if (gesture.steers or takes_hand) and not _may_steer(sending, gesture):
        return ANOTHER_DEVICE
    if takes_hand and (sending.token or not runs):
        return _why_hand_refused(sending)  # a code shown is spent, whoever shows it
    if runs:
        return ""
    return "" if known.sent_from is From.ROOM or _has_hand(sending, gesture) else NOT_WITHOUT_HAND


def _may_steer(sending: _Sending, gesture: Gesture) -> bool:
    """Asked of gestures that steer alone: who has the hand is opened for them."""
    return may_steer((taken for taken, _ in sending.past.taken), gesture, sending.device)


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
        for taken, author_id in sending.past.taken
    )


def _keep(sending: _Sending, gesture: Gesture, row: MeetingEvent) -> None:
    """Add it to what is written, with whose it is."""
    note = UUID(gesture.body["note"]) if "note" in gesture.body else None
    row.note_id = UUID(gesture.body["item"]) if "item" in gesture.body else note
    row.author_id = sending.by.id if note else None
    row.is_private = note is not None and _is_private(sending, note, gesture)
    if gesture.kind == GestureKind.UNPARKED and row.note_id:
        sending.past.unparked.add(row.note_id)
    if gesture.kind == HAND_TAKEN:
        row.author_id = None if sending.door.runs else sending.by.id
        sending.past.take(gesture, row.author_id)
    sending.rows.append(row)


def _is_private(sending: _Sending, note: UUID, gesture: Gesture) -> bool:
    """By the lane that the gesture names, else the latest one known; a note that nobody knows yet is its author's."""
    lane = gesture.body.get("lane")
    private = lane == "private" if lane else sending.past.private.get(note, True)
    sending.past.private[note] = private
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
