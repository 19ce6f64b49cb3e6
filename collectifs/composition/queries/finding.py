"""Finding communes by what is typed: the first letters for a completion, the whole name for an answer."""

from bisect import bisect_left
from collections import defaultdict
from difflib import get_close_matches
from functools import lru_cache

from collectifs.composition.domain.naming import DEPARTMENT, check_one_commune, commune_label, read_commune
from collectifs.composition.queries.communes import communes
from collectifs.kernel.text.folding import commune_key, folded

MOST = 12
LEAST_LETTERS = 2


@lru_cache(maxsize=1)
def _by_key() -> tuple[list[str], dict[str, list[str]]]:
    """Every key in order, and the codes that bear it, the most people first."""
    found: dict[str, list[str]] = defaultdict(list)
    known = communes()
    for code in sorted(known, key=lambda code: (-known[code].population, code)):
        found[commune_key(known[code].name)].append(code)
    return sorted(found), found


def label_of(insee: str) -> str:
    """« Le Passage (47) »; the code as it is for one that is not known, empty for none."""
    found = communes().get(insee)
    return commune_label(found.name, found.department) if found else insee


def completed(typed: str) -> list[str]:
    """The communes that begin like this: those of this very name first, then as typed, then the most people."""
    key, department = read_commune(typed)
    if len(key) < LEAST_LETTERS:
        return []
    keys, codes = _by_key()
    start = bisect_left(keys, key)
    found = []
    while start < len(keys) and keys[start].startswith(key):
        found += codes[keys[start]]
        start += 1
    known = communes()
    kept = [code for code in found if known[code].department.startswith(department)]
    whole = folded(DEPARTMENT.sub("", typed))
    kept.sort(
        key=lambda code: (
            commune_key(known[code].name) != key,
            not folded(known[code].name).startswith(whole),
            -known[code].population,
            code,
        )
    )
    return [label_of(code) for code in kept[:MOST]]


def commune_named(typed: str, field: str) -> str:
    """The code of the one commune that is meant; empty for nothing typed. Raises RuleBroken beside the field."""
    key, department = read_commune(typed)
    if not key:
        return ""
    keys, codes = _by_key()
    found = [code for code in codes.get(key, []) if communes()[code].department.startswith(department)]
    near = [] if found else _near(key, keys, codes)
    check_one_commune([label_of(code) for code in found], near, field)
    return found[0]


def _near(key: str, keys: list[str], codes: dict[str, list[str]]) -> list[str]:
    """Names that were perhaps meant."""
    alike = [each for each in keys if each[0] == key[0] and abs(len(each) - len(key)) <= 3]
    return [label_of(code) for each in get_close_matches(key, alike, 3, 0.75) for code in codes[each][:1]]
