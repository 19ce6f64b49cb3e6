"""Ways over neighbouring communes: a barrier is gone around, an island is a crossing, a measured journey wins."""

from math import inf
from typing import NamedTuple

import pytest

from collectifs.composition.domain.paths import CROSSING_MIN, minutes_by_road, minutes_over, ways_from
from collectifs.composition.domain.travel import LONGER, Minutes, Place, crow_km, imported, minutes_between, minutes_of


class Commune(NamedTuple):
    place: Place
    neighbours: list[str]


# Two shores, five communes long; they touch in mid-water all along, and a bridge stands at the end.
NORTH = [Place(f"n{each}", 45.10, each / 10) for each in range(5)]
SOUTH = [Place(f"s{each}", 45.00, each / 10) for each in range(5)]
ISLAND = Place("i", 45.05, -0.5)
NEAR = {
    f"{shore}{each}": [f"{shore}{beside}" for beside in (each - 1, each + 1) if 0 <= beside < 5]
    + [f"{'s' if shore == 'n' else 'n'}{each}"]
    for shore in "ns"
    for each in range(5)
}
KNOWN = {each.insee: Commune(each, NEAR.get(each.insee, [])) for each in (*NORTH, *SOUTH, ISLAND)}
WATER = (frozenset({"n0", "n1", "n2", "n3"}), frozenset({"s0", "s1", "s2", "s3"}))


def test_without_a_barrier_one_goes_straight_and_with_it_over_the_bridge():
    straight = ways_from("n0", ["s0"], KNOWN)["s0"]
    around = ways_from("n0", ["s0"], KNOWN, [WATER])["s0"]
    assert straight == pytest.approx(crow_km(NORTH[0], SOUTH[0]))
    assert around > 2 * crow_km(NORTH[0], NORTH[4])


def test_a_way_of_more_than_two_hundred_and_fifty_kilometres_is_none():
    line = [Place(str(each), 45.0 + each, 0.0) for each in range(4)]  # 111 km from one to the next
    known = {each.insee: Commune(each, [str(number - 1), str(number + 1)]) for number, each in enumerate(line)}
    found = ways_from("0", ["0", "2", "3"], known)
    assert {code: round(way) for code, way in found.items()} == {"0": 0, "2": 222}


def test_from_a_commune_that_is_on_no_list_no_way_is_known():
    assert ways_from("x", ["x", "n0"], KNOWN) == {"x": 0}


def test_the_longer_of_crow_and_way_stands():
    assert minutes_over(10, 8) == minutes_of(10 * LONGER)
    assert minutes_over(10, 40) == minutes_of(40 * 1.05)
    assert minutes_over(10, inf) == minutes_of(10 * LONGER) + CROSSING_MIN


def test_an_island_is_far_from_everybody_but_itself():
    found = minutes_by_road([NORTH[0], ISLAND], KNOWN)
    assert found.between(ISLAND, ISLAND) == 6
    assert found.between(NORTH[0], ISLAND) > minutes_between(NORTH[0], ISLAND) + CROSSING_MIN - 0.01


def test_minutes_are_kept_as_bytes_and_read_again_the_same():
    found = minutes_by_road(NORTH, KNOWN, [WATER])
    again = Minutes.read(found.codes, found.kept())
    assert again.between(NORTH[0], NORTH[3]) == found.between(NORTH[0], NORTH[3])
    stranger = Place("x", 45.2, 0.1)
    assert again.between(NORTH[0], stranger) == minutes_between(NORTH[0], stranger)


def test_a_measured_journey_is_taken_both_ways_and_the_others_stay_estimated():
    travel = imported(minutes_between, {("n0", "s0"): 51.0})
    assert travel(NORTH[0], SOUTH[0]) == travel(SOUTH[0], NORTH[0]) == 51
    assert travel(NORTH[0], NORTH[1]) == minutes_between(NORTH[0], NORTH[1])
    assert travel(NORTH[0], NORTH[0]) == 6
