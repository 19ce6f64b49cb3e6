"""Meetings as their members know them: past, left open, closed and opened again; the series, and who came."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from collectifs.collectives.models import Collective
from collectifs.kernel import clock
from collectifs.kernel.endings import notes_end_at
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.domain.standing import Standing
from collectifs.meetings.models import Attendance, MeetingGuest
from collectifs.meetings.queries import meetings
from collectifs.meetings.queries.meetings import Counted, MeetingFacts, Presence
from collectifs.people.models import Territory, User
from tests import factories
from tests.conftest import NOW

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
HALF_A_DAY = 12 * HOUR
PRESENT, LATE, EXCUSED, ABSENT = (
    AttendanceState.PRESENT,
    AttendanceState.LATE,
    AttendanceState.EXCUSED,
    AttendanceState.ABSENT,
)
UNMARKED = AttendanceState.UNMARKED


@pytest.fixture
def now(app: Flask, moment: object) -> datetime:
    return clock.now()


@pytest.fixture
def where(place: Territory, helene: User) -> Collective:
    return factories.collective(place, pilot=helene)


def facts(*, started: bool = True, closed: bool = False, reopened: datetime | None = None) -> MeetingFacts:
    """A meeting whose hours end now."""
    return MeetingFacts(uuid4(), 1, NOW - 2 * HOUR, NOW, "École", "", None, started, closed, reopened_at=reopened)


@pytest.mark.parametrize(
    ("meeting", "after", "is_left_open"),
    [
        (facts(), HALF_A_DAY, True),
        (facts(), HALF_A_DAY - SECOND, False),
        (facts(started=False), 2 * HALF_A_DAY, False),
        (facts(closed=True), 2 * HALF_A_DAY, False),
        (facts(reopened=NOW + HOUR), HALF_A_DAY, False),
        (facts(reopened=NOW + HOUR), HALF_A_DAY + HOUR, True),
    ],
)
def test_a_meeting_that_nobody_closed_is_to_be_read_again_after_half_a_day(
    meeting: MeetingFacts, after: timedelta, is_left_open: bool
) -> None:
    assert meeting.is_left_open(NOW + after) is is_left_open


@pytest.mark.parametrize(
    ("meeting", "after", "is_past"),
    [
        (facts(), timedelta(), False),
        (facts(), SECOND, True),
        (facts(closed=True), -HOUR, True),
    ],
)
def test_a_meeting_is_past_once_it_was_closed_or_its_hours_are_over(
    meeting: MeetingFacts, after: timedelta, is_past: bool
) -> None:
    assert meeting.is_past(NOW + after) is is_past


def test_the_next_meeting_is_the_first_that_is_not_past() -> None:
    closed, now, then = facts(closed=True), facts(), facts()
    assert meetings.next_meeting([closed, now, then], NOW) is now
    assert meetings.next_meeting([closed, now, then], NOW + SECOND) is None
    assert meetings.next_meeting([], NOW) is None


@pytest.mark.parametrize(
    ("closed", "reopened", "is_closed"),
    [
        ([], [], False),
        ([3], [], True),
        ([3], [2], False),  # hours ago
        ([2], [2], False),
        ([3, 1], [2], True),
    ],
)
def test_a_meeting_is_closed_until_it_is_opened_again(
    now: datetime, where: Collective, closed: list[int], reopened: list[int], is_closed: bool
) -> None:
    row = factories.meeting(where, starts_at=now - 4 * HOUR, ends_at=now + HOUR)
    kinds = ((GestureKind.MEETING_CLOSED, closed), (GestureKind.MEETING_REOPENED, reopened))
    gestures = [(kind, ago) for kind, times in kinds for ago in times]
    for number, (kind, ago) in enumerate(gestures, 1):
        factories.event(row, kind, sequence=number, happened_at=now - ago * HOUR)
    found = meetings.facts_of(row)
    assert (found.is_closed, found.is_started) == (is_closed, False)
    assert found.reopened_at == (now - min(reopened) * HOUR if reopened else None)
    assert meetings.counts_on([where.territory_id], 2026, now) == {
        where.id: Counted(int(is_closed), int(not is_closed))
    }
    assert meetings.has_met(where.id, now) is is_closed


def test_a_series_is_in_its_order_and_what_was_cancelled_has_left_it(now: datetime, where: Collective) -> None:
    other = factories.collective()
    third, second, first = (
        factories.meeting(where, number=number, starts_at=now + (number - 2) * 24 * HOUR) for number in (3, 2, 1)
    )
    gone = factories.meeting(where, number=9, starts_at=now + 9 * HOUR, cancelled_at=now)
    sooner = factories.meeting(where, number=9, starts_at=now - 9 * HOUR, cancelled_at=now)
    factories.event(first, GestureKind.MEETING_STARTED)
    found = meetings.series_in([where.id, other.id])
    assert [each.id for each in found[where.id].meetings] == [first.id, second.id, third.id]
    assert [each.id for each in found[where.id].cancelled] == [sooner.id, gone.id]
    assert [each.is_started for each in found[where.id].meetings] == [True, False, False]
    assert found[where.id].held(gone.id).cancelled_at == now
    assert found[other.id] == meetings.Series()
    assert meetings.counts_on([where.territory_id, other.territory_id], 2026, now) == {where.id: Counted(1, 2)}
    assert (meetings.last_number(where.id), meetings.last_number(other.id)) == (3, 0)
    assert meetings.has_met(where.id, now)
    assert not meetings.has_met(other.id, now)
    assert meetings.has_event(first.id, GestureKind.MEETING_STARTED)
    assert not meetings.has_event(first.id, GestureKind.MEETING_CLOSED)
    assert not meetings.has_event(second.id, GestureKind.MEETING_STARTED)


@pytest.mark.parametrize(("ended", "counted"), [(timedelta(), Counted(0, 1)), (SECOND, Counted(1, 0))])
def test_a_meeting_is_held_once_its_hours_are_over(
    now: datetime, where: Collective, ended: timedelta, counted: Counted
) -> None:
    factories.meeting(where, starts_at=now - ended - 2 * HOUR)
    assert meetings.counts_on([where.territory_id], 2026, now) == {where.id: counted}


def test_a_series_says_whether_its_collective_is_perhaps_asked_about_dates(
    now: datetime, where: Collective, helene: User
) -> None:
    asked, closed = factories.collective(), factories.collective()
    for each in (where, asked, closed):
        factories.meeting(each)
    factories.poll(asked, helene, now + 72 * HOUR)
    factories.poll(closed, helene, now + 72 * HOUR, closed_at=now)
    found = meetings.series_in([where.id, asked.id, closed.id])
    assert {each: series.may_be_asked for each, series in found.items()} == {
        where.id: False,
        asked.id: True,
        closed.id: False,
    }


def test_the_spare_situations_that_are_held_ready_come_in_the_order_of_the_meetings(
    now: datetime, where: Collective
) -> None:
    for number, spare_id in ((2, "gourde"), (1, "bruit")):
        factories.meeting(where, number=number, spare_id=spare_id)
    factories.meeting(where, number=3, spare_id="autre", cancelled_at=now)
    factories.meeting(factories.collective(), spare_id="ailleurs")
    assert meetings.spares_of(where.id) == ["bruit", "gourde"]


@pytest.mark.parametrize(
    ("states", "presence"),
    [
        ([], Presence(0, 0, 0)),
        ([PRESENT, LATE, LATE, EXCUSED, ABSENT, ABSENT, ABSENT, UNMARKED], Presence(3, 1, 3)),
    ],
)
def test_late_ones_came(states: list[AttendanceState], presence: Presence) -> None:
    assert meetings.presence_from(states) == presence


def test_who_came_is_counted_for_each_meeting_that_was_held(now: datetime, where: Collective, maud: User) -> None:
    held, gone = factories.meeting(where), factories.meeting(where, cancelled_at=now)
    other = factories.meeting(factories.collective())
    for row in (held, gone, other):
        mark(row.id, maud.id, LATE)
    mark(held.id, where.created_by_id, EXCUSED)
    assert meetings.presences_of(where.id) == {held.id: Presence(1, 1, 0)}
    assert meetings.attendance_of(held.id) == {maud.id: LATE, where.created_by_id: EXCUSED}
    row = meetings.attendance_row(held.id, maud.id)
    assert row is not None
    assert row.state is LATE
    assert row.meeting_id == held.id
    assert meetings.attendance_row(held.id, uuid4()) is None


def mark(meeting_id: UUID, user_id: UUID, state: AttendanceState) -> None:
    factories.add(Attendance(meeting_id=meeting_id, user_id=user_id, state=state, marked_at=clock.now()))


def test_what_somebody_is_in_a_meeting_is_read_of_its_collective(
    now: datetime, where: Collective, helene: User, maud: User
) -> None:
    jo, silent, gone = (factories.user(name) for name in ("Jo", "Silence", "Partie"))
    for who in (maud, jo):
        factories.membership(who, where)
    factories.membership(silent, where, consents=False)
    factories.membership(gone, where, ends_at=now)
    row, other = factories.meeting(where, note_taker_id=maud.id), factories.meeting(where, number=2, cancelled_at=now)
    factories.deputy(row, jo)
    found, cancelled = meetings.get_meeting(row.id), meetings.get_meeting(other.id)
    assert found is not None
    assert cancelled is not None
    nothing = {"pilots": False, "has_accepted": False, "stands_in": False, "is_secretary": False, "is_cancelled": False}
    member = nothing | {"has_accepted": True}
    assert found.standing(helene.id) == Standing(**member | {"pilots": True})
    assert found.standing(maud.id) == Standing(**member | {"is_secretary": True})
    assert found.standing(jo.id) == Standing(**member | {"stands_in": True})
    assert found.standing(silent.id) == found.standing(gone.id) == Standing(**nothing)
    assert cancelled.standing(jo.id) == Standing(**member | {"is_cancelled": True})
    assert [each.user_id for each in found.deputies] == [jo.id]
    assert cancelled.deputies == []
    assert found.collective.id == where.id


def test_a_room_brings_who_is_received_in_the_order_in_which_they_were_written_down(
    now: datetime, where: Collective, helene: User
) -> None:
    row = factories.meeting(where)
    empty = meetings.get_room(row.id)
    assert empty is not None
    assert empty.guests == ()
    for name, after in (("Anne", 2), ("Zoé", 1)):
        values = {"meeting_id": row.id, "name": name, "added_by_id": helene.id}
        factories.add(MeetingGuest(added_at=now + after * HOUR, **values))
    found = meetings.get_room(row.id)
    assert found is not None
    assert [each.name for each in found.guests] == ["Zoé", "Anne"]
    assert (found.meeting.id, found.collective.id) == (row.id, where.id)


def test_notes_are_over_after_their_thirty_days_or_once_they_perished(now: datetime, where: Collective) -> None:
    row = factories.meeting(where)
    end = notes_end_at(row.ends_at)
    assert [meetings.notes_are_over(row, at) for at in (end - SECOND, end)] == [False, True]
    row.notes_perished_at = now
    assert meetings.notes_are_over(row, now)
    assert meetings.get_meeting(uuid4()) is None
    assert meetings.get_room(uuid4()) is None
