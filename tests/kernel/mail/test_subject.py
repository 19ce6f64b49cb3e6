"""The subject of a mail: short, whatever the names."""

import pytest

from collectifs.kernel.mail.subject import MOST, subject_with

LONG = "Collectif des tutrices et des tuteurs du littoral, de la presqu’île et des îles "


@pytest.mark.parametrize(
    ("words", "name", "subject"),
    [
        ("{name} : votre invitation", "Les Tilleuls", "Les Tilleuls : votre invitation"),
        ("Rappel, {name} : demain", "{when} {", "Rappel, {when} { : demain"),
        ("{name} : fiche du 13 janvier à relire avant le 16 janvier", LONG, "Collectif des tutrices et…"),
        ("{name} : votre invitation", "x" * 90, "x" * 58 + "…"),
        ("L’administration vous est confiée", "", "L’administration vous est confiée"),
        ("{name} : oui", "Deux\r\nBcc: x@x.example", "Deux Bcc : x@x.example : oui"),
    ],
)
def test_the_name_gives_way_at_the_end_of_a_word(words, name, subject):
    found = subject_with(words, name).replace("\u00a0", " ")
    assert found.startswith(subject)
    assert len(found) <= MOST
    assert found.endswith(words.partition("{name}")[2])
