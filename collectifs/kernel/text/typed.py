"""What people type, cleaned in one way wherever it comes from: a form, a gesture of the room, a script.

A half character (a lone surrogate) can be written in no file; a control sign or a sign that turns the writing round
is seen by nobody. None of them is a reason to lose the words around it.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

MOST_DIGITS = 9
CLOSED = "Ce texte ne s’ouvre plus."  # stands for a text that is there and does not open: altered, or its key is

_HALF = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but the tabulation and the ends of lines
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"  # directions
    "\ufdd0-\ufdef"  # signs that are none
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)


def clean(text: object) -> str:
    """What was typed, composed (NFC), readable, ends trimmed; nothing when it is no text."""
    if not isinstance(text, str):
        return ""
    seen = text if text.isprintable() else readable(_LINE_ENDS.sub("\n", text))  # printable: no sign to mend in it
    return unicodedata.normalize("NFC", seen).strip()


def one_line(text: object) -> str:
    """As `clean`, on a single line: what a short field holds, a header, a title or a cell of a table."""
    kept = clean(text)
    if kept.isprintable() and "  " not in kept:  # nearly every cell of a table
        return kept
    return re.sub(r"[ \t]+", " ", re.sub(r"\s*\n\s*", " ", kept))


def readable(text: str) -> str:
    """The same words without the signs that break a page or cannot be seen: for what was stored long ago, too."""
    return text if text.isprintable() else _UNSEEN.sub("", whole(text))  # printable: no sign to mend in it


def whole(text: str) -> str:
    """The same text, each half character shown as one that was lost."""
    return _HALF.sub("\ufffd", text)


def readable_throughout(value: Any) -> Any:
    """As `readable`, for every text of what a script or the vault gave: in lists, in objects, their keys included."""
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, list):
        return [readable_throughout(each) for each in value]
    if isinstance(value, Mapping):
        return {readable(key): readable_throughout(each) for key, each in value.items()}
    return value


def readable_json(text: str) -> Any:
    """What a text of JSON says, readable throughout: nothing to mend in one whose signs are all seen, none escaped."""
    said = json.loads(text)
    return said if text.isprintable() and "\\" not in text else readable_throughout(said)


def whole_number(said: object) -> int | None:
    """A number written with figures alone, of a length that somebody could mean; None for anything else."""
    if not isinstance(said, str) or not 0 < len(said) <= MOST_DIGITS:
        return None
    return int(said) if said.isascii() and said.isdigit() else None
