"""What is missing to open one collective more: said from the draft, of the degree that is fewer."""

import pytest

from collectifs.campaign.domain.lacking import lacking
from collectifs.composition.domain.moving import Standing
from collectifs.composition.domain.people import Candidate, Territory
from collectifs.composition.domain.travel import Place
from collectifs.people.domain.person import Degree

HERE = Place("47157", 44.5, 0.17)


def standing(size: int, first: int) -> Standing:
    people = tuple(
        Candidate(str(each), HERE, Degree.FIRST if each < first else Degree.SECOND, each % 2 == 0, pilots=True)
        for each in range(size)
    )
    return Standing(Territory(people), {"A": [each.id for each in people]})


@pytest.mark.parametrize(
    ("size", "first", "said"),
    [
        (
            9,
            3,
            "Il manque trois tutrices ou tuteurs du 1er degré pour ouvrir un deuxième collectif autour de Marmande.",
        ),
        (11, 5, "Il manque une tutrice ou tuteur du 1er degré pour ouvrir un deuxième collectif autour de Marmande."),
        (
            8,
            4,
            "Il manque quatre tutrices ou tuteurs du 1er degré pour ouvrir un deuxième collectif autour de Marmande.",
        ),
        (
            8,
            5,
            "Il manque quatre tutrices ou tuteurs du 2d degré pour ouvrir un deuxième collectif autour de Marmande.",
        ),
        (10, 8, "Il manque deux tutrices ou tuteurs du 2d degré pour ouvrir un deuxième collectif autour de Marmande."),
    ],
)
def test_a_full_collective_says_who_would_make_it_two(size: int, first: int, said: str):
    [found] = lacking(standing(size, first))
    assert found.in_words("Marmande") == said


def test_where_another_collective_meets_it_is_one_more_and_the_fewest_come_first():
    there = Place("47001", 44.2, 0.6)
    people = tuple(
        Candidate(f"{group}{each}", there if group == "C" else HERE, Degree.FIRST, is_new=True)
        for group, size in (("A", 9), ("B", 10), ("C", 10))
        for each in range(size)
    )
    found = lacking(
        Standing(Territory(people), {code: [each.id for each in people if each.id[0] == code] for code in "ABC"})
    )
    assert [(each.number, each.insee, each.already) for each in found] == [
        (2, "47001", 1), (2, HERE.insee, 2), (3, HERE.insee, 2),
    ]  # fmt: skip
    assert "du 2d degré pour ouvrir un autre collectif autour de Marmande" in found[1].in_words("Marmande")


@pytest.mark.parametrize("size", [6, 7, 12])
def test_a_collective_that_is_not_full_says_nothing(size: int):
    assert lacking(standing(size, 3)) == []
