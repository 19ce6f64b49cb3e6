"""The first words of the room, as they stand in the page: those that its scripts would write at that instant."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from collectifs.live.domain.agenda import fold
from collectifs.live.domain.first_face import FirstFace, StageWords, before_it_starts, since_it_started, time_face
from collectifs.live.domain.gestures import Gesture, instant
from collectifs.meetings.domain.canvas import library

CASES = json.loads((Path(__file__).parents[2] / "shared" / "typography_cases.json").read_text(encoding="utf-8"))
STEPS = library()["genot-soutoul"].agenda(1)
PLAN = [{"id": each.id, "title": each.title, "minutes": each.minutes, "least": each.least} for each in STEPS]
STORY = next(each for each in STEPS if each.spare_speaks)
PARIS = ZoneInfo("Europe/Paris")
START, END = instant("2027-01-13T13:00:00Z"), instant("2027-01-13T15:00:00Z")
Made = tuple[float, str, dict[str, Any]]


def face(minute: float, *made: Made) -> FirstFace | None:
    """So many minutes after the start, with what was done in which minute."""
    begun: list[Made] = [(0, "hand_taken", {"device": "a"}), (0, "meeting_started", {"plan": PLAN}), *made]
    state = fold(
        Gesture(f"e{place}", kind, 1, START + timedelta(minutes=at, milliseconds=place), body)
        for place, (at, kind, body) in enumerate(begun)
    )
    return since_it_started(state, STEPS, START + timedelta(minutes=minute), END, PARIS)


@pytest.mark.parametrize(("left", "time", "label", "value", "unit"), CASES["faces"])
def test_the_clock_says_what_that_of_the_scripts_says(left: int, time: str, label: str, value: str, unit: str) -> None:
    found = time_face(left)
    assert (found.time, found.label, found.value, found.unit.replace("\u00a0", "~")) == (time, label, value, unit)


@pytest.mark.parametrize(
    ("over", "value", "unit"), [(59 * 60_000, "59", "min"), (60 * 60_000, "1", "h"), (120 * 60_000, "2", "h")]
)
def test_from_an_hour_over_on_the_clock_counts_hours(over: int, value: str, unit: str) -> None:
    assert (time_face(-over).value, time_face(-over).unit) == (value, unit)


@pytest.mark.parametrize(("signs", "is_long"), [(20, False), (21, True)])
def test_a_title_of_more_than_twenty_signs_is_set_smaller(signs: int, is_long: bool) -> None:
    assert StageWords("", "x" * signs, "", "", "", "", time_face(0)).is_long is is_long


@pytest.mark.parametrize(("seconds", "ends"), [(29, "15\u00a0h"), (30, "15\u00a0h\u00a001"), (60, "15\u00a0h\u00a001")])
def test_a_start_counts_from_the_nearest_minute(seconds: int, ends: str) -> None:
    said = before_it_starts(
        ["", ""], STEPS, START - timedelta(hours=1) + timedelta(seconds=seconds), PARIS, keeps_notes=True
    )
    assert said.lead.endswith(f"fin à {ends}.")


def test_before_the_start_it_says_when_where_and_when_it_would_end() -> None:
    now = START - timedelta(minutes=9, seconds=20)
    said = before_it_starts(["mercredi 13", "", "Salle B"], STEPS, now, PARIS, keeps_notes=False)
    words = "Mercredi 13, Salle B. 10\u00a0étapes, 2\u00a0h : en commençant maintenant, fin à 15\u00a0h\u00a051."
    assert (said.name, said.lead) == ("opening", f"{words} Sans notes, décidé à la préparation.")


def test_it_names_the_step_its_voices_and_the_time_that_is_left_or_stands_still() -> None:
    running = face(2.5)
    assert running is not None
    assert running.stage is not None
    assert (running.name, running.hand) == ("running", "a")
    assert (running.stage.title, running.stage.place) == (STEPS[0].title, f"Étape 1 sur {len(STEPS)}")
    assert (running.stage.speaks, running.stage.rule) == (STEPS[0].speaks, STEPS[0].rule)
    assert (running.stage.clock.label, running.stage.clock.value) == ("Il reste", str(STEPS[0].minutes - 2))
    paused = face(30, (2, "paused", {}))
    assert paused is not None
    assert paused.stage is not None
    assert (paused.stage.clock.time, paused.stage.clock.label) == ("paused", "En pause, il reste")


WITHOUT_SPARE = next(each for each in STEPS if not each.spare_speaks)
WITHOUT_RULE = next(each for each in STEPS if each.spare_speaks and not each.spare_rule)


@pytest.mark.parametrize(
    ("step", "choice", "speaks", "rule"),
    [
        (STORY, {"spare": "x"}, STORY.spare_speaks, STORY.spare_rule),
        (WITHOUT_RULE, {"spare": "x"}, WITHOUT_RULE.spare_speaks, WITHOUT_RULE.rule),
        (WITHOUT_SPARE, {"spare": "x"}, WITHOUT_SPARE.speaks, WITHOUT_SPARE.rule),
        (STORY, {"situation": "x"}, STORY.speaks, STORY.rule),
    ],
)
def test_with_a_spare_situation_it_says_what_the_step_says_instead(step, choice, speaks, rule) -> None:
    made = [(1, "situation_chosen", choice)] + ([] if step is STEPS[0] else [(19, "step_entered", {"step": step.id})])
    found = face(20, *made)
    assert found is not None
    assert found.stage is not None
    assert (found.stage.speaks, found.stage.rule) == (speaks, rule)


def test_in_a_step_that_was_added_on_the_way_everybody_speaks() -> None:
    steps = [*PLAN, {"id": "new", "title": "En plus", "minutes": 4, "least": 0}]
    found = face(3, (1, "plan_changed", {"steps": steps}), (2, "step_entered", {"step": "new"}))
    assert found is not None
    assert found.stage is not None
    assert (found.stage.title, found.stage.speaks, found.stage.rule) == ("En plus", "tout le monde", "")


def test_paused_on_the_hour_it_does_not_say_that_time_is_left() -> None:
    found = face(30, (STEPS[0].minutes, "paused", {}))
    assert found is not None
    assert found.stage is not None
    left = (found.stage.clock.time, found.stage.clock.label, found.stage.clock.value)
    assert left == ("paused", "En pause", "0")


def test_the_question_on_the_wall_takes_the_place_of_the_rule() -> None:
    found = face(2, (1, "question_shown", {"text": "Comment faire ?"}))
    assert found is not None
    assert found.stage is not None
    assert found.stage.question == "Comment faire ?"


@pytest.mark.parametrize(
    ("minute", "gap"),
    [
        (109, "11~min avant l’heure"),
        (120, "à l’heure"),
        (120.4, "à l’heure"),
        (120.5, "1~min après l’heure"),
        (127, "7~min après l’heure"),
    ],
)
def test_once_closed_it_says_when_it_ended_and_by_how_much(minute: float, gap: str) -> None:
    found = face(600, (minute, "meeting_closed", {}))
    assert found is not None
    assert (found.name, found.hand) == ("closed", "a")
    assert f", {gap.replace('~', chr(160))} ; " in found.lead


def test_of_one_that_was_left_open_it_says_nothing_before_the_scripts_have_read_every_gesture() -> None:
    assert face(24 * 60) is None
