"""The gestures of a live meeting: what a device sends, read and checked.

A gesture is one event of the meeting. This module knows its kinds and the shape of each body;
what the gestures add up to is folded in `agenda.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from collectifs.domain.errors import RuleBroken

HAND_TAKEN = "hand_taken"
STEERING = frozenset(
    {
        "meeting_started",
        "step_entered",
        "paused",
        "resumed",
        "time_added",
        "plan_changed",
        "meeting_closed",
        "meeting_reopened",
    }
)
LANES = ("private", "collective", "sheet")
CHOICES = ("situation", "spare", "told_by")
ATTENDANCE_STATES = ("present", "late", "excused", "absent")

LONGEST_NOTE = 2000
LONGEST_ID = 64
LONGEST_TITLE = 120
MOST_STEPS = 40
MOST_MINUTES = 240


@dataclass(frozen=True, slots=True)
class Gesture:
    """One event of a meeting, as every device knows it."""

    id: str
    kind: str
    hand: int
    happened_at: datetime
    body: Mapping[str, Any]

    @property
    def steers(self) -> bool:
        """Whether it counts only from the device that has *la main*."""
        return self.kind in STEERING

    def to_json(self) -> dict[str, Any]:
        """The object that devices exchange with the server."""
        return {
            "id": self.id,
            "kind": self.kind,
            "hand": self.hand,
            "happened_at": iso(self.happened_at),
            "body": dict(self.body),
        }


def iso(moment: datetime) -> str:
    """An instant as devices write it: UTC, to the millisecond, `2027-01-13T13:00:00.000Z`."""
    utc = moment.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def instant(text: object) -> datetime:
    """The instant that a device wrote, to the millisecond. Refuses one without a zone."""
    if not isinstance(text, str):
        raise RuleBroken("Ce geste n’a pas d’heure lisible.")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise RuleBroken("Ce geste n’a pas d’heure lisible.") from None
    if moment.tzinfo is None:
        raise RuleBroken("Ce geste n’a pas d’heure lisible.")
    utc = moment.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


def read_gesture(data: object) -> Gesture:
    """The gesture that a device sent, with only the keys its kind has; refused when malformed."""
    if not isinstance(data, Mapping):
        raise _unreadable()
    kind, hand, body = data.get("kind"), data.get("hand"), data.get("body", {})
    if not isinstance(kind, str) or kind not in _BODIES or not isinstance(body, Mapping):
        raise _unreadable()
    if not isinstance(hand, int) or isinstance(hand, bool) or not 0 <= hand < 1_000_000:
        raise _unreadable()
    return Gesture(
        id=_uuid(data.get("id")),
        kind=kind,
        hand=hand,
        happened_at=instant(data.get("happened_at")),
        body=_BODIES[kind](body),
    )


def may_steer(known: Iterable[Gesture], gesture: Gesture, device: str) -> bool:
    """Whether this device held *la main* that a steering gesture claims.

    A hand-over is accepted when its number is higher than every number taken so far.
    """
    taken = {each.hand: each.body["device"] for each in known if each.kind == HAND_TAKEN}
    if gesture.kind == HAND_TAKEN:
        return gesture.body["device"] == device and gesture.hand > max(taken, default=0)
    return not gesture.steers or taken.get(gesture.hand) == device


# ---------- One reader per kind: it keeps the keys it knows and refuses the rest of the world ----------


def _unreadable() -> RuleBroken:
    return RuleBroken("Ce geste n’est pas lisible.")


def _uuid(value: object) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError:
        raise _unreadable() from None


def _name(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID:
        raise _unreadable()
    return value


def _words(value: object, longest: int = LONGEST_NOTE) -> str:
    if not isinstance(value, str) or not value.strip():
        raise RuleBroken("Cette note est vide.")
    if len(value) > longest:
        raise RuleBroken(f"Cette note est trop longue : {longest} signes au plus.")
    return value


def _one_of(value: object, choices: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise _unreadable()
    return value


def _number(value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise _unreadable()
    return value


def _nothing(_body: Mapping[str, Any]) -> dict[str, Any]:
    return {}


def _hand_taken(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"device": _name(body.get("device"))}


def _step(data: object, *, whole: bool) -> dict[str, Any]:
    """One line of a plan. When the plan is only changed, title and least may be left out."""
    if not isinstance(data, Mapping):
        raise _unreadable()
    read = {"id": _name(data.get("id")), "minutes": _number(data.get("minutes"), 0, MOST_MINUTES)}
    if whole or "title" in data:
        read["title"] = _words(data.get("title"), LONGEST_TITLE)
    if whole or "least" in data:
        read["least"] = _number(data.get("least"), 0, MOST_MINUTES)
    return read


def _steps(data: object, *, whole: bool) -> list[dict[str, Any]]:
    if not isinstance(data, list) or not 0 < len(data) <= MOST_STEPS:
        raise _unreadable()
    read = [_step(each, whole=whole) for each in data]
    if len({each["id"] for each in read}) != len(read):
        raise _unreadable()
    return read


def _meeting_started(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"plan": _steps(body.get("plan"), whole=True)}


def _plan_changed(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"steps": _steps(body.get("steps"), whole=False)}


def _step_entered(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"step": _name(body.get("step"))}


def _time_added(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"step": _name(body.get("step")), "seconds": _number(body.get("seconds"), -7200, 7200)}


def _note(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"note": _uuid(body.get("note"))}


def _note_written(body: Mapping[str, Any]) -> dict[str, Any]:
    lane, step = _one_of(body.get("lane"), LANES), _name(body.get("step"))
    return {**_note(body), "lane": lane, "step": step, "text": _words(body.get("text"))}


def _note_edited(body: Mapping[str, Any]) -> dict[str, Any]:
    read = {**_note(body), "text": _words(body.get("text"))}
    if "lane" in body:
        read["lane"] = _one_of(body["lane"], LANES)
    if "step" in body:
        read["step"] = _name(body["step"])
    if "undoes" in body:
        read["undoes"] = _uuid(body["undoes"])
    return read


def _parked(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": _words(body.get("text"))}


def _attendance_marked(body: Mapping[str, Any]) -> dict[str, Any]:
    who, state = _name(body.get("who")), _one_of(body.get("state"), ATTENDANCE_STATES)
    return {"who": who, "state": state}


def _situation_chosen(body: Mapping[str, Any]) -> dict[str, Any]:
    """One that was sent, a spare one, or one that somebody tells aloud and nobody wrote."""
    named = [key for key in CHOICES if key in body]
    if len(named) != 1:
        raise _unreadable()
    return {named[0]: _name(body[named[0]])}


def _duty_given(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"duty": _name(body.get("duty")), "who": _name(body.get("who"))}


def _turn_taken(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"who": _name(body.get("who"))}


_BODIES: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    HAND_TAKEN: _hand_taken,
    "meeting_started": _meeting_started,
    "step_entered": _step_entered,
    "paused": _nothing,
    "resumed": _nothing,
    "time_added": _time_added,
    "plan_changed": _plan_changed,
    "meeting_closed": _nothing,
    "meeting_reopened": _nothing,
    "note_written": _note_written,
    "note_edited": _note_edited,
    "note_removed": _note,
    "note_copied_to_sheet": _note,
    "parked": _parked,
    "attendance_marked": _attendance_marked,
    "situation_chosen": _situation_chosen,
    "duty_given": _duty_given,
    "turn_taken": _turn_taken,
}
KINDS = frozenset(_BODIES)
