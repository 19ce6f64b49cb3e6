"""Whom a collective welcomes, what keeps a draft from being published: sizes to the person, and who goes first."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from collectifs.composition.domain.moving import (
    Standing,
    cost_of,
    effects,
    hard_faults,
    proposals,
    welcomed,
    welcomes,
    why_not,
)
from collectifs.composition.domain.people import Candidate, CannotCompose, Territory, Wishes
from collectifs.composition.domain.score import Weights, described
from collectifs.composition.domain.travel import Place
from collectifs.people.domain.person import Degree


def minutes(one: Place, other: Place) -> float:
    """A road on which degrees are minutes; six minutes inside a commune."""
    return 6.0 if one == other else abs(one.lat - other.lat)


def somebody(id_: str, at: float = 0, *, pilots: bool = True) -> Candidate:
    return Candidate(id_, Place(str(at), at, 0.0), Degree.FIRST, is_new=True, pilots=pilots)


def standing(*sizes: int, apart: Sequence[frozenset[str]] = (), more: Sequence[Candidate] = ()) -> Standing:
    """A, B, C…: so many people each, twenty minutes from one another."""
    groups = {chr(ord("A") + place): [f"{place}.{n}" for n in range(size)] for place, size in enumerate(sizes)}
    people = [somebody(each, 20 * place) for place, ids in enumerate(groups.values()) for each in ids]
    return Standing(Territory((*people, *more), Wishes(apart=frozenset(apart)), minutes), groups)


@pytest.mark.parametrize(
    ("size", "refused"),
    [
        (5, "Il faut de six à dix personnes : il y en a 5."),
        (6, ""),
        (10, ""),
        (11, "Il faut de six à dix personnes : il y en a 11."),
        (0, "Il faut de six à dix personnes : il y en a 0."),
    ],
)
def test_a_collective_of_six_to_ten_can_be_published(size: int, refused: str) -> None:
    assert hard_faults(standing(size)).get("A", "") == refused


def test_a_collective_that_nobody_may_pilot_cannot_be_published() -> None:
    people = tuple(somebody(str(each), pilots=False) for each in range(6))
    found = hard_faults(Standing(Territory(people), {"A": [each.id for each in people]}))
    assert found == {"A": "Aucune de ces personnes ne peut piloter ce collectif."}


@pytest.mark.parametrize(
    ("size", "apart", "refused"),
    [
        (9, (), ""),
        (10, (), "Dix personnes y sont déjà : c’est le maximum."),
        (9, (frozenset({"0.0", "1.8"}),), "Un souhait que personne ne lit s’y oppose."),
        (9, (frozenset({"0.0", "0.1"}), frozenset({"0.1", "1.8"})), ""),
    ],
)
def test_why_somebody_cannot_be_moved_there(size: int, apart: Sequence[frozenset[str]], refused: str) -> None:
    assert why_not(standing(6, size, apart=apart), "0.0", "B") == refused


def test_a_wish_to_be_kept_apart_is_about_others_not_about_oneself() -> None:
    found = standing(6, 6, apart=[frozenset({"0.0", "1.0"})])
    assert not found.is_kept_from("0.0", "A")
    assert found.is_kept_from("0.0", "B")
    assert found.is_kept_from("1.0", "A")


def test_moves_stand_the_best_first_and_those_that_are_refused_at_the_end() -> None:
    found = effects(standing(7, 10, 7, 7), "0.0", Weights())
    assert [(each.code, bool(each.refused)) for each in found] == [("C", False), ("D", False), ("B", True)]
    assert [(each.before, each.after) for each in found] == [(6, 40), (6, 60), (6, 20)]
    assert found[0].gain == pytest.approx(40**2 - 6**2)
    assert (found[0].others, found[0].met, found[0].split) == ((), (), ())


@pytest.mark.parametrize(
    ("together", "met", "split", "gain"),
    [
        ((), (), (), 0),
        (("1.0",), ("1.0",), (), -1),
        (("0.1", "0.2"), (), ("0.1", "0.2"), 2),
        (("0.1", "1.3", "1.0"), ("1.0", "1.3"), ("0.1",), -1),
    ],
)
def test_whoever_is_joined_or_left_against_a_wish_weighs_as_much_as_a_pair_that_is_split(
    together: Sequence[str], met: tuple[str, ...], split: tuple[str, ...], gain: int
) -> None:
    plain = standing(7, 7)
    wishes = Wishes(together=frozenset(frozenset({"0.0", each}) for each in together))
    found = Standing(Territory(plain.territory.people, wishes, minutes), plain.groups)
    [effect] = effects(found, "0.0", Weights(split=10_000))
    assert (effect.met, effect.split) == (met, split)
    assert effect.gain == pytest.approx(20**2 - 6**2 + gain * 10_000)


def test_others_are_named_from_a_minute_on_those_whose_journey_grows_the_most_first() -> None:
    """B meets at « p »; with somebody who comes from « r » it meets at « q »."""
    table = {"pp": 6, "qp": 10, "mp": 20, "np": 20, "rp": 20, "pq": 10, "qq": 6, "mq": 21, "nq": 20.9, "rq": 10}

    def travel(one: Place, other: Place) -> float:
        return table.get(one.insee + other.insee, 60)

    who = {"A": ["r0", "r1"], "B": ["p0", "p1", "p2", "q0", "q1", "q2", "m0", "n0"]}
    people = [Candidate(each, Place(each[0], 0, 0), Degree.FIRST, is_new=True) for ids in who.values() for each in ids]
    [effect] = effects(Standing(Territory(tuple(people), travel=travel), who), "r0", Weights())
    assert (effect.there.venue.insee, effect.enters.venue.insee) == ("p", "q")
    assert [each.id for each in effect.others] == ["p0", "p1", "p2", "m0", "q0", "q1", "q2"]
    assert [(each.before, each.after) for each in effect.others[2:5]] == [(6, 10), (20, 21), (10, 6)]


def test_nothing_costs_nothing() -> None:
    assert cost_of(None, Weights()) == 0
    weights = Weights(alone=1, one_sided=10, half_day=100, no_pilot=1_000)
    alone = described([somebody("a", pilots=False)], minutes)
    assert cost_of(alone, weights) == 36 + 2 * 1 + 2 * 10 + 1_000
    assert cost_of(described([somebody("a")], minutes), weights) == 36 + 2 * 1 + 2 * 10
    two = [replace(somebody(day), half_days=frozenset(day)) for day in "ab"]
    assert cost_of(described(two, minutes), weights) == 2 * 36 + 2 * 10 + 100


def test_a_newcomer_is_welcomed_where_it_costs_the_least_and_there_is_room() -> None:
    newcomer = somebody("new", 20)
    found = welcomes(standing(7, 10, 8, 9, 6), newcomer, Weights())
    assert [code for _, code, _ in found] == ["A", "C", "D", "E"]
    assert [cost for cost, _, _ in found] == [20**2, 20**2, 40**2, 60**2]
    assert all("new" in group.ids for _, _, group in found)
    assert [code for code, _ in proposals(standing(7, 10, 8, 9, 6), newcomer, Weights())] == ["A", "C", "D"]
    assert [code for code, _ in proposals(standing(7, 8), newcomer, Weights(), 1)] == ["B"]


def test_whoever_stands_in_none_joins_the_nearest_that_has_room() -> None:
    more = [somebody("x", 19), somebody("y", 19), somebody("z", 30)]
    found = welcomed(standing(6, 9, 8, more=more).territory, {**standing(6, 9, 8).groups, "D": ()})
    assert [group[size:] for group, size in zip(found, (6, 9, 8), strict=True)] == [["y"], ["x"], ["z"]]
    with pytest.raises(CannotCompose, match="complets : recomposez"):
        welcomed(standing(10, more=more).territory, standing(10).groups)


def test_of_two_collectives_equally_far_the_first_is_joined() -> None:
    more = [somebody("x", 10)]
    assert welcomed(standing(7, 6, more=more).territory, standing(7, 6).groups)[0][-1] == "x"
