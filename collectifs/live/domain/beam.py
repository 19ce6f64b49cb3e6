"""What a projector may show: the agenda and its time. Never a note, a situation, a name of a person;
of what people write, the question of the sheet alone, once whoever conducts has put it there.

Its twin is static/js/live/channel.js, for the window that stands beside.
"""

from collections.abc import Iterable
from typing import TypedDict

from collectifs.live.domain.gesture_table import declared
from collectifs.live.domain.gestures import Gesture, PlainGesture
from collectifs.meetings.domain.canvas import Step


class WallStep(TypedDict):
    """Of a step, what the wall shows beside the plan; scripts are told its keys by `make rules`."""

    id: str
    speaks: str
    silent: str
    rule: str
    spare_speaks: str
    spare_silent: str
    spare_rule: str


def public_gesture(gesture: Gesture) -> PlainGesture:
    """A gesture as the room may see it: which device steers, and which situation was chosen, stay out."""
    return {**gesture.to_json(), "body": declared(gesture.kind).on_the_wall(gesture.body)}


def public_steps(steps: Iterable[Step]) -> list[WallStep]:
    """The steps of an agenda: the voices, the rule, and what a spare situation changes there. The plan names them."""
    return [
        WallStep(
            id=step.id,
            speaks=step.speaks,
            silent=step.silent,
            rule=step.rule,
            spare_speaks=step.spare_speaks,
            spare_silent=step.spare_silent,
            spare_rule=step.spare_rule,
        )
        for step in steps
    ]
