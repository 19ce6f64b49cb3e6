"""The guard at its strictest: what it refuses, what it asks about, what it lets be."""

import pytest

from collectifs.guard.domain.context import context_of
from collectifs.tutoring.domain.guarding import doubts_in, without

PROGRAMME = context_of([("Aminata", "Konaté"), ("Denis", "Rocher")], ["lycée du Quai"], addresses=["a.k@a.example"])


def asked(note: str) -> dict[str, bool]:
    """Each word that is asked about, and whether it is refused."""
    return {each.words: each.is_refused for each in doubts_in(note, PROGRAMME, ["A", "B2"])}


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("Écrire à lea.martin@ecole.example.", "lea.martin@ecole.example"),
        ("Rappeler au 06 12 34 56 78.", "06 12 34 56 78"),
        ("Il est en 4eB depuis lundi.", "en 4eB"),
        ("Il est en 4eB.", "4eB"),
        ("La 2nde 3 bavarde.", "2nde 3"),
        ("Les TS2 finissent tard.", "TS2"),
        ("Konaté le voit aussi.", "Konaté"),
        ("Il est au lycée du Quai.", "lycée du Quai"),
    ],
)
def test_a_mail_a_telephone_a_class_a_colleague_and_the_school_are_refused(note: str, words: str) -> None:
    assert asked(note) == {words: True}


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("Léa a relu seule sa copie.", "Léa"),
        ("Rose a bien travaillé.", "Rose"),
        ("CanariPrenom relit.", "CanariPrenom"),
        ("Avec Canari, nous avons relu.", "Canari"),
        ("Il a parlé de Plouzané.", "Plouzané"),
        ("Il a vu Bo.", "Bo"),
    ],
)
def test_a_given_name_a_capital_and_a_commune_are_asked_about(note: str, words: str) -> None:
    assert asked(note) == {words: False}


@pytest.mark.parametrize(
    "note",
    [
        "",
        "Copie relue avant de me la montrer. Jeudi : commencer par ce qui a été trouvé.",
        "A relit, B2 aussi ; à 12 h 30, le 21 janvier.",
        "Il a écrit un D, puis le CDI.",
        " " * 60 + "Reprendre.",
        "Relu\n    Jeudi, et :  « Commencer ». " + " " * 20 + "Reprendre.",
    ],
)
def test_a_note_on_the_work_is_let_be(note: str) -> None:
    assert asked(note) == {}


def test_what_is_found_comes_in_reading_order_each_once_with_what_is_written_in_its_place() -> None:
    note = "Léa, de 4eB, a écrit à lea@ecole.example ; Konaté et Léa relisent, dit Odile."
    found = doubts_in(note, PROGRAMME, [])
    assert [(each.words, each.is_refused) for each in found] == [
        ("Léa", False), ("4eB", True), ("lea@ecole.example", True), ("Konaté", True), ("Odile", False),
    ]  # fmt: skip
    instead = {each.words: each.instead for each in found}
    assert instead["4eB"] == "une classe de quatrième"
    assert instead["lea@ecole.example"] is not None
    assert {instead["Léa"], instead["Konaté"], instead["Odile"]} == {None}  # the code


def test_a_code_takes_the_place_of_a_word_wherever_it_stands_and_of_no_part_of_another() -> None:
    assert without("Il est en 4eB, oui.", "en 4eB", "") == "Il est , oui."
    assert without("Léa relit. Léanne attend Léa.", "Léa", "A") == "A relit. Léanne attend A."
