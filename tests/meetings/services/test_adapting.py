"""Adapting the agenda of a meeting, and keeping it for the rest of the series; a canvas in use never changes."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.collectives.queries.collectives import get_collective
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.meetings.domain.canvas import library
from collectifs.meetings.domain.canvas_adapting import OwnStep
from collectifs.meetings.domain.planning import Slot
from collectifs.meetings.models import MeetingEvent
from collectifs.meetings.queries.meetings import agenda_of, get_meeting
from collectifs.meetings.services.planning import cancel_meeting, move_meeting, plan_meeting, slot_of
from collectifs.meetings.services.preparing import (
    RoomRules,
    SpareHeld,
    add_step,
    arrangement_here,
    change_canvas,
    keep_for_series,
    prepare_meeting,
)
from tests import factories

JANUARY = datetime(2027, 1, 14, 13, 0, tzinfo=UTC)
BREAK = OwnStep("Pause", 10, "tout le monde")


@pytest.fixture
def pilot(app):
    return factories.user("Hélène")


@pytest.fixture
def collective(pilot):
    return factories.collective(pilot=pilot)


@pytest.fixture
def series(collective):
    """Four meetings, a fortnight apart."""
    return [
        factories.meeting(collective, number=number, starts_at=JANUARY + timedelta(days=14 * (number - 1)))
        for number in (1, 2, 3, 4)
    ]


@pytest.fixture
def doing(pilot):
    return {"now": clock.now(), "by": factories.person(pilot)}


def ids(meeting):
    return [step.id for step in agenda_of(meeting)]


def arrange(meeting, change, **doing):
    """Save the page of preparing with its steps arranged otherwise."""
    arranged = change(arrangement_here(meeting))
    prepare_meeting(meeting, minutes={}, spare=SpareHeld(), arranged=arranged, **doing)


def drop_step(meeting, step_id, **doing):
    arrange(meeting, lambda here: here.without(step_id), **doing)


def start(meeting):
    factories.add(
        MeetingEvent(
            meeting_id=meeting.id, sequence=1, kind="meeting_started", hand=1, happened_at=clock.now(), body=b""
        )
    )


def test_steps_are_moved_dropped_put_back_and_added_in_one_meeting_only(series, doing):
    _, second, third, _ = series
    before = ids(third)
    arrange(second, lambda here: here.moved("retour", up=True).without("deja-fait"), **doing)
    add_step(second, BREAK, after="choix", **doing)
    assert ids(second)[:5] == ["retour", "ouverture", "choix", "ajout-1", "presentation"]
    assert "deja-fait" not in ids(second)
    arrange(second, lambda here: here.with_back("deja-fait"), **doing)
    assert ids(second)[6:8] == ["resonance", "deja-fait"]
    assert ids(third) == before
    assert second.prepared_at == doing["now"]
    assert db.session.query(AuditEvent).filter_by(kind="agenda_prepared", object_id=second.id).count() == 3


def test_back_to_the_canvas_the_order_and_every_step_come_back(series, doing):
    second = series[1]
    before = agenda_of(second)
    drop_step(second, "questionnement", **doing)
    arrange(second, lambda here: here.moved("cloture", up=True), **doing)
    add_step(second, BREAK, after="", **doing)
    change_canvas(second, second.canvas_id, **doing)
    assert agenda_of(second) == before


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("canvas_id", sorted(library()))
def test_another_canvas_replaces_the_agenda(series, doing, place, canvas_id):
    meeting = series[place]
    change_canvas(meeting, canvas_id, **doing)
    assert meeting.canvas_id == canvas_id
    assert agenda_of(meeting) == library()[canvas_id].agenda(meeting.number)


def test_an_unknown_canvas_is_refused(series, doing):
    with pytest.raises(RuleBroken, match="n’existe pas") as refusal:
        change_canvas(series[1], "../../etc/passwd", **doing)
    assert refusal.value.field == "canvas_id"
    assert series[1].canvas_id == "genot-soutoul"


@pytest.mark.parametrize(
    "change",
    [
        lambda row, **doing: drop_step(row, "retour", **doing),
        lambda row, **doing: add_step(row, BREAK, after="", **doing),
        lambda row, **doing: change_canvas(row, "trio", **doing),
        lambda row, **doing: prepare_meeting(
            row, minutes={}, spare=SpareHeld(), room=RoomRules(keeps_notes=False), **doing
        ),
    ],
    ids=["drop", "add", "canvas", "without notes"],
)
def test_once_started_nothing_changes(series, doing, change):
    second = series[1]
    before = ids(second)
    start(second)
    with pytest.raises(RuleBroken, match="La séance a commencé"):
        change(second, **doing)
    assert (ids(second), second.canvas_id, second.keeps_notes) == (before, "genot-soutoul", True)


def test_an_agenda_is_kept_for_those_that_follow_and_have_not_started(series, doing):
    first, second, third, fourth = series
    start(third)
    before = ids(first), ids(third)
    drop_step(second, "deja-fait", **doing)
    assert keep_for_series(second, by=doing["by"]) == [4]
    assert "deja-fait" not in ids(fourth)
    assert (ids(first), ids(third)) == before
    assert fourth.prepared_at is None


def test_those_planned_afterwards_have_it_too(series, doing, collective):
    fourth = series[3]
    change_canvas(fourth, "codeveloppement", **doing)
    add_step(fourth, BREAK, after="contrat", **doing)
    assert keep_for_series(fourth, by=doing["by"]) == []
    slot = Slot(JANUARY + timedelta(days=70), JANUARY + timedelta(days=70, hours=2), "Collège de la Brume")
    fifth = plan_meeting(get_collective(collective.id), slot=slot, **doing)
    assert fifth.canvas_id == "codeveloppement"
    assert agenda_of(fifth) == agenda_of(fourth)


def test_kept_from_the_first_meeting_the_others_have_their_own_variant(series, doing):
    first, second, *_ = series
    drop_step(first, "deja-fait", **doing)
    keep_for_series(first, by=doing["by"])
    assert ids(second)[:3] == ["ouverture", "retour", "choix"]
    assert agenda_of(second)[0].minutes == 5
    assert "deja-fait" not in ids(second)


def test_kept_as_its_canvas_has_it_the_series_follows_the_canvas_again(series, doing, collective):
    second = series[1]
    drop_step(second, "deja-fait", **doing)
    keep_for_series(second, by=doing["by"])
    assert collective.steps is not None
    change_canvas(second, second.canvas_id, **doing)
    keep_for_series(second, by=doing["by"])
    assert collective.steps is None
    assert collective.canvas_id == "genot-soutoul"
    assert "deja-fait" in ids(series[3])


def test_after_a_cancelled_meeting_an_agenda_that_nobody_prepared_follows_the_series(series, doing, collective):
    first, second, third, _ = series
    drop_step(first, "deja-fait", **doing)
    keep_for_series(first, by=doing["by"])
    cancel_meeting(get_meeting(first.id), **doing)
    assert (second.number, third.number) == (1, 2)
    assert ids(second)[:2] == ["ouverture", "choix"]
    assert agenda_of(second)[0].minutes == 15
    assert "deja-fait" not in ids(second)
    assert ids(third)[:2] == ["ouverture", "retour"]


def test_without_notes_and_the_closing_of_the_room_are_kept_then_let_go(series, doing):
    second = series[1]
    closes = second.starts_at + timedelta(hours=2, minutes=15)
    room = RoomRules(keeps_notes=False, closes_at=closes)
    prepare_meeting(second, minutes={}, spare=SpareHeld(), room=room, **doing)
    assert (second.keeps_notes, second.room_closes_at) == (False, closes)
    prepare_meeting(second, minutes={}, spare=SpareHeld(), **doing)
    assert (second.keeps_notes, second.room_closes_at) == (True, None)


def test_moved_to_another_room_nobody_knows_when_it_closes(series, doing):
    second = series[1]
    second.room_closes_at = second.starts_at + timedelta(hours=3)
    there = slot_of(second)
    move_meeting(get_meeting(second.id), slot=Slot(there.starts_at, there.ends_at, "Collège de la Brume"), **doing)
    assert second.room_closes_at is None
