"""The gestures of a live meeting, declared once: what is known of a kind stands in its line, and nothing has a default.

Receiving, folding, erasing and projecting read it here. `make gestures` writes it for the scripts (`lib/rules.js`,
`types/gestures.d.ts`), and a test compares. `agenda.py` and `lib/agenda.js` fold each kind; `services/marks.py` holds
the marks of those that leave one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from collectifs.kernel.errors import RuleBroken
from collectifs.live.domain.gesture_fields import (
    IDENTIFIER,
    NAME,
    NAME_OR_NOTHING,
    Fields,
    lines,
    maybe,
    number,
    one_of,
    person,
    read_fields,
    unreadable,
    words,
)
from collectifs.meetings.domain.gesture_kinds import GestureKind

HAND_TAKEN = GestureKind.HAND_TAKEN
LANES = ("private", "collective", "sheet")
CHOICES = ("situation", "spare", "told_by")
ATTENDANCE_STATES = ("present", "late", "excused", "absent")
TURNS = ("given", "passed")
CRITERIA = ("urgency", "resonance", "never")
DUTIES = ("moderator", "note_taker", "timekeeper")

LONGEST_NOTE = 2000
LONGEST_TITLE = 120
LONGEST_PERSON = 80
MOST_STEPS = 40
MOST_MINUTES = 240
MOST_ADDED_S = 7200
MOST_HANDS = 60
UNDO_S = 600

UNKNOWN = "Cette action n’est pas connue de cette version de Collectifs : rechargez la page."


class From(StrEnum):
    """Who may send a gesture."""

    HAND = "hand"  # the device that has la main: it steers, and counts from no other
    RUNS = "runs"  # whoever runs the meeting; the note taker only while la main is theirs
    ROOM = "room"  # whoever may open the room


class Until(StrEnum):
    """How long its row stands. Its body is sealed under the key of the notes, and opens no more once they perish."""

    CLOSE = "close"  # transient: nothing of it is kept past the close
    NOTES = "notes"  # it perishes with the notes
    MEETING = "meeting"  # that it was made stays: when the meeting was held, who came


class Wall(StrEnum):
    """What the projector shows of a gesture. A mapping shows some keys alone: emptied, or whether there is one."""

    NOTHING = "nothing"
    WHOLE = "whole"


class Reduced(StrEnum):
    """A key that the projector knows, without what it says."""

    EMPTIED = "emptied"
    WHETHER = "whether"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """All that is known of one kind. `one_key`: its body has exactly one of its fields.

    `undo_s`: for how many seconds the words that it takes away can be brought back (0: it takes none away).
    `leaves_mark`: something of it stands elsewhere than among the gestures (`services/marks.py`).
    """

    sent_from: From
    body: Fields
    until: Until
    wall: Wall | Mapping[str, Reduced]
    undo_s: int
    leaves_mark: bool
    one_key: bool = False

    def read_body(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """The body with only the keys of its kind. Raises RuleBroken."""
        read = read_fields(self.body, sent)
        if self.one_key and len(read) != 1:
            raise unreadable()
        return read

    def on_the_wall(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """What the projector may show of a body."""
        if isinstance(self.wall, Wall):
            return dict(body) if self.wall is Wall.WHOLE else {}
        return {key: "" if how is Reduced.EMPTIED else bool(body.get(key)) for key, how in self.wall.items()}

    @property
    def is_about_note(self) -> bool:
        """Whether it writes, changes or removes a note: none of it where a meeting is held without notes."""
        return "note" in self.body


def _steers(body: Fields, *, leaves_mark: bool = False) -> Declared:
    """What moves the meeting on: from the device in hand alone, and on the wall as it is."""
    return Declared(
        sent_from=From.HAND, body=body, until=Until.MEETING, wall=Wall.WHOLE, undo_s=0, leaves_mark=leaves_mark
    )


def _writes(body: Fields, *, undo_s: int = 0, leaves_mark: bool = False) -> Declared:
    """Words: from anybody in the room, never on the wall, gone with the notes."""
    return Declared(
        sent_from=From.ROOM, body=body, until=Until.NOTES, wall=Wall.NOTHING, undo_s=undo_s, leaves_mark=leaves_mark
    )


def _passes(body: Fields) -> Declared:
    """What serves for a moment: from anybody in the room, never on the wall, gone at the close."""
    return Declared(sent_from=From.ROOM, body=body, until=Until.CLOSE, wall=Wall.NOTHING, undo_s=0, leaves_mark=False)


def _names(body: Fields) -> Declared:
    """Who is there, who does what: from whoever runs the meeting, never on the wall; it outlives the notes."""
    return Declared(sent_from=From.RUNS, body=body, until=Until.MEETING, wall=Wall.NOTHING, undo_s=0, leaves_mark=True)


_STEP: Fields = {"id": NAME, "minutes": number(0, MOST_MINUTES)}
_TITLE, _LEAST, _NOTE = words(LONGEST_TITLE), number(0, MOST_MINUTES), words(LONGEST_NOTE)
_WHOLE_STEP: Fields = {**_STEP, "title": _TITLE, "least": _LEAST}
_CHANGED_STEP: Fields = {**_STEP, "title": maybe(_TITLE), "least": maybe(_LEAST)}

GESTURES: Mapping[GestureKind, Declared] = {
    HAND_TAKEN: Declared(
        sent_from=From.ROOM,
        body={"device": NAME},
        until=Until.MEETING,
        wall={"device": Reduced.EMPTIED},
        undo_s=0,
        leaves_mark=False,
    ),
    GestureKind.MEETING_STARTED: _steers({"plan": lines(_WHOLE_STEP, MOST_STEPS)}, leaves_mark=True),
    GestureKind.STEP_ENTERED: _steers({"step": NAME}),
    GestureKind.PAUSED: _steers({}),
    GestureKind.RESUMED: _steers({}),
    GestureKind.TIME_ADDED: _steers({"step": NAME, "seconds": number(-MOST_ADDED_S, MOST_ADDED_S)}),
    GestureKind.PLAN_CHANGED: _steers({"steps": lines(_CHANGED_STEP, MOST_STEPS)}),
    GestureKind.MEETING_CLOSED: _steers({}, leaves_mark=True),
    GestureKind.MEETING_REOPENED: _steers({}, leaves_mark=True),
    GestureKind.NOTE_WRITTEN: _writes({"note": IDENTIFIER, "lane": one_of(LANES), "step": NAME, "text": _NOTE}),
    GestureKind.NOTE_EDITED: _writes(
        {
            "note": IDENTIFIER,
            "text": _NOTE,
            "lane": maybe(one_of(LANES)),
            "step": maybe(NAME),
            "undoes": maybe(IDENTIFIER),
        }
    ),
    GestureKind.NOTE_REMOVED: _writes({"note": IDENTIFIER}, undo_s=UNDO_S),
    GestureKind.NOTE_COPIED_TO_SHEET: _writes({"note": IDENTIFIER}),
    # Gestures of before the parking lot of the series had no item.
    GestureKind.PARKED: _writes({"item": maybe(IDENTIFIER), "text": _NOTE}, leaves_mark=True),
    GestureKind.UNPARKED: _writes({"item": IDENTIFIER}, leaves_mark=True),
    GestureKind.ATTENDANCE_MARKED: _names({"who": NAME, "state": one_of(ATTENDANCE_STATES)}),
    # One that was sent, a spare one, or one that somebody tells aloud and nobody wrote.
    GestureKind.SITUATION_CHOSEN: Declared(
        sent_from=From.RUNS,
        body={choice: maybe(NAME) for choice in CHOICES},
        one_key=True,
        until=Until.NOTES,
        wall={"spare": Reduced.WHETHER},
        undo_s=0,
        leaves_mark=True,
    ),
    # Somebody's duty of the day, or nobody's.
    GestureKind.DUTY_GIVEN: _names({"duty": one_of(DUTIES), "who": NAME_OR_NOTHING}),
    # Gestures of before turns could be passed say only who: the floor was given.
    GestureKind.TURN_TAKEN: _passes({"who": NAME, "step": maybe(NAME_OR_NOTHING), "how": maybe(one_of(TURNS))}),
    GestureKind.HANDS_COUNTED: _passes({"about": NAME, "criterion": one_of(CRITERIA), "count": number(0, MOST_HANDS)}),
    # The question that the room writes, on the wall: the only words that ever stand there, by this gesture of whoever
    # conducts and by no other. Without words, it leaves the wall; so it does with its step.
    GestureKind.QUESTION_SHOWN: Declared(
        sent_from=From.HAND,
        body={"text": maybe(_NOTE)},
        until=Until.CLOSE,
        wall=Wall.WHOLE,
        undo_s=0,
        leaves_mark=False,
    ),
    GestureKind.GUEST_WELCOMED: _names({"who": IDENTIFIER, "name": person(LONGEST_PERSON)}),
}

KINDS = frozenset(GESTURES)
STEERING = frozenset(kind for kind, each in GESTURES.items() if each.sent_from is From.HAND)
TRANSIENT = frozenset(kind for kind, each in GESTURES.items() if each.until is Until.CLOSE)
SHOWN = frozenset(kind for kind, each in GESTURES.items() if each.wall is not Wall.NOTHING)
# What outlives the notes. All the rest perishes with them, a kind that only a later version knows included.
OUTLIVING = frozenset(kind for kind, each in GESTURES.items() if each.until is Until.MEETING)


def declared(kind: object) -> Declared:
    """What is known of a kind that a device sent. Raises RuleBroken for one that this version does not know."""
    if not isinstance(kind, str):
        raise unreadable()
    if kind not in GESTURES:
        raise RuleBroken(UNKNOWN)
    return GESTURES[GestureKind(kind)]
