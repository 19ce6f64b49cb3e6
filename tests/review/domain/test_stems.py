"""Which words of a text are shown as found."""

import pytest

from collectifs.review.domain.stems import excerpt, pieces, stem_of

TEXT = "Le prud’homme et l’école"


@pytest.mark.parametrize(("word", "shown"), [("école", ["école"]), ("prud", ["prud"]), ("l", []), ("conseil", [])])
def test_an_elided_article_is_no_word_and_what_merely_has_an_apostrophe_is(word: str, shown: list[str]) -> None:
    wanted = [stem_of(word)]
    assert [piece.text for piece in pieces(TEXT, wanted) if piece.is_found] == shown
    assert "".join(piece.text for piece in pieces(TEXT, wanted)) == TEXT
    assert bool(excerpt([TEXT], wanted)) is bool(shown)


def test_a_letter_is_marked_where_it_stands_alone_and_not_where_it_is_elided() -> None:
    shown = [piece.text for piece in pieces("L’école : un L, d’abord.", [stem_of("L")]) if piece.is_found]
    assert shown == ["L"]
    assert excerpt(["L’école : un L, d’abord."], [stem_of("L")], 3) == "… L, …"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("active", "actif", True),
        ("joueuse", "joueur", True),
        ("arts", "art", True),
        ("lois", "loi", True),
        ("née", "né", True),
        ("douce", "doux", True),
        ("bus", "bu", False),
        ("peur", "peu", False),
        ("travail", "traverse", False),
    ],
)
def test_plurals_and_feminines_are_one_word_and_words_that_only_look_alike_are_not(one, other, alike) -> None:
    assert (stem_of(one) == stem_of(other)) is alike
