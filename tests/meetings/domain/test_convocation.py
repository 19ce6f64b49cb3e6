"""The columns of the convocation file."""

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.convocation import (
    HOLDS,
    MOST_COLUMNS,
    USUAL,
    Column,
    check_columns,
    columns_from,
    read_column,
    rows_for,
    usual_columns,
)


def test_a_territory_that_chose_nothing_has_the_usual_columns() -> None:
    assert columns_from([]) == usual_columns()
    assert [column.holds for column in usual_columns()] == list(USUAL)


def test_what_was_kept_comes_back_and_what_no_column_can_hold_is_left_out() -> None:
    kept = [Column("Id", "address").to_json(), {"title": "Numen", "holds": "numen"}]
    assert columns_from(kept) == (Column("Id", "address"),)


def test_neither_the_numen_nor_the_home_is_on_offer() -> None:
    assert not {"numen", "home_commune", "home"} & set(HOLDS)


def test_the_cells_follow_the_columns_and_an_unknown_one_is_empty() -> None:
    columns = (Column("Vide", "empty"), Column("Courriel", "address"), Column("Nom", "family_name"))
    assert rows_for(columns, [{"family_name": "Petit", "address": "a@b.fr"}]) == [["", "a@b.fr", "Petit"]]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ([], "au moins une colonne"),
        ([Column("Nom", "family_name"), Column("nom", "given_name")], "Deux colonnes s’appellent"),
        ([Column(str(number), "empty") for number in range(MOST_COLUMNS + 1)], "plus de 30 colonnes"),
    ],
)
def test_columns_are_refused_in_words(columns: list[Column], words: str) -> None:
    with pytest.raises(RuleBroken, match=words):
        check_columns(columns)


@pytest.mark.parametrize("holds", [["collective", "code"], ["code", "address", "collective"]])
def test_a_file_bears_the_name_of_a_collective_or_its_code_never_both(holds: list[str]) -> None:
    columns = [Column(HOLDS[each], each) for each in holds]
    with pytest.raises(RuleBroken, match="ne vont pas dans le même fichier") as refusal:
        check_columns(columns, [f"contenu_{each}" for each in holds])
    assert refusal.value.field == f"contenu_{holds[-1]}"
    check_columns(columns[1:])
    check_columns(columns[:-1])


def test_of_the_two_kept_by_an_older_version_the_name_stays() -> None:
    kept = [Column("Code", "code"), Column("Groupe", "collective"), Column("Id", "address")]
    assert columns_from([each.to_json() for each in kept]) == tuple(kept[1:])
    assert columns_from([kept[0].to_json()]) == (kept[0],)


def test_the_same_thing_may_stand_in_two_columns() -> None:
    check_columns([Column("Nom", "family_name"), Column("Nom de famille", "family_name")])


def test_a_column_without_a_title_bears_the_usual_one() -> None:
    assert read_column("Mél", "address", field="contenu_1") == Column("Mél", "address")
    assert read_column("", "address", field="contenu_1") == Column("Courriel", "address")
    with pytest.raises(RuleBroken, match="pas dans la liste") as refusal:
        read_column("Numen", "numen", field="contenu_1")
    assert refusal.value.field == "contenu_1"


def test_thirty_columns_are_let_in() -> None:
    check_columns([Column(str(number), "empty") for number in range(MOST_COLUMNS)])
