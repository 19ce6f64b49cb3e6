"""The gestures of the meetings held: real instants for all of them, words only where notes still live."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from collectifs.collectives.models import Meeting
from collectifs.demo.kept import park
from collectifs.demo.records import DemoMeeting
from collectifs.demo.rows import Stage, add, note
from collectifs.demo.series import Series
from collectifs.kernel.vault.texts import seal_text
from collectifs.live.domain.gestures import read_gesture
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.domain.canvas import plan_of
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.models import Attendance, MeetingEvent
from collectifs.meetings.queries.meetings import agenda_of

FIRST_NOTE, NEXT_NOTE = timedelta(minutes=1), timedelta(seconds=50)
ROLL_BEGUN = timedelta(minutes=25)


@dataclass
class Journal:
    """The gestures of one meeting, as the device of its pilot would have sent them."""

    meeting: Meeting
    author_id: UUID
    device: str = field(default_factory=lambda: uuid4().hex)
    made: list[tuple[datetime, GestureKind, dict[str, Any]]] = field(default_factory=list)

    def make(self, kind: GestureKind, at: datetime, **body: Any) -> None:
        """Remember a gesture."""
        self.made.append((at, kind, body))

    def write(self, at: datetime, lane: str, step: str, text: str) -> str:
        """Remember a note; returns its id."""
        note_id = str(uuid4())
        self.make(GestureKind.NOTE_WRITTEN, at, note=note_id, lane=lane, step=step, text=text)
        return note_id

    def keep(self) -> None:
        """Write the gestures down in their order, each checked as if a device had sent it."""
        for at, kind, body in sorted(self.made, key=lambda gesture: gesture[0]):
            self._keep(at, kind, body)

    def _keep(self, at: datetime, kind: GestureKind, body: dict[str, Any]) -> None:
        event_id = uuid4()
        sent = {"id": str(event_id), "kind": kind, "hand": 1, "happened_at": at.isoformat(), "body": body}
        gesture = read_gesture(sent)
        self.meeting.sequence += 1
        row = MeetingEvent(
            id=event_id,
            meeting_id=self.meeting.id,
            sequence=self.meeting.sequence,
            kind=kind,
            hand=gesture.hand,
            happened_at=gesture.happened_at,
            author_id=self.author_id if "note" in body else None,
            note_id=UUID(body.get("item") or body["note"]) if {"item", "note"} & set(body) else None,
        )
        seal_text(row, MeetingEvent.body, json.dumps(dict(gesture.body)), under=self.meeting)
        add(row)


@dataclass(frozen=True)
class Room:
    """One meeting as it was told, as it is written, and the situations sent for it (ids by name)."""

    stage: Stage
    series: Series
    told: DemoMeeting
    meeting: Meeting
    situations: dict[str, UUID]

    @property
    def last_held(self) -> DemoMeeting | None:
        """The last meeting of the series that was held."""
        return next((told for told in reversed(self.series.told.meetings) if told.is_past), None)

    @property
    def instants(self) -> dict[str, datetime]:
        """When each step was really entered; the last one, « », is the close."""
        steps = [step.id for step in agenda_of(self.meeting)]
        return dict(zip([*steps, ""], self.told.step_instants(self.stage.data.tz), strict=True))


def add_gestures(room: Room) -> None:
    """What was done on the pilot's device, and what was written there if it has not perished."""
    journal = Journal(room.meeting, room.series.pilot.id)
    if room.told.is_past:
        _steer(room, journal)
        if room.meeting.notes_perished_at is None:
            _mark_attendance(room, journal)
            _write_notes(room, journal)
        if room.told is room.last_held:
            _park(room, journal)
    elif room.meeting.starts_at - ROLL_BEGUN <= room.stage.now:
        _prepare(room, journal)
    journal.keep()


def _steer(room: Room, journal: Journal) -> None:
    """From the start to the close; a step that lasted no minute was not entered."""
    instants = room.instants
    started_at, closed_at = min(instants.values()), instants.pop("")
    journal.make(GestureKind.HAND_TAKEN, started_at - timedelta(seconds=4), device=journal.device)
    journal.make(GestureKind.MEETING_STARTED, started_at, plan=plan_of(agenda_of(room.meeting)))
    entered = zip(instants, room.told.minutes, strict=True)
    for step in [step for step, minutes in entered if minutes][1:]:
        journal.make(GestureKind.STEP_ENTERED, instants[step], step=step)
    journal.make(GestureKind.MEETING_CLOSED, closed_at)
    note("meeting_started", room.meeting, by=room.series.pilot, at=started_at)
    note("meeting_closed", room.meeting, by=room.series.pilot, at=closed_at)


def _mark_attendance(room: Room, journal: Journal) -> None:
    started_at = min(room.instants.values())
    roster = room.stage.data.roster(room.series.told, room.told)
    for place, (who, state) in enumerate(roster.items()):
        at = started_at + timedelta(minutes=8) if state == "late" else started_at - timedelta(seconds=60 - place)
        journal.make(GestureKind.ATTENDANCE_MARKED, at, who=str(room.stage.people[who].id), state=state)


def _write_notes(room: Room, journal: Journal) -> None:
    """The situation, then what was said around it, each at its step."""
    instants, situation = room.instants, room.stage.data.situations[room.told.situation]
    for name in (name for name in room.situations if name == situation.id):
        journal.make(GestureKind.SITUATION_CHOSEN, instants["choix"] + FIRST_NOTE, situation=str(room.situations[name]))
    said = {
        "retour": _heard(room),
        "questionnement": situation.peer_questions,
        "resonance": situation.resonances,
        "deja-fait": tuple(filter(None, [situation.already_done])),
    }
    for step, texts in said.items():
        for place, text in enumerate(texts):
            journal.write(instants[step] + FIRST_NOTE + place * NEXT_NOTE, "collective", step, text)
    _write_answers(room, journal)


def _park(room: Room, journal: Journal) -> None:
    """What the series keeps in mind since its last meeting; the gesture's own words perish with the notes."""
    for place, text in enumerate(room.series.told.parking_lot):
        at = room.instants["discussion"] + FIRST_NOTE + place * NEXT_NOTE
        item = park(room.series, room.meeting, text=text, at=at)
        if room.meeting.notes_perished_at is None:
            journal.make(GestureKind.PARKED, at, text=text, item=str(item))


def _heard(room: Room) -> tuple[str, ...]:
    """What the collective told of the answers of the meeting before."""
    situations = room.stage.data.situations
    before = [other for other in room.series.told.meetings if other.number == room.told.number - 1]
    return tuple(situations[other.situation].follow_up for other in before if other.situation)


def _write_answers(room: Room, journal: Journal) -> None:
    """Each answer of the table round, in the lane of the sheet; those that the sheet took are marked."""
    whole = room.stage.data.situations[room.told.situation].sheet
    taken = room.stage.data.sheet_content(room.told)
    if whole is None or taken is None:
        return
    for place, answer in enumerate(whole.answers):
        at = room.instants["reponses"] + FIRST_NOTE + place * NEXT_NOTE
        note_id = journal.write(at, "sheet", "reponses", answer.text)
        if answer in taken.answers:
            copied_at = room.instants["generalite"] + FIRST_NOTE + place * NEXT_NOTE
            journal.make(GestureKind.NOTE_COPIED_TO_SHEET, copied_at, note=note_id)


def _prepare(room: Room, journal: Journal) -> None:
    """Before it starts: who said that they will not come, on the screen of the room and on the roll."""
    at = room.meeting.starts_at - ROLL_BEGUN
    for who, state in room.told.exceptions.items():
        person = room.stage.people[who].id
        journal.make(GestureKind.ATTENDANCE_MARKED, at, who=str(person), state=state)
        add(Attendance(meeting_id=room.meeting.id, user_id=person, state=AttendanceState(state), marked_at=at))
