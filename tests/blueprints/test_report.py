"""The pages of the end of the season: six questions on a phone, the report for the institution, then for all."""

import io
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from flask import Flask
from odf.opendocument import load
from odf.table import TableRow
from odf.teletype import extractText

from collectifs.kernel import vault
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.domain.tags import Axis
from collectifs.people.domain.person import Degree, Role
from collectifs.people.models import User
from collectifs.report.domain.questionnaire import Box
from collectifs.report.models import QuestionnaireBox
from collectifs.report.queries.questionnaire import box_of
from collectifs.sheets.models import SubmittedSheet, SubmittedTag
from collectifs.sheets.queries.sheets import sheet_of_meeting
from tests import factories
from tests.circle import Circle
from tests.pages import plain

MAY, JULY = datetime(2027, 5, 3, 12, tzinfo=UTC), datetime(2027, 7, 1, 12, tzinfo=UTC)
CODE, OTHER = list(Axis.CONCERN.choices)[:2]
WORDS = Axis.CONCERN.choices[CODE]
NUMBERS = count(2)
FILLED = Box(
    9,
    {"fear": {"yes_fully": 9}, "hindered": {"replacement": 7, "hour": 2}, "alone": {"yes": 5, "a_little": 3, "no": 1}},
    ("On se sent moins seul.",),
)


@pytest.fixture
def circle(app: Flask, moment) -> Circle:
    circle = Circle()
    circle.manager = factories.user("Sylvie", "Montagnac")
    factories.grant(circle.manager, Role.MANAGER, circle.territory)
    circle.place_id = circle.territory.id
    circle.home = f"/collectifs/{circle.collective.id}"
    db.session.commit()
    moment.move_to(MAY, tick=False)
    return circle


def fill(circle: Circle, box: Box = FILLED) -> None:
    row = QuestionnaireBox(id=UUID(int=7), territory_id=circle.place_id, season=2026, key_id=vault.make_key())
    seal_text(row, QuestionnaireBox.body, box.written())
    factories.add(row)
    db.session.commit()


def report(circle: Circle, end: str = "") -> str:
    return f"/territoires/{circle.place_id}/bilan{end}"


def words(page: Any) -> str:
    return page.text


def box(circle: Circle) -> Box:
    found = box_of([circle.place_id], 2026)
    db.session.rollback()
    return found


def test_a_member_answers_and_is_thanked(visit, circle: Circle):
    page = visit(circle.maud).open(f"{circle.home}/questionnaire")
    assert "Vos réponses ne portent pas votre nom." in words(page)
    page = page.press("Envoyer mes réponses", fear="yes_fully", hindered=["hour", "distance"])
    assert "Merci, c’est parti" in words(page)
    assert (box(circle).returns, box(circle).counts["hindered"]["hour"]) == (1, 1)
    page = visit(circle.maud).open(f"{circle.home}/questionnaire")
    assert not page.soup.select("fieldset")


def test_nothing_typed_is_lost_when_the_sentence_names_somebody(visit, circle: Circle):
    page = visit(circle.maud).open(f"{circle.home}/questionnaire")
    page = page.press("Envoyer mes réponses", alone="yes", sentence="Merci à Karim Ouadah.")
    assert "retirez « Karim Ouadah »" in words(page)
    assert page.soup.select_one("textarea[name=sentence]").text.strip() == "Merci à Karim Ouadah."
    assert page.soup.select_one("input[name=alone][value=yes]").has_attr("checked")
    assert box(circle).returns == 0


def test_before_and_after_its_time_the_page_says_when(visit, circle: Circle, moment):
    for day in (datetime(2027, 2, 1, tzinfo=UTC), JULY):
        moment.move_to(day, tick=False)
        page = visit(circle.maud).open(f"{circle.home}/questionnaire")
        assert "se ferme le mercredi 30 juin 2027" in words(page)
        assert not page.soup.select("main form")


def test_it_stands_among_what_there_is_to_do_and_goes_once_answered(visit, circle: Circle):
    page = visit(circle.maud).open("/")
    assert "Six questions pour finir" in words(page)
    visit(circle.maud).open(f"{circle.home}/questionnaire").press("Envoyer mes réponses", fear="no")
    assert "Six questions pour finir" not in words(visit(circle.maud).open("/"))


def test_nobody_reads_an_answer_while_others_may_still_answer(visit, circle: Circle):
    fill(circle)
    page = visit(circle.manager).open(report(circle))
    assert "Leurs réponses seront ici le jeudi 1er juillet 2027" in words(page)
    assert "moins seul" not in words(page)
    assert "moins seul" not in pdf_words(visit(circle.manager), circle)


def test_in_july_the_report_says_it_in_numbers_charts_and_tables(visit, circle: Circle, moment):
    fill(circle)
    moment.move_to(JULY, tick=False)
    page = visit(circle.inspector).open(report(circle))
    charts = page.soup.select("svg.chart[role=img]")
    assert [plain(each.find("desc").text) for each in charts] == [
        "« Oui, tout à fait » : neuf personnes.",
        "« Le remplacement en classe » : sept personnes.",
    ]
    assert "On se sent moins seul." in words(page)
    assert "L’heure" in words(page)
    assert "moins de 5" in words(page)
    assert "Compléter les besoins" not in words(page)  # the management's


def test_under_five_answers_nothing_is_shown(visit, circle: Circle, moment):
    fill(circle, Box(4, {"fear": {"no": 4}}, ("Seule.",)))
    moment.move_to(JULY, tick=False)
    page = visit(circle.manager).open(report(circle))
    assert "Moins de cinq réponses" in words(page)
    assert "Seule." not in words(page)


def test_the_collectives_read_it_in_july_and_not_before(visit, circle: Circle, moment):
    fill(circle)
    assert visit(circle.maud).open(f"{circle.home}/bilan").status == 404
    moment.move_to(JULY, tick=False)
    page = visit(circle.maud).open(f"{circle.home}/bilan")
    assert "On se sent moins seul." in words(page)
    assert page.soup.select("main a.btn") == []
    assert visit(circle.maud).open(report(circle)).status == 404
    assert page.heading == visit(circle.maud).open(circle.home).follow("Le bilan de la saison").heading


def pdf_words(visitor: Any, circle: Circle) -> str:
    answer = visitor.client.get(report(circle, ".pdf"))
    assert answer.mimetype == "application/pdf"
    return plain(" ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.data)))


def table_rows(content: bytes) -> list[list[str]]:
    rows = load(io.BytesIO(content)).getElementsByType(TableRow)
    return [[plain(extractText(cell)) for cell in row.childNodes] for row in rows]


def test_the_paper_and_the_spreadsheet_say_the_same(visit, circle: Circle, moment):
    fill(circle)
    moment.move_to(JULY, tick=False)
    printed = pdf_words(visit(circle.manager), circle)
    for said in ("Bilan de la saison 2026-2027", "On se sent moins seul.", "Le remplacement en classe", "moins de 5"):
        assert said in printed
    rows = table_rows(visit(circle.manager).client.get(report(circle, ".ods")).data)
    assert ["Ce qui a gêné la venue", "Le remplacement en classe", "7"] in rows
    assert ["Questionnaire", "réponses", "9"] in rows


def test_the_management_says_what_next_year_would_need(visit, circle: Circle):
    page = visit(circle.manager).open(report(circle)).follow("Compléter les besoins")
    page = page.press("Enregistrer", wanted="-3")
    assert "entre 0 et 2000" in words(page)
    page = page.press("Enregistrer", wanted="6", needed="Deux pilotes de plus.")
    assert "Passer à six collectifs" in words(page)
    assert "Deux pilotes de plus." in words(page)
    assert "Deux pilotes de plus." in pdf_words(visit(circle.manager), circle)


def test_a_season_that_was_not_lived_there_does_not_exist(visit, circle: Circle):
    for asked in ("2019", "9999"):
        assert visit(circle.manager).open(f"{report(circle)}?saison={asked}").status == 404
    assert visit(circle.manager).open(f"{report(circle)}?saison=2026").status == 200


def test_whoever_has_one_territory_goes_straight_to_its_report(visit, circle: Circle):
    assert "Le bilan de la saison" in words(visit(circle.manager).open("/bilan"))
    nobody: User = factories.user("Personne")
    factories.grant(nobody, Role.MANAGER, factories.territory("Hautes-Sources"))
    db.session.commit()
    assert "Le bilan de votre territoire sera ici" in words(visit(nobody).open("/bilan"))


def file_sheets(circle: Circle, number: int, code: str, degree: Degree | None = Degree.FIRST) -> None:
    """So many sheets that left, under one concern; their words do not matter here."""
    for _ in range(number):
        meeting = factories.meeting(
            circle.collective, number=next(NUMBERS), starts_at=datetime(2027, 1, 13, 13, tzinfo=UTC)
        )
        copy = SubmittedSheet(
            sheet_id=sheet_of_meeting(meeting.id).id,
            version_number=1,
            territory_id=circle.place_id,
            season=2026,
            collective_code="B7",
            month=date(2027, 1, 1),
            degree=degree,
            key_id=vault.make_key(),
            body=ERASED,
            submitted_at=MAY,
            submitted_by_id=circle.pilot.id,
        )
        factories.add(copy)
        factories.add(SubmittedTag(submitted_id=copy.id, axis=Axis.CONCERN, code=code))
    db.session.commit()


def themes(circle: Circle, end: str = "") -> str:
    return f"/territoires/{circle.place_id}/travaille{end}"


def test_under_ten_sheets_nothing_is_counted(visit, circle: Circle):
    file_sheets(circle, 9, CODE)
    page = visit(circle.inspector).open(themes(circle))
    assert page.says("Neuf fiches transmises, un collectif.")
    assert not page.soup.select("svg.chart, table")


def test_what_is_worked_on_is_drawn_and_said_in_a_table_and_rare_counts_are_masked(visit, circle: Circle):
    file_sheets(circle, 8, CODE)
    file_sheets(circle, 3, CODE, Degree.SECOND)
    file_sheets(circle, 4, OTHER)
    page = visit(circle.inspector).open(themes(circle))
    [chart] = page.soup.select("svg.chart[role=img]")
    assert plain(chart.find("desc").text) == f"« {WORDS} » vient en tête : huit fiches (1er degré)."
    [row] = page.soup.select("table")[0].select("tbody tr")
    assert [plain(cell.text) for cell in row.select("th, td")] == [WORDS, "8", "moins de 5"]
    assert page.says("Quatre autres de la liste : moins de cinq fiches dans chaque colonne.")
    rows = table_rows(visit(circle.manager).client.get(themes(circle, ".ods")).data)
    assert ["Préoccupations", WORDS, "2d degré", "moins de 5"] in rows


def test_the_paper_of_the_season_says_what_is_worked_on_masked_alike_and_nothing_under_ten_sheets(
    visit, circle: Circle
):
    file_sheets(circle, 8, CODE)
    assert "Ce que le territoire travaille" not in pdf_words(visit(circle.manager), circle)
    file_sheets(circle, 3, CODE, Degree.SECOND)
    printed = pdf_words(visit(circle.manager), circle)
    assert f"« {WORDS} » vient en tête : huit fiches (1er degré)." in printed
    assert f"{WORDS} 8 moins de 5" in printed


def test_a_sheet_that_is_withdrawn_is_counted_no_more(visit, circle: Circle):
    file_sheets(circle, 10, CODE)
    assert visit(circle.inspector).open(themes(circle)).soup.select("svg.chart[role=img]")
    db.session.query(SubmittedSheet).first().withdrawn_at = MAY
    db.session.commit()
    assert not visit(circle.inspector).open(themes(circle)).soup.select("svg.chart[role=img]")


def test_pilots_of_the_territory_read_what_it_works_on_and_members_do_not(visit, circle: Circle):
    factories.grant(circle.pilot, Role.PILOT, circle.territory)
    db.session.commit()
    page = visit(circle.pilot).open(circle.home).follow("Ce que le territoire travaille")
    assert page.heading == "Ce que le territoire travaille"
    assert visit(circle.maud).open(themes(circle)).status == 404
