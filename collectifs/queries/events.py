"""The gestures of a meeting as its service needs them: what a question answers without opening what was said."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from collectifs.collectives.models import Meeting
from collectifs.domain.gesture_bodies import HAND_TAKEN
from collectifs.domain.gestures import STEERING, Gesture, order_of
from collectifs.kernel.extensions import db
from collectifs.models import MeetingEvent
from collectifs.queries.meetings import open_event


def lock_meeting(meeting: Meeting) -> None:
    """The row of a meeting, held until the end of the transaction: its events are numbered one after the other.

    SQLite lets one transaction write at a time: there it is held already (design.md § 4).
    """
    if db.session.get_bind().dialect.name == "sqlite":
        return
    query = select(Meeting).where(Meeting.id == meeting.id).order_by(Meeting.id).with_for_update()
    db.session.scalars(query.execution_options(populate_existing=True)).one()


def hands_taken(meeting: Meeting) -> list[tuple[Gesture, UUID | None]]:
    """Who took *la main* and when; with the note taker's name, when it was theirs by a square code."""
    return [(_gesture(meeting, row), row.author_id) for row in _of_kind(meeting, HAND_TAKEN)]


def duties_given(meeting: Meeting) -> list[Gesture]:
    """The duties of the day, as they were given."""
    return sorted((_gesture(meeting, row) for row in _of_kind(meeting, "duty_given")), key=order_of)


def steering_of(meeting: Meeting) -> list[Gesture]:
    """How the meeting went on, and nothing of what was said in it. Raises Perished."""
    query = select(MeetingEvent).where(
        MeetingEvent.meeting_id == meeting.id, MeetingEvent.kind.in_([*sorted(STEERING), HAND_TAKEN])
    )
    return [_gesture(meeting, row) for row in db.session.scalars(query.order_by(MeetingEvent.sequence))]


def _of_kind(meeting: Meeting, kind: str) -> list[MeetingEvent]:
    query = select(MeetingEvent).where(MeetingEvent.meeting_id == meeting.id, MeetingEvent.kind == kind)
    return list(db.session.scalars(query.order_by(MeetingEvent.sequence)))


def _gesture(meeting: Meeting, row: MeetingEvent) -> Gesture:
    opened = open_event(meeting, row)
    return Gesture(str(row.id), row.kind, row.hand, row.happened_at, opened.body)


def note_privacy(meeting: Meeting, notes: Iterable[UUID]) -> dict[UUID, bool]:
    """Of some notes, those that the meeting knows: whether their words, by the latest gesture, are their author's."""
    wanted = list(notes)
    if not wanted:
        return {}
    rows = db.session.execute(
        select(MeetingEvent.note_id, MeetingEvent.is_private)
        .where(MeetingEvent.meeting_id == meeting.id, MeetingEvent.note_id.in_(wanted))
        .order_by(MeetingEvent.sequence)
    )
    return {row.note_id: row.is_private for row in rows}


def parked_events(meeting_id: UUID, item_id: UUID) -> list[MeetingEvent]:
    """The gestures that set something aside: they hold its words too."""
    query = select(MeetingEvent).where(
        MeetingEvent.meeting_id == meeting_id, MeetingEvent.note_id == item_id, MeetingEvent.kind == "parked"
    )
    return list(db.session.scalars(query.order_by(MeetingEvent.sequence)))


def was_unparked(meeting_id: UUID, item_id: UUID) -> bool:
    """Whether something was taken off the parking lot before its words arrived."""
    query = select(MeetingEvent.id).where(
        MeetingEvent.meeting_id == meeting_id, MeetingEvent.note_id == item_id, MeetingEvent.kind == "unparked"
    )
    return db.session.scalars(query.order_by(MeetingEvent.sequence)).first() is not None
