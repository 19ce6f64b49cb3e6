"""Names of communes, compared as people write them."""

import pytest

from collectifs.kernel.text.folding import commune_key
from collectifs.meetings.domain.communes import Commune, Side, side_of

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


NEAR = {("47001", "47002"), ("47002", "47001")}


def adjoin(one: str, other: str) -> bool:
    return (one, other) in NEAR


def side(venue: str, work: str, home: str) -> Side:
    """« Agen/47001 »: a name, and its code when one is known."""
    return side_of(*(Commune(*text.split("/")) for text in (venue, work, home)), adjoin)


@pytest.mark.parametrize(
    ("venue", "work", "home", "found"),
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
        # By code: two communes of one name are two, one commune of two names is one.
        ("Saint-Denis/93066", "Saint-Denis/97411", "Castelune/47005", Side.OUTSIDE),
        ("Agen/47001", "Ville d’Agen/47001", "Castelune/47005", Side.UNSAID),
        # Touching: that of work is said, that of home is not told from a home that nobody gave.
        ("Agen/47001", "Le Passage/47002", "Castelune/47005", Side.BESIDE_WORK),
        ("Agen/47001", "Le Passage/47002", "", Side.BESIDE_WORK),
        ("Agen/47001", "Castelune/47005", "Le Passage/47002", Side.UNSAID),
        ("Agen/47001", "Castelune/47005", "", Side.UNSAID),
        ("Agen", "Le Passage/47002", "Castelune/47005", Side.OUTSIDE),
        # One code alone: by name.
        ("Agen/47001", "AGEN", "Castelune/47005", Side.UNSAID),
        ("Agen", "Castelune/47005", "Agen/47001", Side.UNSAID),
        ("Agen/47001", "Valombre", "Castelune", Side.OUTSIDE),
    ],
)
def test_outside_is_said_only_when_both_communes_are_known_and_none_touches(
    venue: str, work: str, home: str, found: Side
) -> None:
    assert side(venue, work, home) is found


def test_nothing_tells_the_commune_of_work_from_that_of_home_nor_a_home_from_one_that_was_not_told() -> None:
    assert side("Valombre", "Pontelis", "Valombre") is side("Valombre", "Pontelis", "")
    assert side("Valombre", "Valombre", "Pontelis") is side("Valombre", "Pontelis", "Valombre")
    assert not any(word in each.label for each in Side for word in ("résidence familiale", "domicile"))


@pytest.mark.parametrize(
    ("side_", "label"),
    [
        (Side.OUTSIDE, "hors communes"),
        (Side.BESIDE_WORK, "limitrophe de la résidence administrative"),
        (Side.UNSAID, "non établi"),
    ],
)
def test_a_side_is_said_in_the_words_of_the_administration(side_: Side, label: str) -> None:
    assert side_.label == label
