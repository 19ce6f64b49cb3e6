"""The letter to guardians and the poster of tutoring between pupils: one page each, readable aloud, lines for a pen."""

import pytest

from collectifs.tutoring.documents.peers import ProgrammePaper, guardians_letter_pdf, peers_poster_pdf
from tests.papers import check_readable_aloud, text_of, words

SHORT = ProgrammePaper("Entraide du Quai", "lycée du Quai", "2026-2027")
LONG = ProgrammePaper("Un programme au nom bien long, " * 3 + "enfin", "lycée des métiers, " * 6 + "Brume", "2026-2027")
LETTER = (
    "Remise le, à la famille de",
    "Pour toute question",
    "Lu par un responsable légal",
    "évaluées en fin d’année scolaire",
)
POSTER = ("Quand", "Où", "À qui le dire", "le 119 répond à toute heure")


@pytest.mark.parametrize("paper", [SHORT, LONG], ids=["short", "long"])
@pytest.mark.parametrize(("makes", "said"), [(guardians_letter_pdf, LETTER), (peers_poster_pdf, POSTER)])
def test_it_is_one_page_with_the_school_and_lines_for_what_only_the_school_knows(paper, makes, said, tmp_path) -> None:
    made = makes(paper)
    assert made.pages == 1
    check_readable_aloud(made.pdf, tmp_path)
    text = text_of(made.pdf)
    for each in (paper.school, *said):
        assert words(each) in text
    assert makes(paper).pdf == made.pdf, "the same bytes for the same programme"
