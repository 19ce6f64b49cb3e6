"""One's own meetings and hours, the seasons in which one belonged, and whom a certificate is for."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.models import Attendance
from collectifs.meetings.queries.presences import get_certified, latest_memberships, own_meetings, own_seasons
from collectifs.people.models import Territory, User
from tests import factories

HOUR = timedelta(hours=1)


@pytest.fixture
def now(app: Flask, moment: object) -> datetime:
    return clock.now()


def test_ones_meetings_of_a_season_are_those_that_one_was_expected_at_or_came_to(
    now: datetime, place: Territory, maud: User
) -> None:
    here, before = factories.collective(place, members=[maud]), factories.collective(season=2025, members=[maud])
    late, early = (factories.meeting(here, number=number, starts_at=now - number * HOUR) for number in (1, 2))
    visited, missed = (factories.meeting(factories.collective(), starts_at=now + n * HOUR) for n in (1, 2))
    factories.meeting(here, number=3, cancelled_at=now)
    factories.meeting(before)
    for row, state in ((visited, AttendanceState.PRESENT), (missed, AttendanceState.EXCUSED)):
        factories.add(Attendance(meeting_id=row.id, user_id=maud.id, state=state, marked_at=now))
    found = own_meetings(maud.id, 2026)
    assert [each.id for each in found] == [early.id, late.id, visited.id]
    assert [each.state for each in found] == [*[AttendanceState.UNMARKED] * 2, AttendanceState.PRESENT]
    assert {(each.minutes, each.zone.key, each.sheet_id is not None) for each in found} == {(120, "Europe/Paris", True)}
    assert len({each.sheet_id for each in found}) == 3
    assert own_seasons(maud.id) == [2026, 2025]
    assert own_seasons(uuid4()) == []


def test_a_certificate_is_for_a_member_and_of_their_latest_stay(now: datetime, place: Territory, maud: User) -> None:
    where = factories.collective(place)
    last = factories.membership(maud, where, starts_at=now)
    first = factories.membership(maud, where, consents=False, starts_at=now - HOUR, ends_at=now)
    found = get_certified(first.id)
    assert found is not None
    assert (found.user.id, found.access.collective.id) == (maud.id, where.id)
    assert get_certified(uuid4()) is None
    assert latest_memberships([last, first]) == {maud.id: last.id}
