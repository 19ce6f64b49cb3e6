"""The people of the collective, in every form that is written: without accents, in capitals, one letter off."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collectifs.guard.domain.context import Context, Member, Part
from collectifs.guard.domain.lexicons import KNOWN, Lexicons, word_set
from collectifs.guard.domain.marks import Kind, Level
from collectifs.guard.domain.reading import Reading, Word
from collectifs.guard.domain.titles import is_title

# Between two words of one name.
JOINED = re.compile(r"^\.?[ \-'\n]{0,2}$")
# Words after which a bare name stands, even without its capital.
BEFORE_A_PERSON = word_set("avec chez selon")
SHORTEST_MISSPELT = 5


@dataclass(frozen=True)
class Found:
    """Words `first` to `last` (included) of a reading that point at somebody."""

    first: int
    last: int
    kind: Kind
    level: Level


class Members:
    """Looks for one context in one reading."""

    def __init__(self, reading: Reading, context: Context, lists: Lexicons) -> None:
        self.words = reading.words
        self.phrases = words_of_phrases(reading.words, lists.reference_phrases)
        self.shouted = reading.is_shouted
        self.context = context
        self.lists = lists
        self.named = context.named
        self.misspelt: dict[str, list[tuple[int, Part]]] = {}

    def found(self) -> Iterator[Found]:
        """Every place where a member is named; the words of one name together."""
        for member, hits in self._by_member().items():
            first, last, part, exact = hits[0]
            alone = True
            for following, end, other, is_exact in hits[1:]:
                if following <= last or (following == last + 1 and JOINED.match(self.words[following].gap)):
                    alone = alone and following <= last
                    last = max(last, end)
                    continue
                yield from self._told(first, last, member, part, exact, alone=alone)
                first, last, part, exact, alone = following, end, other, is_exact, True
            yield from self._told(first, last, member, part, exact, alone=alone)

    def _by_member(self) -> dict[int, list[tuple[int, int, Part, bool]]]:
        """The parts of each member's name, where they stand, in reading order, the family name first."""
        found: dict[int, list[tuple[int, int, Part, bool]]] = {}
        for first, last, member, part, exact in self._hits():
            found.setdefault(member, []).append((first, last, part, exact))
        return found

    def _told(self, first: int, last: int, member: int, part: Part, exact: bool, *, alone: bool) -> Iterator[Found]:
        """Given and family name together, or with their initials, leave no doubt."""
        start = self._with_initials(first, self.context.members[member], part)
        level = self._level(first, last, part, exact) if alone and start == first else Level.CERTAIN
        if level:
            yield Found(start, last, Kind.MEMBER, level)

    def _hits(self) -> Iterator[tuple[int, int, int, Part, bool]]:
        for place, word in enumerate(self.words):
            exact = False
            for member, part in self.named.by_first.get(word.key, ()):
                last = self._end_of(place, part.words)
                if last is not None:
                    exact = True
                    yield place, last, member, part, True
            if not exact:
                for member, part in self._one_letter_off(word):
                    yield place, place, member, part, False

    def _end_of(self, place: int, name: Sequence[str]) -> int | None:
        """The last word of a name that begins here, written in several words or in one."""
        if self.words[place].key.rstrip("sx") in ("".join(name), "".join(name).rstrip("sx")):
            return place
        for step, expected in enumerate(name):
            if place + step >= len(self.words):
                return None
            word = self.words[place + step]
            if (step and not JOINED.match(word.gap)) or word.key not in (expected, expected + "s", expected + "x"):
                return None
        return place + len(name) - 1

    def _one_letter_off(self, word: Word) -> list[tuple[int, Part]]:
        key = word.key
        if key in self.lists.ordinary or not (word.is_capital or len(key) > 5):
            return []
        if key not in self.misspelt:
            self.misspelt[key] = [
                (member, part)
                for member, parts in enumerate(self.named.parts)
                for part in parts
                if len(part.words) == 1 and _is_near(key, part.words[0])
            ]
        return self.misspelt[key]

    def _with_initials(self, first: int, member: Member, part: Part) -> int:
        """Where the name begins once « J.-B. » or « jb » before a family name is taken with it."""
        if part.words == member.given:
            return first
        initials = "".join(word[0] for word in member.given)
        place, left = first, initials
        while place > 0 and left and JOINED.match(self.words[place].gap):
            key = self.words[place - 1].key
            if not left.endswith(key) or is_title(self.words, place - 1):
                break
            place, left = place - 1, left[: -len(key)]
        return first if left else place

    def _level(self, place: int, last: int, part: Part, exact: bool) -> Level | None:
        word, titled = self.words[place], place > 0 and is_title(self.words, place - 1)
        if titled:
            return Level.CERTAIN
        if not exact:
            return Level.LIKELY if self.lists.is_given(word.key, KNOWN) else Level.CERTAIN
        if place in self.phrases:
            return None
        if part.shared:
            return Level.LIKELY if word.is_capital else None
        if not part.ordinary:
            return Level.CERTAIN
        return self._ordinary_word(last)

    def _ordinary_word(self, place: int) -> Level | None:
        """A name that is also a word: sure inside a sentence with its capital, a question where one begins."""
        word = self.words[place]
        if place and self.words[place - 1].key in BEFORE_A_PERSON and not word.opens and not word.gap.strip(" "):
            return Level.CERTAIN if word.is_capital and not self.shouted else Level.LIKELY
        if not word.is_capital or self.shouted or (word.is_shouted and len(word.text) < 3):
            return None
        return Level.LIKELY if word.opens else Level.CERTAIN


def words_of_phrases(words: Sequence[Word], phrases: frozenset[str]) -> set[int]:
    """The places of words that make « Victor Hugo », « La Fontaine » together."""
    found: set[int] = set()
    capitals = [place for place, word in enumerate(words) if word.is_capital]
    for first in capitals:
        for size in (2, 3, 4):
            if " ".join(word.key for word in words[first : first + size]) in phrases:
                found.update(range(first, min(first + size, len(words))))
    return found


def _is_near(word: str, name: str) -> bool:
    """Whether one letter is missing, added, changed, or two are swapped; the first two are not both wrong."""
    if len(name) < SHORTEST_MISSPELT or word[0] != name[0]:
        return False
    same = 1
    while same < min(len(word), len(name)) and word[same] == name[same]:
        same += 1
    rest, other = word[same:], name[same:]
    if len(rest) == len(other):
        swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:]
        return rest[1:] == other[1:] or swapped
    return rest[1:] == other if len(rest) > len(other) else rest == other[1:]
