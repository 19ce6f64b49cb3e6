"""What is set aside for another time: something, in a line or two, while the season lives."""

from datetime import date

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.live.domain.parking import check_parked, check_series_lives


@pytest.mark.parametrize("text", ["Plus tard", "x" * 300])
def test_a_line_or_two_are_set_aside(text: str) -> None:
    check_parked(text)


@pytest.mark.parametrize(
    ("text", "why"), [("", "Écrivez ce que"), (" ", "Écrivez ce que"), ("x" * 301, "tient en 300 caractères")]
)
def test_nothing_and_too_much_are_refused_beside_their_field(text: str, why: str) -> None:
    with pytest.raises(RuleBroken, match=why) as refused:
        check_parked(text)
    assert refused.value.field == "parked"


def test_nothing_is_added_once_the_season_is_over() -> None:
    check_series_lives(2026, date(2027, 8, 31))
    with pytest.raises(RuleBroken, match="La saison est finie") as refused:
        check_series_lives(2026, date(2027, 9, 1))
    assert refused.value.field == "parked"
