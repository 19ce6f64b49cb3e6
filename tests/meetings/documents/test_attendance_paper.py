"""The attendance sheet, the certificate and the season's list on paper."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from collectifs.meetings.documents.attendance import AttendancePaper, Expected, attendance_pdf
from collectifs.meetings.documents.certificate import (
    Attended,
    CertificatePaper,
    certificate_pdf,
    certificate_title,
    certificate_words,
    pilot_signs,
    territory_signs,
)
from collectifs.meetings.documents.season import CollectiveRows, MeetingRow, PersonRow, SeasonPaper, season_pdf
from tests.papers import check_readable_aloud, text_of, words

LONG = "Marie-Antoinette-Eléonore de La Rochefoucauld-Montmorency-Laval-Saint-Germain B."
LAST_LINE = words("Cette feuille ne dit rien de ce qui s’est échangé.")


def people(number: int) -> tuple[Expected, ...]:
    return tuple(Expected(f"Nom{place} Prénom", "Collège des Trois-Ponts", place == 0) for place in range(number))


def sheet(number: int = 8, **values: object) -> AttendancePaper:
    paper = AttendancePaper(
        title="Feuille d’émargement, regroupement 2, mercredi 9 décembre 2026",
        collective_name="Les Trois Ponts",
        meeting_label="regroupement 2",
        starts_at=datetime(2026, 12, 9, 14),
        ends_at=datetime(2026, 12, 9, 16),
        place="Collège des Trois-Ponts, salle B 12, Valombre",
        members=people(number),
        guests=(),
        pilots=("Maëlle Aubry",),
    )
    return replace(paper, **values)


def attended(number: int, name: str = "L’Estuaire") -> tuple[Attended, ...]:
    return tuple(
        Attended(datetime(2027, 1, day, 14), datetime(2027, 1, day, 16), "Collège de la Grève", name)
        for day in range(1, number + 1)
    )


def certificate(number: int = 4, **values: object) -> CertificatePaper:
    paper = CertificatePaper(
        title=certificate_title("2026-2027"),
        bearer="Camille Ferrand",
        season="2026-2027",
        territory="Val-de-Brume",
        attended=attended(number),
        made_on=date(2027, 3, 11),
        signs=(territory_signs("Val-de-Brume", "Jeanne Roux"),),
    )
    return replace(paper, **values)


def test_the_sheet_says_what_an_attendance_must_say(tmp_path: Path) -> None:
    rendered = attendance_pdf(sheet(guests=(Expected("Solène Rocher", "INSPÉ"),)))
    printed = text_of(rendered.pdf)
    for text in (
        "Accompagner les tuteurs en réseau, 2 heures, en présentiel",
        "mercredi 9 décembre 2026",
        "après-midi, de 14 h à 16 h",
        "Les Trois Ponts, regroupement 2",
        "Nom0 Prénom, pilote",
        "Solène Rocher",
        "Le ou la pilote atteste la présence",
        "le service de formation, qui la conserve selon ses règles.",
    ):
        assert words(text) in printed
    assert (rendered.pages, printed.endswith(LAST_LINE)) == (1, True)
    check_readable_aloud(rendered.pdf, tmp_path)


def test_fourteen_people_stand_on_two_pages_with_the_heads_on_each(tmp_path: Path) -> None:
    rendered = attendance_pdf(sheet(14, guests=(Expected("Solène Rocher"),)))
    printed = text_of(rendered.pdf)
    assert rendered.pages == 2
    assert printed.count(words("nom et prénom")) == 2  # the guests stand together on the second page
    assert all(words(f"Nom{place} Prénom") in printed for place in range(14))
    assert LAST_LINE in printed
    check_readable_aloud(rendered.pdf, tmp_path)


def test_a_table_that_is_cut_repeats_its_heads(tmp_path: Path) -> None:
    rendered = attendance_pdf(sheet(25))
    assert rendered.pages >= 2
    assert text_of(rendered.pdf).count(words("arrivée, départ")) >= 3
    check_readable_aloud(rendered.pdf, tmp_path)


def test_a_whole_day_has_a_line_to_sign_for_each_half() -> None:
    printed = text_of(attendance_pdf(sheet(starts_at=datetime(2026, 12, 9, 9))).pdf)
    assert words("signature matin") in printed
    assert words("signature après-midi") in printed


def test_a_name_of_eighty_letters_is_whole(tmp_path: Path) -> None:
    assert len(LONG) == 80
    rendered = attendance_pdf(sheet(members=(Expected(LONG, "x" * 120, True), *people(6))))
    printed = text_of(rendered.pdf)
    assert words(LONG) in printed
    assert words("x" * 120) in printed
    check_readable_aloud(rendered.pdf, tmp_path)
    cut = certificate_pdf(certificate(bearer=LONG))
    assert (cut.pages, words(LONG) in text_of(cut.pdf)) == (1, True)


def test_what_was_typed_never_acts(tmp_path: Path) -> None:
    typed = "<b>salle</b> {{ 7 * 7 }} http://127.0.0.1:9/"
    rendered = attendance_pdf(sheet(place=typed, members=(Expected(typed, typed),)))
    assert words("<b>salle</b> {{ 7 * 7 }}") in text_of(rendered.pdf)
    assert b"/URI" not in rendered.pdf
    check_readable_aloud(rendered.pdf, tmp_path)


def test_a_collective_whose_pilot_is_not_known_still_has_its_sheet() -> None:
    assert words("Nom et signature") in text_of(attendance_pdf(sheet(pilots=())).pdf)
    assert words("attestent la présence") in text_of(attendance_pdf(sheet(pilots=("A B", "C D"))).pdf)


@pytest.mark.parametrize("number", [1, 4, 5, 7])
def test_a_certificate_holds_on_one_page_with_dates_hours_and_total(number: int, tmp_path: Path) -> None:
    rendered = certificate_pdf(certificate(number))
    printed = text_of(rendered.pdf)
    assert rendered.pages == 1
    assert printed.count(words("de 14 h à 16 h")) == number
    assert words(f"Soit {2 * number} heures en tout.") in printed
    assert words("Camille Ferrand") in printed
    assert printed.endswith(words("Lisible par : la personne nommée et le service de formation."))
    check_readable_aloud(rendered.pdf, tmp_path)


def test_two_collectives_are_both_named_and_each_line_says_which() -> None:
    both = attended(1) + attended(1, "Les Tilleuls")
    said = certificate_words(both)
    assert said.source == "D’après l’émargement des collectifs L’Estuaire et Les Tilleuls,"
    assert said.came == "a pris part, en présentiel, à deux regroupements."
    assert text_of(certificate_pdf(certificate(attended=both)).pdf).count(words("Les Tilleuls")) == 2


def test_the_lines_to_sign_name_the_service_and_the_pilot() -> None:
    printed = text_of(
        certificate_pdf(certificate(signs=(pilot_signs(["Hélène Lemoal"]), territory_signs("Ain", "")))).pdf
    )
    assert words("Hélène Lemoal, pilote du collectif, signature") in printed
    assert words("Pour le service de formation d’Ain : nom, signature") in printed


def test_a_meeting_and_a_member_alone_are_read_well(tmp_path: Path) -> None:
    check_readable_aloud(attendance_pdf(sheet(1)).pdf, tmp_path)
    paper = season_paper(1, 1)
    alone = replace(paper.collectives[0], rows=paper.collectives[0].rows[:1])
    check_readable_aloud(season_pdf(replace(paper, collectives=(alone,))).pdf, tmp_path)


def season_paper(collectives: int = 3, people_: int = 20) -> SeasonPaper:
    rows = tuple(
        MeetingRow(str(n), "mercredi 13 janvier 2027", "de 14 h à 16 h", "École", "huit personnes", "2 heures")
        for n in range(1, 6)
    )
    return SeasonPaper(
        title="Regroupements et heures, année scolaire 2026-2027",
        issuer="Val-de-Brume · année scolaire 2026-2027",
        collectives=tuple(CollectiveRows(f"Les Tilleuls {n}", rows, "10 heures") for n in range(collectives)),
        people=tuple(PersonRow(f"Ferrand Camille{n}", "Les Tilleuls", "5", "10 heures") for n in range(people_)),
        total="Quinze regroupements tenus, 30 heures, 120 présences.",
    )


@pytest.mark.parametrize(("collectives", "people_"), [(0, 0), (1, 1), (1, 3), (8, 70)])
def test_the_season_of_a_territory_is_whole_however_long(collectives: int, people_: int, tmp_path: Path) -> None:
    rendered = season_pdf(season_paper(collectives, people_))
    printed = text_of(rendered.pdf)
    assert all(words(f"Ferrand Camille{n}") in printed for n in range(people_))
    assert words("Des dates, des lieux et des nombres : rien de ce qui s’est échangé.") in printed
    check_readable_aloud(rendered.pdf, tmp_path)


def test_a_paper_that_is_signed_or_handed_over_never_says_that_it_is_erased() -> None:
    for rendered in (attendance_pdf(sheet()), certificate_pdf(certificate()), season_pdf(season_paper(1, 1))):
        assert "effac" not in text_of(rendered.pdf).lower()
