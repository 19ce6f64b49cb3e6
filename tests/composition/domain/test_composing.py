"""A draft: nobody lost nor twice, six to ten a collective, near, mixed, somebody who may pilot; the same twice."""

from collections import Counter
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collectifs.composition.domain.aims import MIXED_FIRST, weights_of
from collectifs.composition.domain.annealing import SLICES, Search, Sought, compose, neighbours, usual_moves
from collectifs.composition.domain.people import (
    LEAST,
    MOST,
    Candidate,
    CannotCompose,
    Territory,
    Wishes,
    number_of_groups,
)
from collectifs.composition.domain.places import Places, halved
from collectifs.composition.domain.score import Parts, Weights, described, may_pilot, parts_of, suiting
from collectifs.composition.domain.travel import Place
from collectifs.people.domain.person import Degree

FIRST, SECOND = Degree.FIRST, Degree.SECOND
HERE = Place("1", 44.0, 0.0)


def somebody(id_: object, place: Place = HERE, degree: Degree = FIRST, **is_: object) -> Candidate:
    return Candidate(str(id_), place, degree, **{"is_new": False, **is_})


DAYS = ("mon-pm", "tue-pm", "wed-am", "wed-pm")


def a_land(number: int, seed: int, *, pilots: float = 0.2, pairs: int = 0, half_days: bool = False) -> Territory:
    """People drawn on thirty communes; pairs wanted and pairs kept apart, none of them both."""
    chance = Random(seed)
    places = [Place(str(each), 44 + chance.random(), chance.random()) for each in range(30)]
    people = tuple(
        somebody(
            each,
            chance.choice(places),
            chance.choice((FIRST, SECOND)),
            is_new=chance.random() < 0.45,
            pilots=chance.random() < pilots,
            circonscription=chance.choice(("C1", "C2")),
            supervises=chance.choice(("", "", "", "C1")),
            half_days=frozenset(chance.sample(DAYS, chance.randrange(5))) if half_days else frozenset(),
        )
        for each in range(number)
    )
    drawn = [frozenset(map(str, chance.sample(range(number), 2))) for _ in range(2 * pairs)]
    return Territory(people, Wishes(frozenset(drawn[:pairs]), frozenset(drawn[pairs:]) - frozenset(drawn[:pairs])))


@settings(max_examples=60, deadline=None)
@given(number=st.integers(LEAST, 90), seed=st.integers(0, 10_000), pairs=st.integers(0, 6))
def test_whoever_comes_nobody_is_lost_or_twice_and_every_collective_has_six_to_ten(number, seed, pairs):
    assume(number != 11)
    land = a_land(number, seed, pairs=pairs)
    draft = compose(land, seed=seed, moves=1_500)
    assert Counter(each for group in draft.groups for each in group.ids) == Counter(each.id for each in land.people)
    assert all(LEAST <= len(group.ids) <= MOST for group in draft.groups)
    assert draft.parts == parts_of(draft.groups, land)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_sums_that_are_kept_are_those_that_one_counts_in_the_end(seed):
    land = a_land(50, seed, pairs=4, half_days=True)
    groups = halved(land.people, range(50), number_of_groups(land.people))
    places = Places(land, groups, Weights())
    found = tuple(described([land.people[each] for each in group.people]) for group in places.groups)
    assert places.total == pytest.approx(parts_of(found, land).total(Weights()))


@pytest.mark.parametrize(
    ("people", "moves"),
    [(8, 80_000), (60, 600_000), (200, 600_000), (300, 900_000), (900, 2_700_000), (1_500, 2_700_000)],
)
def test_few_people_are_looked_at_longer_and_nobody_waits_for_ever(people, moves):
    assert usual_moves(people) == moves


def test_each_is_near_the_thirty_two_who_are_nearest_and_somebody_alone_is_near_themselves():
    line = [Place(f"{each:02}", 44 + each / 100, 0.0) for each in range(40)]
    land = Territory(tuple(somebody(each.insee, each) for each in line))
    near = neighbours(Places(land, [range(each, each + 10) for each in (0, 10, 20, 30)], Weights()))
    assert near[0] == list(range(1, 33))
    assert near[39] == list(range(38, 6, -1))
    assert sorted(near[20]) == [each for each in range(4, 37) if each != 20]
    assert neighbours(Places(Territory((somebody(1),)), [[0]], Weights())) == [[0]]


def test_the_same_people_seed_and_moves_give_the_same_draft():
    land = a_land(60, 3, pairs=3)
    assert compose(land, seed=5, moves=4_000) == compose(land, seed=5, moves=4_000)
    assert compose(land, seed=6, moves=4_000).groups != compose(land, seed=5, moves=4_000).groups


def test_looking_longer_never_makes_it_worse_than_the_beginning():
    land = a_land(80, 11, pairs=5)
    begun, found = compose(land, moves=0), compose(land, moves=40_000)
    assert found.parts.total(Weights()) < begun.parts.total(Weights())


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_what_moves_change_is_what_one_counts_in_the_end(seed):
    land = a_land(40, seed, pairs=4, half_days=True)
    search = Search(land, Sought(seed, moves=3_000))
    walk = search.go_on(search.begin())
    kept = search.places.total
    search.places.settle(walk.groups)
    assert search.places.total == pytest.approx(kept)


def test_whoever_is_stopped_goes_on_to_the_same_draft():
    land, sought = a_land(60, 3, pairs=3, half_days=True), Sought(5, moves=4_000)
    search = Search(land, sought)
    walk = search.begin()
    for _ in range(SLICES // 2):
        walk = search.go_on(walk)
    another = Search(land, sought)  # a worker that knows but what was written
    while not walk.is_over:
        walk = another.go_on(walk)
    assert another.draft(walk) == compose(land, seed=5, moves=4_000)


def test_whoever_is_pinned_stays_and_the_others_are_composed_around_them():
    land = a_land(60, 4)
    begun = tuple(group.ids for group in compose(land, seed=1, moves=200).groups)
    pinned = frozenset({begun[0][0], begun[3][2]})
    search = Search(land, Sought(2, moves=20_000, begun=begun, pinned=pinned))
    walk = search.begin()
    while not walk.is_over:
        walk = search.go_on(walk)
    found = search.draft(walk)
    assert begun[0][0] in found.groups[0].ids
    assert begun[3][2] in found.groups[3].ids
    assert {frozenset(group.ids) for group in found.groups} != {frozenset(ids) for ids in begun}


def test_with_everybody_pinned_nothing_changes():
    land = a_land(30, 4)
    begun = tuple(group.ids for group in compose(land, seed=1, moves=200).groups)
    search = Search(land, Sought(moves=2_000, begun=begun, pinned=frozenset(each.id for each in land.people)))
    assert [set(group) for group in search.go_on(search.begin()).groups] == [
        {next(n for n, each in enumerate(land.people) if each.id == id_) for id_ in group} for group in begun
    ]


def test_a_half_day_that_suits_all_is_looked_for_and_an_empty_answer_shuts_nobody_out():
    days = ("mon-am", "wed-pm")
    people = tuple(
        somebody(each, degree=(FIRST, SECOND)[each % 2], is_new=each % 4 < 2, pilots=True, half_days=days_of)
        for each in range(16)
        for days_of in [frozenset() if each in (3, 8) else frozenset({days[each // 2 % 4 // 2]})]
    )
    draft = compose(Territory(people), moves=6_000)
    assert draft.parts.shut_out == 0
    assert {group.half_days for group in draft.groups} == {("mon-am",), ("wed-pm",)}


@given(st.lists(st.frozensets(st.sampled_from("abcd")), min_size=6, max_size=10), st.sampled_from("abcd"))
def test_ticking_one_half_day_more_never_makes_a_collective_suit_less(answers, more):
    before = suiting([somebody(each, half_days=days) for each, days in enumerate(answers)])[1]
    fuller = [answers[0] | {more} if answers[0] else answers[0], *answers[1:]]
    assert suiting([somebody(each, half_days=days) for each, days in enumerate(fuller)])[1] <= before


def test_a_land_that_can_be_composed_well_has_no_fault():
    found = compose(a_land(64, 2, pilots=0.4), moves=60_000, weights=weights_of(MIXED_FIRST)).parts
    assert (found.alone, found.one_sided, found.split, found.apart, found.no_pilot) == (0, 0, 0, 0, 0)


def test_two_who_asked_for_it_are_together_however_far_and_two_others_never():
    near = [somebody(each, pilots=True, is_new=each % 2 == 0, degree=(FIRST, SECOND)[each % 2]) for each in range(16)]
    land = Territory(tuple(near), Wishes(frozenset({frozenset({"0", "15"})}), frozenset({frozenset({"1", "2"})})))
    for seed in range(3):
        where = {
            each: place
            for place, group in enumerate(compose(land, seed=seed, moves=9_000).groups)
            for each in group.ids
        }
        assert where["0"] == where["15"]
        assert where["1"] != where["2"]


def test_somebody_of_the_hierarchy_pilots_no_member_of_theirs():
    chief = somebody("chief", pilots=True, supervises="C1", circonscription="C9")
    theirs, others = somebody("a", circonscription="C1"), somebody("b", circonscription="C2")
    of_second = somebody("c", degree=SECOND, circonscription="C1")
    assert may_pilot(chief, [chief, others, of_second])
    assert not may_pilot(chief, [chief, theirs])
    assert not may_pilot(theirs, [theirs, others])  # does not volunteer


def test_what_a_collective_costs_is_seen_in_its_parts():
    far = Place("2", 44.5, 0.0)
    group = described([somebody(1, is_new=True), somebody(2), somebody(3), somebody(4, far)])
    assert group.venue == HERE
    assert (group.alone, group.one_sided) == (1, 1)  # the new one; nobody of the second degree
    assert [round(each) for each in group.minutes] == [6, 6, 6, 78]


def test_parts_weigh_what_they_are_said_to():
    parts = Parts(minutes=10, alone=1, one_sided=1, split=1, apart=1, no_pilot=1)
    assert parts.total(Weights()) == 10 + 1_500 + 2_400 + 1_500 + 5_000 + 50_000


@pytest.mark.parametrize(
    ("people", "pilots", "groups"),
    [
        *[(6, 2, 1), (10, 2, 1), (12, 4, 2), (300, 60, 38), (300, 33, 33), (40, 1, 4)],
        *[(8, 0, 1), (19, 0, 2), (20, 0, 3), (28, 0, 4), (17, 0, 2), (30, 1, 3), (40, 8, 5), (13, 1, 2)],
    ],
)
def test_how_many_collectives(people, pilots, groups):
    assert number_of_groups([somebody(each, pilots=each < pilots) for each in range(people)]) == groups


@pytest.mark.parametrize(
    ("people", "together", "apart", "refused"),
    [
        ([1, 2, 3, 4, 5], [], [], "^Il faut au moins 6 personnes pour un collectif : il y en a 5"),
        ([1, 1, 2, 3, 4, 5], [], [], "deux fois dans la liste"),
        (range(11), [], [], "^11 personnes ne font ni un collectif de 10, ni deux de 6"),
        ([1, 2, 3, 4, 5, 6], [["1", "9"]], [], "Un souhait nomme une personne qui n’est pas dans la liste"),
        ([1, 2, 3, 4, 5, 6], [], [["1"]], "ou la même deux fois"),
        ([1, 2, 3, 4, 5, 6], [["1", "2", "3"]], [], "Un souhait nomme"),
        ([1, 2, 3, 4, 5, 6], [["1", "2"]], [["2", "1"]], "à la fois à réunir et à séparer"),
    ],
)
def test_what_cannot_be_composed_says_so(people, together, apart, refused):
    wishes = Wishes(frozenset(map(frozenset, together)), frozenset(map(frozenset, apart)))
    with pytest.raises(CannotCompose, match=refused):
        compose(Territory(tuple(somebody(each) for each in people), wishes))


@pytest.mark.parametrize("all_", [{"degree": SECOND}, {"is_new": True}, {"pilots": False}])
def test_everybody_of_one_kind_is_composed_all_the_same(all_):
    draft = compose(Territory(tuple(somebody(each, **all_) for each in range(20))), moves=500)
    assert sum(len(group.ids) for group in draft.groups) == 20


def test_progress_is_told():
    heard: list[float] = []
    compose(a_land(12, 1), moves=800, told=heard.append)
    assert heard[-1] == 1
    assert heard == sorted(heard)
