"""The poster of a call: one A4 page whatever is said, read aloud, with the square code of its address."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from collectifs.campaign.documents.poster import PosterPaper, poster_pdf
from collectifs.campaign.domain.call import LONGEST_INCITATION
from tests.papers import check_readable_aloud, text_of, words

USUAL = PosterPaper(
    title="Appel à candidatures, Val-de-Brume",
    territory="Val-de-Brume",
    season="2026-2027",
    cry="Accompagner quelqu’un qui débute, cela se travaille à plusieurs",
    say="Huit collègues des deux degrés, près de chez vous.",
    address="https://collectifs.academie.example/appel/val-de-brume",
    closes_on=date(2027, 1, 22),
    answers_on=date(2027, 1, 29),
    contact="École académique de la formation continue, formation@academie.example",
)
LONG = replace(
    USUAL,
    cry=("Accompagner quelqu’un qui débute, cela se travaille à plusieurs, et près de chez soi " * 2)[:160].strip(),
    say=("Des situations vécues, deux heures, un protocole. " * 10)[:LONGEST_INCITATION].strip(),
    address=f"{USUAL.address}-et-de-la-haute-vallee-des-sources?par=abc123",
    partner="Institut national supérieur du professorat et de l’éducation de l’académie des Hautes-Sources",
)


@pytest.mark.parametrize("paper", [USUAL, LONG], ids=["usual", "all that a form takes"])
def test_it_is_one_page_and_leaves_nothing_out(paper: PosterPaper, tmp_path: Path) -> None:
    made = poster_pdf(paper)
    with pypdfium2.PdfDocument(made.pdf) as document:
        assert len(document) == made.pages == 1
    printed = text_of(made.pdf)
    for said in (paper.cry, paper.say, paper.partner, paper.contact, paper.address.partition("://")[2]):
        assert words(said.replace(" :", "\u00a0:")) in printed
    check_readable_aloud(made.pdf, tmp_path)


def test_another_address_is_another_square(tmp_path: Path) -> None:
    squares = [poster_pdf(replace(USUAL, address=address)).pdf for address in (USUAL.address, LONG.address)]
    assert squares[0] != squares[1]
    assert poster_pdf(USUAL).pdf == squares[0]
