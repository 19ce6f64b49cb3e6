"""Names of communes in a sentence."""

import pytest

from collectifs.composition.domain.naming import (
    check_not_several,
    check_one_commune,
    commune_label,
    of_commune,
    read_commune,
    without_department,
)
from collectifs.kernel.errors import RuleBroken


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Marmande", "de Marmande"),
        ("Aiguillon", "d’Aiguillon"),
        ("Le Passage", "du Passage"),
        ("Les Sables-d’Olonne", "des Sables-d’Olonne"),
        ("La Réunion", "de La Réunion"),
        ("L’Île-d’Yeu", "de L’Île-d’Yeu"),
        ("Lesparre", "de Lesparre"),
    ],
)
def test_around_a_commune_is_said_as_one_says_it(name: str, said: str):
    assert of_commune(name) == said


@pytest.mark.parametrize(
    ("typed", "name", "read"),
    [
        ("Le Passage (47)", "Le Passage", ("passage", "47")),
        ("Le Passage ( 47 ) ", "Le Passage", ("passage", "47")),
        ("Bonifacio (2a)", "Bonifacio", ("bonifacio", "2A")),
        ("Saint-Denis (974)", "Saint-Denis", ("saint denis", "974")),
        ("Agen", "Agen", ("agen", "")),
        ("Agen (lot)", "Agen (lot)", ("agen lot", "")),
        ("Agen (47) sud", "Agen (47) sud", ("agen 47 sud", "")),
    ],
)
def test_what_stands_between_brackets_at_the_end_is_the_departement(typed: str, name: str, read: tuple[str, str]):
    assert without_department(typed) == name
    assert read_commune(typed) == read


def test_a_commune_is_named_with_its_departement():
    assert commune_label("Le Passage", "47") == "Le Passage (47)"


SEVEN = [f"Saint-Aubin ({each})" for each in "1234567"]
FIRST_SIX = ", ".join(SEVEN[:6])
SEVERAL = "Plusieurs communes portent ce nom : écrivez aussi son département."


@pytest.mark.parametrize(
    ("labels", "near", "sentence"),
    [
        ([], [], "Aucune commune de ce nom."),
        ([], ["Agen (47)"], "Aucune commune de ce nom. Vouliez-vous dire Agen (47) ?"),
        ([], ["A", "B", "C", "D"], "Aucune commune de ce nom. Vouliez-vous dire A ou B ou C ?"),
        (SEVEN[:2], [], f"{SEVERAL} Saint-Aubin (1), Saint-Aubin (2)"),
        (SEVEN[:6], [], f"{SEVERAL} {FIRST_SIX}"),
        (SEVEN, [], f"{SEVERAL} {FIRST_SIX}…"),
    ],
)
def test_a_name_that_means_no_commune_or_several_is_refused_with_those_that_may_be(
    labels: list[str], near: list[str], sentence: str
):
    with pytest.raises(RuleBroken) as told:
        check_one_commune(labels, near, "work")
    assert (told.value.sentence.replace("\u202f", " ").replace("\u00a0", " "), told.value.field) == (sentence, "work")


def test_one_commune_passes_and_one_that_is_not_known_may_be_abroad():
    check_one_commune(["Agen (47)"], (), "work")
    check_not_several(["Agen (47)"], "work")
    check_not_several([], "work")
    with pytest.raises(RuleBroken, match="Plusieurs") as told:
        check_not_several(SEVEN[:2], "home")
    assert told.value.field == "home"
