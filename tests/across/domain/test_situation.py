"""A meeting as somebody stands before it: running, left open, past, soon; which collective a task names."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from collectifs.across.domain.situation import CollectiveSeen, MeetingSeen, SheetSeen, Situation
from collectifs.across.domain.what_now import Task, TaskKind
from collectifs.sheets.domain.life import SheetLife

START, END = datetime(2027, 1, 13, 13, tzinfo=UTC), datetime(2027, 1, 13, 15, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
STARTED: dict[str, Any] = {"is_started": True}
CLOSED: dict[str, Any] = {"is_started": True, "is_closed": True}
REOPENED: dict[str, Any] = {"is_started": True, "reopened_at": END + 20 * HOUR}


def a_meeting(**is_: Any) -> MeetingSeen:
    return MeetingSeen(uuid4(), 1, START, END, "Salle B", SheetSeen(uuid4(), SheetLife()), **is_)


@pytest.mark.parametrize(
    ("is_", "now", "true"),
    [
        ({}, START - 12 * HOUR - SECOND, set()),
        ({}, START - 12 * HOUR, {"soon"}),
        ({}, END, {"soon"}),
        ({}, END + SECOND, {"past"}),
        ({}, END + 12 * HOUR, {"past"}),  # held without the screen
        (STARTED, START, {"running", "soon"}),
        (STARTED, END + SECOND, {"running", "soon"}),  # rooms overrun
        (STARTED, END + 12 * HOUR - SECOND, {"running", "soon"}),
        (STARTED, END + 12 * HOUR, {"left open", "past"}),
        (REOPENED, END + 32 * HOUR - SECOND, {"running", "soon"}),
        (REOPENED, END + 32 * HOUR, {"left open", "past"}),
        (CLOSED, START + HOUR, {"past"}),
        (CLOSED, END + 12 * HOUR, {"past"}),
    ],
)
def test_a_meeting_is_soon_then_runs_and_past_twelve_hours_was_left_open(is_, now: datetime, true: set[str]) -> None:
    meeting = a_meeting(**is_)
    found = {
        "left open": meeting.is_left_open(now),
        "running": meeting.is_running(now),
        "past": meeting.is_past(now),
        "soon": meeting.is_soon(now),
    }
    assert found == {word: word in true for word in found}


def a_collective(name: str, *meetings: MeetingSeen) -> CollectiveSeen:
    return CollectiveSeen(uuid4(), name, ZoneInfo("Europe/Paris"), has_accepted=True, meetings=meetings)


HERE, THERE = a_collective("Les Tilleuls", a_meeting(), a_meeting()), a_collective("L’Estuaire", a_meeting())


@pytest.mark.parametrize(
    ("collectives", "about", "name"),
    [
        ((HERE,), HERE.id, ""),
        ((HERE, THERE), HERE.id, "Les Tilleuls"),
        ((HERE, THERE), THERE.id, "L’Estuaire"),
        ((HERE, THERE), None, ""),
        ((), None, ""),
    ],
)
def test_whoever_is_in_several_collectives_reads_which_one_a_task_is_about(
    collectives: tuple[CollectiveSeen, ...], about: UUID | None, name: str
) -> None:
    assert Situation(collectives).name_of(Task(TaskKind.PLAN, about)) == name


def test_a_meeting_is_found_in_whichever_collective_it_stands() -> None:
    situation = Situation((HERE, THERE))
    for meeting in (*HERE.meetings, *THERE.meetings):
        assert situation.meeting(meeting.id) is meeting
