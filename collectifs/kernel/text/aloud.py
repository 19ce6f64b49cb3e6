"""Words as they must be heard: a voice reads « 14 h » as « quatorze hache ». The twin of static/js/lib/aloud.js."""

import re
from collections.abc import Iterator

from collectifs.kernel.text.typography import NBSP

_SPACE = "[ \u00a0\u202f]"
_SHORT = re.compile(
    rf"(?<!\w)(?:(\d{{1,3}}){_SPACE}h(?:{_SPACE}(\d\d))?|(\d{{1,4}}){_SPACE}min|(2)d(?={_SPACE}degré)|(·))(?!\w)"
)
# Sought first, in the whole page: its numbers are many, those that are followed by « h » or « min » are few.
_SIGN = re.compile(rf"[\d·](?:(?<=·)|{_SPACE}(?:h|min)(?!\w)|(?<=2)d(?={_SPACE}degré))")


def short_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each shortened word of a text begins and ends, and what is said instead."""
    at = 0
    while sign := _SIGN.search(text, at):
        found = _SHORT.match(text, _beginning(text, sign.start()))
        if found:
            yield *found.span(), _spelled(*found.groups())
        at = found.end() if found else sign.end()


def _beginning(text: str, at: int) -> int:
    """Where the number begins that has this digit; of another sign, its own place."""
    while at and text[at].isdecimal() and text[at - 1].isdecimal():
        at -= 1
    return at


def pieces_aloud(text: str) -> Iterator[tuple[str, str]]:
    """Each part of a text as written, and what is said instead ("" when it is said as it is written)."""
    at = 0
    for start, end, said in short_words(text):
        if start > at:
            yield text[at:start], ""
        yield text[start:end], said
        at = end
    if at < len(text):
        yield text[at:], ""


def _spelled(hour: str | None, rest: str | None, minute: str | None, second: str | None, _dot: str | None) -> str:
    if hour:
        return _several(hour, "heure") + (f"{NBSP}{int(rest)}" if rest else "")
    if minute:
        return _several(minute, "minute")
    return "second" if second else ","


def _several(number: str, one: str) -> str:
    return f"{int(number)}{NBSP}{one}{'s' if int(number) > 1 else ''}"
