"""French words as a search compares them: accents, œ, elisions, plurals and feminines make no difference.

The stems are made here for every database alike: of the texts when they are indexed, of the question when it is asked,
of a page when the words that were found are marked.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from collectifs.kernel.later import Later

VERSION = "1"  # part of the mark of an index: another way of stemming makes it anew
APART = "0apart0"  # between two texts, so that no phrase is found across them
_WORD = re.compile(r"[^\W_]+")
_ELIDED = {"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"}
_APOSTROPHES = "'’ʼ"
_WORD_AND_SIGN = re.compile(rf"({_WORD.pattern})([{_APOSTROPHES}]?)")
_LONG = 6  # shorter words keep their end: « peur » is not « peu »
_FEMININES = (
    *(("trice", "teur"), ("enne", "en"), ("onne", "on"), ("elle", "el"), ("ette", "et"), ("ille", "il")),
    *(("ere", "er"), ("ive", "if"), ("eure", "eur")),
)
_IRREGULAR = {
    "nouvelle": "nouveau",
    "belle": "beau",
    "vieille": "vieux",
    "vieil": "vieux",
    "bel": "beau",
    "folle": "fou",
    "publique": "public",
    "franche": "franc",
    "blanche": "blanc",
    "douce": "doux",
    "longue": "long",
    "travaux": "travail",
    "yeux": "oeil",
    "bonne": "bon",
    "seche": "sec",
    "fraiche": "frais",
    "neuve": "neuf",
}
_snowball = Later("snowballstemmer")


@dataclass(frozen=True)
class Piece:
    """A part of a text; `is_found`: it is one of the words that were looked for."""

    text: str
    is_found: bool


def stems(text: str) -> list[str]:
    """The stems of a text, in order: those of `_words()`, without their places, in a third of its time."""
    found = _WORD_AND_SIGN.findall(text)
    return [stem_of(word) for word, sign in found if not (sign and word.casefold() in _ELIDED)]


def pieces(text: str, wanted: Collection[str]) -> list[Piece]:
    """A text cut where its words are among the wanted stems."""
    found, last = [], 0
    for start, end, stem in _words(text) if _has_any(text, wanted) else ():
        if stem in wanted:
            found += [Piece(text[last:start], is_found=False), Piece(text[start:end], is_found=True)]
            last = end
    return [piece for piece in (*found, Piece(text[last:], is_found=False)) if piece.text]


def excerpt(texts: Collection[str], wanted: Collection[str], around: int = 80) -> str:
    """What stands around the first wanted word; empty when none of the texts has one."""
    for text in texts:
        for start, end, stem in _words(text) if _has_any(text, wanted) else ():
            if stem in wanted:
                return _cut(text, max(0, start - around), min(len(text), end + around))
    return ""


def _has_any(text: str, wanted: Collection[str]) -> bool:
    """Asked first: most texts of a page have none of the words, and need no places."""
    return not frozenset(wanted).isdisjoint(stems(text))


def _cut(text: str, start: int, end: int) -> str:
    """Between two words, with an ellipsis where something is left out."""
    before = text.find(" ", start) + 1 if start else 0
    after = text.rfind(" ", 0, end) if end < len(text) else end
    shown = " ".join(text[before:after].split())
    return f"{'… ' if before else ''}{shown}{' …' if after < len(text) else ''}"


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each word stands, and its stem; an elided article is none."""
    for found in _WORD.finditer(text):
        word = found.group()
        is_before_apostrophe = text[found.end() : found.end() + 1] in tuple(_APOSTROPHES)
        if is_before_apostrophe and word.casefold() in _ELIDED:
            continue
        yield found.start(), found.end(), stem_of(word)


@lru_cache(maxsize=65_536)
def stem_of(word: str) -> str:
    """The stem of one word."""
    plain = _plain(word)
    singular = plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain
    masculine = _IRREGULAR.get(singular) or _masculine(singular)
    stem = str(_snowball.stemmer("french").stemWord(masculine))  # one of its own: it knows no threads
    return f"{stem[:-3]}eu" if len(stem) >= _LONG and stem.endswith(("eux", "eur")) else stem


def _masculine(word: str) -> str:
    if word.endswith("ee"):
        return word[:-1]
    if len(word) < _LONG:
        return word
    if word.endswith("euse"):
        return f"{word[:-4]}eux"
    return next((word[: -len(end)] + put for end, put in _FEMININES if word.endswith(end)), word)


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(char for char in apart if not unicodedata.combining(char))
