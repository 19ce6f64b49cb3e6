"""What a device sends: read, cut to the keys of its kind, or refused."""

import json
from uuid import uuid4

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.live.domain.gesture_table import KINDS, STEERING
from collectifs.live.domain.gestures import (
    Gesture,
    instant,
    iso,
    may_steer,
    next_hand,
    order_of,
    read_gesture,
    within_reach,
)

NOTE = str(uuid4())
PLAN = [{"id": "a", "title": "Ouverture", "minutes": 5, "least": 3}]

BODIES = {
    "hand_taken": {"device": "d1"},
    "meeting_started": {"plan": PLAN},
    "step_entered": {"step": "a"},
    "paused": {},
    "resumed": {},
    "time_added": {"step": "a", "seconds": -120},
    "plan_changed": {"steps": [{"id": "a", "minutes": 4}]},
    "meeting_closed": {},
    "meeting_reopened": {},
    "note_written": {"note": NOTE, "lane": "private", "step": "a", "text": "Une idée"},
    "note_edited": {"note": NOTE, "text": "Une idée", "lane": "sheet", "step": "b", "undoes": NOTE},
    "note_removed": {"note": NOTE},
    "note_copied_to_sheet": {"note": NOTE},
    "parked": {"item": NOTE, "text": "Plus tard"},
    "attendance_marked": {"who": "w1", "state": "late"},
    "situation_chosen": {"spare": "intervenir"},
    "duty_given": {"duty": "timekeeper", "who": "w1"},
    "turn_taken": {"who": "w1", "step": "a", "how": "passed"},
    "unparked": {"item": NOTE},
    "hands_counted": {"about": "told:w1", "criterion": "resonance", "count": 12},
    "guest_welcomed": {"who": NOTE, "name": "Inès Roux"},
    "question_shown": {"text": "Comment accueillir ?"},
}


def sent(kind="paused", **changes):
    data = {
        "id": str(uuid4()),
        "kind": kind,
        "hand": 1,
        "happened_at": "2027-01-13T13:00:00.250Z",
        "body": BODIES[kind],
    }
    return json.loads(json.dumps(data | changes))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_is_read_and_written_back_unchanged(kind):
    data = sent(kind)
    assert read_gesture(data).to_json() == data


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_keys_that_a_kind_does_not_have_are_dropped(kind):
    data = sent(kind)
    read = read_gesture(data | {"author": "x", "body": data["body"] | {"author": "x"}})
    assert read.to_json() == data


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        sent(id="twelve"),
        sent(kind="paused", hand="1"),
        sent(hand=True),
        sent(hand=-1),
        sent(hand=2**31),
        sent(happened_at="1969-12-31T23:59:59Z"),
        sent(happened_at="2027-01-13T13:00:00"),
        sent(happened_at="yesterday"),
        sent(happened_at=None),
        sent(body=[]),
        sent() | {"kind": "bell_rung"},
        sent() | {"kind": ["paused"]},
        sent("step_entered", body={}),
        sent("step_entered", body={"step": "x" * 65}),
        sent("time_added", body={"step": "a", "seconds": 1.5}),
        sent("time_added", body={"step": "a", "seconds": 100000}),
        sent("meeting_started", body={"plan": []}),
        sent("meeting_started", body={"plan": [{"id": "a", "minutes": 5}]}),
        sent("meeting_started", body={"plan": PLAN * 2}),
        sent("plan_changed", body={"steps": "abc"}),
        sent("plan_changed", body={"steps": ["a"]}),
        sent("note_written", body=BODIES["note_written"] | {"lane": "public"}),
        sent("note_written", body=BODIES["note_written"] | {"text": "  "}),
        sent("note_written", body=BODIES["note_written"] | {"text": "x" * 2001}),
        sent("note_removed", body={"note": "one"}),
        sent("attendance_marked", body={"who": "w1", "state": "asleep"}),
        sent("situation_chosen", body={}),
        sent("situation_chosen", body={"situation": "s", "spare": "t"}),
        sent("situation_chosen", body={"told_by": "w1", "spare": "t"}),
        sent("situation_chosen", body={"told_by": ""}),
        sent("duty_given", body={"duty": "cook", "who": "w1"}),
        sent("duty_given", body={"duty": "moderator"}),
        sent("turn_taken", body={"who": "", "how": "given"}),
        sent("turn_taken", body={"who": "w1", "how": "sung"}),
        sent("hands_counted", body={"about": "s", "criterion": "urgency", "count": 61}),
        sent("hands_counted", body={"about": "s", "criterion": "urgency", "count": -1}),
        sent("hands_counted", body={"about": "s", "criterion": "beauty", "count": 1}),
        sent("guest_welcomed", body={"who": "g1", "name": "Inès"}),
        sent("guest_welcomed", body={"who": NOTE, "name": " "}),
        sent("guest_welcomed", body={"who": NOTE, "name": "x" * 81}),
        sent("parked", body={"item": "one", "text": "Plus tard"}),
        sent("unparked", body={}),
        sent(happened_at="9999-12-31T23:59:59-12:00"),
    ],
)
def test_what_is_malformed_is_refused_in_words(data):
    with pytest.raises(RuleBroken) as refusal:
        read_gesture(data)
    assert refusal.value.sentence.endswith((".", "plus."))


@pytest.mark.parametrize("body", [{"situation": "s"}, {"spare": "t"}, {"told_by": "w1"}])
def test_a_situation_is_sent_spare_or_told_aloud(body):
    data = sent("situation_chosen", body=body)
    assert read_gesture(data).to_json() == data


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("parked", {"text": "Plus tard"}),
        ("turn_taken", {"who": "w1"}),
        ("turn_taken", {"who": "w1", "step": "", "how": "given"}),
        ("duty_given", {"duty": "moderator", "who": ""}),
    ],
)
def test_gestures_of_before_and_empty_names_stay_readable(kind, body):
    data = sent(kind, body=body)
    assert read_gesture(data).to_json() == data


def test_the_first_and_the_last_hand_and_the_first_year_of_clocks_are_read():
    for data in (sent(hand=0), sent(hand=2**31 - 1), sent(happened_at="1970-01-01T00:00:00.000Z")):
        assert read_gesture(data).to_json() == data


def test_gestures_stand_by_hand_then_instant_then_id():
    first, second = (read_gesture(sent(hand=hand)) for hand in (1, 2))
    later = read_gesture(sent(hand=1, happened_at="2027-01-13T13:00:01.000Z"))
    assert sorted([second, later, first], key=order_of) == [first, later, second]
    assert order_of(first) == (1, first.happened_at, first.id)


@pytest.mark.parametrize(("taken", "following"), [([], 1), ([1], 2), ([3, 1], 4)])
def test_no_gesture_claims_a_hand_past_the_next_one(taken, following):
    assert next_hand(taken) == following
    far = within_reach(read_gesture(sent(hand=2000)), taken)
    assert (far.hand, far.kind) == (following, "paused")
    assert within_reach(read_gesture(sent(hand=0)), taken).hand == 0


def test_an_instant_is_kept_to_the_millisecond_in_utc():
    assert iso(instant("2027-01-13T14:00:00.123456+01:00")) == "2027-01-13T13:00:00.123Z"


def test_only_the_device_that_took_the_hand_steers():
    taken = [read_gesture(sent("hand_taken", hand=1)), read_gesture(sent("note_removed"))]
    paused = read_gesture(sent("paused"))
    assert may_steer(taken, paused, "d1")
    assert not may_steer(taken, paused, "d2")
    assert not may_steer([], paused, "d1")
    assert may_steer(taken, read_gesture(sent("note_removed")), "d2")


def test_the_hand_is_taken_with_a_number_not_taken_yet_and_for_oneself():
    taken = [read_gesture(sent("hand_taken", hand=1))]
    again = read_gesture(sent("hand_taken", hand=1, body={"device": "d2"}))
    more = Gesture(again.id, again.kind, 2, again.happened_at, again.body)
    assert not may_steer(taken, again, "d2")
    assert may_steer(taken, more, "d2")
    assert not may_steer(taken, more, "d1")


def test_every_steering_kind_is_known():
    assert STEERING < KINDS
