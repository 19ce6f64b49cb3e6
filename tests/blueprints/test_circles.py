"""« Qui voit quoi, pour vous »: who reads what now, by the rules themselves; the journal names nobody."""

import pytest

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from tests import factories
from tests.circle import DAY, Circle
from tests.pages import plain


def lines(page, title: str) -> dict[str, str]:
    """The rows of a table of the page: what, and who reads it."""
    section = page.soup.select_one(f"section[aria-labelledby={title}]")
    return {
        plain(row.th.get_text()): plain(row.select_one("td").get_text()) for row in section.select("tbody tr") if row.th
    }


@pytest.fixture
def url(circle: Circle) -> str:
    return f"/collectifs/{circle.collective.id}/qui-voit-quoi"


def test_each_thing_is_shown_with_those_whom_the_rules_let_in(visit, circle: Circle, url: str):
    factories.situation(circle.collective, circle.maud, "Elle se tait")
    circle.write_and_propose()
    db.session.commit()
    inside = lines(visit(circle.maud).open(url), "dedans")
    assert inside["Votre situation « Elle se tait »"] == "vous et 1 pilote"
    assert inside["Les notes du 13 janvier"] == "1 pilote"
    assert inside["La fiche du 13 janvier (proposée)"] == "vous, 1 pilote et 2 membres"
    assert "Elle se tait" not in visit(circle.karim).open(url).text


def test_a_change_of_rights_is_seen_at_once(visit, circle: Circle, moment, url: str):
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    db.session.commit()
    fiche = "La fiche du 13 janvier, sous le nom « Collectif B7 »"
    assert lines(visit(circle.maud).open(url), "dehors")[fiche] == "1 personne de l’inspection"
    circle.withdraw(circle.karim)
    db.session.commit()
    assert fiche not in lines(visit(circle.maud).open(url), "dehors")


def test_the_journal_tells_what_happened_and_names_nobody(visit, circle: Circle, moment, url: str):
    circle.write_and_propose()
    circle.object(circle.karim, "name" if circle.access.life.asks_name else "transmission")
    circle.access.objections_by(circle.karim.id)
    db.session.commit()
    page = visit(circle.maud).open(url)
    journal = plain(page.soup.select_one("section[aria-labelledby=journal]").get_text())
    assert "La fiche du 13 janvier a été proposée au collectif." in journal
    assert "objection" not in journal
    assert not any(name in journal for name in ("Karim", "Hélène", "Odile", "Maud"))
    assert " h " not in journal


def test_an_opening_by_the_institution_is_told_with_its_day(visit, circle: Circle, moment, url: str):
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    db.session.commit()
    visit(circle.inspector).open(f"/fiches-transmises/{circle.copy.id}")
    page = visit(circle.maud).open(url)
    assert page.says("Une personne de l’inspection a ouvert la fiche du 13 janvier.")
    assert "Roussel" not in page.text


def test_who_came_later_reads_nothing_of_what_was_before(visit, circle: Circle, url: str):
    late = factories.user("Léa")
    factories.membership(late, circle.collective, starts_at=clock.now())
    circle.write_and_propose()
    db.session.commit()
    page = visit(late).open(url)
    assert not page.says("La fiche du 13 janvier")
    assert not page.says("Les notes du 13 janvier")


def test_the_page_for_all_leads_to_the_circles_of_those_who_accepted_the_charter(visit, circle: Circle, url: str):
    assert visit(circle.maud).open("/qui-voit-quoi").follow("Aujourd’hui, pour vous").path == url
    invited = factories.user("Lucas", "Pellerin")
    factories.membership(invited, circle.collective, consents=False)
    assert "Aujourd’hui, pour vous" not in visit(invited).open("/qui-voit-quoi").text
