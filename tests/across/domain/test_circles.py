"""Who reads what a circle holds, counted in words of no gender."""

import pytest

from collectifs.across.domain.circles import INSPECTION, MEMBER, OTHER, PILOT, TRAINING, YOU, Held, counted
from collectifs.kernel.keeping import Circle


@pytest.mark.parametrize(
    ("parts", "said", "number"),
    [
        ([], "personne, pour l’instant", 0),
        ([YOU], "vous", 1),
        ([MEMBER, PILOT, MEMBER, YOU], "vous, 1 pilote et 2 membres", 4),
        ([PILOT, PILOT], "2 pilotes", 2),
        (
            [OTHER, INSPECTION, TRAINING],
            "1 personne du service de formation, 1 personne de l’inspection et 1 autre personne",
            3,
        ),
        (
            [OTHER, INSPECTION, TRAINING] * 2,
            "2 personnes du service de formation, 2 personnes de l’inspection et 2 autres personnes",
            6,
        ),
    ],
)
def test_readers_are_counted_by_their_part_oneself_first(parts: list[str], said: str, number: int) -> None:
    held = Held(next(iter(Circle)), "Les notes", counted(parts), "à la fin de la saison")
    assert (held.readers_in_words, held.number) == (said, number)
