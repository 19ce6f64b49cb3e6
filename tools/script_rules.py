"""`make rules`: what the rules say and scripts must know too, written for them; a test compares with the rules.

`lib/rules.js` holds what of each gesture a script reads, and the limits; `types/gestures.d.ts` the shape of each body.
Both are checked in: they are served and read like any other file, with or without a network.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from collectifs.live.domain.beam import WallStep
from collectifs.live.domain.gesture_fields import told
from collectifs.live.domain.gesture_table import GESTURES, LONGEST_NOTE, LONGEST_PERSON, MOST_HANDS, SHOWN, STEERING
from collectifs.live.domain.parking import LONGEST_PARKED
from collectifs.meetings.domain.planning import LEFT_OPEN
from collectifs.meetings.domain.tags import MOST_OF_EACH
from collectifs.sheets.domain.sheet import ANSWER_LIMIT, MOST_ANSWERS

ROOT = Path(__file__).resolve().parents[1]
# What both languages must know: the most of each, in signs, things or seconds.
LIMITS = {
    "note": LONGEST_NOTE,
    "person": LONGEST_PERSON,
    "parked": LONGEST_PARKED,
    "hands": MOST_HANDS,
    "answers": MOST_ANSWERS,
    "answer": ANSWER_LIMIT,
    "tags": MOST_OF_EACH,
    "left_open_s": int(LEFT_OPEN.total_seconds()),
}

HEAD = "// {name}: {says}\n// Written from the rules in Python by `make rules`, which a test compares.\n"


def as_object(values: Mapping[str, Any]) -> str:
    """A mapping, one key a line."""
    lines = (f"  {key}: {json.dumps(value, ensure_ascii=False)},\n" for key, value in values.items())
    return "{\n" + "".join(lines) + "}"


def gestures() -> dict[str, dict[str, Any]]:
    """What a script reads of each kind: whether it steers, what of it the projector shows, how long it can be undone.

    What is false, nothing or 0 is left out: it would travel to each screen for nothing.
    """
    return {
        kind: {
            **({"steers": True} if kind in STEERING else {}),
            **({"wall": known.wall} if kind in SHOWN else {}),
            **({"undo_s": known.undo_s} if known.undo_s else {}),
        }
        for kind, known in GESTURES.items()
    }


def script() -> str:
    """The module that scripts import."""
    head = HEAD.format(name="lib/rules.js", says="what the rules say of gestures, and limits that they share.")
    table = f"/** @type {{Record<GestureKind, DeclaredGesture>}} */\nexport const GESTURES = {as_object(gestures())};\n"
    keys = json.dumps(list(WallStep.__annotations__))
    steps = f"// What of a step the projector shows.\nexport const WALL_STEP = {keys};\n"
    return f"{head}\n{table}\n{steps}\nexport const LIMITS = {as_object(LIMITS)};\n"


def types() -> str:
    """The shape of each body, as tsc reads it."""
    head = HEAD.format(name="types/gestures.d.ts", says="the body of each kind of gesture. Read by tsc, never served.")
    bodies = "".join(f"  {kind}: {told(known.body)};\n" for kind, known in GESTURES.items())
    return f"{head}\ninterface GestureBodies {{\n{bodies}}}\n\ntype GestureKind = keyof GestureBodies;\n"


FILES = {ROOT / "collectifs/static/js/lib/rules.js": script, ROOT / "types/gestures.d.ts": types}


def main() -> None:
    """Write both."""
    for file, write in FILES.items():
        file.write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
