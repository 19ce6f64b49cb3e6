"""The members' names and addresses, found wherever a sheet would carry them."""

import pytest

from collectifs.guard.domain.context import context_of
from collectifs.sheets.domain.anonymity import names_found, namings, perhaps_names
from collectifs.sheets.domain.sheet import Answer, SheetContent

PEOPLE = [("Maud", "Le Bihan"), ("Rose", "Ferrand"), ("Inès", "")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Rien à retirer ici.", []),
        ("Demander à Maud.", ["Maud"]),
        ("MAUD a dit oui.", ["MAUD"]),
        ("Chez madame Le Bihan.", ["Le Bihan"]),
        ("Chez madame Le  Bihan.", ["Le  Bihan"]),
        ("Maudire ou non ?", []),
        ("Une rose au tableau.", []),
        ("Voir avec Rose.", ["Rose"]),
        ("Avec Ines ou Inès.", ["Ines", "Inès"]),
        ("Écrire à moi@ac-exemple.example.", ["moi@ac-exemple.example"]),
        ("Rose Ferrand et Maud Le Bihan.", ["Rose Ferrand", "Maud Le Bihan"]),
    ],
)
def test_what_names_somebody(text: str, found: list[str]):
    assert names_found(text, PEOPLE) == found


def test_an_address_of_a_member_is_found_however_it_is_written():
    assert names_found("Maud : Maud.LeBihan@ac.example", [], ["maud.lebihan@ac.example"]) == [
        "Maud.LeBihan@ac.example",
    ]


def test_each_text_says_where_it_names_somebody_and_the_way_out():
    content = SheetContent(
        "Que fait Rose ?", (Answer("Écouter."), Answer("Demander.", None, "à Maud"), Answer("Voir Maud et Rose."))
    )
    found = namings(content, context_of(PEOPLE))
    assert [(naming.field, naming.place) for naming in found] == [
        ("question", "La problématique"),
        ("answers-1-condition", "La condition de la réponse 2"),
        ("answers-2-text", "La réponse 3"),
    ]
    assert found[2].sentence == (
        "La réponse 3 contient « Maud » et « Rose » : retirez ce qui fait reconnaître quelqu’un. "
        "Si c’est un mot ordinaire, écrivez-le autrement."
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("Et ensuite ? Vous dites écouter.", []),
        ("Est-ce que Maud a essayé ?", ["Maud"]),
        ("Merci à Mme Le Bihan, et à Jean-Paul.", ["Mme Le Bihan", "Jean-Paul"]),
        ("Monsieur Ferrand", ["Monsieur Ferrand"]),
        ("L’équipe d’Odile", ["Odile"]),
        ("Des collègues en REP, au PEMF.", []),
        ("Une suite :\nDire d’abord.\n- Relire", []),
        ("Maud a dit que Maud et Rose", ["Maud", "Rose"]),
    ],
)
def test_words_that_may_be_names_are_asked_about_without_any_list(text: str, words: list[str]):
    assert perhaps_names(text) == words
