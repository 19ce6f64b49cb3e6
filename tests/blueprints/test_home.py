"""The first page puts one thing first, for each kind of person; the other pages are everybody's."""

from datetime import timedelta

import pytest

from collectifs import clock
from collectifs.domain.person import Role
from tests import factories


def first(page):
    """The heading and the buttons of what comes first."""
    section = page.soup.select_one("section[aria-labelledby=suite]")
    return section.h2.get_text().replace("\u00a0", " "), [link.get_text() for link in section.select("a.btn")]


@pytest.fixture
def people(app):
    """Hélène pilots, Maud is a member."""
    helene, maud = factories.user("Hélène"), factories.user("Maud")
    return helene, maud, factories.collective(pilot=helene, members=[maud], name="Les Tilleuls")


def later(days):
    return clock.now() + timedelta(days=days)


def test_signed_out_the_door_and_nothing_of_the_demonstration(visit):
    page = visit().open("/")
    assert page.heading == "Deux heures, autour d’une situation vécue"
    assert page.has_button("Recevoir mon lien")
    assert not page.says("Entrer comme…")
    assert page.follow("Entrer avec un mot de passe").path == "/entrer"


def test_the_charter_comes_before_all(people, visit):
    jeanne = factories.user("Jeanne")
    factories.membership(jeanne, people[2], consents=False)
    assert first(visit(jeanne).open("/")) == ("La charte, avant tout", ["Lire la charte"])


def test_the_pilot_opens_the_meeting_of_the_day(people, visit):
    helene, maud, collective = people
    factories.meeting(collective)
    assert first(visit(helene).open("/")) == (
        "Le regroupement 1 commence à 14 h",
        ["Ouvrir la séance", "Revoir le déroulé"],
    )
    page = visit(maud).open("/")
    assert first(page)[1] == ["Voir le regroupement", "Proposer une situation"]
    assert page.says("De 14 h à 16 h, École des Tilleuls, salle des maîtres.")


def test_the_pilot_prepares_a_later_meeting_or_chooses_a_date(people, visit):
    helene, _, collective = people
    assert first(visit(helene).open("/")) == ("Le regroupement 1 n’a pas de date", ["Fixer la date"])
    factories.meeting(collective, starts_at=later(7))
    assert first(visit(helene).open("/")) == ("Regroupement 1, mercredi 20 janvier 2027", ["Préparer"])


def test_the_sheet_of_a_past_meeting_is_to_be_finished(people, visit):
    helene, maud, collective = people
    factories.meeting(collective, starts_at=later(-7))
    assert first(visit(helene).open("/")) == ("La fiche du 6 janvier est à finir", ["Finir la fiche"])
    assert visit(maud).open("/").says("Rien ne vous attend aujourd’hui.")


def test_the_hours_of_a_meeting_are_where_the_collective_lives(visit):
    reunion = factories.territory("La Réunion", timezone="Indian/Reunion")
    maud = factories.user("Maud")
    factories.meeting(factories.collective(reunion, members=[maud]))
    assert visit(maud).open("/").says("De 17 h à 19 h")


def test_a_manager_sees_numbers_and_dates_and_begins_by_creating(visit):
    where = factories.territory()
    sylvie = factories.user("Sylvie")
    factories.grant(sylvie, Role.MANAGER, where)
    assert first(visit(sylvie).open("/")) == ("Aucun collectif pour l’instant", ["Créer un collectif"])
    collective = factories.collective(where)
    factories.membership(factories.user(), collective, consents=False)
    page = visit(sylvie).open("/")
    assert first(page) == ("Un collectif", ["Voir les collectifs", "Créer un collectif"])
    assert page.says("Une personne n’a pas encore accepté la charte.")
    assert page.follow("Pilotes").status == 200


def test_an_inspector_without_a_sheet_and_an_administrator_are_told_what_this_is(visit):
    agnes, ada = factories.user("Agnès"), factories.user("Ada")
    factories.grant(agnes, Role.INSPECTOR, factories.territory())
    factories.grant(ada, Role.ADMINISTRATOR)
    assert visit(agnes).open("/").says("Aucune fiche à lire pour l’instant.")
    page = visit(ada).open("/")
    assert page.says("Rien à faire ici au quotidien.")
    assert page.follow("Administration").status == 200


def test_somebody_without_anything_still_has_an_account(visit):
    assert visit(factories.user()).open("/").follow("Mon compte").path == "/mon-compte"


@pytest.mark.parametrize("path", ["/qui-voit-quoi", "/accessibilite", "/vos-donnees", "/aide"])
def test_these_pages_are_everybody_s(visit, path):
    assert visit().open(path).status == 200
    assert visit(factories.user()).open(path).status == 200


def test_what_is_kept_is_said_from_the_table_of_retention(visit):
    assert visit().open("/vos-donnees").says("quand la fiche est acceptée, au plus tard 30 jours après")


def test_health_says_that_the_database_answers(visit):
    assert visit().raw("/sante").get_json() == {"status": "ok"}
