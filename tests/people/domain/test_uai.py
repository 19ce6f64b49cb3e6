"""The letter of a UAI code checks its seven figures."""

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.people.domain.uai import check_letter, check_uai, normal_uai


@pytest.mark.parametrize("code", ["0010856A", "0751234J", "0750655E", "0750654D", ""])
def test_a_right_code_passes(code: str) -> None:
    check_uai(code)


@pytest.mark.parametrize("code", ["0010856B", "0750655D", "0010865A"])
def test_a_letter_that_does_not_go_with_its_figures_is_refused(code: str) -> None:
    with pytest.raises(RuleBroken, match="La lettre de ce code ne va pas avec ses chiffres") as refusal:
        check_uai(code)
    assert refusal.value.field == "uai"


@pytest.mark.parametrize("code", ["10856A", "00108560", "00108560A", "0010856É", "٠٠١٠٨٥٦A"])
def test_another_shape_is_refused_with_an_example(code: str) -> None:
    with pytest.raises(RuleBroken, match="sept chiffres et une lettre, par exemple 0751234J"):
        check_uai(code)


def test_spaces_and_small_letters_are_forgiven() -> None:
    assert normal_uai(" 075 1234-j ") == "0751234J"
    assert check_letter("0751234") == "J"
