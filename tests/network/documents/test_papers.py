"""The lists to sign of a day, and its certificate: whole, readable aloud, and without a word of what was said."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from collectifs.network.documents.certificate import AttendedWorkshop, DayCertificatePaper, day_certificate_pdf
from collectifs.network.documents.roll import RollPaper, RollPerson, WorkshopRoll, roll_pdf
from tests.papers import check_readable_aloud, text_of, words

LONG = "Marie-Antoinette-Eléonore de La Rochefoucauld-Montmorency-Laval-Saint-Germain B."


def rolls(workshops: int, people: int) -> RollPaper:
    everybody = tuple(RollPerson(LONG if rank == 1 else f"Nom{rank} Prénom", "Embruns") for rank in range(people))
    rows = tuple(
        WorkshopRoll(
            f"Atelier {rank}",
            datetime(2027, 4, 3, 10),
            datetime(2027, 4, 3, 11, 30),
            "salle B 12",
            "Maëlle Aubry",
            everybody,
        )
        for rank in range(workshops)
    )
    return RollPaper("Feuilles d’émargement", "Apprendre entre collègues", "collège de la Brume", rows)


def certificate(number: int) -> DayCertificatePaper:
    attended = tuple(
        AttendedWorkshop(f"Atelier {rank}", datetime(2027, 4, 3, 9 + 2 * rank), datetime(2027, 4, 3, 10 + 2 * rank, 30))
        for rank in range(number)
    )
    return DayCertificatePaper(
        title="Attestation de présence",
        bearer="Solène Rocher",
        event="Apprendre entre collègues",
        place="collège de la Brume",
        territory="Val-de-Brume",
        season="2026-2027",
        attended=attended,
        made_on=date(2027, 4, 5),
        signs=("Pour le service de formation de Val-de-Brume : nom, signature",),
    )


@pytest.mark.parametrize(("workshops", "people", "pages"), [(1, 16, 1), (3, 8, 3), (2, 0, 2)])
def test_a_workshop_has_its_page_with_everybody_and_lines_for_others(workshops, people, pages, tmp_path) -> None:
    found = roll_pdf(rolls(workshops, people))
    assert found.pages == pages
    check_readable_aloud(found.pdf, tmp_path)
    text = text_of(found.pdf)
    assert text.count(words("signature")) >= workshops
    assert words("Ces feuilles ne disent rien de ce qui s’est échangé.") in text
    if people:
        assert words(LONG) in text


def test_a_long_list_goes_on_to_another_page(tmp_path) -> None:
    found = roll_pdf(rolls(1, 60))
    assert found.pages > 1
    assert words("Nom59 Prénom") in text_of(found.pdf)


@pytest.mark.parametrize("number", [1, 3])
def test_a_certificate_says_which_workshops_for_how_long_on_one_page(number, tmp_path) -> None:
    found = day_certificate_pdf(certificate(number))
    assert found.pages == 1
    check_readable_aloud(found.pdf, tmp_path)
    text = text_of(found.pdf)
    for said in ("Solène Rocher", "Atelier 0", "Soit", "Cette attestation porte sur la présence."):
        assert words(said) in text


def test_a_long_name_stays_on_the_page() -> None:
    found = day_certificate_pdf(replace(certificate(3), bearer=LONG))
    assert found.pages == 1
    assert words(LONG) in text_of(found.pdf)
