"""A meeting leaves the series: the others take its number, everybody is told, what was held stays."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.collectives.models import Meeting
from collectifs.collectives.queries.collectives import get_collective
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.meetings.domain.planning import Slot
from collectifs.meetings.domain.work import MailMeetingCancelled
from collectifs.meetings.models import Attendance, MeetingEvent
from collectifs.meetings.queries.calendar import changes_of
from collectifs.meetings.queries.meetings import (
    agenda_of,
    get_meeting,
    last_number,
    meetings_of,
    presences_of,
    series_of,
)
from collectifs.meetings.services.planning import cancel_meeting, move_meeting, plan_meeting
from collectifs.sheets.queries.sheets import sheets_of
from tests import factories
from tests.asked import asked

FIRST = datetime(2027, 1, 20, 13, 0, tzinfo=UTC)


@pytest.fixture
def pilot(app):
    return factories.user("Hélène")


@pytest.fixture
def collective(pilot):
    return factories.collective(pilot=pilot, members=[factories.user("Maud")])


@pytest.fixture
def series(collective) -> list[Meeting]:
    return [
        factories.meeting(collective, number=number, starts_at=FIRST + timedelta(days=14 * number))
        for number in (1, 2, 3, 4)
    ]


def cancel(meeting: Meeting, pilot) -> None:
    cancel_meeting(get_meeting(meeting.id), now=clock.now(), by=factories.person(pilot))


def start(meeting: Meeting) -> None:
    factories.add(
        MeetingEvent(
            meeting_id=meeting.id, sequence=1, kind="meeting_started", hand=1, happened_at=clock.now(), body=b""
        )
    )


def numbers(series: list[Meeting]) -> list[int]:
    db.session.expire_all()
    return [meeting.number for meeting in series]


def test_the_following_ones_take_its_number(collective, pilot, series):
    cancel(series[1], pilot)
    assert numbers(series) == [1, 2, 2, 3]
    assert [meeting.id for meeting in meetings_of(collective.id)] == [series[n].id for n in (0, 2, 3)]
    assert [meeting.id for meeting in series_of(collective.id).cancelled] == [series[1].id]
    assert last_number(collective.id) == 3


def test_what_was_held_keeps_its_number(collective, pilot, series):
    start(series[2])
    cancel(series[1], pilot)
    assert numbers(series) == [1, 2, 3, 4]


def test_the_agenda_of_a_new_first_meeting_is_made_again_unless_prepared(pilot, series):
    series[2].prepared_at = clock.now()
    cancel(series[0], pilot)
    assert [len(agenda_of(meeting)) for meeting in series[1:]] == [10, 11, 11]
    cancel(series[1], pilot)
    assert [len(agenda_of(meeting)) for meeting in series[2:]] == [11, 11]


def test_each_member_is_told_and_it_is_written_down(pilot, series):
    cancel(series[1], pilot)
    mails = asked(MailMeetingCancelled)
    assert {mail.meeting_id for mail in mails} == {series[1].id}
    assert len(mails) == 2
    assert db.session.query(AuditEvent).filter_by(kind="meeting_cancelled", object_id=series[1].id).count() == 1
    assert [each.kind for each in changes_of(series[1].id)] == ["cancelled"]
    assert series[1].calendar_sequence == 1


def test_done_twice_nothing_more_happens(pilot, series):
    cancel(series[1], pilot)
    cancel(series[1], pilot)
    assert numbers(series) == [1, 2, 2, 3]
    assert len(changes_of(series[1].id)) == 1
    assert len(asked(MailMeetingCancelled)) == 2


def test_a_started_meeting_is_not_cancelled(pilot, series):
    start(series[0])
    with pytest.raises(RuleBroken, match="La séance a commencé"):
        cancel(series[0], pilot)
    assert series[0].cancelled_at is None


@pytest.mark.parametrize(("state", "is_refused"), [("present", True), ("late", True), ("excused", False)])
def test_a_meeting_held_on_paper_is_not_cancelled(pilot, series, state, is_refused):
    factories.add(Attendance(meeting_id=series[0].id, user_id=pilot.id, state=state, marked_at=clock.now()))
    if is_refused:
        with pytest.raises(RuleBroken, match="Des présences y sont notées"):
            cancel(series[0], pilot)
    else:
        cancel(series[0], pilot)
    assert (series[0].cancelled_at is None) is is_refused


def test_a_cancelled_meeting_counts_nowhere(collective, pilot, series):
    factories.add(Attendance(meeting_id=series[0].id, user_id=pilot.id, state="excused", marked_at=clock.now()))
    cancel(series[0], pilot)
    assert series[0].id not in presences_of(collective.id)
    assert series[0].id not in {sheet.meeting.id for sheet in sheets_of(get_collective(collective.id))}


def test_a_cancelled_meeting_does_not_move_and_its_hour_is_free_again(collective, pilot, series):
    slot = Slot(series[0].starts_at, series[0].ends_at, "Mairie")
    cancel(series[0], pilot)
    with pytest.raises(RuleBroken, match="est annulé"):
        move_meeting(get_meeting(series[0].id), slot=slot, now=clock.now(), by=factories.person(pilot))
    again = plan_meeting(get_collective(collective.id), slot=slot, now=clock.now(), by=factories.person(pilot))
    assert again.number == 4
