"""A commune of several words, and a school of which the last word alone is said."""

import pytest

from collectifs.guard.domain.context import Context, context_of
from collectifs.guard.domain.guard import marks
from collectifs.guard.domain.members import words_of_phrases
from collectifs.guard.domain.reading import readings

CONTEXT: Context = context_of([], ["École élémentaire Jean-Moulin"], [], [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("à Saint-Étienne", ["commune Saint-Étienne"]),
        ("à Mont-de-Marsan, à Bourg", ["commune Mont-de-Marsan", "commune Bourg"]),
        ("à L'Isle-sur-le-Doubs", ["commune Isle-sur-le-Doubs"]),
        ("à Aix (Provence)", ["commune Aix"]),
        ("à Aix. En Provence", ["commune Aix"]),
        ("à Port-Brume, puis à Port-sous-les-Ormes", ["commune Port-Brume", "commune Port-sous-les-Ormes"]),
        ("à Port - Brume", ["commune Port"]),
        ("de Port-là", ["commune Port"]),
        ("le train Dole-Besançon", ["commune Dole", "commune Besançon"]),
        ("à Bourg en Bresse", ["commune Bourg", "commune Bresse"]),
        ("L’école Moulin est loin.", ["school école Moulin"]),
        ("L’école Jean-Moulin est loin.", ["school école Jean-Moulin"]),
    ],
)
def test_a_name_is_marked_whole_and_stops_where_another_word_begins(text: str, found: list[str]) -> None:
    assert [f"{mark.kind} {text[mark.start : mark.end]}" for mark in marks(text, CONTEXT)] == found


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Lire Victor Hugo ce soir", {1, 2}),
        ("Lire victor hugo ce soir", set()),
        ("Relire Jean de La Fontaine", {1, 2, 3, 4}),
        ("Avec Simone de Beauvoir donc", {1, 2, 3}),
        ("Charles Victor de La Tour", set()),
        ("Au bout, Victor", set()),
    ],
)
def test_authors_are_known_by_two_three_or_four_words(text: str, taken: set[int]) -> None:
    phrases = frozenset({"victor hugo", "jean de la fontaine", "simone de beauvoir", "charles victor de la tour"})
    assert words_of_phrases(next(readings(text)).words, phrases) == taken
