"""What the guard knows of French: ordinary words, names, communes, and our own short lists. Read once a process.

`make assets` writes the four long lists beside this package (tools/make_lexicons.py); ours are `library/lists.toml`.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from collectifs.kernel.text.folding import folded


def word_set(text: str) -> frozenset[str]:
    """Words written with spaces between them."""
    return frozenset(text.split())


PACKAGE = Path(__file__).resolve().parents[1]
BUILT = PACKAGE / "build"
WORDS, GIVEN, FAMILY, COMMUNES = "words.txt", "given.txt", "family.txt", "communes.txt"
LISTS = PACKAGE / "library" / "lists.toml"
# From this many bearers on, a given name is known even without its capital; and a name is somebody's, on its own.
WELL_KNOWN, KNOWN = 5000, 200


class LexiconsMissing(OSError):
    """The lists were not made: no text can be looked through, and a page answers 503."""

    def __init__(self) -> None:
        super().__init__("The guard has no lexicons: `make assets` makes them.")


@dataclass(frozen=True)
class Lexicons:
    """Every list, folded; several words of one name are joined by hyphens (`given`, `family`) or spaces (others)."""

    ordinary: frozenset[str]
    given: dict[str, int]
    family: frozenset[str]
    communes: frozenset[str]
    elsewhere: frozenset[str]
    references: frozenset[str]
    reference_phrases: frozenset[str]
    no_school: frozenset[str]
    rare_disciplines: tuple[str, ...]
    rare_functions: tuple[str, ...]

    def is_given(self, word: str, fewest: int = KNOWN) -> bool:
        """Whether at least so many people bear this given name."""
        return self.given.get(word, 0) >= fewest


@lru_cache(maxsize=1)
def lexicons() -> Lexicons:
    """All lists; LexiconsMissing when set-up has not made them."""
    ours = tomllib.loads(LISTS.read_text(encoding="utf-8"))
    counted = (line.rsplit(" ", 1) for line in _lines(GIVEN))
    return Lexicons(
        ordinary=frozenset(_lines(WORDS)) | _folded_words(ours["ordinary"]),
        given={name: int(count) for name, count in counted},
        family=frozenset(_lines(FAMILY)),
        communes=frozenset(_lines(COMMUNES)),
        elsewhere=_folded_words(ours["elsewhere"]),
        references=_folded_words(ours["references"]),
        reference_phrases=frozenset(_phrases(ours["reference_phrases"])),
        no_school=_folded_words(ours["no_school"]),
        rare_disciplines=_phrases(ours["rare_disciplines"]),
        rare_functions=_phrases(ours["rare_functions"]),
    )


def _lines(name: str) -> list[str]:
    try:
        return (BUILT / name).read_text(encoding="utf-8").split("\n")[:-1]
    except FileNotFoundError:
        raise LexiconsMissing from None


def _folded_words(text: str) -> frozenset[str]:
    return frozenset(folded(word).replace(" ", "-") for word in text.split())


def _phrases(text: str) -> tuple[str, ...]:
    """Longest first, so that the longer of two that begin alike is found."""
    phrases = {folded(phrase) for line in text.strip().splitlines() for phrase in line.split("|")}
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))
