"""The list of a meeting: who is expected on that day, who pilots it, who is received."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from collectifs.collectives.models import Collective, Meeting, Pilotship
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.models import Attendance, MeetingGuest
from collectifs.meetings.queries.attendance import guest_row, guests_of, pilots_at, roll_of
from collectifs.meetings.queries.meetings import MeetingAccess, get_meeting
from collectifs.people.models import Territory, User
from tests import factories

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def now(app: Flask, moment: object) -> datetime:
    return clock.now()


@pytest.fixture
def where(place: Territory, helene: User) -> Collective:
    return factories.collective(place, pilot=helene)


def access(row: Meeting) -> MeetingAccess:
    found = get_meeting(row.id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("starts", "ends", "pilots"),
    [(0, None, True), (0, 0, True), (-9, 1, True), (1, None, False), (-9, -1, False)],
)
def test_whoever_pilots_on_its_day_pilots_a_meeting(
    now: datetime, where: Collective, helene: User, starts: int, ends: int | None, pilots: bool
) -> None:
    row, day = factories.meeting(where), date(2027, 1, 13)
    ship = db.session.query(Pilotship).one()
    ship.starts_on, ship.ends_on = day + starts * DAY, None if ends is None else day + ends * DAY
    assert pilots_at(row, day) == ([helene.id] if pilots else [])


def test_a_deputy_pilots_the_meeting_that_they_were_named_for(now: datetime, where: Collective, helene: User) -> None:
    row, other, jo = factories.meeting(where), factories.meeting(where, number=2), factories.user("Jo")
    factories.deputy(row, jo)
    assert set(pilots_at(row, now.date())) == {helene.id, jo.id}
    assert pilots_at(other, now.date()) == [helene.id]


def test_the_list_names_who_was_expected_or_marked_with_where_they_work(
    now: datetime, where: Collective, helene: User, maud: User
) -> None:
    row = factories.meeting(where)
    deputy, gone, late = factories.user("Ana", "Avril"), factories.user("Zoé", "Zay"), factories.user("Luc", "Ney")
    factories.membership(maud, where, school="Ferry", starts_at=now - 9 * DAY, ends_at=now - DAY)
    factories.membership(maud, where, school="Zola", consents=False, starts_at=now - HOUR)
    factories.membership(gone, where, school="Hugo", ends_at=row.starts_at)
    factories.membership(late, where, starts_at=row.ends_at)
    factories.deputy(row, deputy)
    factories.add(Attendance(meeting_id=row.id, user_id=gone.id, state=AttendanceState.LATE, marked_at=now))
    unmarked = AttendanceState.UNMARKED
    assert [(each.name, each.establishment, each.is_pilot, each.state) for each in roll_of(access(row))] == [
        ("Ana Avril", "", True, unmarked),
        ("Maud Le Bihan", "Zola", False, unmarked),
        ("Hélène Marchadier", "", True, unmarked),
        ("Zoé Zay", "Hugo", False, AttendanceState.LATE),
    ]


def test_who_is_received_comes_in_the_order_in_which_they_were_written_down(
    now: datetime, where: Collective, helene: User
) -> None:
    row, other = factories.meeting(where), factories.meeting(where, number=2)
    second, first, elsewhere = (
        factories.add(
            MeetingGuest(meeting_id=meeting.id, name=name, added_at=now + after * HOUR, added_by_id=helene.id)
        )
        for meeting, name, after in ((row, "Anne", 1), (row, "Zoé", 0), (other, "Luc", 0))
    )
    assert [each.id for each in guests_of(row.id)] == [first.id, second.id]
    assert guest_row(elsewhere.id) is elsewhere
