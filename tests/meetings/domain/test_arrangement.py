"""Arranging the steps of an agenda: another order, a step out, one back, before anything is kept."""

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.arrangement import Arrangement, arrangement_of, as_asked
from collectifs.meetings.domain.canvas import library, total_minutes
from collectifs.meetings.domain.canvas_adapting import MOST_STEPS, OwnStep, with_own

CANVAS = library()["genot-soutoul"].agenda(2)
BREAK = OwnStep("Pause", 10, "tout le monde")
WHOLE = Arrangement(CANVAS)


def ids(steps):
    return [step.id for step in steps]


ORDER = ids(CANVAS)


@pytest.mark.parametrize(
    ("step_id", "up", "begins"),
    [
        ("retour", True, ["retour", "ouverture", "choix"]),
        ("retour", False, ["ouverture", "choix", "retour"]),
        ("ouverture", False, ["retour", "ouverture", "choix"]),
        ("ouverture", True, ["ouverture", "retour", "choix"]),
    ],
)
def test_a_step_moves_by_one_place_and_the_total_stays(step_id, up, begins):
    after = WHOLE.moved(step_id, up=up).kept
    assert ids(after)[:3] == begins
    assert sorted(ids(after)) == sorted(ORDER)
    assert total_minutes(after) == 120


def test_the_last_step_does_not_fall_off():
    assert WHOLE.moved("cloture", up=False) == WHOLE


def test_a_step_moves_past_those_that_are_out():
    arranged = WHOLE.without("retour").without("choix").moved("ouverture", up=False)
    assert ids(arranged.kept)[:2] == ["presentation", "ouverture"]
    assert ids(arranged.moved("ouverture", up=True).kept)[:2] == ["ouverture", "presentation"]


@pytest.mark.parametrize("step_id", ["deja-fait", "questionnement", "ouverture", "cloture"])
def test_any_step_is_taken_out_and_put_back_where_it_was(step_id):
    shorter = WHOLE.without(step_id)
    assert step_id not in ids(shorter.kept)
    assert shorter.with_back(step_id) == WHOLE
    assert arrangement_of(shorter.kept, CANVAS) == shorter


def test_one_step_at_least_stays():
    with pytest.raises(RuleBroken, match="au moins une étape"):
        Arrangement(CANVAS[:1]).without("ouverture")


def test_nothing_comes_back_beyond_what_one_sheet_holds():
    steps = CANVAS[1:]
    while len(steps) < MOST_STEPS:
        steps = with_own(steps, BREAK, after="")
    arranged = arrangement_of(steps, CANVAS)
    assert arranged.removed == {"ouverture"}
    with pytest.raises(RuleBroken, match="au plus 15 étapes"):
        arranged.with_back("ouverture")


def test_a_page_gives_back_the_order_and_what_is_out():
    asked = as_asked(WHOLE, ["choix", "ouverture", *ORDER[3:], "retour"], ["retour"])
    assert ids(asked.kept) == ["choix", "ouverture", *ORDER[3:]]
    assert asked.removed == {"retour"}


def test_a_step_that_the_page_did_not_know_stays_after_the_one_that_it_followed():
    longer = arrangement_of(with_own(CANVAS, BREAK, after="choix"), CANVAS)
    asked = as_asked(longer, ["choix", "ouverture", "retour", *ORDER[3:]], [])
    assert ids(asked.kept)[:3] == ["choix", "ajout-1", "ouverture"]
    first = arrangement_of(with_own(CANVAS, BREAK, after=""), CANVAS)
    assert ids(as_asked(first, ORDER, []).kept)[0] == "ajout-1"


def test_a_step_that_is_out_stays_out_unless_the_page_put_it_back():
    shorter = WHOLE.without("retour")
    unaware = as_asked(shorter, [step_id for step_id in ORDER if step_id != "retour"], [])
    assert (unaware.removed, ids(unaware.steps)) == ({"retour"}, ORDER)
    assert as_asked(shorter, ORDER, ["retour"]) == shorter
    assert as_asked(shorter, ORDER, []) == WHOLE


def test_one_that_is_erased_is_refused_unless_the_page_took_it_out_itself():
    with pytest.raises(RuleBroken, match="n’est plus dans le déroulé"):
        as_asked(WHOLE, ["ajout-1", *ORDER], [])
    assert as_asked(WHOLE, ["ajout-1", *ORDER], ["ajout-1"]) == WHOLE


def test_an_order_said_twice_counts_once():
    assert as_asked(WHOLE, ["choix", *ORDER], []).kept[0].id == "choix"
    assert len(as_asked(WHOLE, ORDER + ORDER, []).kept) == len(ORDER)


@pytest.mark.parametrize(
    "change",
    [lambda: WHOLE.moved("autre", up=True), lambda: WHOLE.without("autre"), lambda: WHOLE.with_back("autre")],
    ids=["moved", "out", "back"],
)
def test_a_step_that_is_not_there_any_more_is_said(change):
    with pytest.raises(RuleBroken, match="n’est plus dans le déroulé"):
        change()
