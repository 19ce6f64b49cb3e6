"""Adapting an agenda: order, one less, one back, one more, and what it makes of a series."""

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.canvas import Step, agenda_for, library, total_minutes, with_minutes
from collectifs.meetings.domain.canvas_adapting import (
    MOST_STEPS,
    OwnStep,
    for_series,
    is_own,
    put_back,
    series_agenda,
    with_own,
)

CANVAS = library()["genot-soutoul"]
LATER, FIRST = CANVAS.agenda(2), CANVAS.agenda(1)
BREAK = OwnStep("Pause", 10, "tout le monde")


def ids(steps):
    return [step.id for step in steps]


def without(steps, *step_ids):
    return tuple(step for step in steps if step.id not in step_ids)


def test_put_back_twice_it_stands_once():
    assert put_back(LATER, LATER, "retour") == LATER


def test_put_back_it_follows_the_nearest_of_those_that_come_before_it():
    shuffled = (LATER[1], LATER[0], *LATER[4:])
    assert ids(put_back(shuffled, LATER, "presentation"))[:3] == ["retour", "ouverture", "presentation"]
    assert ids(put_back(LATER[5:], LATER, "retour"))[0] == "retour"


@pytest.mark.parametrize(("after", "place"), [("", 0), ("ouverture", 1), ("cloture", 11)])
def test_a_step_of_the_pilots_own_stands_where_it_is_asked(after, place):
    longer = with_own(LATER, BREAK, after=after)
    own = longer[place]
    assert (own.id, own.title, own.minutes, own.least, own.speaks) == ("ajout-1", "Pause", 10, 1, "tout le monde")
    assert is_own(own)
    assert own.optional is False
    assert not is_own(LATER[0])
    assert total_minutes(longer) == 130
    assert Step.from_json(own.to_json()) == own


def test_two_own_steps_never_bear_the_same_id():
    two = with_own(with_own(LATER, BREAK, after=""), BREAK, after="")
    assert ids(two)[:2] == ["ajout-2", "ajout-1"]
    assert ids(with_own(without(two, "ajout-1"), BREAK, after=""))[:2] == ["ajout-3", "ajout-2"]


@pytest.mark.parametrize("minutes", [1, 240])
def test_an_own_step_lasts_from_a_minute_to_four_hours(minutes):
    assert with_own(LATER, OwnStep("Pause", minutes, "tout le monde"), after="")[0].minutes == minutes


@pytest.mark.parametrize("minutes", [0, -5, 241])
def test_an_own_step_lasts_a_while_and_not_the_whole_day(minutes):
    with pytest.raises(RuleBroken, match="de 1 à 240 min") as refusal:
        with_own(LATER, OwnStep("Pause", minutes, "tout le monde"), after="")
    assert refusal.value.field == "minutes"


def test_an_agenda_does_not_grow_without_end():
    steps = LATER
    while len(steps) < MOST_STEPS:
        steps = with_own(steps, BREAK, after="")
    with pytest.raises(RuleBroken, match="au plus 15 étapes"):
        with_own(steps, BREAK, after="")
    full = with_own(without(steps, "retour"), BREAK, after="")
    with pytest.raises(RuleBroken, match="au plus 15 étapes"):
        put_back(full, LATER, "retour")


@pytest.mark.parametrize(
    "change",
    [
        lambda: put_back(LATER, LATER, "autre"),
        lambda: with_own(LATER, BREAK, after="autre"),
    ],
    ids=["put back", "added after"],
)
def test_a_step_that_is_not_there_any_more_is_said(change):
    with pytest.raises(RuleBroken, match="n’est plus dans le déroulé"):
        change()


def test_a_least_holds_in_an_adapted_agenda_too():
    adapted = with_own(without(LATER, "retour"), BREAK, after="ouverture")
    assert total_minutes(with_minutes(adapted, {"ajout-1": 1})) == 111
    with pytest.raises(RuleBroken, match="au moins 10 min"):
        with_minutes(adapted, {"questionnement": 9})


# ---------- the series ----------


def kept(steps):
    return [step.to_json() for step in steps]


def test_untouched_a_meeting_makes_the_canvas_itself_of_its_series():
    assert for_series(LATER, CANVAS, number=2) == CANVAS.steps
    assert agenda_for(for_series(FIRST, CANVAS, number=1), 1) == FIRST
    assert agenda_for(for_series(FIRST, CANVAS, number=1), 2) == LATER


def test_from_a_later_meeting_the_first_one_keeps_its_variant():
    whole = for_series(with_minutes(without(LATER, "deja-fait"), {"discussion": 20}), CANVAS, number=3)
    first = series_agenda("genot-soutoul", kept(whole), number=1)
    assert ids(first) == [step_id for step_id in ids(FIRST) if step_id != "deja-fait"]
    assert first[0].minutes == 15
    assert total_minutes(first) == total_minutes(series_agenda("genot-soutoul", kept(whole), number=2)) == 120


def test_from_the_first_meeting_the_later_ones_get_back_their_debrief_and_their_minutes():
    adapted = with_own(with_minutes(FIRST, {"ouverture": 18, "discussion": 12}), BREAK, after="choix")
    whole = for_series(adapted, CANVAS, number=1)
    first = series_agenda("genot-soutoul", kept(whole), number=1)
    assert [(step.id, step.minutes) for step in first] == [(step.id, step.minutes) for step in adapted]
    later = series_agenda("genot-soutoul", kept(whole), number=4)
    assert ids(later)[:5] == ["ouverture", "retour", "choix", "ajout-1", "presentation"]
    assert {step.id: step.minutes for step in later}["ouverture"] == 5
    assert {step.id: step.minutes for step in later}["discussion"] == 12


def test_a_series_without_an_agenda_of_its_own_follows_its_canvas():
    assert series_agenda("", None, number=2) == LATER
    assert series_agenda("gease", None, number=2) == library()["gease"].agenda(2)
    assert series_agenda("disparu", None, number=1) == FIRST


def test_nothing_left_for_the_first_meeting_its_canvas_comes_back():
    only_later = tuple(step for step in LATER if step.id == "retour")
    assert series_agenda("genot-soutoul", kept(only_later), number=1) == FIRST
