"""The yearly questions about tutoring as people meet them: a tutor from the notebook, then heads and managers."""

from datetime import UTC, datetime

import pytest

from collectifs.kernel.extensions import db
from collectifs.report.domain.questionnaire import Box
from collectifs.report.models import EvaluationBox, EvaluationReturn
from tests import factories, notebooks
from tests.pages import plain

MAY, JUNE, JULY = (datetime(2027, month, 3, 12, tzinfo=UTC) for month in (5, 6, 7))
LINK = "Cinq questions sur le tutorat, sans nom"
FILLED = Box(9, {"place": {"both": 6, "no": 3}, "help": {"time": 7, "peers": 2}}, ("Un lieu calme a manqué.",))


@pytest.fixture
def notebook(place, maud, helene, moment):
    """Maud's, in a programme that Hélène heads, in May."""
    notebooks.opening(place)
    row = notebooks.notebook(notebooks.programme(place, helene), maud)
    db.session.commit()
    moment.move_to(MAY, tick=False)
    return row


def test_a_tutor_answers_from_the_notebook_once_and_is_thanked(notebook, maud, visit) -> None:
    page = visit(maud).open(f"/carnet/{notebook.id}").follow(LINK)
    assert page.says("Vos réponses ne portent pas votre nom.")
    assert len(page.soup.select("fieldset")) == 5
    wrong = page.press("Envoyer mes réponses", place="no", help=["nothing_more", "time"], sentence="Merci à Léa.")
    assert wrong.says("Avec « Léa », un lecteur pourrait-il reconnaître quelqu’un ?")
    assert wrong.soup.select_one("textarea[name=sentence]").get_text().strip() == "Merci à Léa."
    assert wrong.soup.select_one("input[name=place][value=no]").has_attr("checked")
    assert db.session.query(EvaluationBox).count() == 0
    wrong = wrong.press("Envoyer mes réponses", help=["nothing_more", "time"], sentence="Du temps a manqué.")
    assert wrong.says("« Rien de plus » et autre chose à la fois")
    thanked = wrong.press("Envoyer mes réponses", help=["time"])
    assert thanked.says("Merci, c’est parti")
    assert db.session.query(EvaluationReturn).count() == 1
    assert not visit(maud).open(f"/carnet/{notebook.id}").says(LINK)


def test_before_and_after_their_time_the_page_says_when_and_the_notebook_nothing(notebook, maud, visit, moment) -> None:
    for month, day in ((4, 30), (7, 1)):
        moment.move_to(datetime(2027, month, day, 12, tzinfo=UTC), tick=False)
        assert not visit(maud).open(f"/carnet/{notebook.id}").says(LINK)
        page = visit(maud).open(f"/carnet/{notebook.id}/questions")
        assert page.says("On y répond du samedi 1er mai 2027 au mercredi 30 juin 2027.")
        assert not page.has_button("Envoyer mes réponses")


def test_in_july_heads_and_managers_read_charts_and_nobody_else_does(
    notebook, place, maud, helene, sylvie, visit, moment
) -> None:
    notebooks.evaluation(place, FILLED)
    stranger = factories.user("Un autre")
    db.session.commit()
    moment.move_to(JUNE, tick=False)
    page = visit(helene).open(f"/tutorat/{notebook.programme_id}").follow("Ce que disent les tuteurs des modalités")
    assert page.says("seront ici le jeudi 1er juillet 2027, s’il y en a au moins cinq")
    assert not page.says("Un lieu calme")
    moment.move_to(JULY, tick=False)
    for who, where in ((helene, f"/tutorat/{notebook.programme_id}"), (sylvie, f"/territoires/{place.id}/tutorat")):
        page = visit(who).open(where).follow("Ce que disent les tuteurs des modalités")
        charts = page.soup.select("svg.chart[role=img]")
        assert [plain(each.find("desc").text) for each in charts] == [
            "« Du temps prévu dans l’emploi du temps » : sept personnes."
        ]
        assert page.says("moins de 5")
        assert page.says("Un lieu calme a manqué.")
    for who in (maud, stranger):
        address = f"/territoires/{place.id}/tutorat/questions"
        assert visit(who).open(address).response.status_code == 404


def test_under_five_answers_the_page_says_so_and_nothing_else(notebook, place, helene, visit, moment) -> None:
    notebooks.evaluation(place, Box(4, {"place": {"no": 4}}, ("Un lieu calme a manqué.",)))
    db.session.commit()
    moment.move_to(JULY, tick=False)
    page = visit(helene).open(f"/territoires/{place.id}/tutorat/questions")
    assert page.says("Moins de cinq réponses, ou toutes trop rares : rien n’est montré.")
    assert not page.says("Un lieu calme")
    assert not page.soup.select("svg.chart")
