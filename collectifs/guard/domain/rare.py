"""Disciplines and functions that so few hold that they name somebody."""

import re
from collections.abc import Iterator
from functools import lru_cache

from collectifs.guard.domain.lexicons import Lexicons, lexicons
from collectifs.guard.domain.reading import Reading

ROLE = (
    r"(?:stagiaires?|prof(?:esseure?s?)?s?|enseignante?s?|tuteurs?|tutrices?|collegues?|plp|certifiee?|agregee?|titulaire"
    r"|formateur|formatrice|alternante?|contractuell?e?|cours|discipline|assistante?|maitre|maitresse|seule? \w+)"
)
ONLY_ONE = re.compile(
    r"(?<!\w)(?:le seul|la seule|l unique|seule?) (?:(?:homme|femme) (?:de|du|dans)\b(?: l)?(?: \w+)?"
    rf"|{ROLE}(?: \w+)? (?:en|de|du|d|a)\b(?: \w+)?)"
)
CUT = re.compile(r"[.,;:!?\n]")
ARTICLE = r"(?:(?:le|la|l|un|une|notre|mon|ma|les|des) )?"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    lists: Lexicons = lexicons()
    disciplines = "|".join(re.escape(each) for each in lists.rare_disciplines)
    functions = "|".join(re.escape(each) for each in lists.rare_functions)
    told = rf"(?<!\w){ARTICLE}{ROLE}(?: (?!et\b|ou\b)\w+)? ?(?:de |d |en |du )?(?:la |l )?(?:{disciplines})(?!\w)"
    taught = rf"(?<!\w)(?:enseigne|enseignait|enseigner) (?:le |la |l |du |de la )?(?:{disciplines})(?!\w)"
    return re.compile(told), re.compile(taught), re.compile(rf"(?<!\w){ARTICLE}(?:{functions})(?!\w)"), ONLY_ONE


def rare(reading: Reading) -> Iterator[tuple[int, int]]:
    """« le stagiaire d’occitan », « directrice de SEGPA », « la seule stagiaire en chinois »: where they stand."""
    keys, starts, ends = _as_compared(reading)
    for pattern in _patterns():
        for match in pattern.finditer(keys):
            yield starts[match.start()], ends[match.end() - 1]


def _as_compared(reading: Reading) -> tuple[str, list[int], list[int]]:
    """The words folded, a full stop where a sentence or a comma cuts them; and where each letter stands."""
    keys: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for word in reading.words:
        gap = " . " if CUT.search(word.gap) else " "
        told = (gap if keys else "") + word.key
        keys.append(told)
        starts += [word.start] * len(told)
        ends += [word.end] * len(told)
    return "".join(keys), starts, ends
