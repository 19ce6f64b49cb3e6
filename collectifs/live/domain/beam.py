"""What a projector may show: the agenda and its time. Never a note, a situation, a name of a person.

Its twin is static/js/live/channel.js, for the window that stands beside.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from collectifs.live.domain.gestures import STEERING, Gesture

HAND_TAKEN, SITUATION_CHOSEN = "hand_taken", "situation_chosen"
SHOWN = frozenset({*STEERING, HAND_TAKEN, SITUATION_CHOSEN})
STEP_KEYS = ("id", "title", "speaks", "silent", "rule", "spare_speaks", "spare_silent", "spare_rule")


def public_gesture(gesture: Gesture) -> dict[str, Any]:
    """A gesture as the room may see it: which device steers, and which situation was chosen, stay out."""
    reduced: Mapping[str, dict[str, Any]] = {
        HAND_TAKEN: {"device": ""},
        SITUATION_CHOSEN: {"spare": bool(gesture.body.get("spare"))},
    }
    return {**gesture.to_json(), "body": reduced.get(gesture.kind, dict(gesture.body))}


def public_steps(steps: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The steps of an agenda: their names, the voices and the rule, and what a spare situation changes there."""
    return [{key: str(step.get(key, "")) for key in STEP_KEYS} for step in steps]
