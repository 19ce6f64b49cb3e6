"""What a projector may show: the agenda and its time. Never a note, a situation, a name of a person.

Its twin is static/js/live/channel.js, for the window that stands beside.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from collectifs.live.domain.gesture_table import declared
from collectifs.live.domain.gestures import Gesture

STEP_KEYS = ("id", "title", "speaks", "silent", "rule", "spare_speaks", "spare_silent", "spare_rule")


def public_gesture(gesture: Gesture) -> dict[str, Any]:
    """A gesture as the room may see it: which device steers, and which situation was chosen, stay out."""
    return {**gesture.to_json(), "body": declared(gesture.kind).on_the_wall(gesture.body)}


def public_steps(steps: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The steps of an agenda: their names, the voices and the rule, and what a spare situation changes there."""
    return [{key: str(step.get(key, "")) for key in STEP_KEYS} for step in steps]
