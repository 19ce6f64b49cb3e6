"""Meetings, their events as a person may read them, and who was there."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, true

from collectifs.collectives.models import Collective, Meeting
from collectifs.collectives.queries.collectives import CollectiveAccess, collective_access
from collectifs.collectives.queries.pilotships import Deputy
from collectifs.domain.agenda import fold
from collectifs.domain.agenda_reading import reviewed_from
from collectifs.domain.canvas import Step
from collectifs.domain.gesture_bodies import HAND_TAKEN
from collectifs.domain.gestures import Gesture
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.queries.reading import Once
from collectifs.kernel.retention import notes_end_at
from collectifs.kernel.text.typed import readable_throughout
from collectifs.kernel.vault import Perished, open_sealed, place
from collectifs.models import Attendance, MeetingEvent, SynthesisSheet
from collectifs.people.models import Territory
from collectifs.queries.sheets import is_agreed


@dataclass(frozen=True)
class MeetingAccess:
    """A meeting with its collective and the ids that the rules on access need."""

    meeting: Meeting
    access: CollectiveAccess

    @property
    def collective(self) -> Collective:
        """The collective that meets."""
        return self.access.collective

    @property
    def deputies(self) -> list[Deputy]:
        """Who is named to run it in the pilot's place."""
        return [each for each in self.access.deputies if each.meeting_id == self.meeting.id]

    @property
    def deputy_ids(self) -> frozenset[UUID]:
        """Who runs it in the pilot's place."""
        return self.access.deputies_for(self.meeting.id)


@dataclass(frozen=True)
class MeetingFacts:
    """A date, hours and a place: what a manager may know of a meeting, and every member."""

    id: UUID
    number: int
    starts_at: datetime
    ends_at: datetime
    place: str
    access_note: str
    sheet_id: UUID | None
    is_started: bool
    is_closed: bool
    commune: str = ""
    cancelled_at: datetime | None = None
    reopened_at: datetime | None = None

    def is_left_open(self, now: datetime) -> bool:
        """« À relire »: it was started, and nobody closed it."""
        return self.is_started and not self.is_closed and now >= reviewed_from(self.ends_at, self.reopened_at)

    def is_past(self, now: datetime) -> bool:
        """Whether it was held, or its hours are over."""
        return self.is_closed or self.ends_at < now


@dataclass(frozen=True)
class OpenedEvent:
    """A gesture with its body opened, ready for the fold."""

    id: UUID
    sequence: int
    kind: str
    hand: int
    happened_at: datetime
    body: dict[str, Any]


def get_meeting(meeting_id: UUID) -> MeetingAccess | None:
    """A meeting and who may do what in it; while a page is read, with what pages show around it."""
    return _meeting(meeting_id, collective_access)


def get_room(meeting_id: UUID) -> MeetingAccess | None:
    """The same and nothing around it: for what screens ask again and again, which shows no page."""
    return _meeting(meeting_id, collective_access.alone)


def _meeting(meeting_id: UUID, access_of: Callable[[Collective], CollectiveAccess]) -> MeetingAccess | None:
    """One question brings its collective and territory: gestures are many."""
    found = db.session.execute(
        select(Meeting, Collective, Territory)
        .join(Collective, Collective.id == Meeting.collective_id)
        .join(Territory, Territory.id == Collective.territory_id)
        .where(Meeting.id == meeting_id)
        .order_by(Meeting.id)
    ).first()
    return MeetingAccess(found[0], access_of(found[1])) if found else None


@Once
def meetings_of(collective_id: UUID) -> list[MeetingFacts]:
    """The series of a collective, in order; a cancelled meeting has left it."""
    query = with_state().where(Meeting.collective_id == collective_id, Meeting.cancelled_at.is_(None))
    return [facts_from(*row) for row in db.session.execute(query.order_by(Meeting.number))]


@Once
def cancelled_in(collective_id: UUID) -> list[MeetingFacts]:
    """The meetings that left the series of a collective, by date."""
    query = with_state().where(Meeting.collective_id == collective_id, Meeting.cancelled_at.is_not(None))
    return [facts_from(*row) for row in db.session.execute(query.order_by(Meeting.starts_at, Meeting.id))]


@Once
def facts_of(meeting: Meeting) -> MeetingFacts:
    """A meeting as its members know it, cancelled or not."""
    query = with_state().where(Meeting.id == meeting.id).order_by(Meeting.id)
    return facts_from(*db.session.execute(query).one())


def with_state() -> Any:
    """Meetings with their sheet, and when they were started, closed, reopened."""
    times = (_latest(kind) for kind in ("meeting_started", "meeting_closed", "meeting_reopened"))
    return select(Meeting, SynthesisSheet.id, *times).outerjoin(
        SynthesisSheet, SynthesisSheet.meeting_id == Meeting.id
    )


def _latest(kind: str) -> Any:
    """When a gesture was last made in the meeting of the row."""
    query = select(func.max(MeetingEvent.happened_at)).where(
        MeetingEvent.meeting_id == Meeting.id, MeetingEvent.kind == kind
    )
    return query.correlate(Meeting).scalar_subquery()


def facts_from(
    meeting: Meeting,
    sheet_id: UUID | None,
    started: datetime | None,
    closed: datetime | None,
    reopened: datetime | None,
) -> MeetingFacts:
    """A meeting as its members know it, of a row that is at hand."""
    is_closed = closed is not None and (reopened is None or reopened < closed)
    return MeetingFacts(
        meeting.id,
        meeting.number,
        meeting.starts_at,
        meeting.ends_at,
        meeting.place,
        meeting.access_note,
        sheet_id,
        started is not None,
        is_closed,
        meeting.commune,
        meeting.cancelled_at,
        reopened,
    )


def agenda_of(meeting: Meeting) -> tuple[Step, ...]:
    """The prepared agenda."""
    return tuple(Step.from_json(step) for step in meeting.steps)


def spares_of(collective_id: UUID) -> list[str]:
    """The spare situations that the meetings of a collective hold ready, in their order."""
    return list(
        db.session.scalars(
            select(Meeting.spare_id)
            .where(Meeting.collective_id == collective_id, Meeting.cancelled_at.is_(None))
            .order_by(Meeting.number)
        )
    )


def last_number(collective_id: UUID) -> int:
    """The number of the latest meeting of a collective, 0 before the first."""
    query = select(func.max(Meeting.number)).where(
        Meeting.collective_id == collective_id, Meeting.cancelled_at.is_(None)
    )
    return db.session.scalar(query) or 0


def notes_are_gone(meeting: Meeting, now: datetime) -> bool:
    """Whether the words of a meeting have perished: its sheet agreed, or 30 days gone by."""
    is_over = meeting.notes_perished_at is not None or notes_end_at(meeting.ends_at) <= now
    return is_over or is_agreed(meeting.id, now)


def events_after(meeting: Meeting, sequence: int, reader_id: UUID) -> list[OpenedEvent]:
    """The gestures numbered past `sequence` that a person may read, in order; none once perished."""
    if notes_are_gone(meeting, clock.now()):
        return []
    rows = db.session.scalars(
        select(MeetingEvent)
        .where(
            MeetingEvent.meeting_id == meeting.id,
            MeetingEvent.sequence > sequence,
            or_(~MeetingEvent.is_private, MeetingEvent.author_id == reader_id),
        )
        .order_by(MeetingEvent.sequence)
    )
    try:
        return [open_event(meeting, event) for event in rows]
    except Perished:
        return []


def notes_for_sheet(meeting: Meeting, reader_id: UUID) -> list[str]:
    """The notes written « pour la fiche », or copied to it, while the notes live."""
    gestures = [
        Gesture(str(event.id), event.kind, event.hand, event.happened_at, event.body)
        for event in events_after(meeting, 0, reader_id)
    ]
    return [note.text for note in fold(gestures).notes if note.text and (note.lane == "sheet" or note.copied)]


def open_event(meeting: Meeting, event: MeetingEvent) -> OpenedEvent:
    """One gesture with its body, readable whatever was once stored. Raises Perished."""
    aad = place("meeting_events", event.id, "body", meeting.key_id)
    body = readable_throughout(json.loads(open_sealed(event.body, meeting.key_id, aad)))
    return OpenedEvent(event.id, event.sequence, event.kind, event.hand, event.happened_at, body)


def stored_events(meeting: Meeting, reader_id: UUID | None) -> list[tuple[Gesture, MeetingEvent]]:
    """The gestures of a meeting with their rows; `reader_id` None leaves no private lane out (tidying)."""
    mine = or_(~MeetingEvent.is_private, MeetingEvent.author_id == reader_id)
    rows = db.session.scalars(
        select(MeetingEvent)
        .where(MeetingEvent.meeting_id == meeting.id, mine if reader_id else true())
        .order_by(MeetingEvent.sequence)
    )
    return [(_gesture(meeting, row), row) for row in rows]


def steering_events(meeting: Meeting) -> list[Gesture]:
    """Who took the hand and when: what tells whether a device may steer."""
    rows = db.session.scalars(
        select(MeetingEvent)
        .where(MeetingEvent.meeting_id == meeting.id, MeetingEvent.kind == HAND_TAKEN)
        .order_by(MeetingEvent.sequence)
    )
    return [_gesture(meeting, row) for row in rows]


def _gesture(meeting: Meeting, row: MeetingEvent) -> Gesture:
    opened = open_event(meeting, row)
    return Gesture(str(row.id), row.kind, row.hand, row.happened_at, opened.body)


def known_event_ids(ids: list[UUID]) -> dict[UUID, UUID]:
    """Which of these gestures have arrived already, and in which meeting."""
    query = select(MeetingEvent.id, MeetingEvent.meeting_id).where(MeetingEvent.id.in_(ids))
    return {row.id: row.meeting_id for row in db.session.execute(query.order_by(MeetingEvent.id))}


@Once
def attendance_of(meeting_id: UUID) -> dict[UUID, str]:
    """Who was there: the last word on each person."""
    rows = db.session.execute(
        select(Attendance.user_id, Attendance.state)
        .where(Attendance.meeting_id == meeting_id)
        .order_by(Attendance.user_id)
    )
    return {row.user_id: row.state for row in rows}


def attendance_row(meeting_id: UUID, user_id: UUID) -> Attendance | None:
    """The attendance of one person."""
    return db.session.scalars(
        select(Attendance)
        .where(Attendance.meeting_id == meeting_id, Attendance.user_id == user_id)
        .order_by(Attendance.marked_at)
    ).first()


def has_event(meeting_id: UUID, kind: str) -> bool:
    """Whether a gesture of this kind was made in a meeting."""
    found = db.session.scalars(
        select(MeetingEvent.id)
        .where(MeetingEvent.meeting_id == meeting_id, MeetingEvent.kind == kind)
        .order_by(MeetingEvent.sequence)
    ).first()
    return found is not None
