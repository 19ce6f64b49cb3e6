"""A heading of fewer than three collectives would tell who wrote under it: which headings are printed."""

from uuid import UUID, uuid4

import pytest

from collectifs.book.domain.themes import OTHERS, OTHERS_ID, Heading, check_is_many, merged_headings
from collectifs.kernel.errors import RuleBroken

A, B, C, D, E = (frozenset({uuid4()}) for _ in range(5))


def heading(title: str, *collectives: frozenset[UUID]) -> Heading:
    id_ = OTHERS_ID if title == OTHERS else title
    return Heading(id_, title, tuple(str(uuid4()) for _ in collectives), collectives)


@pytest.mark.parametrize(
    ("headings", "printed"),
    [
        ([], []),
        ([heading("vide")], []),
        ([heading("grand", A, B, C)], ["grand"]),
        ([heading("grand", A, B, C), heading("petit", A)], ["grand"]),
        ([heading("un", A, B, C), heading("deux", A, B), heading("trois", C, D)], ["un", OTHERS]),
        ([heading("deux", A, B), heading("un", C, D, E), heading("même", A, A, A)], ["un"]),
        ([heading("deux", A, B), heading("autre", C)], [OTHERS]),
        ([heading("réunie", A | B | C)], ["réunie"]),
        ([heading("deux", A, B), heading(OTHERS, C, D, E)], [OTHERS]),
        ([heading("un", A, B, C), heading(OTHERS, C, D, E)], ["un", OTHERS]),
        ([heading("un", A, B, C), heading("deux", C, D, E), heading("trois", A)], ["un", "deux"]),
        ([heading("deux", A, B), heading("un", A, B, C), heading(OTHERS, A)], ["un"]),
    ],
)
def test_small_headings_go_together_and_no_page_is_lost(headings: list[Heading], printed: list[str]) -> None:
    found = merged_headings(headings)
    assert [each.title for each in found] == printed
    assert sorted(page for each in found for page in each.pages) == sorted(
        page for each in headings for page in each.pages
    )


@pytest.mark.parametrize(
    ("headings", "why"),
    [([], "Aucune page"), ([heading("vide")], "Aucune page"), ([heading("un", A)], "Moins de trois"),
     ([heading("un", A, A), heading("deux", B)], "Moins de trois")],
)  # fmt: skip
def test_a_book_of_one_or_two_collectives_is_refused_in_words(headings: list[Heading], why: str) -> None:
    with pytest.raises(RuleBroken, match=why):
        check_is_many(headings)


def test_three_collectives_make_a_book() -> None:
    check_is_many([heading("un", A, B), heading("deux", C)])
