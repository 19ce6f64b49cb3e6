"""The lists to sign of a day, and its certificate: whole, readable aloud, and without a word of what was said."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from collectifs.network.documents.certificate import AttendedWorkshop, DayCertificatePaper, day_certificate_pdf
from collectifs.network.documents.poster import DayPosterPaper, day_poster_pdf
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


def test_the_poster_of_twelve_workshops_is_one_page_and_leaves_nothing_out(tmp_path):
    titles = tuple(f"Un atelier dont le titre est assez long, le {number}e" for number in range(1, 5))
    hours = ("de 10 h à 11 h 30", "de 11 h 45 à 13 h", "de 14 h 15 à 15 h 45")
    paper = DayPosterPaper(
        title="Une journée pour apprendre entre collègues, Val-de-Brume",
        territory="Val-de-Brume",
        kind="journée inter-écoles",
        cry="Une journée pour apprendre entre collègues",
        when="samedi 3 avril 2027, de 9 h 30 à 16 h 30",
        place="collège de la Brume, Saint-Aubin-des-Prés",
        slots=tuple((each, titles) for each in hours),
        address="https://collectifs.academie.example/journee/une-journee-pour-apprendre",
        closes_on=date(2027, 3, 31),
        contact="Direction académique, tutorat@val-de-brume.example",
    )
    made = day_poster_pdf(paper)
    assert made.pages == 1
    check_readable_aloud(made.pdf, tmp_path)
    for said in (*titles, paper.place, paper.contact):
        assert words(said) in text_of(made.pdf)
