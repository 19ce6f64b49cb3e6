"""A text as the guard reads it: what hides letters is undone, and each character still knows where it was written.

Accents apart from their letter, zero-width characters, letters of other alphabets that look like ours, pictures between
letters, letters set apart: a reader sees the name all the same.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from collectifs.kernel.text.folding import folded

# Letters of other alphabets that look like a Latin one; signs that are written in several ways.
_LOOKALIKES = dict(
    zip(
        "аеосрхуіјѕԁһԛԝɡАВЕКМНОРСТУХІЈЅαοιΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeocpxyijsdhqwgABEKMHOPCTYXIJSaoiABEZHIKMNOPTYX",
        strict=True,
    )
)
_SIGNS = {"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-"}
_SPACES = dict.fromkeys("\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\u2005\u2006\u2008\u3000\t", " ")
_ONE_TO_ONE = str.maketrans({**_LOOKALIKES, **_SIGNS, **_SPACES})
_ODD = re.compile(
    r"[\u0300-\u036f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]|[^\u0000-\u2bff]"
)
_PICTURE = re.compile(r"[\u2190-\u2bff\u3000-\u303f\ufe0f]|[\U0001f000-\U0001faff]")
_APART = re.compile(r"(?<!\w)[^\W\d_aàyÀ](?:(?P<by>[ ._*\-·|/])[^\W\d_])(?:(?P=by)[^\W\d_]){2,}(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
_OPENING = re.compile(r"(?:^|[.!?…:;\n»]|(?:^|\n)\s*(?:\d+[).]|[-*•→]))[\s«\"“(\[•*→-]*$")
_ENDS_SHORT = re.compile(r"(?:\b(?:M|MM|Mr|Mme|Mlle|Dr|St|Ste|cf|av|bd|tel|tél)|(?:^|[\s(-])[A-ZÀ-Ý])\.\s*$")
_LOOK_BACK = 24


class Word(NamedTuple):
    """A run of letters: as written, as compared, where, what stands between it and the word before; whether it opens a
    sentence, and whether it begins with a capital."""

    text: str
    key: str
    start: int
    end: int
    gap: str
    opens: bool
    is_capital: bool

    @property
    def is_shouted(self) -> bool:
        """All capitals, more than one."""
        return len(self.text) > 1 and self.text.isupper()


@lru_cache(maxsize=4096)
def key_of(word: str) -> str:
    """A word as it is compared."""
    return folded(word)


@dataclass(frozen=True)
class Reading:
    """The plain text, and for each of its characters where it begins and ends in the text as given."""

    plain: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where these characters stand in the text as given."""
        return (self.starts[start], self.ends[end - 1]) if end > start else (0, 0)

    @cached_property
    def words(self) -> list[Word]:
        """Every run of letters, in order."""
        found: list[Word] = []
        last = 0
        for match in _WORD.finditer(self.plain):
            text, (start, end) = match[0], match.span()
            gap = self.plain[last:start]
            opens = self._opens(start) if gap.strip("'") or not found else False
            found.append(Word(text, key_of(text), start, end, gap, opens, text[0].isupper()))
            last = end
        return found

    def _opens(self, at: int) -> bool:
        before = self.plain[max(0, at - _LOOK_BACK) : at]
        if not before.strip(' «"“([-*•→'):
            return True
        return bool(_OPENING.search(before)) and not _ENDS_SHORT.search(before)

    @cached_property
    def is_shouted(self) -> bool:
        """Whether nearly everything is in capitals: they tell nothing then."""
        letters = [*filter(str.isalpha, self.plain)]
        return len(letters) > 5 and sum(map(str.isupper, letters)) > 0.8 * len(letters)


def readings(text: str) -> Iterator[Reading]:
    """The text, then the other ways in which an eye could read it, when there are any."""
    first = _plain(text)
    yield first
    if _PICTURE.search(first.plain):
        yield _without(first, [match.span() for match in _PICTURE.finditer(first.plain)])
    apart = [
        (place, place + 1)
        for match in _APART.finditer(first.plain)
        for place in range(match.start() + 1, match.end(), 2)
    ]
    if apart:
        yield _without(first, apart)


def _plain(text: str) -> Reading:
    same = text.translate(_ONE_TO_ONE)
    if not _ODD.search(same):
        return Reading(same, range(len(text)), range(1, len(text) + 1))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, char in enumerate(same):
        if unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f":
            continue
        if unicodedata.combining(char):
            _accent(letters, ends, char, place)
            continue
        compatible = unicodedata.normalize("NFKC", char)
        letters.append(compatible if len(compatible) == 1 else char)
        starts.append(place)
        ends.append(place + 1)
    return Reading("".join(letters), starts, ends)


def _accent(letters: list[str], ends: list[int], char: str, place: int) -> None:
    """Put an accent on the letter before it; an accent that makes no letter is left out."""
    if letters:
        composed = unicodedata.normalize("NFC", letters[-1] + char)
        letters[-1] = composed if len(composed) == 1 else letters[-1]
        ends[-1] = place + 1


def _without(reading: Reading, spans: list[tuple[int, int]]) -> Reading:
    gone = {place for start, end in spans for place in range(start, end)}
    kept = [place for place in range(len(reading.plain)) if place not in gone]
    return Reading(
        "".join(reading.plain[place] for place in kept),
        [reading.starts[place] for place in kept],
        [reading.ends[place] for place in kept],
    )
