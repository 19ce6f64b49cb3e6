"""What a territory writes of its roads: shores without a bridge, a table of minutes. A wrong line is named."""

import csv
from collections.abc import Callable, Mapping, Sequence
from re import split

from collectifs.kernel.errors import RuleBroken

Named = Callable[[str], str]
MOST_LINES = 50_000
LONGEST_MIN = 600


def read_barriers(text: str, code_of: Named, field: str = "barriers") -> list[list[list[str]]]:
    """« Royan, Saujon | Soulac »: on each line two shores, communes by name or by code. Raises RuleBroken."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        shores = [[each.strip() for each in split("[,;]", shore) if each.strip()] for shore in line.split("|")]
        if len(shores) != 2 or not all(shores):
            raise RuleBroken(f"Ligne {number} : écrivez deux rives séparées par « | ».", field)
        found.append([[_code(number, each, code_of, field) for each in shore] for shore in shores])
    return found


def _code(number: int, said: str, code_of: Named, field: str) -> str:
    try:
        return code_of(said)
    except RuleBroken as refusal:
        raise RuleBroken(f"Ligne {number}, « {said} » : {refusal.sentence}", field) from None


def barriers_written(barriers: Sequence[Sequence[Sequence[str]]], name_of: Named) -> str:
    """As they are typed."""
    return "\n".join(" | ".join(", ".join(map(name_of, shore)) for shore in each) for each in barriers)


def read_measured(text: str, known: Mapping[str, object], field: str = "measured") -> list[list[object]]:
    """« 33058;33314;55 » on each line: two INSEE codes and minutes; a first line of titles is left aside.

    Raises RuleBroken with the number of the line.
    """
    lines = [line for line in text.replace(",", ";").replace("\t", ";").splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise RuleBroken(f"Cette table dépasse {MOST_LINES} lignes.", field)
    found: list[list[object]] = []
    for number, row in enumerate(csv.reader(lines, delimiter=";"), 1):
        if number == 1 and row and not any(each.strip().isdecimal() for each in row):
            continue
        found.append(_measured(number, [each.strip() for each in row], known, field))
    return found


def _measured(number: int, row: list[str], known: Mapping[str, object], field: str) -> list[object]:
    if len(row) != 3:
        raise RuleBroken(f"Ligne {number} : il faut trois colonnes, deux codes INSEE et des minutes.", field)
    one, other, minutes = row
    for code in (one, other):
        if code not in known:
            raise RuleBroken(f"Ligne {number} : la commune « {code} » n’est pas connue.", field)
    if not minutes.isdecimal() or not 0 < int(minutes) <= LONGEST_MIN:
        raise RuleBroken(f"Ligne {number} : les minutes vont de 1 à {LONGEST_MIN}.", field)
    return [one, other, int(minutes)]
