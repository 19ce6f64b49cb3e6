"""The training that collectives belong to: its numbers as papers print them, and as they are typed."""

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.people.domain.scheme import LONGEST_NUMBER, Scheme, check_number


@pytest.mark.parametrize(
    ("scheme", "numbers", "references"),
    [
        (Scheme(), "", ""),
        (Scheme(organizer="EAFC"), "", "EAFC"),
        (Scheme(number="26A0290123"), "dispositif n° 26A0290123", "dispositif n° 26A0290123"),
        (Scheme(module="78901"), "module n° 78901", "module n° 78901"),
        (
            Scheme("Titre", "EAFC", "26A", "78"),
            "dispositif n° 26A, module n° 78",
            "EAFC, dispositif n° 26A, module n° 78",
        ),
    ],
)
def test_what_is_not_told_is_not_printed(scheme, numbers, references):
    assert (scheme.numbers, scheme.references) == (numbers, references)


@pytest.mark.parametrize("number", ["", "7", "26A0290123", "26-A 029/01.2_3", "9" * LONGEST_NUMBER])
def test_a_number_is_typed_as_training_software_writes_it(number):
    check_number(number, "number")


@pytest.mark.parametrize("number", ["n° 26", "26--A", "-26", "26 ", "26é", "٢٦", "9" * (LONGEST_NUMBER + 1)])
def test_a_number_is_typed_alone(number):
    with pytest.raises(RuleBroken, match="sans « n° » : chiffres, lettres et tirets, 20 signes au plus") as refusal:
        check_number(number, "module")
    assert refusal.value.field == "module"
