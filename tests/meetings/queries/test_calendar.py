"""The dates of people: the history of a meeting, whom to remind, what one's own calendar lists."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.collectives.models import Collective, Meeting, Pilotship
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.domain.planning import CANCELLED_SHOWN, ChangeKind
from collectifs.meetings.domain.school_year import SchoolCalendar
from collectifs.meetings.models import MeetingChange
from collectifs.meetings.queries import calendar
from collectifs.people.models import CalendarFeed, Territory, User
from collectifs.people.queries.people import hashed
from tests import factories

DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
WEEK = 7 * DAY


@pytest.fixture
def now(app: Flask, moment: object) -> datetime:
    return clock.now()


@pytest.fixture
def where(place: Territory, helene: User) -> Collective:
    return factories.collective(place, pilot=helene, name="Les Tilleuls")


def change(row: Meeting, kind: ChangeKind, at: datetime, by: User, place: str = "École") -> None:
    hours = {"starts_at": row.starts_at, "ends_at": row.ends_at, "place": place}
    factories.add(MeetingChange(meeting_id=row.id, kind=kind, at=at, by_id=by.id, **hours))


def dated(who: User, now: datetime) -> set[Any]:
    return {each.meeting.id for each in calendar.dated_meetings(who.id, now)}


def test_the_history_of_a_meeting_is_told_the_oldest_first(now: datetime, where: Collective, helene: User) -> None:
    row, other = factories.meeting(where), factories.meeting(where, number=2)
    change(row, ChangeKind.MOVED, now, helene, "Mairie")
    change(row, ChangeKind.PLANNED, now - DAY, helene)
    change(other, ChangeKind.PLANNED, now - WEEK, helene, "Ailleurs")
    found = calendar.changes_of(row.id)
    assert [(each.kind, each.place, each.by) for each in found] == [
        (ChangeKind.PLANNED, "École", "Hélène Marchadier"),
        (ChangeKind.MOVED, "Mairie", "Hélène Marchadier"),
    ]
    assert [each.place for each in calendar.slots_of(row.id)] == ["École", "Mairie"]
    assert calendar.last_told_at([row.id, other.id]) == {row.id: now, other.id: now - WEEK}


@pytest.mark.parametrize(
    ("values", "is_told"),
    [
        ({"starts_at": WEEK}, True),
        ({"starts_at": WEEK + SECOND}, False),
        ({"starts_at": SECOND}, True),
        ({"starts_at": timedelta()}, False),
        ({"starts_at": DAY, "cancelled_at": -DAY}, False),
        ({"starts_at": DAY, "week_reminded_at": -DAY}, True),
        ({"starts_at": DAY, "day_reminded_at": -DAY}, True),
        ({"starts_at": DAY, "week_reminded_at": -DAY, "day_reminded_at": -DAY}, False),
    ],
)
def test_a_meeting_to_come_is_looked_at_until_both_of_its_reminders_are_decided(
    now: datetime, where: Collective, values: dict[str, timedelta], is_told: bool
) -> None:
    row = factories.meeting(where, **{name: now + delay for name, delay in values.items()})
    assert calendar.meetings_to_remind(now, WEEK) == ([row] if is_told else [])


def test_a_meeting_that_was_started_is_reminded_no_more(now: datetime, where: Collective) -> None:
    started, prepared = (factories.meeting(where, number=number, starts_at=now + number * DAY) for number in (1, 2))
    factories.event(started, GestureKind.MEETING_STARTED)
    factories.event(prepared, GestureKind.HAND_TAKEN)
    assert calendar.meetings_to_remind(now, WEEK) == [prepared]


def test_what_follows_a_meeting_is_told_in_order_with_what_has_started(now: datetime, where: Collective) -> None:
    first, second, fourth, third = (factories.meeting(where, number=number) for number in (1, 2, 4, 3))
    factories.meeting(where, number=5, cancelled_at=now)
    factories.meeting(factories.collective(), number=6)
    for row, kind in ((first, GestureKind.MEETING_STARTED), (third, GestureKind.MEETING_STARTED)):
        factories.event(row, kind)
    factories.event(fourth, GestureKind.HAND_TAKEN)
    assert calendar.following(second) == [(third, True), (fourth, False)]


@pytest.mark.parametrize(
    ("starts", "since", "until", "is_mine"),
    [
        (DAY, -WEEK, None, True),
        (DAY, -WEEK, timedelta(), False),  # has left before a meeting to come
        (DAY, -WEEK, DAY + HOUR, True),  # leaves while it is held
        (-DAY, -WEEK, timedelta(), True),  # was there when it was held
        (-DAY, -WEEK, -DAY, False),
        (-DAY, -DAY + 2 * HOUR, None, False),  # came as it ended
        (-DAY, -DAY + HOUR, None, True),
        (-366 * DAY, -400 * DAY, None, False),
        (-366 * DAY + SECOND, -400 * DAY, None, True),
    ],
)
def test_ones_calendar_has_the_meetings_of_ones_time_as_a_member(
    now: datetime, where: Collective, starts: timedelta, since: timedelta, until: timedelta | None, is_mine: bool
) -> None:
    jo, row = factories.user("Jo"), factories.meeting(where, starts_at=now + starts)
    factories.membership(jo, where, starts_at=now + since, ends_at=None if until is None else now + until)
    factories.meeting(factories.collective())
    assert dated(jo, now) == ({row.id} if is_mine else set())


@pytest.mark.parametrize(("ends", "is_mine"), [(None, True), (0, True), (-1, False)])
def test_and_those_that_one_stands_in_for(now: datetime, where: Collective, ends: int | None, is_mine: bool) -> None:
    jo, row = factories.user("Jo"), factories.meeting(where)
    factories.meeting(where, number=2)
    factories.deputy(row, jo)
    ship = db.session.query(Pilotship).filter_by(user_id=jo.id).one()
    ship.ends_on = None if ends is None else date(2027, 1, 13) + ends * DAY
    assert dated(jo, now) == ({row.id} if is_mine else set())


@pytest.mark.parametrize(("ago", "is_shown"), [(CANCELLED_SHOWN - SECOND, True), (CANCELLED_SHOWN, False)])
def test_one_that_is_cancelled_is_shown_for_a_month(
    now: datetime, where: Collective, helene: User, ago: timedelta, is_shown: bool
) -> None:
    assert timedelta(days=30) == CANCELLED_SHOWN
    row = factories.meeting(where, cancelled_at=now - ago)
    assert dated(helene, now) == ({row.id} if is_shown else set())


def test_each_says_its_collective_its_clock_and_when_it_was_last_told(
    now: datetime, where: Collective, helene: User
) -> None:
    told, untold = factories.meeting(where), factories.meeting(where, number=2, starts_at=now + DAY)
    change(told, ChangeKind.PLANNED, now - WEEK, helene)
    change(told, ChangeKind.MOVED, now - DAY, helene)
    found = calendar.dated_meetings(helene.id, now)
    assert [(each.meeting.id, each.collective_name, each.said_at) for each in found] == [
        (told.id, "Les Tilleuls", now - DAY),
        (untold.id, "Les Tilleuls", untold.starts_at),
    ]
    assert found[0].zone.key == "Europe/Paris"


def test_a_calendar_address_works_until_it_is_revoked(now: datetime, helene: User, maud: User) -> None:
    late, early, revoked = (
        factories.add(
            CalendarFeed(user_id=helene.id, token_hash=hashed(token), made_at=now - ago * HOUR, revoked_at=revoked_at)
        )
        for token, ago, revoked_at in (("late", 1, None), ("early", 2, None), ("revoked", 0, now))
    )
    factories.add(CalendarFeed(user_id=maud.id, token_hash=hashed("other"), made_at=now))
    assert [each.id for each in calendar.open_feeds(helene.id)] == [late.id, early.id]
    assert calendar.feed_for_token("early") is early
    assert calendar.feed_for_token("revoked") is None
    assert calendar.feed_for_token("nothing") is None
    assert calendar.get_feed(revoked.id) is revoked
    assert calendar.get_feed(uuid4()) is None


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"zone": "B", "code": "29", "name": "Finistère"}, SchoolCalendar("B")),
        ({"zone": "B", "code": "2A", "name": "Corse-du-Sud"}, SchoolCalendar(None)),
        ({"zone": "B", "code": "X", "name": "Moselle"}, SchoolCalendar("B", "Alsace-Moselle")),
        ({"zone": "C", "code": "974", "timezone": "Indian/Reunion"}, SchoolCalendar(None, "La Réunion")),
    ],
)
def test_the_holidays_are_those_of_the_territory(app: Flask, values: dict[str, str], found: SchoolCalendar) -> None:
    assert calendar.calendar_at(factories.territory(**values)) == found
