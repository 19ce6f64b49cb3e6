"""Names of communes, compared as people write them."""

import pytest

from collectifs.kernel.text.folding import commune_key
from collectifs.meetings.domain.communes import Side, side_of

SAME = [
    ("Saint-André-lez-Lille", "ST ANDRE LEZ LILLE"),
    ("Sainte-Foy-lès-Lyon", "Ste Foy les Lyon"),
    ("Le Havre", "HAVRE (LE)"),
    ("L’Haÿ-les-Roses", "l'hay les roses"),
    ("Les Lilas", "93260 LES LILAS"),
    ("Villeneuve-sur-Lot", "Villeneuve s/ Lot"),
    ("Lille", "59000 LILLE CEDEX 9"),
    ("Paris", "Paris 12e arrondissement"),
    ("Marseille", "MARSEILLE 03"),
    ("Œting", "Oeting"),
]
OTHERS = [
    ("Saint-Denis", "Saint-Denis-en-Val"),
    ("Valombre", "Pontelis"),
    ("La Rochelle", "Rochefort"),
    ("Vitré", "Vitry"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_commune_written_otherwise_is_the_same(one: str, other: str) -> None:
    assert commune_key(one) == commune_key(other) != ""


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_communes_stay_two(one: str, other: str) -> None:
    assert commune_key(one) != commune_key(other)


@pytest.mark.parametrize(
    ("venue", "work", "home", "side"),
    [
        ("Valombre", "valombre", "Pontelis", Side.UNSAID),
        ("Valombre", "Pontelis", "VALOMBRE", Side.UNSAID),
        ("Valombre", "Valombre", "Valombre", Side.UNSAID),
        ("Valombre", "Pontelis", "Castelune", Side.OUTSIDE),
        ("Valombre", "Valombre", "", Side.UNSAID),
        ("Valombre", "", "Valombre", Side.UNSAID),
        ("Valombre", "Pontelis", "", Side.UNSAID),
        ("Valombre", "", "Castelune", Side.UNSAID),
        ("Valombre", "", "", Side.UNSAID),
        ("", "", "", Side.UNSAID),
        ("", "Pontelis", "Castelune", Side.UNSAID),
    ],
)
def test_outside_is_said_only_when_both_communes_are_known(venue: str, work: str, home: str, side: Side) -> None:
    assert side_of(venue, work, home) is side


def test_nothing_tells_the_commune_of_work_from_that_of_home_nor_a_home_from_one_that_was_not_told() -> None:
    assert side_of("Valombre", "Pontelis", "Valombre") is side_of("Valombre", "Pontelis", "")
    assert side_of("Valombre", "Valombre", "Pontelis") is side_of("Valombre", "Pontelis", "Valombre")
    assert not any(word in side.label for side in Side for word in ("travail", "résidence", "domicile"))
