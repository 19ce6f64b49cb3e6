"""The fold of a meeting: the shared table of cases, and what holds for any set of gestures."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectifs.live.domain import agenda_reading
from collectifs.live.domain.agenda import fold
from collectifs.live.domain.gesture_table import GESTURES
from collectifs.live.domain.gestures import Gesture, instant

TABLE = json.loads((Path(__file__).parents[2] / "shared" / "agenda_cases.json").read_text("utf-8"))
INSTANTS = ("started_at", "closed_at", "reopened_at", "running_since")


def at(clock):
    seconds, _, milliseconds = clock.partition(".")
    return f"{TABLE['date']}T{seconds}.{milliseconds or '000'}Z"


def gesture(data, place):
    body = dict(data["body"])
    if "plan" in body:
        body["plan"] = TABLE["plans"][body["plan"]]
    return Gesture(
        id=data.get("id", f"e{place:02}"),
        kind=data["kind"],
        hand=data.get("hand", 1),
        happened_at=instant(at(data["at"])),
        body=body,
    )


def gestures_of(case):
    begun = TABLE["beginnings"][case["beginning"]]["events"]
    return [gesture(data, place) for place, data in enumerate(begun + case["events"], 1)]


def state_of(case):
    whole = TABLE["beginnings"]["nothing"]["state"] | TABLE["beginnings"][case["beginning"]]["state"]
    whole = whole | case["state"]
    if isinstance(whole["plan"], str):
        whole["plan"] = TABLE["plans"][whole["plan"]]
    return whole | {key: whole[key] and at(whole[key]) for key in INSTANTS}


cases = pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])


def test_the_table_is_large_enough():
    assert len(TABLE["cases"]) >= 25
    assert len({case["name"] for case in TABLE["cases"]}) == len(TABLE["cases"])


def test_random_sets_are_made_of_every_kind_and_of_some_of_another_version():
    assert {each["kind"] for each in TABLE["samples"]} == GESTURES.keys() | {"bell_rung", "anthem_sung"}


@cases
def test_gestures_fold_to_the_expected_state(case):
    assert fold(gestures_of(case)).to_json() == state_of(case)


@cases
def test_the_state_reads_as_expected(case):
    """Pages ask less of it than the live screen does, which reads the rest of the table (tests/js/agenda.test.mjs)."""
    readings, state = case.get("readings", {}), fold(gestures_of(case))
    now = instant(at(readings["now"])) if readings else None
    if "spent" in readings:
        spent = {step: agenda_reading.spent(state, step, now) for step in readings["spent"]}
        assert spent == readings["spent"]
    if "left_ms" in readings:
        left = {
            step: agenda_reading.planned_ms(state, step) - agenda_reading.spent(state, step, now)
            for step in readings["left_ms"]
        }
        assert left == readings["left_ms"]
    if "is_left_open" in readings:
        end = instant(at(readings["planned_end"]))
        assert agenda_reading.is_left_open(state, now, end) == readings["is_left_open"]


# ---------- Any set of gestures: shuffled, repeated, split, it folds to one state ----------

KINDS = st.sampled_from(
    [
        (each["kind"], each["body"] | ({"plan": TABLE["plans"]["three"]} if "plan" in each["body"] else {}))
        for each in TABLE["samples"]
    ]
)
# Minutes apart, and now and then a whole night.
MOMENTS = st.one_of(st.integers(0, 40).map(lambda minute: f"14:{minute:02}:00"), st.just("01:30:00"))


@st.composite
def some_gestures(draw):
    drawn = draw(st.lists(st.tuples(KINDS, st.integers(0, 3), MOMENTS), max_size=30))
    return [
        Gesture(f"e{place:02}", kind, hand, instant(at(moment)), body)
        for place, ((kind, body), hand, moment) in enumerate(drawn)
    ]


@given(some_gestures(), st.randoms(use_true_random=False), st.integers(0, 30))
def test_shuffled_repeated_and_split_gestures_fold_to_one_state(gestures, chance, cut):
    once = fold(gestures).to_json()
    shuffled = gestures + chance.choices(gestures, k=len(gestures)) if gestures else []
    chance.shuffle(shuffled)
    assert fold(shuffled).to_json() == once
    first, second = gestures[:cut], gestures[cut:]
    assert fold(second + first + second).to_json() == once


@given(some_gestures())
def test_no_time_is_lost_or_made_up(gestures):
    state = fold(gestures)
    now = instant(at("15:00:00"))
    total = sum(agenda_reading.spent(state, step, now) for step in state.spent_ms | {state.current: 0})
    assert all(ms >= 0 for ms in state.spent_ms.values())
    if state.started_at is not None:
        assert total <= (now - state.started_at).total_seconds() * 1000
    if state.closed_at is not None:
        assert state.running_since is None
        assert (state.turns, state.hands) == ((), {})
