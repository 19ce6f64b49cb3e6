"""The guard at its strictest, for the note of an interview: no name, no mail, no class; every doubt is asked about."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from collectifs.guard.domain.context import Context
from collectifs.guard.domain.guard import marks
from collectifs.guard.domain.lexicons import lexicons, word_set
from collectifs.guard.domain.marks import Kind, Mark
from collectifs.kernel.text.folding import folded

# What is never kept, whatever is answered. A day or an hour tells nothing: the interview has its own.
NEVER = (Kind.EMAIL, Kind.PHONE, Kind.CLASS, Kind.MEMBER, Kind.SCHOOL, Kind.UAI, Kind.ADDRESS)
LET_BE = (Kind.DATE, Kind.TIME)
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?![’'\w])")  # what is elided is no name: « j’ », « aujourd’ »
OPENINGS = ".!?…:;«("  # signs after which a sentence begins
CLASS = re.compile(
    r"(?<!\w)(?:[3-6](?:e|è|ème|eme) ?[A-Z\d]{1,2}"
    r"|(?:2n?de|1[èe]?re|[Tt](?:le|erm|erminale)) ?[A-Z]{0,4} ?\d{1,2}|T[A-Z]{1,4}\d)(?!\w)"
)
# Words of a school that are written in capitals and name nobody.
OF_SCHOOL = word_set("AESH AED CDI CPE DM DS ENT EPS HDA IDF LV LVA LVB PAP PPRE PPS PSY QCM SES STI SVT UPI")
CAPITAL = "Ce mot porte une majuscule : est-ce le nom de quelqu’un ?"
NEVER_SAID = {
    Kind.CLASS: "Une classe précise n’entre pas dans un carnet.",
    Kind.MEMBER: "C’est une personne du programme.",
}


@dataclass(frozen=True)
class Doubt:
    """Words of a note that could tell who is spoken of, why. `is_refused`: they go, whatever is answered.

    `instead`: what is written in their place; None for the code.
    """

    words: str
    why: str
    is_refused: bool
    instead: str | None = None


def doubts_in(note: str, context: Context, codes: Collection[str]) -> list[Doubt]:
    """Each once, in reading order. One's own codes are no names."""
    found = [mark for mark in marks(note, context) if mark.kind not in LET_BE]
    taken = [(mark.start, mark.end) for mark in found]
    told = [(mark.start, _told(note, mark)) for mark in found]
    classes = [match for match in CLASS.finditer(note) if not _is_in(taken, match)]
    told += [(match.start(), Doubt(match.group(), NEVER_SAID[Kind.CLASS], True, "")) for match in classes]
    taken += [match.span() for match in classes]
    told += [(start, Doubt(word, CAPITAL, False)) for start, word in _capitals(note, taken, codes)]
    return list(dict.fromkeys(doubt for _, doubt in sorted(told, key=lambda each: each[0])))


def without(note: str, words: str, instead: str) -> str:
    """The same note where these words give way, wherever they stand."""
    changed = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", lambda _: instead, note)
    return changed if instead else re.sub(r" {2,}", " ", changed).strip()


def _told(note: str, mark: Mark) -> Doubt:
    why = NEVER_SAID.get(mark.kind, mark.reason)
    is_refused = mark.blocks or mark.kind in NEVER
    instead = mark.instead if is_refused and mark.kind is not Kind.MEMBER else None
    return Doubt(note[mark.start : mark.end], why, is_refused, instead)


def _capitals(note: str, taken: list[tuple[int, int]], codes: Collection[str]) -> list[tuple[int, str]]:
    """Capitals inside a sentence; at its head, given names and words of no dictionary."""
    found = []
    for match in WORD.finditer(note):
        word = match.group()
        if _is_in(taken, match) or not word[0].isupper() or word in codes or word in OF_SCHOOL or len(word) == 1:
            continue
        opens = _opens(note, match.start())
        key = folded(word).replace(" ", "-")
        if not opens or lexicons().is_given(key) or not _is_ordinary(key):
            found.append((match.start(), word))
    return found


def _opens(note: str, place: int) -> bool:
    """Whether a sentence or a line begins here."""
    before = note[:place]
    words = before.rstrip()
    return not words or words[-1] in OPENINGS or "\n" in before[len(words) :]


def _is_ordinary(key: str) -> bool:
    """A word of French, or several joined by a hyphen."""
    return all(part in lexicons().ordinary for part in key.split("-") if part)


def _is_in(taken: list[tuple[int, int]], match: re.Match[str]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in taken)
