"""How long it takes, estimated: known distances, within a few kilometres."""

import pytest

from collectifs.composition.domain.travel import Minutes, Place, crow_km, imported, minutes_between, minutes_of

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


@pytest.mark.parametrize(
    ("road", "minutes"),
    [(0, 3), (2, 6), (5, 10.5), (5.5, 11), (65, 70.5)],  # 40 km/h for five kilometres, then 60 km/h; three to leave
)
def test_the_first_five_kilometres_are_slow(road: float, minutes: float):
    assert minutes_of(road) == pytest.approx(minutes)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((0, 0), (0, 1), 111.2),
        ((60, 0), (60, 1), 55.6),  # half as long at sixty degrees
        ((0, 0), (1, 0), 111.2),
        ((90, 0), (-90, 0), 20_015),
        ((45, 0), (45, 0), 0),
    ],
)
def test_a_degree_of_longitude_is_shorter_away_from_the_equator(one, other, km):
    assert crow_km(Place("a", *one), Place("b", *other)) == pytest.approx(km, rel=1e-3)


def test_minutes_are_read_by_row_then_by_column():
    one, other, third = (Place(code, 0, 0) for code in "abc")
    table = {("a", "b"): 12.5, ("b", "a"): 40.0, ("b", "c"): 7.0}

    def travel(here: Place, there: Place) -> float:
        return table.get((here.insee, there.insee), 1.0)

    known = Minutes.reckoned([one, other, third], travel)
    again = Minutes.read(known.codes, known.kept())
    for found in (known, again):
        assert [found.between(*way) for way in ((one, other), (other, one), (other, third))] == [12.5, 40.0, 7.0]
    assert again.between(Place("x", 0, 0), one) == minutes_between(Place("x", 0, 0), one)
    assert again.between(one, Place("x", 0, 0)) == minutes_between(Place("x", 0, 0), one)


def test_a_measured_journey_stands_for_both_ways_unless_each_was_measured():
    one, other = Place("a", 0, 0), Place("b", 0, 1)
    both = imported(minutes_between, {("a", "b"): 12.0, ("b", "a"): 40.0, ("a", "a"): 99.0})
    assert (both(one, other), both(other, one), both(one, one)) == (12, 40, 6)
    assert imported(minutes_between, {("b", "a"): 0.0})(one, other) == 0
