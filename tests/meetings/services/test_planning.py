"""Fixing a date, moving it: the meeting, its sheet, the mails, and what is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.collectives.models import Meeting
from collectifs.collectives.queries.collectives import get_collective
from collectifs.kernel import clock, vault
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.meetings.domain.planning import Slot
from collectifs.meetings.domain.spare import bank
from collectifs.meetings.domain.work import MailMeetingMoved, MailMeetingPlanned
from collectifs.meetings.models import MeetingEvent, SynthesisSheet
from collectifs.meetings.queries.calendar import changes_of
from collectifs.meetings.queries.meetings import agenda_of, get_meeting
from collectifs.meetings.services.planning import move_meeting, plan_meeting
from collectifs.sheets.queries.sheets import open_draft, sheet_of_meeting
from tests import factories
from tests.asked import asked

TOMORROW = datetime(2027, 1, 14, 13, 0, tzinfo=UTC)


def slot(starts_at: datetime = TOMORROW, hours: float = 2, place: str = "Collège de la Brume", note: str = "") -> Slot:
    return Slot(starts_at, starts_at + timedelta(hours=hours), place, note)


def plan(collective, pilot, **values) -> Meeting:
    access = get_collective(collective.id)
    return plan_meeting(access, slot=slot(**values), now=clock.now(), by=factories.person(pilot))


@pytest.fixture
def pilot(app):
    return factories.user("Hélène")


@pytest.fixture
def collective(pilot):
    newcomer = factories.user("Inès")
    row = factories.collective(pilot=pilot, members=[factories.user("Maud")])
    factories.membership(newcomer, row, consents=False)
    return row


def test_a_first_meeting_has_ten_steps_and_the_next_eleven(collective, pilot):
    first = plan(collective, pilot)
    second = plan(collective, pilot, starts_at=TOMORROW + timedelta(days=21))
    assert (first.number, second.number) == (1, 2)
    assert [len(agenda_of(each)) for each in (first, second)] == [10, 11]
    assert [sum(step.minutes for step in agenda_of(each)) for each in (first, second)] == [120, 120]


def test_another_length_keeps_the_canvas(collective, pilot):
    meeting = plan(collective, pilot, hours=3)
    assert meeting.ends_at - meeting.starts_at == timedelta(hours=3)
    assert sum(step.minutes for step in agenda_of(meeting)) == 120


def test_its_empty_sheet_is_made_with_it_under_a_key_of_its_own(collective, pilot):
    meeting = plan(collective, pilot)
    sheet = sheet_of_meeting(meeting.id)
    assert sheet.key_id != meeting.key_id
    assert open_draft(sheet).question == ""
    vault.destroy_key(meeting.key_id)
    assert open_draft(sheet).answers == ()


def test_each_member_is_told_once_the_newcomer_too(collective, pilot):
    meeting = plan(collective, pilot)
    told = asked(MailMeetingPlanned)
    assert {mail.user_id for mail in told} == get_collective(collective.id).member_ids
    assert len(told) == 3
    assert {mail.meeting_id for mail in told} == {meeting.id}


def test_planning_is_written_down_with_ids_only(collective, pilot):
    meeting = plan(collective, pilot)
    event = db.session.query(AuditEvent).filter_by(kind="meeting_planned").one()
    assert (event.object_id, event.actor_id) == (meeting.id, pilot.id)


def test_each_meeting_holds_another_spare_situation_ready(collective, pilot):
    meetings = [plan(collective, pilot, starts_at=TOMORROW + timedelta(days=7 * n)) for n in range(len(bank()))]
    assert [meeting.spare_id for meeting in meetings] == list(bank())


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"starts_at": datetime(2027, 1, 13, 12, 50, tzinfo=UTC)}, "date à venir"),
        ({"starts_at": datetime(2028, 1, 12, 13, 0, tzinfo=UTC)}, r"31.août.2027"),
    ],
)
def test_a_refused_date_makes_nothing(collective, pilot, values, said):
    with pytest.raises(RuleBroken, match=said):
        plan(collective, pilot, **values)
    assert db.session.query(Meeting).count() == db.session.query(SynthesisSheet).count() == 0
    assert asked(MailMeetingPlanned) == []


def test_pressed_twice_one_meeting_is_made(collective, pilot):
    plan(collective, pilot)
    with pytest.raises(RuleBroken, match="Le regroupement 1 est déjà prévu ce jour-là"):
        plan(collective, pilot)
    assert db.session.query(Meeting).count() == 1


def move(meeting: Meeting, by, **values) -> bool:
    access = get_meeting(meeting.id)
    return move_meeting(access, slot=slot(**values), now=clock.now(), by=factories.person(by))


def test_moving_a_meeting_tells_each_member_and_is_written_down(collective, pilot):
    meeting = factories.meeting(collective, starts_at=TOMORROW)
    assert move(meeting, pilot, starts_at=TOMORROW + timedelta(days=1), place="Mairie", note="Sonner.") is True
    assert (meeting.starts_at, meeting.place, meeting.access_note) == (
        TOMORROW + timedelta(days=1),
        "Mairie",
        "Sonner.",
    )
    assert len(asked(MailMeetingMoved)) == 3
    assert db.session.query(AuditEvent).filter_by(kind="meeting_moved", object_id=meeting.id).count() == 1


def test_nothing_changed_nobody_is_disturbed(collective, pilot):
    meeting = factories.meeting(collective, starts_at=TOMORROW, place="Mairie", access_note="Sonner.")
    assert move(meeting, pilot, place="Mairie", note="Sonner.") is False
    assert asked(MailMeetingMoved) == []


def test_a_place_can_still_change_when_the_hour_has_come(collective, pilot):
    started_on_paper = clock.now() - timedelta(minutes=5)
    meeting = factories.meeting(collective, starts_at=started_on_paper)
    assert move(meeting, pilot, starts_at=started_on_paper, place="Salle 3") is True
    with pytest.raises(RuleBroken, match="date à venir"):
        move(meeting, pilot, starts_at=started_on_paper - timedelta(hours=1))


def test_a_meeting_does_not_move_onto_another(collective, pilot):
    first = factories.meeting(collective, number=1, starts_at=TOMORROW)
    factories.meeting(collective, number=2, starts_at=TOMORROW + timedelta(days=7))
    with pytest.raises(RuleBroken, match="regroupement 2 est déjà prévu"):
        move(first, pilot, starts_at=TOMORROW + timedelta(days=7, hours=1))
    assert move(first, pilot, starts_at=TOMORROW + timedelta(hours=1)) is True


def test_once_started_it_does_not_move(collective, pilot):
    meeting = factories.meeting(collective, starts_at=TOMORROW)
    start(meeting)
    with pytest.raises(RuleBroken, match="La séance a commencé"):
        move(meeting, pilot, place="Ailleurs")
    assert meeting.place == "École des Tilleuls, salle des maîtres"


def test_each_change_is_kept_in_the_history_and_counted_for_calendars(collective, pilot, moment):
    meeting = plan(collective, pilot)
    moment.shift(timedelta(minutes=1))
    move(meeting, pilot, starts_at=TOMORROW + timedelta(days=1), place="Mairie")
    move(meeting, pilot, starts_at=TOMORROW + timedelta(days=1), place="Mairie")
    assert meeting.calendar_sequence == 1
    assert [(each.kind, each.starts_at, each.place) for each in changes_of(meeting.id)] == [
        ("planned", TOMORROW, "Collège de la Brume"),
        ("moved", TOMORROW + timedelta(days=1), "Mairie"),
    ]
    assert changes_of(meeting.id)[0].by.startswith("Hélène ")


def start(meeting: Meeting) -> None:
    factories.add(
        MeetingEvent(
            meeting_id=meeting.id, sequence=1, kind="meeting_started", hand=1, happened_at=clock.now(), body=b""
        )
    )
