"""What comes first, for whom, and when: the one table behind every page and every mail."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from collectifs.across.domain.situation import (
    CollectiveSeen,
    DatesSeen,
    Entrusted,
    MeetingSeen,
    PageSeen,
    ProposedMember,
    SheetSeen,
    Situation,
)
from collectifs.across.domain.what_now import Task, TaskKind, what_now
from collectifs.sheets.domain.life import SheetLife

NOW = datetime(2027, 1, 13, 12, 50, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ZONE = ZoneInfo("Europe/Paris")

DRAFT = SheetLife()
PUT = SheetLife(proposed_at=NOW - DAY, deadline_at=NOW + 2 * DAY)
PASSED = SheetLife(proposed_at=NOW - 5 * DAY, deadline_at=NOW - DAY)
HELD_BACK = replace(PASSED, text_objections=1)
ASKED = replace(PASSED, asks_transmission=True)
READY = replace(ASKED, presenter_agreed=True)
MEMBER = {"may_read": True, "may_object": True}
WRITER = {"may_write": True, **MEMBER}


def a_sheet(life: SheetLife = DRAFT, **is_: Any) -> SheetSeen:
    return SheetSeen(uuid4(), life, None if life == DRAFT else uuid4(), **is_)


def a_meeting(starts: timedelta, sheet: SheetSeen | None = None, **is_: Any) -> MeetingSeen:
    at = NOW + starts
    return MeetingSeen(uuid4(), is_.pop("number", 1), at, at + 2 * HOUR, "Salle", sheet or a_sheet(), **is_)


def a_collective(*meetings: MeetingSeen, **is_: Any) -> CollectiveSeen:
    return CollectiveSeen(uuid4(), "Les Tilleuls", ZONE, is_.pop("has_accepted", True), meetings=meetings, **is_)


def tasks(*collectives: CollectiveSeen, now: datetime = NOW, entrusted: Entrusted | None = None) -> list[Task]:
    return what_now(Situation(collectives, entrusted or Entrusted()), now)


def kinds(*collectives: CollectiveSeen, now: datetime = NOW, entrusted: Entrusted | None = None) -> list[str]:
    return [task.kind.value for task in tasks(*collectives, now=now, entrusted=entrusted)]


LEADS = {"may_run": True, "leads": True}
STARTED = {"is_started": True}


@pytest.mark.parametrize(
    ("meeting", "asked"),
    [
        # who leads
        (a_meeting(timedelta(minutes=10), **LEADS), "open_room"),
        (a_meeting(12 * HOUR, **LEADS), "open_room"),
        (a_meeting(12 * HOUR + timedelta(minutes=1), **LEADS), "prepare"),
        (a_meeting(-HOUR, **LEADS), "open_room"),  # late, and not over
        (a_meeting(-HOUR, **LEADS, **STARTED), "resume_room"),
        (a_meeting(-4 * HOUR, **LEADS, **STARTED), "resume_room"),  # rooms overrun
        (a_meeting(-15 * HOUR, **LEADS, **STARTED), "read_again"),  # nobody closed it
        (a_meeting(-15 * HOUR, **LEADS, **STARTED, reopened_at=NOW - HOUR), "resume_room"),
        (a_meeting(-15 * HOUR, a_sheet(may_write=True), **LEADS, **STARTED, notes_gone=True), "finish_sheet"),
        (a_meeting(-3 * HOUR, a_sheet(may_write=True), **LEADS), "finish_sheet"),  # held without the screen
        (a_meeting(-HOUR, a_sheet(may_write=True), **LEADS, **STARTED, is_closed=True), "finish_sheet"),
        # the pilot whose place somebody takes
        (a_meeting(2 * HOUR, may_run=True, led_by=("Karim",)), "go"),
        (a_meeting(7 * DAY, may_run=True, led_by=("Karim",)), "come"),
        (a_meeting(-3 * DAY, a_sheet(may_write=True), may_run=True, led_by=("Karim",)), None),
        # the secretary
        (a_meeting(-HOUR, takes_notes=True, **STARTED), "take_notes"),
        (a_meeting(HOUR, takes_notes=True), "take_notes"),
        (a_meeting(HOUR, takes_notes=True, **LEADS), "open_room"),
        (a_meeting(3 * DAY, takes_notes=True), "come"),
        (a_meeting(-HOUR, takes_notes=True, **STARTED, notes_gone=True), "go"),
        # the others
        (a_meeting(HOUR), "go"),
        (a_meeting(-HOUR, **STARTED), "go"),
        (a_meeting(7 * DAY), "come"),
        (a_meeting(-3 * HOUR), None),
        (a_meeting(HOUR, may_see=False), None),
        (a_meeting(7 * DAY, may_see=False), None),
    ],
)
def test_what_a_meeting_asks(meeting: MeetingSeen, asked: str | None):
    found = [kind for kind in kinds(a_collective(meeting)) if kind != "wait_for_date"]
    assert found == ([asked] if asked else [])


@pytest.mark.parametrize(
    ("sheet", "leads", "asked"),
    [
        # members, while the delay runs
        (a_sheet(PUT, **MEMBER), False, "read_sheet"),
        (a_sheet(PUT, **MEMBER, has_read=True), False, None),
        (a_sheet(PUT, **MEMBER, has_objected=True), False, None),
        (a_sheet(replace(PUT, deadline_at=NOW), **MEMBER), False, None),
        (a_sheet(PUT), False, None),  # came later: the page would refuse
        (a_sheet(PUT, may_read=True), False, None),
        (a_sheet(PASSED, **MEMBER), False, None),
        (a_sheet(HELD_BACK, **MEMBER), False, None),  # proposed still, its delay over
        (a_sheet(replace(PUT, withdrawn_at=NOW), **MEMBER), False, None),
        (a_sheet(replace(PUT, mails_waiting=True, deadline_at=None), **MEMBER), False, None),
        (a_sheet(replace(PUT, everybody_agreed_at=NOW - HOUR), **MEMBER, was_there=True), False, None),
        (a_sheet(replace(PUT, everybody_agreed_at=NOW - HOUR), **MEMBER), False, "read_sheet"),  # was absent
        (a_sheet(DRAFT, **MEMBER), False, None),
        # whoever presented
        (a_sheet(ASKED, **MEMBER, is_asked=True), False, "say_yes_or_no"),
        (a_sheet(replace(PUT, asks_transmission=True), **MEMBER, is_asked=True), False, "say_yes_or_no"),
        (a_sheet(ASKED, **WRITER, is_asked=True), True, "say_yes_or_no"),
        (a_sheet(PASSED, **MEMBER, is_asked=True), False, None),  # transmission was not asked for
        (a_sheet(replace(ASKED, transmission_objections=1), **MEMBER, is_asked=True), False, None),
        (a_sheet(replace(ASKED, text_objections=1), **MEMBER, is_asked=True), False, None),
        (a_sheet(replace(ASKED, presenter_agreed=False), **MEMBER, is_asked=True), False, None),
        (a_sheet(replace(READY, submitted_at=NOW), **MEMBER, is_asked=True), False, None),
        # whoever writes it
        (a_sheet(DRAFT, may_write=True), True, "finish_sheet"),
        (a_sheet(DRAFT), True, None),
        (a_sheet(replace(DRAFT, institution_since=NOW - DAY), may_write=True), True, None),
        (a_sheet(replace(DRAFT, given_up_at=NOW), may_write=True), True, None),
        (a_sheet(PUT, **WRITER), True, None),
        (a_sheet(HELD_BACK, **WRITER), True, "answer_objection"),
        (a_sheet(replace(HELD_BACK, withdrawn_at=NOW), **WRITER), True, None),
        (a_sheet(ASKED, **WRITER), True, None),  # somebody's yes is awaited: nobody learns whose
        (a_sheet(READY, **WRITER), True, "submit_sheet"),
        (a_sheet(READY, **MEMBER), False, None),
        (a_sheet(replace(READY, submitted_at=NOW), **WRITER), True, None),
        (a_sheet(replace(ASKED, has_presenter=False), **WRITER), True, "submit_sheet"),
    ],
)
def test_what_a_sheet_asks(sheet: SheetSeen, leads: bool, asked: str | None):
    meeting = a_meeting(-7 * DAY, sheet, may_run=leads, leads=leads, is_started=True, is_closed=True)
    found = [kind for kind in kinds(a_collective(meeting)) if kind != "wait_for_date"]
    assert found == ([asked] if asked else [])


@pytest.mark.parametrize(
    ("sheet", "leads", "until"),
    [
        (a_sheet(PUT, **MEMBER), False, PUT.deadline_at),
        (a_sheet(replace(PUT, asks_transmission=True), **MEMBER, is_asked=True), False, PUT.deadline_at),
        (a_sheet(ASKED, **MEMBER, is_asked=True), False, None),  # the delay is over: their answer alone is awaited
        (a_sheet(replace(PUT, text_objections=1), **WRITER), True, None),
        (a_sheet(READY, **WRITER), True, None),
    ],
)
def test_until_when_is_said_of_what_has_a_delay_that_runs(sheet: SheetSeen, leads: bool, until: datetime | None):
    found = tasks(a_collective(a_meeting(-7 * DAY, sheet, leads=leads, is_closed=True)))
    assert [task.until for task in found if task.kind.is_of_sheet] == [until]


def test_a_meeting_within_twelve_hours_outranks_everything_the_charter_of_another_collective_included():
    near = a_collective(a_meeting(10 * HOUR, **LEADS), pilots=True)
    assert kinds(a_collective(has_accepted=False), near) == ["open_room", "accept_charter"]
    far = a_collective(a_meeting(13 * HOUR, **LEADS), pilots=True)
    assert kinds(a_collective(has_accepted=False), far) == ["accept_charter", "prepare"]


def test_nothing_of_a_collective_opens_before_its_charter():
    meeting = a_meeting(HOUR, a_sheet(PUT, **MEMBER))
    assert kinds(a_collective(meeting, has_accepted=False)) == ["accept_charter"]


def test_a_running_room_comes_before_one_that_opens_soon():
    running = a_collective(a_meeting(-HOUR, takes_notes=True, **STARTED))
    soon = a_collective(a_meeting(HOUR, **LEADS))
    assert kinds(soon, running) == ["take_notes", "open_room"]


def test_the_newest_living_sheet_comes_first_and_the_others_are_listed():
    old, new = a_meeting(-28 * DAY, a_sheet(PUT, **MEMBER)), a_meeting(-7 * DAY, a_sheet(PUT, **MEMBER))
    here = a_collective(old, new, a_meeting(14 * DAY))
    assert [(task.kind.value, task.meeting_id) for task in tasks(here)][:2] == [
        ("read_sheet", new.id),
        ("read_sheet", old.id),
    ]
    assert [task.until for task in tasks(here)] == [PUT.deadline_at, PUT.deadline_at, None]


def test_everything_that_waits_for_a_pilot_is_listed_in_order():
    here = a_collective(
        a_meeting(-60 * DAY, a_sheet(READY, **WRITER), **LEADS, is_closed=True, number=1),
        a_meeting(-30 * DAY, a_sheet(HELD_BACK, **WRITER), **LEADS, is_closed=True, number=2),
        a_meeting(-7 * DAY, a_sheet(may_write=True), **LEADS, is_closed=True, number=3),
        a_meeting(20 * DAY, **LEADS, number=4),
        pilots=True,
        proposed=(ProposedMember(uuid4(), "Inès", NOW - DAY),),
    )
    assert kinds(here) == ["answer_objection", "finish_sheet", "submit_sheet", "answer_proposal", "prepare"]


def test_proposed_people_are_the_pilots_business_alone():
    proposed = (ProposedMember(uuid4(), "Inès", NOW),)
    assert "answer_proposal" not in kinds(a_collective(a_meeting(HOUR), proposed=proposed))


def test_a_yes_to_the_frame_stands_behind_what_has_a_delay_and_before_what_comes():
    sheet = a_meeting(-2 * DAY, a_sheet(PUT, **MEMBER), is_closed=True)
    here = a_collective(sheet, a_meeting(9 * DAY), frame_asked_at=NOW - DAY)
    assert kinds(here) == ["read_sheet", "agree_to_frame", "come"]
    assert kinds(a_collective(a_meeting(HOUR), frame_asked_at=NOW - DAY)) == ["go", "agree_to_frame"]


def test_the_charter_comes_before_the_frame_that_stands_on_it():
    again = a_collective(a_meeting(HOUR), has_accepted=False, accepted_once=True, frame_asked_at=NOW)
    assert kinds(again) == ["accept_charter"]


def test_once_five_were_held_nobody_waits_for_a_date():
    five = [a_meeting(-each * 20 * DAY, number=6 - each, is_closed=True) for each in range(5, 0, -1)]
    assert kinds(a_collective(*five)) == kinds(a_collective(*five, pilots=True)) == ["series_over"]
    assert kinds(a_collective(*five[:4])) == ["wait_for_date"]
    assert kinds(a_collective(*five[:4], pilots=True)) == ["plan"]


def test_the_questions_of_the_end_of_the_season_come_after_a_date_and_before_the_rest():
    over = a_collective(a_meeting(-2 * DAY, is_closed=True), asks_questionnaire=True)
    assert kinds(over) == ["answer_questionnaire", "wait_for_date"]
    assert kinds(a_collective(a_meeting(9 * DAY), asks_questionnaire=True)) == ["come", "answer_questionnaire"]


def test_a_deputy_prepares_their_meeting_and_keeps_the_date_of_the_next_one():
    next_one = a_meeting(7 * DAY, number=3)
    theirs = a_meeting(28 * DAY, **LEADS, stands_in=True, led_by=("Karim",), number=4)
    found = [(task.kind.value, task.meeting_id) for task in tasks(a_collective(next_one, theirs))]
    assert found == [("prepare", theirs.id), ("come", next_one.id)]


@pytest.mark.parametrize(
    ("held", "pilots", "asked"),
    [(0, True, "plan"), (4, True, "plan"), (5, True, "series_over"), (0, False, "wait_for_date")],
)
def test_without_a_date_to_come_a_pilot_plans_and_a_member_waits(held: int, pilots: bool, asked: str):
    past = [a_meeting(-(number + 1) * 20 * DAY, a_sheet(PASSED), is_closed=True) for number in range(held)]
    assert kinds(a_collective(*past, pilots=pilots)) == [asked]


def test_what_asks_nothing_is_known_as_such():
    rest = ["wait_for_answers", "wait_for_date", "series_over"]
    assert [kind.value for kind in TaskKind if kind.is_rest] == rest
    sheets = ["answer_objection", "say_yes_or_no", "read_sheet", "finish_sheet", "submit_sheet"]
    assert [kind.value for kind in TaskKind if kind.is_of_sheet] == sheets


@pytest.mark.parametrize(
    ("entrusted", "asked"),
    [
        (Entrusted(), []),
        (Entrusted(to_review=0), []),
        (Entrusted(to_review=2), ["review"]),
        (Entrusted(collectives=0), ["manage"]),
        (Entrusted(candidacies=3, collectives=0), ["read_candidacies", "manage"]),
        (Entrusted(candidacies=0, collectives=0), ["manage"]),
        (Entrusted(to_review=1, collectives=3), ["review", "manage"]),
        (Entrusted(has_territory=False, has_manager=False), ["add_territory"]),
        (Entrusted(has_territory=True, has_manager=False), ["appoint_manager"]),
        (Entrusted(has_territory=True), []),
    ],
)
def test_what_roles_ask(entrusted: Entrusted, asked: list[str]):
    assert kinds(entrusted=entrusted) == asked


def test_a_task_names_what_it_is_about_by_ids_alone():
    meeting = a_meeting(-7 * DAY, a_sheet(PUT, **MEMBER))
    here = a_collective(meeting)
    task = tasks(here)[0]
    assert (task.collective_id, task.meeting_id, task.sheet_id) == (here.id, meeting.id, meeting.sheet.id)
    assert all(isinstance(each, UUID) for each in (task.collective_id, task.meeting_id, task.sheet_id))


def dates(**is_: Any) -> DatesSeen:
    return DatesSeen(uuid4(), NOW + 3 * DAY, **{"proposed": 3, "asked": 8, **is_})


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        (a_collective(dates=dates(awaits=2)), ["answer_dates", "wait_for_date"]),
        (a_collective(dates=dates()), ["wait_for_date"]),
        (a_collective(dates=dates(is_ready=True)), ["wait_for_date"]),
        (a_collective(dates=dates(awaits=3), pilots=True), ["answer_dates", "wait_for_answers"]),
        (a_collective(dates=dates(), pilots=True), ["wait_for_answers"]),
        (a_collective(dates=dates(is_ready=True), pilots=True), ["choose_date", "wait_for_answers"]),
        (
            a_collective(dates=dates(awaits=1, is_ready=True), pilots=True),
            ["answer_dates", "choose_date", "wait_for_answers"],
        ),
        (a_collective(a_meeting(5 * DAY), dates=dates(awaits=1)), ["answer_dates", "come"]),
        (
            a_collective(a_meeting(5 * DAY, **LEADS), dates=dates(is_ready=True), pilots=True),
            ["choose_date", "prepare"],
        ),
        (a_collective(dates=dates(awaits=1), has_accepted=False), ["accept_charter"]),
    ],
)
def test_dates_wait_for_a_reply_then_for_a_choice(seen, found):
    assert kinds(seen) == found


def test_a_reply_to_dates_is_asked_before_anything_that_can_wait_and_says_until_when():
    waiting = a_collective(a_meeting(5 * DAY), dates=dates(awaits=1))
    (first, *_) = tasks(waiting)
    assert first.until == waiting.dates.closes_at
    assert first.poll_id == waiting.dates.id


def test_a_page_of_the_book_awaits_its_yes_whatever_collective_one_is_in_today() -> None:
    page = PageSeen(uuid4(), NOW + 3 * DAY)
    (found,) = what_now(Situation((), Entrusted(), (page,)), NOW)
    assert (found.kind, found.entry_id, found.until) == (TaskKind.ANSWER_PAGE, page.id, page.until)
    assert found.collective_id is None
