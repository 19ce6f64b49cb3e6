"""After the search: hard rules that do not hold are mended one by one, and the longest journeys are shortened."""

from collections.abc import Sequence

import pytest

from collectifs.composition.domain.mending import broken, mend
from collectifs.composition.domain.places import Places
from collectifs.composition.domain.score import Weights
from collectifs.composition.domain.shortening import longest, shorten
from tests.composition.domain.test_wording import standing

LED, UNLED = "1xp 1n 2x 2n 2x 1n", "1x 1n 2x 2n 2x 1n"
THERE = f"{LED.replace(' ', '@40 ')}@40"
NEAR, FAR = "1xp 1n 2x 2n 2x 2n 1xp 1n", "1xp@40 1n@40 2x@40 2n@40 2x@40 2n@40 1xp@40 1n@40"


def looked_for(*groups: str, **wishes: Sequence[str]) -> tuple[Places, list[str]]:
    """Collectives A, B… as a search left them; and everybody's id by number."""
    found = standing(*groups, **wishes)
    ids = [each.id for each in found.territory.people]
    number = {id_: place for place, id_ in enumerate(ids)}
    return Places(found.territory, [[number[id_] for id_ in each] for each in found.groups.values()], Weights()), ids


def stand(places: Places, ids: list[str]) -> list[list[str]]:
    """Who stands where, each group and each person agreeing about it."""
    for number, group in enumerate(places.groups):
        assert {places.group_of[each] for each in group.people} == {number}
    return [sorted(ids[each] for each in group.people) for group in places.groups]


def moved(places: Places, ids: list[str]) -> list[str]:
    """Who does not stand in the collective of their letter any more."""
    return sorted(each for number, ids_ in enumerate(stand(places, ids)) for each in ids_ if each[0] != "ABC"[number])


@pytest.mark.parametrize(
    ("groups", "wishes", "pinned", "whom"),
    [
        ((LED, LED), {}, "", []),
        ((UNLED, f"{LED} 1xp"), {}, "", ["A0", "B0"]),  # the one who costs the least, for one of the same kind
        ((UNLED, f"{LED} 1xp"), {}, "B0", ["A0", "B6"]),
        ((UNLED, f"{LED} 1xp"), {}, "B0 B6", []),
        ((UNLED, f"{LED} 1xp"), {}, "A0", ["A1", "B0"]),
        ((UNLED, LED), {}, "", []),  # one would be mended and the other broken
        ((UNLED, UNLED), {}, "", []),
        ((UNLED.replace("1x", "1x<C"), f"{LED} 2xp>C"), {}, "", ["A0", "B6"]),
        ((UNLED.replace("1n", "1n<C"), f"{LED} 2xp>C"), {}, "B0", []),  # who supervises two of them may not lead them
        ((f"{LED} 2n@40", THERE), {"apart": ("A3 A6",)}, "", ["A6"]),  # one leaves
        ((f"{LED}@40", THERE), {"apart": ("A3 A5",)}, "", ["A5", "B1"]),  # six stay six
        ((f"{LED} 2n@40", f"{THERE} 2n@40 2n@40 2x@40 2x@40"), {"apart": ("A3 A6",)}, "", ["A6", "B1"]),  # ten stay ten
        ((f"{LED} 2n@40", f"{THERE} 2n@40 2n@40 2x@40"), {"apart": ("A3 A6",)}, "", ["A6"]),
        ((LED, LED), {"apart": ("A3 A5", "A3 B1", "A5 B2")}, "A3", ["A5", "B2"]),
        ((f"{LED} 2n", LED), {"apart": ("A3 A6",)}, "", ["A3", "B1"]),
        ((f"{LED} 2n", LED), {"apart": ("A3 A6",), "together": ("A3 A4",)}, "", ["A6", "B1"]),
        ((f"{LED}p", UNLED), {"apart": ("A3 A5",)}, "", ["A5", "B0"]),  # one exchange mends both
        ((f"{LED}p@40 2n", f"{UNLED.replace(' ', '@40 ')}@40"), {"apart": ("A3 A5",)}, "A3", ["A5"]),
        ((f"{LED} 2n@40", THERE), {"apart": ("A3 A6",), "together": ("A6 A4",)}, "", ["A6"]),
    ],
)
def test_what_does_not_hold_is_mended_by_whoever_costs_the_least(
    groups: Sequence[str], wishes: dict[str, Sequence[str]], pinned: str, whom: list[str]
) -> None:
    places, ids = looked_for(*groups, **wishes)
    mend(places, [each in pinned.split() for each in ids])
    assert moved(places, ids) == whom


@pytest.mark.parametrize(
    ("people", "apart", "number"),
    [
        ("A0 A1", (), 0),
        ("A1 A2", (), 1),
        ("A0 A1 A2", ("A0 A1",), 1),
        ("A1 A2", ("A1 A2",), 2),
        ("A0 A1 A2", ("A0 A1", "A1 A2", "A2 B0"), 2),
    ],
)
def test_hard_rules_are_counted_by_the_pair_and_by_who_may_lead(people: str, apart: Sequence[str], number: int) -> None:
    places, ids = looked_for(LED, LED, apart=apart)
    assert broken(places, [ids.index(each) for each in people.split()]) == number


@pytest.mark.parametrize(
    ("groups", "wishes", "pinned", "whom"),
    [
        ((f"{NEAR} 1n@40", FAR), {}, "", ["A8"]),  # nine and eight: they go where they are near
        ((f"{NEAR} 1n@40", FAR), {}, "A8", []),
        ((f"{NEAR} 1n@40", f"{FAR} 1n@40 2n@40"), {}, "", []),  # ten are there, and nobody of them is nearer here
        ((f"{NEAR} 1n@40", f"{FAR} 1n@0 2n@40"), {}, "", ["A8", "B8"]),
        ((f"{NEAR} 1n@40", f"{FAR} 1n@0 2n@40"), {}, "B8", []),
        ((f"{NEAR} 1n@25", FAR.replace("40", "25")), {}, "", []),  # twenty-five minutes are not long
        ((f"{NEAR} 1n@26", FAR.replace("40", "26")), {}, "", ["A8"]),
        ((f"{NEAR} 1n@40", FAR), {"together": ("A8 A0",)}, "", []),  # they asked to be together
        ((f"{NEAR} 1n@40", FAR), {"apart": ("A8 B0",)}, "", []),
        ((f"{NEAR} 1n@40", NEAR), {}, "", []),  # it would be as long there
        ((f"{NEAR.replace('p', '')} 1np@40", FAR), {}, "", []),  # nobody would lead those who are left
        (("1xp 1n 1x 1n 1xp 1n 2n 2n@30", FAR.replace("40", "30")), {}, "", []),  # it would cost them their mix
        (("1xp 1n 1x 1n 1xp 1n 2n 2n@40", FAR), {}, "", ["A7"]),
        (("1xp 1n 2x 2n 2x 2n@40", FAR), {}, "", []),  # six stay six
        ((f"{NEAR} 1n@40 2n@39", FAR), {}, "", ["A8", "A9"]),
        ((f"{NEAR} 1n@40 2n@40", FAR), {}, "", []),  # two are as far: the longest stays as long
        ((NEAR, f"{FAR} 1n@0 2n@1"), {}, "", ["B8", "B9"]),
        ((f"{NEAR} 1n@40", FAR.replace("1xp", "1x") + " 1xp@1"), {}, "", ["A8"]),  # who leads them stays
    ],
)
def test_whoever_has_the_longest_journey_goes_where_it_is_shorter_and_costs_the_others_little(
    groups: Sequence[str], wishes: dict[str, Sequence[str]], pinned: str, whom: list[str]
) -> None:
    places, ids = looked_for(*groups, **wishes)
    shorten(places, [each in pinned.split() for each in ids])
    assert moved(places, ids) == whom


def test_the_longest_journey_is_told_with_whose_it_is() -> None:
    places, ids = looked_for(f"{NEAR} 1n@20", "2x@40 1xp@40 1n@30 2n@40 1n@40 2x@40")
    assert [(minutes, ids[who]) for minutes, who in (longest(places, each) for each in places.groups)] == [
        (400, "A8"), (100, "B2"),
    ]  # fmt: skip
