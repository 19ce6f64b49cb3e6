"""The table of gestures: what is declared of each kind, and that nothing of it can be forgotten anywhere."""

import ast
import re
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.live.domain import agenda
from collectifs.live.domain.beam import public_gesture
from collectifs.live.domain.gesture_table import (
    GESTURES,
    KINDS,
    OUTLIVING,
    SHOWN,
    STEERING,
    TRANSIENT,
    UNKNOWN,
    Declared,
    From,
    declared,
)
from collectifs.live.domain.gestures import read_gesture
from collectifs.live.services.light_marks import _LIGHT
from collectifs.live.services.marks import _MARKS
from collectifs.meetings.domain.gesture_kinds import GestureKind
from tests.live.domain.test_gestures import BODIES, sent
from tools import script_rules

PACKAGE = Path(__file__).parents[3] / "collectifs"
# What may stay once the notes have perished, and what a wall may show: a new kind does neither before it is named here.
MAY_OUTLIVE = STEERING - {"question_shown"} | {"hand_taken", "attendance_marked", "duty_given", "guest_welcomed"}
MAY_BE_SHOWN = STEERING | {"hand_taken", "situation_chosen"}
# What a wall never shows as it was sent: words and who. The question goes there by a gesture that does nothing else.
SECRET = {"text", "name", "note", "item", "who", "device", "situation", "spare", "told_by", "about", "lane"}


def test_nothing_but_the_number_of_keys_has_a_default():
    optional = {each.name for each in fields(Declared) if each.default is not MISSING}
    assert optional == {"one_key"}


@pytest.mark.parametrize("left_out", [each.name for each in fields(Declared) if each.name != "one_key"])
def test_a_kind_that_says_nothing_of_one_thing_cannot_be_declared(left_out):
    known = {each.name: getattr(GESTURES["paused"], each.name) for each in fields(Declared)}
    with pytest.raises(TypeError, match=left_out):
        Declared(**{name: value for name, value in known.items() if name != left_out})


def test_only_what_was_agreed_outlives_the_notes():
    assert OUTLIVING == MAY_OUTLIVE
    assert not any("text" in GESTURES[kind].body for kind in OUTLIVING)


def test_only_what_was_agreed_stands_on_the_wall():
    assert SHOWN == MAY_BE_SHOWN


@pytest.mark.parametrize("kind", sorted(SHOWN - {"question_shown"}))
def test_the_wall_says_neither_words_nor_who(kind):
    shown = public_gesture(read_gesture(sent(kind)))["body"]
    assert [key for key in shown.keys() & SECRET if shown[key] not in ("", True, False)] == []


def test_turns_hands_raised_and_the_question_on_the_wall_are_gone_at_the_close():
    assert {"turn_taken", "hands_counted", "question_shown"} == TRANSIENT


def test_the_question_goes_to_the_wall_from_the_device_that_conducts_and_with_nothing_else():
    known = GESTURES["question_shown"]
    assert (known.sent_from, set(known.body)) == (From.HAND, {"text"})
    assert [kind for kind in SHOWN if "text" in GESTURES[kind].body] == ["question_shown"]


def test_the_note_taker_without_la_main_writes_sets_aside_and_counts_and_nothing_else():
    room = {kind for kind, known in GESTURES.items() if known.sent_from is From.ROOM}
    notes = {kind for kind, known in GESTURES.items() if known.is_about_note}
    assert notes == {"note_written", "note_edited", "note_removed", "note_copied_to_sheet"}
    assert room == notes | (TRANSIENT - {"question_shown"}) | {"parked", "unparked", "hand_taken"}


def test_only_removed_words_can_be_brought_back_and_for_ten_minutes():
    assert {kind: known.undo_s for kind, known in GESTURES.items() if known.undo_s} == {"note_removed": 600}


def test_every_kind_is_folded_and_every_mark_that_is_declared_is_left():
    assert agenda._HANDLERS.keys() == KINDS
    assert not _LIGHT.keys() & _MARKS.keys()
    assert _LIGHT.keys() | _MARKS.keys() == {kind for kind, known in GESTURES.items() if known.leaves_mark}


def test_every_kind_has_an_example_that_is_read():
    assert BODIES.keys() == KINDS


def test_a_kind_of_another_version_is_refused_with_what_to_do():
    with pytest.raises(RuleBroken) as refusal:
        read_gesture(sent() | {"kind": "bell_rung"})
    assert refusal.value.sentence == UNKNOWN
    with pytest.raises(RuleBroken):
        declared(["paused"])


# ---------- The scripts ----------


@pytest.mark.parametrize("file", script_rules.FILES, ids=lambda file: file.name)
def test_the_scripts_are_told_what_the_rules_say(file):
    assert file.read_text(encoding="utf-8") == script_rules.FILES[file](), "make rules"


def test_some_screen_makes_each_kind():
    scripts = "".join(file.read_text(encoding="utf-8") for file in (PACKAGE / "static/js/live").glob("*.js"))
    made = set(re.findall(r'(?:add|#steer)\([^)]*?"(\w+)"', scripts))
    # « reprendre » and « pause » are one button.
    assert made >= KINDS - {"resumed", "paused"}
    assert '? "resumed" : "paused"' in scripts


# ---------- The names of kinds elsewhere in the application ----------


def kinds_named(file: Path) -> set[str]:
    """The texts that a module compares with the kind of an event, or asks about by `has_event` and `_latest`."""
    found: set[object] = set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and ast.unparse(node.left).endswith(".kind"):
            found |= {each.value for each in node.comparators if isinstance(each, ast.Constant)}
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("has_event", "_latest", "_of_kind"):
            found |= {each.value for each in node.args if isinstance(each, ast.Constant)}
        if isinstance(node, ast.GeneratorExp) and "_latest" in ast.unparse(node.elt):
            found |= {each.value for each in ast.walk(node.generators[0].iter) if isinstance(each, ast.Constant)}
    return {kind for kind in found if isinstance(kind, str)}


SUBJECTS = ("meetings", "sheets", "live", "across", "blueprints/live")


def test_a_kind_is_asked_about_by_its_member_and_not_by_a_word():
    files = [file for subject in SUBJECTS for file in (PACKAGE / subject).rglob("*.py")]
    assert [(file.name, word) for file in files for word in kinds_named(file) & KINDS] == []


def test_each_kind_is_declared():
    assert list(GestureKind) == list(GESTURES)
