"""The gestures of a meeting, opened for whoever may read them; how far it is, for screens that ask again and again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select, true

from collectifs.collectives.models import Meeting
from collectifs.kernel import clock
from collectifs.kernel.extensions import db, reading
from collectifs.kernel.models import row_of
from collectifs.kernel.text.typed import CLOSED, readable_json
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import note_closed, open_text
from collectifs.live.domain.agenda import fold
from collectifs.live.domain.beam import public_gesture
from collectifs.live.domain.gesture_table import HAND_TAKEN, SHOWN, STEERING
from collectifs.live.domain.gestures import Gesture, PlainGesture
from collectifs.meetings.domain.canvas import Step
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.models import MeetingEvent
from collectifs.meetings.queries.meetings import notes_are_over
from collectifs.sheets.queries.sheets import is_agreed


def hands_taken(meeting: Meeting) -> list[tuple[Gesture, UUID | None]]:
    """Who took *la main* and when; with the note taker's name, when it was theirs by a square code."""
    opened = [(as_gesture(meeting, row), row.author_id) for row in _of_kind(meeting, HAND_TAKEN)]
    return [(gesture, author_id) for gesture, author_id in opened if gesture]


def steering_of(meeting: Meeting) -> list[Gesture]:
    """How the meeting went on, and nothing of what was said in it. Raises Perished."""
    query = select(MeetingEvent).where(
        MeetingEvent.meeting_id == meeting.id, MeetingEvent.kind.in_([*sorted(STEERING), HAND_TAKEN])
    )
    return _gestures(meeting, db.session.scalars(query.order_by(MeetingEvent.sequence)))


def shown_of(meeting: Meeting) -> list[Gesture]:
    """What the stage of the room is made of: how the meeting went on, and whether its situation is a spare one.

    None once it has perished.
    """
    query = select(MeetingEvent).where(MeetingEvent.meeting_id == meeting.id, MeetingEvent.kind.in_(sorted(SHOWN)))
    try:
        return _gestures(meeting, db.session.scalars(query.order_by(MeetingEvent.sequence)))
    except Perished:
        return []


def _of_kind(meeting: Meeting, kind: GestureKind) -> list[MeetingEvent]:
    query = select(MeetingEvent).where(MeetingEvent.meeting_id == meeting.id, MeetingEvent.kind == kind)
    return list(db.session.scalars(query.order_by(MeetingEvent.sequence)))


def as_gesture(meeting: Meeting, row: MeetingEvent) -> Gesture | None:
    """A row as the fold takes it; None when it does not open and says nothing else. Raises Perished."""
    opened = open_event(meeting, row)
    return Gesture(str(row.id), row.kind, row.hand, row.happened_at, opened.body) if opened else None


def _gestures(meeting: Meeting, rows: Iterable[MeetingEvent]) -> list[Gesture]:
    return [gesture for gesture in (as_gesture(meeting, row) for row in rows) if gesture]


def parked_events(meeting_id: UUID, item_id: UUID) -> list[MeetingEvent]:
    """The gestures that set something aside: they hold its words too."""
    query = select(MeetingEvent).where(
        MeetingEvent.meeting_id == meeting_id, MeetingEvent.note_id == item_id, MeetingEvent.kind == GestureKind.PARKED
    )
    return list(db.session.scalars(query.order_by(MeetingEvent.sequence)))


@dataclass(frozen=True)
class OpenedEvent:
    """A gesture with its body opened, ready for the fold."""

    id: UUID
    sequence: int
    kind: str
    hand: int
    happened_at: datetime
    body: dict[str, Any]


def notes_are_gone(meeting: Meeting, now: datetime) -> bool:
    """Whether the words of a meeting have perished: its sheet agreed, or 30 days gone by."""
    return notes_are_over(meeting, now) or is_agreed(meeting.id, now)


def events_after(meeting: Meeting, sequence: int, reader_id: UUID) -> list[OpenedEvent]:
    """The gestures numbered past `sequence` that a person may read, in order; none once perished."""
    return [] if notes_are_gone(meeting, clock.now()) else events_of(meeting, sequence, reader_id)


_COLUMNS = MeetingEvent.__table__.c  # all of them: a row is opened by what stands beside its words
_AFTER = (
    select(*_COLUMNS)
    .where(
        MeetingEvent.meeting_id == bindparam("meeting_id"),
        MeetingEvent.sequence > bindparam("sequence"),
        or_(~MeetingEvent.is_private, MeetingEvent.author_id == bindparam("reader_id")),
    )
    .order_by(MeetingEvent.sequence)
)


def events_of(meeting: Meeting, sequence: int, reader_id: UUID) -> list[OpenedEvent]:
    """The same, for whoever has just asked whether they perished."""
    values = {"meeting_id": meeting.id, "sequence": sequence, "reader_id": reader_id}
    try:
        return [opened for row in _read(_AFTER, values) if (opened := open_event(meeting, row))]
    except Perished:
        return []


def _read(statement: Any, values: Mapping[str, Any]) -> Iterator[MeetingEvent]:
    """Rows that no session knows: screens ask for them again and again, and change none."""
    return (row_of(MeetingEvent, row._mapping) for row in reading().execute(statement, values).all())


@dataclass(frozen=True)
class NotesAtHand:
    """What whoever writes the sheet has beside them: what was noted for it, and the collective's other notes."""

    for_sheet: list[str]
    others: list[str]


def notes_at_hand(meeting: Meeting, reader_id: UUID) -> NotesAtHand:
    """The notes of the meeting while they live; those « pour moi » stay in the room."""
    gestures = [
        Gesture(str(event.id), event.kind, event.hand, event.happened_at, event.body)
        for event in events_after(meeting, 0, reader_id)
    ]
    notes = [note for note in fold(gestures).notes if note.text]
    meant = [note for note in notes if note.lane == "sheet" or note.copied]
    others = [note for note in notes if note.lane == "collective" and note not in meant]
    return NotesAtHand([note.text for note in meant], [note.text for note in others])


def open_event(meeting: Meeting, event: MeetingEvent) -> OpenedEvent | None:
    """One gesture with its body, readable whatever was once stored. Raises Perished.

    Of one that does not open, what stands beside it says that words were there; any other is None: as if it never came.
    """
    try:
        body = readable_json(open_text(event, MeetingEvent.body, under=meeting))
    except Tampered:
        note_closed(MeetingEvent.body)
        body = _beside(event)
    if body is None:
        return None
    return OpenedEvent(event.id, event.sequence, event.kind, event.hand, event.happened_at, body)


def _beside(event: MeetingEvent) -> dict[str, str] | None:
    """What is known of closed words: the note that they were, and whose it was."""
    about = str(event.note_id)
    if event.kind == GestureKind.PARKED:
        return {"item": about, "text": CLOSED}
    if event.kind == GestureKind.NOTE_EDITED:
        return {"note": about, "text": CLOSED}
    lane = "private" if event.is_private else "collective"
    is_note = event.kind == GestureKind.NOTE_WRITTEN
    return {"note": about, "lane": lane, "step": "", "text": CLOSED} if is_note else None


def stored_events(meeting: Meeting, reader_id: UUID | None) -> list[tuple[Gesture, MeetingEvent]]:
    """The gestures of a meeting with their rows; `reader_id` None leaves no private lane out (tidying)."""
    mine = or_(~MeetingEvent.is_private, MeetingEvent.author_id == reader_id)
    rows = db.session.scalars(
        select(MeetingEvent)
        .where(MeetingEvent.meeting_id == meeting.id, mine if reader_id else true())
        .order_by(MeetingEvent.sequence)
    )
    opened = [(as_gesture(meeting, row), row) for row in rows]
    return [(gesture, row) for gesture, row in opened if gesture]


_SHOWN_AFTER = (
    select(*_COLUMNS)
    .where(
        MeetingEvent.meeting_id == bindparam("meeting_id"),
        MeetingEvent.sequence > bindparam("sequence"),
        MeetingEvent.kind.in_(sorted(SHOWN)),
    )
    .order_by(MeetingEvent.sequence)
)


def public_events(meeting: Meeting, sequence: int) -> list[PlainGesture]:
    """The gestures past `sequence` that steer, in order, each with what the room may see; none once perished.

    Whether they have by their date alone is asked before (`notes_are_gone`).
    """
    rows = _read(_SHOWN_AFTER, {"meeting_id": meeting.id, "sequence": sequence})
    try:
        return [public_gesture(gesture) for gesture in _gestures(meeting, rows)]
    except Perished:
        return []


_STEPS = select(Meeting.steps).where(Meeting.id == bindparam("meeting_id"))


def steps_of(meeting_id: UUID) -> tuple[Step, ...]:
    """The prepared agenda of a meeting, and nothing else of it."""
    steps = reading().execute(_STEPS, {"meeting_id": meeting_id}).scalar()
    return tuple(Step.from_json(step) for step in steps or ())
