"""Names of communes in a sentence."""

import pytest

from collectifs.composition.domain.naming import of_commune


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Marmande", "de Marmande"),
        ("Aiguillon", "d’Aiguillon"),
        ("Le Passage", "du Passage"),
        ("Les Sables-d’Olonne", "des Sables-d’Olonne"),
        ("La Réunion", "de La Réunion"),
        ("L’Île-d’Yeu", "de L’Île-d’Yeu"),
        ("Lesparre", "de Lesparre"),
    ],
)
def test_around_a_commune_is_said_as_one_says_it(name: str, said: str):
    assert of_commune(name) == said
