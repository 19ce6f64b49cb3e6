"""How long it takes, estimated: known distances, within a few kilometres."""

import pytest

from collectifs.composition.domain.travel import Place, crow_km, minutes_between

TONNEINS = Place("47310", 44.38951, 0.31137)
MARMANDE = Place("47157", 44.49918, 0.16586)
BREST = Place("29019", 48.39169, -4.48454)


def test_as_the_crow_flies():
    assert crow_km(TONNEINS, MARMANDE) == pytest.approx(16.8, abs=0.5)
    assert crow_km(TONNEINS, BREST) == crow_km(BREST, TONNEINS) == pytest.approx(582, abs=8)


def test_minutes_are_those_of_the_comparison():
    road = crow_km(TONNEINS, MARMANDE) * 1.3
    assert minutes_between(TONNEINS, MARMANDE) == pytest.approx(3 + 7.5 + (road - 5))
    near = Place("47001", 44.3995, 0.31137)
    assert minutes_between(TONNEINS, near) == pytest.approx(3 + crow_km(TONNEINS, near) * 1.3 / 40 * 60)


def test_inside_a_commune_six_minutes_even_between_two_schools():
    assert minutes_between(BREST, Place("29019", 48.40, -4.50)) == 6
