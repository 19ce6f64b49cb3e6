"""What is looked for as it was typed: words, words in a row, words to leave out; and the table without any index."""

import pytest

from collectifs.review.domain.search import Search
from collectifs.review.domain.stems import excerpt, stems
from tests.review.search_cases import CASES, SHEETS


def terms(*said: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(stems(each)) for each in said)


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("", [], []),
        ("détresse classe", ["détresse", "classe"], []),
        ("« premier jour » classe", ["premier jour", "classe"], []),
        ('"premier jour', ["premier jour"], []),
        ("détresse -classe −objet", ["détresse"], ["classe", "objet"]),
        ("-« premier jour »", [], ["premier jour"]),
        ("le travail", ["travail"], []),  # beside another, it says nothing
        ("le la", ["le", "la"], []),
        ("« à la » travail", ["à la", "travail"], []),
        (" ".join(f"mot{number}" for number in range(13)), [f"mot{number}" for number in range(12)], []),
        (" ".join(f"-mot{number}" for number in range(13)), [], [f"mot{number}" for number in range(12)]),
    ],
)
def test_what_was_typed_is_read_as_words_phrases_and_words_to_leave_out(typed, wanted, unwanted) -> None:
    search = Search.of(typed)
    assert (search.typed, search.wanted, search.unwanted) == (typed, terms(*wanted), terms(*unwanted))
    assert search.marked == {stem for term in terms(*wanted) for stem in term}


def has(text: str, term: tuple[str, ...]) -> bool:
    """Whether these stems stand in a row."""
    found = stems(text)
    return any(tuple(found[place : place + len(term)]) == term for place in range(len(found)))


@pytest.mark.parametrize(("typed", "answers"), CASES)
def test_plurals_feminines_accents_and_elisions_make_no_difference(typed: str, answers: str) -> None:
    asked = Search.of(typed)
    found = {
        name
        for name, text in SHEETS.items()
        if all(has(text, term) for term in asked.wanted) and not any(has(text, term) for term in asked.unwanted)
    }
    assert found == set(answers)


TEXT = "Dire ce qui a été vu avant de dire ce qui manque."


@pytest.mark.parametrize(
    ("word", "around", "shown"),
    [
        ("vu", 80, TEXT),
        ("dire", 80, TEXT),
        ("vu", 8, "… a été vu avant …"),
        ("manque", 8, "… ce qui manque."),
        ("dire", 9, "Dire ce qui …"),
        ("licorne", 80, ""),
    ],
)
def test_what_stands_around_the_first_word_found_is_cut_between_two_words(word: str, around: int, shown: str) -> None:
    assert excerpt(["Rien ici.", TEXT], stems(word), around) == shown
