"""Adapting an agenda: a step put back, one of the pilot's own; for a meeting or a series (its order: `arrangement`).

A meeting holds its own copy of its steps: nothing here reaches back into a canvas, nor into another meeting.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.canvas import DEFAULT_CANVAS, LONGEST_STEP, Canvas, Step, agenda_for, library

MOST_STEPS = 15  # what the step sheet holds on one page, however wordy
OWN = "ajout-"
Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class OwnStep:
    """What a pilot says of a step that no canvas has."""

    title: str
    minutes: int
    speaks: str
    silent: str = ""
    rule: str = ""


def is_own(step: Step) -> bool:
    """Whether a pilot added it: dropped, its words are lost."""
    return step.id.startswith(OWN)


def put_back(steps: Steps, canvas_steps: Steps, step_id: str) -> Steps:
    """A step of the canvas again, after the nearest of those that come before it there."""
    if any(step.id == step_id for step in steps):
        return steps
    check_room_for_one_more(steps)
    return put_in_place(steps, canvas_steps, step_id)


def put_in_place(steps: Steps, canvas_steps: Steps, step_id: str) -> Steps:
    """The same, however many steps that makes."""
    there = place_of(canvas_steps, step_id)
    return inserted(steps, canvas_steps[there], _after(steps, [step.id for step in canvas_steps[:there]]))


def check_room_for_one_more(steps: Steps) -> None:
    """The step sheet holds on one page."""
    if len(steps) >= MOST_STEPS:
        raise RuleBroken(f"Un déroulé compte au plus {MOST_STEPS} étapes : retirez-en une d’abord.")


def with_own(steps: Steps, own: OwnStep, *, after: str) -> Steps:
    """A step of the pilot's own, after the named one ("" for the very beginning)."""
    if not 0 < own.minutes <= LONGEST_STEP:
        raise RuleBroken(f"Une étape dure de 1 à {LONGEST_STEP} min.", field="minutes")
    check_room_for_one_more(steps)
    place = place_of(steps, after) + 1 if after else 0
    return inserted(steps, _own_step(own, _free_id(steps)), place)


def _own_step(own: OwnStep, step_id: str) -> Step:
    return Step(
        id=step_id,
        title=own.title,
        minutes=own.minutes,
        least=1,
        speaks=own.speaks,
        silent=own.silent,
        rule=own.rule,
        prompts=(),
        feeds="",
        optional=False,
        meetings="all",
    )


def for_series(steps: Steps, canvas: Canvas, *, number: int) -> Steps:
    """The agenda of one meeting made that of its whole series.

    The first meeting has its own variant: from it, the later meetings get back the minutes that only the first
    one changes, and the steps that it has not.
    """
    if number != 1:
        return steps
    ordinary = {step.id: step.minutes for step in canvas.steps if step.minutes_first}
    whole = tuple(
        replace(step, minutes=ordinary[step.id], minutes_first=step.minutes) if step.id in ordinary else step
        for step in steps
    )
    for step in canvas.steps:
        if step.meetings == "later":
            whole = put_back(whole, canvas.steps, step.id)
    return whole


def series_agenda(canvas_id: str, kept: Sequence[Mapping[str, Any]] | None, *, number: int) -> Steps:
    """The steps of one meeting of a series: as they were adapted for all of it, else as its canvas has them."""
    canvas = library().get(canvas_id) or library()[DEFAULT_CANVAS]
    adapted = agenda_for(tuple(Step.from_json(step) for step in kept or ()), number)
    return adapted or canvas.agenda(number)


def place_of(steps: Steps, step_id: str) -> int:
    """Where a step stands, from 0; refused when it is not there."""
    for place, step in enumerate(steps):
        if step.id == step_id:
            return place
    raise RuleBroken("Cette étape n’est plus dans le déroulé : rechargez la page.")


def _after(steps: Steps, before: list[str]) -> int:
    """Where to insert: after the last of these steps, at the beginning when none is left."""
    return max((place + 1 for place, step in enumerate(steps) if step.id in before), default=0)


def inserted(steps: Steps, step: Step, place: int) -> Steps:
    """The same steps with one more, at that place."""
    return (*steps[:place], step, *steps[place:])


def _free_id(steps: Steps) -> str:
    taken = [int(step.id.removeprefix(OWN)) for step in steps if is_own(step)]
    return f"{OWN}{max(taken, default=0) + 1}"
