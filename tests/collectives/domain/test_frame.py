"""The frame of a collective: which text holds, which waits and for whom, what may be written."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from collectifs.collectives.domain.frame import (
    FRAME_LIMIT,
    Adjustment,
    Frame,
    FrameState,
    check_frame,
    check_is_asked,
    everybody_agrees,
    is_latest,
)
from collectifs.kernel.errors import RuleBroken

AT = datetime(2027, 1, 13, 13, tzinfo=UTC)
HELENE, MAUD, KARIM = MEMBERS = uuid4(), uuid4(), uuid4()
SOMEBODY_WHO_LEFT = uuid4()
LAST = date(2027, 8, 31)


def put(number: int, *yes: UUID, agreed: bool = False) -> Adjustment:
    return Adjustment(uuid4(), number, f"Cadre {number}", AT, frozenset(yes), AT if agreed else None)


def frame(*adjustments: Adjustment) -> Frame:
    return Frame(adjustments, frozenset(MEMBERS))


FORMER, HOLDS, LEFT = put(1, *MEMBERS, agreed=True), put(3, *MEMBERS, agreed=True), put(2, HELENE)
WAITS = put(4, HELENE, SOMEBODY_WHO_LEFT)
NOTHING, AGREED, WAITING = frame(), frame(FORMER, LEFT, HOLDS), frame(FORMER, LEFT, HOLDS, WAITS)


@pytest.mark.parametrize(
    ("of", "holding", "waiting", "text", "missing"),
    [
        (NOTHING, None, None, "", 0),
        (frame(WAITS), None, WAITS, "", 2),
        (AGREED, HOLDS, None, "Cadre 3", 0),
        (WAITING, HOLDS, WAITS, "Cadre 3", 2),
        (frame(LEFT, HOLDS), HOLDS, None, "Cadre 3", 0),
    ],
)
def test_the_last_agreed_text_holds_and_the_last_of_all_waits(of, holding, waiting, text, missing):
    assert (of.holding, of.waiting, of.text, of.missing()) == (holding, waiting, text, missing)


@pytest.mark.parametrize(
    ("one", "state", "label"),
    [
        (FORMER, FrameState.REPLACED, "remplacé"),
        (LEFT, FrameState.LEFT, "abandonné"),
        (HOLDS, FrameState.HOLDS, "en vigueur"),
        (WAITS, FrameState.WAITS, "attend le oui de chaque personne"),
    ],
)
def test_what_became_of_each_text_is_said(one, state, label):
    assert (WAITING.state_of(one), state.label) == (state, label)


@pytest.mark.parametrize(
    ("of", "person", "is_asked"),
    [
        (WAITING, MAUD, True),
        (WAITING, HELENE, False),  # said yes
        (WAITING, uuid4(), False),  # no member
        (AGREED, MAUD, False),
        (NOTHING, MAUD, False),
    ],
)
def test_a_yes_is_awaited_of_the_members_who_have_not_said_it(of, person, is_asked):
    assert of.is_asked(person) is is_asked


@pytest.mark.parametrize(
    ("members", "yes", "agree"),
    [
        ({HELENE, MAUD}, {HELENE, MAUD}, True),
        ({HELENE, MAUD}, {HELENE, MAUD, SOMEBODY_WHO_LEFT}, True),
        ({HELENE, MAUD}, {HELENE, SOMEBODY_WHO_LEFT}, False),
        (set(), {HELENE}, False),  # nobody is under the charter: nobody agreed
    ],
)
def test_a_text_holds_once_each_member_has_said_yes(members, yes, agree):
    assert everybody_agrees(members, yes) is agree


@pytest.mark.parametrize(
    ("text", "of", "today", "sentence", "field"),
    [
        ("Autre", AGREED, LAST, None, None),
        ("x" * FRAME_LIMIT, AGREED, LAST, None, None),
        ("Cadre 3", WAITING, LAST, None, None),  # back to what holds: what waits is given up
        ("", NOTHING, LAST, "Rien n’est changé", "text"),
        ("Cadre 3", AGREED, LAST, "Rien n’est changé", "text"),
        ("x" * (FRAME_LIMIT + 2), AGREED, LAST, "dépasse 1500 caractères de 2 :", "text"),
        ("Autre", AGREED, date(2027, 9, 1), "La saison est finie", None),
    ],
)
def test_a_text_fits_changes_something_and_comes_before_the_end_of_the_season(text, of, today, sentence, field):
    if sentence is None:
        check_frame(text, of, 2026, today)
        return
    with pytest.raises(RuleBroken, match=sentence) as refusal:
        check_frame(text, of, 2026, today)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("of", "number", "person", "sentence"),
    [
        (WAITING, 4, HELENE, "Vous avez déjà dit oui."),
        (WAITING, 3, MAUD, "n’attend plus de oui"),
        (WAITING, 5, MAUD, "n’attend plus de oui"),
        (AGREED, 3, MAUD, "n’attend plus de oui"),
        (NOTHING, 0, MAUD, "n’attend plus de oui"),
    ],
)
def test_one_says_yes_once_to_the_text_that_one_read(of, number, person, sentence):
    assert check_is_asked(WAITING, 4, MAUD) is WAITS
    with pytest.raises(RuleBroken, match=sentence):
        check_is_asked(of, number, person)


@pytest.mark.parametrize(
    ("number", "of", "latest"),
    [(0, NOTHING, True), (1, NOTHING, False), (4, WAITING, True), (3, WAITING, False), (0, WAITING, False)],
)
def test_a_form_is_filled_on_the_last_text_or_on_none(number, of, latest):
    assert is_latest(number, of.adjustments) is latest
