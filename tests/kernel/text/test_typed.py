"""What people type, cleaned: no sign that breaks a page stays, and no word goes."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectifs.kernel.text.typed import clean, one_line, readable, readable_json, readable_throughout, whole_number
from collectifs.live.domain.gestures import read_gesture
from tests.drawn import SIGNS
from tests.live.domain.test_gestures import NOTE, sent

HALF, LOST = "\ud83d", "\ufffd"
ODD = [
    (f"abc {HALF} fin", f"abc {LOST} fin"),
    ("abc \udc00", f"abc {LOST}"),
    ("a\x00b\x1bc\x7fd\x9fe", "abcde"),
    ("a\u202eb\u2066c\u200fd\u061ce\ufefff", "abcdef"),
    ("a\uffffb\ufffec\ufdd0d\U0001fffee\U0010ffff", "abcde"),
    ("Une idée 😀, « là »\u00a0: l’été", "Une idée 😀, « là »\u00a0: l’été"),
    ("deux\tcolonnes\net une ligne", "deux\tcolonnes\net une ligne"),
]


@pytest.mark.parametrize(("typed", "kept"), ODD)
def test_words_stay_and_signs_that_break_a_page_go(typed: str, kept: str) -> None:
    assert clean(typed) == readable(typed) == kept
    assert clean(kept) == kept
    kept.encode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  bords \n", "bords"),
        ("e\u0301te\u0301", "été"),
        ("une\r\ndeux\rtrois\u2028quatre", "une\ndeux\ntrois\nquatre"),
        ("\u200e\x00", ""),
        (None, ""),
        (3, ""),
        (["a"], ""),
    ],
)
def test_what_was_typed_is_composed_and_trimmed_and_what_is_no_text_is_nothing(typed: object, kept: str) -> None:
    assert clean(typed) == kept


def test_a_single_line_keeps_every_word() -> None:
    assert one_line(f" Maud \r\n Le {HALF}Bihan\x00 ") == f"Maud Le {LOST}Bihan"


@given(st.text(SIGNS, max_size=60))
def test_one_line_keeps_no_sign_that_acts(text: str) -> None:
    line = one_line(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", line)
    assert one_line(line) == line


def test_one_line_joins_lines_and_keeps_no_break_spaces() -> None:
    assert one_line(" a\r\nb\t\u202ec\u00a0d ") == "a b c\u00a0d"


def test_what_was_stored_is_readable_down_to_its_keys() -> None:
    stored = r'{"plan": [{"id": "a\ud800", "minutes": 5, "least": null}], "te\u0000xt": "b\uffff"}'
    read = {"plan": [{"id": f"a{LOST}", "minutes": 5, "least": None}], "text": "b"}
    assert readable_throughout(json.loads(stored)) == readable_json(stored) == read


@given(st.dictionaries(st.text(SIGNS, max_size=4), st.text(SIGNS, max_size=9)), st.booleans())
def test_json_with_nothing_to_mend_is_told_by_a_look_at_the_whole(said: dict[str, str], ascii_alone: bool) -> None:
    text = json.dumps(said, ensure_ascii=ascii_alone)
    assert readable_json(text) == readable_throughout(json.loads(text))


@pytest.mark.parametrize(
    ("said", "read"),
    [("12", 12), ("0", 0), ("999999999", 999_999_999), ("9" * 10, None), ("9" * 5000, None), ("٣", None)]
    + [(each, None) for each in ("", "-1", "1.5", " 1", None, 3)],
)
def test_a_number_is_figures_of_a_length_that_somebody_could_mean(said: object, read: int | None) -> None:
    assert whole_number(said) == read


@pytest.mark.parametrize(("typed", "kept"), ODD)
@pytest.mark.parametrize(
    ("kind", "body", "key"),
    [
        ("note_written", {"note": NOTE, "lane": "sheet", "step": "a"}, "text"),
        ("note_edited", {"note": NOTE}, "text"),
        ("parked", {"item": NOTE}, "text"),
    ],
)
def test_the_words_of_a_gesture_are_cleaned_as_those_of_a_form(
    typed: str, kept: str, kind: str, body: dict[str, str], key: str
) -> None:
    assert read_gesture(sent(kind, body=body | {key: typed})).body[key] == kept == clean(typed)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("hand_taken", {"device": f"d\x00{HALF}"}),
        ("meeting_started", {"plan": [{"id": f"d\x00{HALF}", "title": f"d\x00{HALF}", "minutes": 5, "least": 3}]}),
        ("plan_changed", {"steps": [{"id": f"d\x00{HALF}", "minutes": 5, "title": f"d\x00{HALF}"}]}),
        ("step_entered", {"step": f"d\x00{HALF}"}),
        ("time_added", {"step": f"d\x00{HALF}", "seconds": 60}),
        ("note_written", {"note": NOTE, "lane": "sheet", "step": f"d\x00{HALF}", "text": "a"}),
        ("attendance_marked", {"who": f"d\x00{HALF}", "state": "late"}),
        ("situation_chosen", {"spare": f"d\x00{HALF}"}),
        ("duty_given", {"duty": "moderator", "who": f"d\x00{HALF}"}),
        ("turn_taken", {"who": f"d\x00{HALF}", "step": f"d\x00{HALF}"}),
        ("hands_counted", {"about": f"d\x00{HALF}", "criterion": "urgency", "count": 1}),
        ("guest_welcomed", {"who": NOTE, "name": f"d\x00{HALF}"}),
    ],
)
def test_no_name_in_a_gesture_keeps_an_odd_sign(kind: str, body: dict[str, object]) -> None:
    read = json.dumps(read_gesture(sent(kind, body=body)).to_json(), ensure_ascii=False)
    read.encode()
    assert f"d{LOST}" in read
    assert "\\u0000" not in read
