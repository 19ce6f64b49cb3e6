"""What a territory writes of its roads: two shores a line, a table of minutes; a wrong line is named by its number."""

import pytest

from collectifs.composition.domain.measured import (
    LONGEST_MIN,
    MOST_LINES,
    barriers_written,
    read_barriers,
    read_measured,
)
from collectifs.kernel.errors import RuleBroken

CODES = {"Royan": "17306", "Saujon": "17421", "Soulac": "33514"}


def code_of(name: str) -> str:
    if name not in CODES:
        raise RuleBroken("Aucune commune de ce nom.", "elsewhere")
    return CODES[name]


def name_of(code: str) -> str:
    return next(name for name, known in CODES.items() if known == code)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", []),
        ("\n  \n", []),
        ("Royan|Soulac", [[["17306"], ["33514"]]]),
        (" Royan , Saujon | Soulac;", [[["17306", "17421"], ["33514"]]]),
        ("Royan ; Saujon | Soulac\n\nSoulac | Royan", [[["17306", "17421"], ["33514"]], [["33514"], ["17306"]]]),
    ],
)
def test_each_line_is_two_shores(typed: str, read: list[object]) -> None:
    assert read_barriers(typed, code_of) == read


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("Royan", "^Ligne 1 : écrivez deux rives séparées par « | »\\.$"),
        ("Royan | Soulac | Saujon", "^Ligne 1 : écrivez deux rives"),
        ("Royan | Soulac\n\nRoyan |", "^Ligne 3 : écrivez deux rives"),
        ("Royan | Soulak", "^Ligne 1, « Soulak » : Aucune commune de ce nom\\.$"),
    ],
)
def test_a_line_of_shores_that_cannot_be_read_is_named_beside_the_field(typed: str, refused: str) -> None:
    with pytest.raises(RuleBroken, match=refused) as told:
        read_barriers(typed, code_of)
    assert told.value.field == "barriers"


def test_shores_are_shown_as_they_are_typed() -> None:
    typed = "Royan, Saujon | Soulac\nSoulac | Royan"
    assert barriers_written(read_barriers(typed, code_of), name_of) == typed


KNOWN = {"17306": None, "33514": None}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", []),
        ("de;vers;minutes", []),
        ("de;vers;minutes\n17306;33514;55", [["17306", "33514", 55]]),
        ("17306, 33514, 1\n\n33514\t17306\t600", [["17306", "33514", 1], ["33514", "17306", 600]]),
    ],
)
def test_a_table_of_minutes_is_read_with_or_without_its_titles(typed: str, read: list[object]) -> None:
    assert LONGEST_MIN == 600
    assert read_measured(typed, KNOWN) == read


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("17306;33514", "^Ligne 1 : il faut trois colonnes, deux codes INSEE et des minutes\\.$"),
        ("17306;33514;55;1", "^Ligne 1 : il faut trois colonnes"),
        ("de;vers;minutes\nde;vers;minutes", "^Ligne 2 : la commune « de » n’est pas connue\\.$"),
        ("17306;99999;55", "^Ligne 1 : la commune « 99999 » n’est pas connue"),
        ("17306;33514;0", "^Ligne 1 : les minutes vont de 1 à 600\\.$"),
        ("17306;33514;55\n17306;33514;601", "^Ligne 2 : les minutes vont de 1 à 600"),
        ("17306;33514;-5", "^Ligne 1 : les minutes"),
        ("17306;33514;1e2", "^Ligne 1 : les minutes"),
    ],
)
def test_a_line_of_minutes_that_cannot_be_read_is_named_beside_the_field(typed: str, refused: str) -> None:
    with pytest.raises(RuleBroken, match=refused) as told:
        read_measured(typed, KNOWN)
    assert told.value.field == "measured"


def test_a_table_of_fifty_thousand_lines_is_read_and_a_line_more_is_refused() -> None:
    assert MOST_LINES == 50_000
    assert len(read_measured("17306;33514;55\n" * MOST_LINES, KNOWN)) == MOST_LINES
    with pytest.raises(RuleBroken, match=r"^Cette table dépasse 50000 lignes\.$") as told:
        read_measured("17306;33514;55\n" * (MOST_LINES + 1), KNOWN)
    assert told.value.field == "measured"
