"""Reminders as the worker finds them: a week before, a day before, each once, again when the date moves."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.across.jobs.worker import do_times_work
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.queries.deployment import get_deployment
from collectifs.meetings.domain.planning import Slot
from collectifs.meetings.domain.work import MailMeetingReminder
from collectifs.meetings.mails.reminders import remind
from collectifs.meetings.models import MeetingChange, MeetingEvent
from collectifs.meetings.queries.meetings import get_meeting
from collectifs.meetings.services.planning import cancel_meeting, move_meeting
from tests import asked as outbox
from tests import factories

STARTS = datetime(2027, 2, 3, 13, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def pilot(app):
    return factories.user("Hélène")


@pytest.fixture
def meeting(pilot):
    collective = factories.collective(pilot=pilot, members=[factories.user("Maud")])
    left = factories.user("Inès")
    factories.membership(left, collective, ends_at=clock.now())
    row = factories.meeting(collective, starts_at=STARTS)
    kept = {"starts_at": row.starts_at, "ends_at": row.ends_at, "place": row.place}
    factories.add(MeetingChange(meeting_id=row.id, kind="planned", at=clock.now() - 30 * DAY, by_id=pilot.id, **kept))
    db.session.commit()
    return row


def asked() -> int:
    return len(outbox.asked(MailMeetingReminder))


def look(moment, at: datetime) -> int:
    """What the worker has asked for in all, once it has looked at this instant."""
    moment.move_to(at)
    remind(now=clock.now())
    db.session.commit()
    return asked()


def test_each_present_member_is_reminded_a_week_and_a_day_before(meeting, moment):
    assert look(moment, STARTS - 7 * DAY - timedelta(minutes=1)) == 0
    assert look(moment, STARTS - 7 * DAY) == 2
    assert look(moment, STARTS - 3 * DAY) == 2
    assert look(moment, STARTS - DAY) == 4
    assert look(moment, STARTS - timedelta(hours=2)) == 4
    assert look(moment, STARTS + timedelta(minutes=1)) == 4


def test_looked_at_twice_none_leaves_twice(meeting, moment):
    assert look(moment, STARTS - DAY) == 2
    assert look(moment, STARTS - DAY + timedelta(seconds=10)) == 2


def test_the_worker_looks_by_itself(meeting, moment):
    moment.move_to(STARTS - 7 * DAY)
    get_deployment().tidied_at = clock.now() - timedelta(minutes=1)
    db.session.commit()
    assert do_times_work() is None
    assert asked() == 2


def move(meeting, pilot, starts_at: datetime, place: str = "Mairie") -> None:
    slot = Slot(starts_at, starts_at + timedelta(hours=2), place)
    move_meeting(get_meeting(meeting.id), slot=slot, now=clock.now(), by=factories.person(pilot))
    db.session.commit()


def test_a_moved_meeting_is_reminded_again(meeting, pilot, moment):
    assert look(moment, STARTS - DAY) == 2
    later = STARTS + 14 * DAY
    move(meeting, pilot, later)
    assert look(moment, later - 7 * DAY) == 4
    assert look(moment, later - DAY) == 6


def test_another_room_alone_reminds_nobody_again(meeting, pilot, moment):
    assert look(moment, STARTS - 7 * DAY) == 2
    move(meeting, pilot, STARTS)
    assert look(moment, STARTS - 6 * DAY) == 2


def test_a_date_just_told_is_not_repeated(meeting, pilot, moment):
    moment.move_to(STARTS - 20 * DAY)
    soon = clock.now() + 4 * DAY
    move(meeting, pilot, soon)
    assert look(moment, soon - 4 * DAY + timedelta(seconds=10)) == 0
    assert look(moment, soon - 2 * DAY) == 0
    assert look(moment, soon - DAY) == 2


def test_neither_a_cancelled_meeting_nor_one_that_began_is_reminded(meeting, pilot, moment):
    other = factories.meeting(get_meeting(meeting.id).collective, number=2, starts_at=STARTS + DAY)
    factories.add(
        MeetingEvent(meeting_id=other.id, sequence=1, kind="meeting_started", hand=1, happened_at=clock.now(), body=b"")
    )
    cancel_meeting(get_meeting(meeting.id), now=clock.now(), by=factories.person(pilot))
    assert look(moment, STARTS - DAY) == 0
