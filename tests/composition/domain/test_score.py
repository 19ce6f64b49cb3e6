"""What a collective costs: the fairest place to meet, who may pilot, which half-days suit, what each fault weighs."""

from dataclasses import replace

import pytest

from collectifs.composition.domain.people import Candidate, Territory, Wishes
from collectifs.composition.domain.score import Parts, Weights, described, is_under, may_pilot, parts_of, suiting
from collectifs.composition.domain.travel import Place
from collectifs.people.domain.person import Degree

FIRST, SECOND = Degree.FIRST, Degree.SECOND


def minutes(one: Place, other: Place) -> float:
    """A road on which degrees are minutes; six minutes inside a commune."""
    return 6.0 if one == other else abs(one.lat - other.lat)


def somebody(id_: str, at: float = 0, degree: Degree = FIRST, **is_: object) -> Candidate:
    return Candidate(id_, Place(f"{at:02}", at, 0.0), degree, **{"is_new": False, **is_})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "venue"),
    [
        ([0, 0, 40], 0),
        ([0, 40, 40], 40),
        ([0, 20, 40], 20),  # nobody has forty minutes
        ([0, 0, 10, 20, 40], 10),  # by squares: by cubes it would be 20
        ([0, 40], 0),  # as fair: always the same
        ([40, 0], 0),
    ],
)
def test_they_meet_where_the_squares_of_their_minutes_add_up_to_the_least(at: list[int], venue: int) -> None:
    found = described([somebody(str(n), each) for n, each in enumerate(at)], minutes)
    assert found.venue.lat == venue
    assert found.minutes == tuple(6 if each == venue else abs(each - venue) for each in at)
    assert found.ids == tuple(map(str, range(len(at))))


@pytest.mark.parametrize(
    ("degrees", "new", "alone", "one_sided"),
    [
        ("1122", "0011", 0, 0),
        ("1222", "0011", 1, 0),
        ("1112", "0111", 2, 0),
        ("1111", "0011", 0, 1),
        ("2222", "1111", 0, 2),
        ("1222", "0000", 1, 1),
    ],
)
def test_whoever_is_alone_of_a_side_and_each_side_that_is_missing_are_faults(
    degrees: str, new: str, alone: int, one_sided: int
) -> None:
    people = [
        somebody(str(n), degree=FIRST if degree == "1" else SECOND, is_new=beginner == "1")
        for n, (degree, beginner) in enumerate(zip(degrees, new, strict=True))
    ]
    assert (described(people, minutes).alone, described(people, minutes).one_sided) == (alone, one_sided)


@pytest.mark.parametrize(
    ("days", "suit", "shut_out"),
    [
        (["", "", ""], (), 0),
        (["ab", "b", ""], ("b",), 0),
        (["ab", "ba", "c"], ("a", "b"), 1),
        (["a", "b", "c", ""], ("a", "b", "c"), 2),
    ],
)
def test_the_half_days_that_suit_the_most_and_how_many_they_shut_out(
    days: list[str], suit: tuple[str, ...], shut_out: int
) -> None:
    people = [somebody(str(n), half_days=frozenset(each)) for n, each in enumerate(days)]
    assert suiting(people) == (suit, shut_out)
    assert (described(people, minutes).half_days, described(people, minutes).shut_out) == (suit, shut_out)


CHIEF = somebody("chief", pilots=True, supervises="C1", circonscription="C1")


@pytest.mark.parametrize(
    ("member", "under"),
    [
        (somebody("a", circonscription="C1"), True),
        (somebody("a", circonscription="C2"), False),
        (somebody("a"), False),
        (somebody("a", degree=SECOND, circonscription="C1"), False),
        (CHIEF, False),
    ],
)
def test_who_supervises_the_circonscription_of_a_member_of_the_first_degree_is_over_them(
    member: Candidate, under: bool
) -> None:
    assert is_under(member, CHIEF) is under
    assert may_pilot(CHIEF, [CHIEF, member]) is not under
    assert is_under(member, somebody("b", pilots=True)) is False
    assert may_pilot(replace(CHIEF, pilots=False), [CHIEF, member]) is False


def test_a_draft_is_recounted_from_nothing() -> None:
    people = [somebody(str(n), degree=SECOND, pilots=n == 0, is_new=n % 2 == 0) for n in range(8)]
    pairs = [frozenset("01"), frozenset("04"), frozenset("25")], [frozenset("23"), frozenset("37"), frozenset("46")]
    groups = [described(people[:4], minutes), described(people[4:], minutes)]
    found = parts_of(groups, Territory(tuple(people), Wishes(*map(frozenset, pairs))))
    assert found == Parts(minutes=8 * 36, alone=0, one_sided=2, split=2, apart=2, no_pilot=1, shut_out=0)
    weights = Weights(alone=1, one_sided=10, split=100, apart=1_000, no_pilot=10_000, half_day=100_000)
    assert Parts(0.5, 1, 2, 3, 4, 5, 6).total(weights) == 654_321.5
    assert [group.may_pilot for group in groups] == [("0",), ()]
