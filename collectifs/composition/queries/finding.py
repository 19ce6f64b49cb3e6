"""Finding communes by what is typed: the first letters for a completion, the whole name for an answer."""

from bisect import bisect_left
from collections import defaultdict
from contextlib import suppress
from difflib import get_close_matches
from functools import lru_cache

from collectifs.composition.domain.naming import (
    DEPARTMENT,
    check_not_several,
    check_one_commune,
    commune_label,
    read_commune,
    without_department,
)
from collectifs.composition.queries.communes import CommunesMissing, communes
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


def bring() -> None:
    """Read the list, where it was made: it takes half a second, and whoever looks something up then need not wait."""
    with suppress(CommunesMissing):
        _by_key()


def let_go() -> None:
    """Give back the memory of the list: whoever needs it once a day reads it again."""
    communes.cache_clear()
    _by_key.cache_clear()


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


def may_be_meant(typed: str, department: str = "") -> list[str]:
    """The codes of the communes that a name may mean; the one of this département alone, where several bear it.

    None for nothing typed, for a name that is not known, and where the list was not made.
    """
    key, said = read_commune(typed)
    department = department[1:] if len(department) == 3 and department[0] == "0" else department
    try:
        known, (_, codes) = communes(), _by_key()
    except CommunesMissing:
        return []
    found = [code for code in codes.get(key, []) if known[code].department.startswith(said)]
    here = [code for code in found if known[code].department == department]
    return here if len(here) == 1 else found


def located(typed: str, department: str, field: str) -> tuple[str, str]:
    """A name as it is kept, and its code; without a code where it is not known. Raises RuleBroken beside the field."""
    codes = may_be_meant(typed, department)
    check_not_several([label_of(code) for code in codes], field)
    return (without_department(typed), codes[0]) if codes else (typed, "")


def shown_as(name: str, insee: str, department: str) -> str:
    """A commune as its field shows it: with its département where its name alone would mean another, or several."""
    codes = may_be_meant(name, department) if insee else []
    return label_of(insee) if codes and codes != [insee] else name


def are_adjoining(one: str, other: str) -> bool:
    """Whether two communes touch; False where one is not known."""
    try:
        found = communes().get(one)
    except CommunesMissing:
        return False
    return found is not None and other in found.neighbours


def _near(key: str, keys: list[str], codes: dict[str, list[str]]) -> list[str]:
    """Names that were perhaps meant."""
    alike = [each for each in keys if each[0] == key[0] and abs(len(each) - len(key)) <= 3]
    return [label_of(code) for each in get_close_matches(key, alike, 3, 0.75) for code in codes[each][:1]]
