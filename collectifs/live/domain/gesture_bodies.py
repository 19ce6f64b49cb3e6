"""The body of each kind of gesture: one reader per kind keeps the keys it knows and refuses the rest of the world.

Words and names are cleaned as those of a form are.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typed import clean, one_line

HAND_TAKEN = "hand_taken"
LANES = ("private", "collective", "sheet")
CHOICES = ("situation", "spare", "told_by")
ATTENDANCE_STATES = ("present", "late", "excused", "absent")
TURNS = ("given", "passed")
CRITERIA = ("urgency", "resonance", "never")
DUTIES = ("moderator", "note_taker", "timekeeper")

LONGEST_NOTE = 2000
SHORTEST_ID, LONGEST_ID = 8, 64
NO_NUMBER = "Cet appareil n’a pas dit son numéro."
LONGEST_TITLE = 120
LONGEST_PERSON = 80
MOST_STEPS = 40
MOST_MINUTES = 240
MOST_HANDS = 60


def unreadable() -> RuleBroken:
    """What is said of a gesture that nobody can read."""
    return RuleBroken("Ce geste n’est pas lisible.")


def uuid_text(value: object) -> str:
    """An identifier, written as everybody writes it."""
    if not isinstance(value, str):
        raise unreadable()
    try:
        return str(UUID(value))
    except ValueError:
        raise unreadable() from None


def _name(value: object) -> str:
    name = one_line(value)
    if not 0 < len(name) <= LONGEST_ID:
        raise unreadable()
    return name


def _name_or_nothing(value: object) -> str:
    return "" if value == "" else _name(value)


def _words(value: object, longest: int = LONGEST_NOTE) -> str:
    words = clean(value)
    if not words:
        raise RuleBroken("Cette note est vide.")
    if len(words) > longest:
        raise RuleBroken(f"Cette note est trop longue : {longest} signes au plus.")
    return words


def _one_of(value: object, choices: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise unreadable()
    return value


def _number(value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise unreadable()
    return value


def _nothing(_body: Mapping[str, Any]) -> dict[str, Any]:
    return {}


def _hand_taken(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"device": _name(body.get("device"))}


def _step(data: object, *, whole: bool) -> dict[str, Any]:
    """One line of a plan. When the plan is only changed, title and least may be left out."""
    if not isinstance(data, Mapping):
        raise unreadable()
    read = {"id": _name(data.get("id")), "minutes": _number(data.get("minutes"), 0, MOST_MINUTES)}
    if whole or "title" in data:
        read["title"] = _words(data.get("title"), LONGEST_TITLE)
    if whole or "least" in data:
        read["least"] = _number(data.get("least"), 0, MOST_MINUTES)
    return read


def _steps(data: object, *, whole: bool) -> list[dict[str, Any]]:
    if not isinstance(data, list) or not 0 < len(data) <= MOST_STEPS:
        raise unreadable()
    read = [_step(each, whole=whole) for each in data]
    if len({each["id"] for each in read}) != len(read):
        raise unreadable()
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
    return {"note": uuid_text(body.get("note"))}


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
        read["undoes"] = uuid_text(body["undoes"])
    return read


def _item(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"item": uuid_text(body.get("item"))}


def _parked(body: Mapping[str, Any]) -> dict[str, Any]:
    """Gestures of before the parking lot of the series had no item."""
    return {**(_item(body) if "item" in body else {}), "text": _words(body.get("text"))}


def _attendance_marked(body: Mapping[str, Any]) -> dict[str, Any]:
    who, state = _name(body.get("who")), _one_of(body.get("state"), ATTENDANCE_STATES)
    return {"who": who, "state": state}


def _situation_chosen(body: Mapping[str, Any]) -> dict[str, Any]:
    """One that was sent, a spare one, or one that somebody tells aloud and nobody wrote."""
    named = [key for key in CHOICES if key in body]
    if len(named) != 1:
        raise unreadable()
    return {named[0]: _name(body[named[0]])}


def _duty_given(body: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody's duty of the day, or nobody's."""
    return {"duty": _one_of(body.get("duty"), DUTIES), "who": _name_or_nothing(body.get("who"))}


def _turn_taken(body: Mapping[str, Any]) -> dict[str, Any]:
    """Gestures of before turns could be passed say only who: the floor was given."""
    read = {"who": _name(body.get("who"))}
    if "step" in body:
        read["step"] = _name_or_nothing(body["step"])
    if "how" in body:
        read["how"] = _one_of(body["how"], TURNS)
    return read


def _hands_counted(body: Mapping[str, Any]) -> dict[str, Any]:
    about, criterion = _name(body.get("about")), _one_of(body.get("criterion"), CRITERIA)
    return {"about": about, "criterion": criterion, "count": _number(body.get("count"), 0, MOST_HANDS)}


def _guest_welcomed(body: Mapping[str, Any]) -> dict[str, Any]:
    name = " ".join(clean(body.get("name")).split())
    if not 0 < len(name) <= LONGEST_PERSON:
        raise RuleBroken(f"Écrivez le nom de cette personne : {LONGEST_PERSON} signes au plus.")
    return {"who": uuid_text(body.get("who")), "name": name}


READERS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
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
    "unparked": _item,
    "attendance_marked": _attendance_marked,
    "situation_chosen": _situation_chosen,
    "duty_given": _duty_given,
    "turn_taken": _turn_taken,
    "hands_counted": _hands_counted,
    "guest_welcomed": _guest_welcomed,
}


def device_number(said: str) -> str:
    """The number that a device gave itself: long enough to be its own."""
    if not SHORTEST_ID <= len(said) <= LONGEST_ID:
        raise RuleBroken(NO_NUMBER)
    return said
