"""Meetings, their events as a person may read them, and who was there."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select

from collectifs.collectives.models import Collective, Meeting
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.collectives.queries.lines import SHOWN, asked_on
from collectifs.collectives.queries.pilotships import Deputy
from collectifs.kernel.endings import notes_end_at
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.domain.canvas import Step
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.domain.planning import reviewed_from
from collectifs.meetings.domain.standing import Standing
from collectifs.meetings.models import Attendance, DatePoll, MeetingEvent, MeetingGuest, SynthesisSheet


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

    @cached_property
    def deputy_ids(self) -> frozenset[UUID]:
        """Who runs it in the pilot's place."""
        return self.access.deputies_for(self.meeting.id)

    def standing(self, user_id: UUID) -> Standing:
        """What somebody is in it, at the instant at which it was loaded."""
        return Standing(
            pilots=user_id in self.access.pilot_ids,
            has_accepted=user_id in self.access.member_ids and user_id in self.access.consent_ids,
            stands_in=user_id in self.deputy_ids,
            is_secretary=user_id == self.meeting.note_taker_id,
            is_cancelled=self.meeting.cancelled_at is not None,
        )


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
    insee: str = ""

    def is_left_open(self, now: datetime) -> bool:
        """« À relire »: it was started, and nobody closed it."""
        return self.is_started and not self.is_closed and now >= reviewed_from(self.ends_at, self.reopened_at)

    def is_past(self, now: datetime) -> bool:
        """Whether it was held, or its hours are over."""
        return self.is_closed or self.ends_at < now


# Asked at nearly each page: written once, of columns alone.
_M, _E, _S = Meeting.__table__, MeetingEvent.__table__, SynthesisSheet.__table__
KNOWN = (
    *(_M.c.id, _M.c.number, _M.c.starts_at, _M.c.ends_at),
    *(_M.c.place, _M.c.access_note, _M.c.commune, _M.c.insee, _M.c.cancelled_at),
)


def _latest(kind: GestureKind) -> Any:
    """When a gesture was last made in the meeting of the row."""
    query = select(func.max(_E.c.happened_at)).where(_E.c.meeting_id == _M.c.id, _E.c.kind == kind)
    return query.correlate(_M).scalar_subquery()


_ENDS = (GestureKind.MEETING_STARTED, GestureKind.MEETING_CLOSED, GestureKind.MEETING_REOPENED)
# What is known of meetings, with their sheet, and when they were started, closed, reopened; no agenda.
_WITH_STATE: Any = (
    select(_M.c.collective_id, *KNOWN, _S.c.id, *(_latest(kind) for kind in _ENDS))
    .select_from(_M)
    .outerjoin(_S, _S.c.meeting_id == _M.c.id)
)
_P = DatePoll.__table__
_IS_ASKED = select(_P.c.id).where(_P.c.collective_id == _M.c.collective_id, _P.c.closed_at.is_(None))
_SERIES = (
    _WITH_STATE.add_columns(_IS_ASKED.correlate(_M).exists())
    .where(_M.c.collective_id.in_(bindparam("collective_ids", expanding=True)))
    .order_by(_M.c.number, _M.c.starts_at, _M.c.id)
)
_BY_ID = _WITH_STATE.where(_M.c.id == bindparam("meeting_id")).order_by(_M.c.id)


@dataclass(frozen=True)
class Counted:
    """How many meetings are held, and how many are to come."""

    held: int = 0
    planned: int = 0


@dataclass(frozen=True)
class Series:
    """The meetings of a collective, in order, and those that left the series, by date.

    `may_be_asked`: whether it may be asked about dates now; without meetings nobody has looked.
    """

    meetings: tuple[MeetingFacts, ...] = ()
    cancelled: tuple[MeetingFacts, ...] = ()
    may_be_asked: bool = True

    def held(self, meeting_id: UUID) -> MeetingFacts:
        """One of them, cancelled or not."""
        return next(each for each in (*self.meetings, *self.cancelled) if each.id == meeting_id)


@dataclass(frozen=True)
class RoomAccess(MeetingAccess):
    """A meeting with those who are received at it, in the order in which they were written down."""

    guests: tuple[MeetingGuest, ...] = ()


def get_meeting(meeting_id: UUID) -> MeetingAccess | None:
    """A meeting and who may do what in it."""
    row = db.session.get(Meeting, meeting_id)
    access = get_collective(row.collective_id) if row else None
    return MeetingAccess(row, access) if row and access else None


def get_room(meeting_id: UUID) -> RoomAccess | None:
    """The same, its guests asked for in the same breath: the room shows them at once, and asks for much besides."""
    rows = db.session.execute(
        select(Meeting, MeetingGuest)
        .outerjoin(MeetingGuest, MeetingGuest.meeting_id == Meeting.id)
        .where(Meeting.id == meeting_id)
        .order_by(MeetingGuest.added_at, MeetingGuest.name, MeetingGuest.id)
    ).all()
    access = get_collective(rows[0][0].collective_id) if rows else None
    return RoomAccess(rows[0][0], access, tuple(guest for _, guest in rows if guest)) if access else None


def series_in(collective_ids: Collection[UUID]) -> dict[UUID, Series]:
    """The series of some collectives: one query, however many there are."""
    kept: dict[UUID, list[MeetingFacts]] = {each: [] for each in collective_ids}
    gone: dict[UUID, list[MeetingFacts]] = {each: [] for each in collective_ids}
    asked = dict.fromkeys(kept, True)
    for collective_id, *row, asked[collective_id] in db.session.execute(_SERIES, {"collective_ids": list(kept)}):
        facts = _facts(*row)
        (gone if facts.cancelled_at else kept)[collective_id].append(facts)
    return {each: Series(tuple(kept[each]), tuple(sorted(gone[each], key=_by_date)), asked[each]) for each in kept}


def _by_date(facts: MeetingFacts) -> tuple[datetime, UUID]:
    return facts.starts_at, facts.id


def series_of(collective_id: UUID) -> Series:
    """The series of a collective."""
    return series_in([collective_id])[collective_id]


def meetings_of(collective_id: UUID) -> list[MeetingFacts]:
    """The meetings of a collective, in order; a cancelled one has left the series."""
    return list(series_of(collective_id).meetings)


def facts_of(meeting: Meeting) -> MeetingFacts:
    """A meeting as its members know it, cancelled or not."""
    _, *row = db.session.execute(_BY_ID, {"meeting_id": meeting.id}).one()
    return _facts(*row)


def _is_closed() -> ColumnElement[bool]:
    """Whether the meeting of the row was closed, and not reopened since; never unknown."""
    closed, reopened = _latest(GestureKind.MEETING_CLOSED), _latest(GestureKind.MEETING_REOPENED)
    return func.coalesce(and_(closed.is_not(None), or_(reopened.is_(None), reopened < closed)), False)


_IS_PAST = or_(Meeting.ends_at < bindparam("now", type_=Meeting.ends_at.type), _is_closed())
_COUNTS = (
    select(Meeting.collective_id, func.count(case((_IS_PAST, 1))), func.count())
    .where(Meeting.cancelled_at.is_(None), Meeting.collective_id.in_(SHOWN))
    .group_by(Meeting.collective_id)
)


def counts_on(
    territory_ids: Iterable[UUID], season: int, now: datetime, page: int | None = None
) -> dict[UUID, Counted]:
    """Of the collectives of `lines_on()`, how many meetings are held, how many are to come, where there are any."""
    rows = db.session.execute(_COUNTS, asked_on(territory_ids, season, now, page))
    return {collective_id: Counted(held, every - held) for collective_id, held, every in rows}


def _facts(*row: Any) -> MeetingFacts:
    """Of the columns that `_WITH_STATE` brings."""
    *known, cancelled_at, sheet_id, started, closed, reopened = row
    is_closed = closed is not None and (reopened is None or reopened < closed)
    id_, number, starts_at, ends_at, place, access_note, commune, insee = known
    return MeetingFacts(
        id_,
        number,
        starts_at,
        ends_at,
        place,
        access_note,
        sheet_id,
        started is not None,
        is_closed,
        commune,
        cancelled_at,
        reopened,
        insee,
    )


def notes_are_over(meeting: Meeting, now: datetime) -> bool:
    """Whether the notes of a meeting have perished, whatever became of its sheet."""
    return meeting.notes_perished_at is not None or notes_end_at(meeting.ends_at) <= now


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


def attendance_of(meeting_id: UUID) -> dict[UUID, AttendanceState]:
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


def has_event(meeting_id: UUID, kind: GestureKind) -> bool:
    """Whether a gesture of this kind was made in a meeting."""
    found = db.session.scalars(
        select(MeetingEvent.id)
        .where(MeetingEvent.meeting_id == meeting_id, MeetingEvent.kind == kind)
        .order_by(MeetingEvent.sequence)
    ).first()
    return found is not None


@dataclass(frozen=True)
class Presence:
    """How many came to a meeting; late ones came."""

    came: int = 0
    excused: int = 0
    absent: int = 0


_MARKED = (
    select(Attendance.meeting_id, Attendance.state)
    .join(Meeting, Meeting.id == Attendance.meeting_id)
    .where(Meeting.collective_id == bindparam("collective_id"), Meeting.cancelled_at.is_(None))
    .order_by(Attendance.meeting_id)
)


def presences_of(collective_id: UUID) -> dict[UUID, Presence]:
    """How many came to each meeting of a collective where attendance was marked."""
    rows = db.session.execute(_MARKED, {"collective_id": collective_id})
    states: dict[UUID, list[AttendanceState]] = {}
    for meeting_id, state in rows:
        states.setdefault(meeting_id, []).append(state)
    return {meeting_id: presence_from(found) for meeting_id, found in states.items()}


def presence_from(states: Iterable[AttendanceState]) -> Presence:
    """How many came, of what was marked for each person."""
    found = Counter(states)
    return Presence(
        found[AttendanceState.PRESENT] + found[AttendanceState.LATE],
        found[AttendanceState.EXCUSED],
        found[AttendanceState.ABSENT],
    )


def has_met(collective_id: UUID, now: datetime) -> bool:
    """Whether the first meeting began, or its hours are over."""
    return any(meeting.is_started or meeting.is_past(now) for meeting in meetings_of(collective_id))


def next_meeting(meetings: Iterable[MeetingFacts], now: datetime) -> MeetingFacts | None:
    """The first meeting that is not over."""
    return next((meeting for meeting in meetings if not meeting.is_past(now)), None)
