"""The season in numbers: who is counted, from when a meeting is held, which sheets stand; what they are filed under."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.kernel import clock, vault
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.domain.tags import Axis
from collectifs.meetings.models import Attendance
from collectifs.people.domain.person import Degree
from collectifs.people.models import Territory, User
from collectifs.report.domain.numbers import SeasonNumbers
from collectifs.report.domain.themes import Filed
from collectifs.report.queries.numbers import season_numbers
from collectifs.report.queries.themes import filed_sheets, sheets_there
from collectifs.sheets.models import SubmittedSheet, SubmittedTag
from collectifs.sheets.queries.sheets import sheet_of_meeting
from tests import factories

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.fixture
def season(place: Territory, helene: User, maud: User) -> Territory:
    """Three collectives of a département: one met now and will again, one cancelled a meeting, one never met."""
    now, karim = clock.now(), factories.user("Karim")
    first = factories.collective(place, pilot=helene)
    second = factories.collective(place, pilot=helene)
    for who, where, degree, years in (
        (maud, first, Degree.FIRST, 0),
        (maud, second, Degree.FIRST, 0),
        (karim, second, Degree.SECOND, 1),
        (factories.user("Inès"), second, Degree.FIRST, None),
    ):
        factories.membership(who, where, degree=degree, tutoring_years=years)
    held = factories.meeting(first, starts_at=now - 2 * HOUR, ends_at=now)
    factories.meeting(first, number=2, starts_at=now - HOUR, ends_at=now + SECOND)
    cancelled = factories.meeting(second, starts_at=now - 5 * HOUR, cancelled_at=now)
    for meeting, who, state in (
        (held, maud, AttendanceState.LATE),
        (held, helene, AttendanceState.PRESENT),
        (held, karim, AttendanceState.ABSENT),
        (cancelled, maud, AttendanceState.PRESENT),
    ):
        factories.add(Attendance(meeting_id=meeting.id, user_id=who.id, state=state, marked_at=now))
    factories.deputy(held, karim)
    factories.collective(place, pilot=helene)
    factories.collective(place, season=2025)
    factories.collective(factories.territory())
    return place


def a_copy(where: Territory, number: int, **values: object) -> SubmittedSheet:
    """A sheet that was transmitted from there."""
    collective = factories.collective(where, season=2020)
    meeting = factories.meeting(collective)
    usual = {"season": 2026, "degree": Degree.FIRST, "collective_code": f"C{number}", "month": clock.now().date()}
    row = SubmittedSheet(
        id=uuid4(),
        sheet_id=sheet_of_meeting(meeting.id).id,
        version_number=1,
        territory_id=where.id,
        key_id=vault.make_key(),
        submitted_at=clock.now(),
        submitted_by_id=collective.created_by_id,
        **(usual | values),
    )
    seal_text(row, SubmittedSheet.body, factories.content().to_json())
    return factories.add(row)


def test_people_count_once_meetings_from_their_last_instant_and_presences_of_what_was_held(season: Territory) -> None:
    assert season_numbers([season.id], 2026, clock.now()) == SeasonNumbers(
        departments=1,
        collectives=3,
        pilots=1,
        members=4,
        first_degree=2,
        second_degree=1,
        answered=2,
        new_tutors=1,
        planned=2,
        held=1,
        cancelled=1,
        presences=2,
        minutes=120,
    )


def test_a_season_without_anything_is_nought_throughout(app: Flask) -> None:
    assert season_numbers([factories.territory().id], 2026, clock.now()) == SeasonNumbers()


def test_sheets_that_stand_are_counted_and_filed_by_month_and_degree(season: Territory) -> None:
    now = clock.now()
    first, second, other = a_copy(season, 1), a_copy(season, 1), a_copy(season, 2, degree=Degree.SECOND)
    gone = [
        a_copy(season, 3, withdrawn_at=now),
        a_copy(season, 4, replaced_at=now),
        a_copy(season, 5, season=2025),
        a_copy(factories.territory(), 6),
    ]
    for row, code in ((first, "steering"), (second, "steering"), (other, "steering"), (first, "weaving")):
        factories.add(SubmittedTag(submitted_id=row.id, axis=Axis.CONCERN, code=code))
    for row in gone:
        factories.add(SubmittedTag(submitted_id=row.id, axis=Axis.CONCERN, code="steering"))
    assert season_numbers([season.id], 2026, now).submitted == 3
    assert sheets_there(season.id, 2026) == (3, 2)
    month = now.date()
    assert set(filed_sheets(season.id, 2026)) == {
        Filed(Axis.CONCERN, "steering", month, Degree.FIRST, 2),
        Filed(Axis.CONCERN, "steering", month, Degree.SECOND, 1),
        Filed(Axis.CONCERN, "weaving", month, Degree.FIRST, 1),
    }
