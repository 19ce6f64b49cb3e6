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
