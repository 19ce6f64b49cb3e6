"""What a password must be worth."""

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.people.domain.sign_in import check_password

ABOUT = ("Maud", "Le", "Bihan", "maud", "le", "bihan", "val", "de", "brume", "example")


FIGURES = "123456789012345"  # fifteen: 49,8 bits


@pytest.mark.parametrize(
    "password",
    [
        "Tr0ub4d&r",
        "cheval agrafe pile correcte",
        "Éléphant bleu 7",
        "a1!B2?c3",
        "x" * 3 + "Yz9!kQ2w" + "m" * 189,
        FIGURES + "6",
        "abcde" * 3,
    ],
)
def test_a_password_worth_its_bits_is_taken(password):
    check_password(password, ABOUT)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "plus long"),
        ("aB3!xyz", "plus long"),
        ("motdepass", "plus long"),
        (FIGURES, "plus long"),
        ("12-34-56-", "plus long"),  # nine figures and signs: 49,99 bits
        ("aaaaaaaaaaaaaaaaaaaa", "plus long"),
        ("abcd" * 4, "plus long"),  # of four letters alone
        ("Bihan-2027-Rentrée", "sans votre nom"),
        ("Maud-2027-Rentrée", "sans votre nom"),
        ("une BRUME épaisse 12", "sans votre nom"),
        ("x" * 150 + "Yz9!k" + "m" * 46, "200 caractères au plus"),
    ],
)
def test_a_weak_password_is_refused_beside_its_field(password, why):
    with pytest.raises(RuleBroken) as refusal:
        check_password(password, ABOUT)
    assert why in refusal.value.sentence
    assert refusal.value.field == "password"
