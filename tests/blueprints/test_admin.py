"""The administration: territories, who manages and inspects them. No content, no shortcut."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Role
from collectifs.people.domain.work import MailRoleGranted
from collectifs.people.models import GrantedRole, Territory
from tests import factories
from tests.asked import asked

NAME = "Nommer cette personne"
ROLES = (Role.MANAGER, Role.INSPECTOR)


@pytest.fixture
def florence(app):
    who = factories.user("Florence", "Achard")
    factories.grant(who, Role.ADMINISTRATOR)
    return who


def granted() -> list[GrantedRole]:
    db.session.rollback()
    return list(db.session.scalars(select(GrantedRole).where(GrantedRole.role.in_(ROLES))))


def test_an_empty_administration_says_what_to_do_first(visit, florence):
    page = visit(florence).open("/administration")
    assert page.says("Commencez par ajouter une académie")
    assert page.follow("Ajouter un territoire").heading == "Ajouter un territoire"
    assert visit(florence).open("/administration/nommer").says("Commencez par ajouter une académie")


def test_territories_show_who_manages_and_inspects(visit, florence):
    academie = factories.territory("Académie des Brumes", code="ZZ")
    place = factories.territory("Val-de-Brume", code="99", parent_id=academie.id)
    sylvie, agnes = factories.user("Sylvie", "Montagnac"), factories.user("Agnès", "Roussel")
    factories.grant(sylvie, Role.MANAGER, place)
    factories.grant(agnes, Role.INSPECTOR, academie)
    page = visit(florence).open("/administration")
    rows = [" ".join(tag.get_text(" ").split()) for tag in page.soup.select("tbody tr")]
    assert rows[0].startswith("Académie des Brumes ZZ, académie")
    assert "Agnès Roussel" in rows[0]
    assert rows[1].startswith("Val-de-Brume 99, département")
    assert "Sylvie Montagnac" in rows[1]


def test_the_administration_sees_no_collective(visit, florence, place):
    factories.collective(place, name="Les Tilleuls")
    page = visit(florence).open("/administration")
    assert not page.says("Tilleuls")


@pytest.mark.parametrize("role", ROLES)
def test_somebody_is_named_and_told(visit, florence, place, role):
    page = visit(florence).open("/administration/nommer")
    page = page.press(NAME, who="Agnès ROUSSEL <agnes@a.example>", role=role.value, territory=str(place.id))
    assert page.path == "/administration"
    assert page.says("Agnès Roussel")
    assert [(row.role, row.territory_id) for row in granted()] == [(role, place.id)]
    assert [mail.role for mail in asked(MailRoleGranted)] == [role]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"who": ""}, "Écrivez qui vous nommez."),
        ({"who": "Agnès"}, "Il manque une adresse électronique."),
        ({"role": None}, "Choisissez le service de formation ou l’inspection."),
        ({"territory": ""}, "Choisissez un territoire."),
        ({"who": "Maud LE BIHAN <maud@a.example>"}, "membre d’un collectif de ce territoire"),
        ({"who": "Florence ACHARD <florence@a.example>"}, "On ne se nomme pas soi-même"),
        ({"who": "Agnès ROUSSEL <agnes@gmial.com>"}, "Vouliez-vous dire agnes@gmail.com ?"),
    ],
)
def test_what_cannot_be_is_refused_in_words(visit, florence, place, change, sentence):
    florence.address = "florence@a.example"
    factories.collective(place, members=[factories.user("Maud", "Le Bihan", address="maud@a.example")])
    typed = {"who": "Agnès ROUSSEL <agnes@a.example>", "role": "inspector", "territory": str(place.id)} | change
    page = visit(florence).open("/administration/nommer").press(NAME, **typed)
    assert page.status == 422
    assert sentence in " ".join(page.errors)
    assert granted() == []
    assert asked(MailRoleGranted) == []


@pytest.mark.parametrize("role", ["pilot", "administrator"])
def test_no_other_role_can_be_forged(visit, florence, place, role):
    page = visit(florence).open("/administration/nommer")
    page = page.press(NAME, who="Agnès ROUSSEL <agnes@a.example>", role=role, territory=str(place.id))
    assert page.status == 422
    assert granted() == []


def test_a_role_is_taken_back_at_once(visit, florence, place):
    agnes = factories.user("Agnès", "Roussel")
    factories.grant(agnes, Role.INSPECTOR, place)
    page = visit(florence).open("/administration").press("Retirer à Agnès Roussel l’inspection de Val-de-Brume")
    assert page.says("Agnès Roussel n’a plus accès à ce territoire à ce titre.")
    assert page.soup.select("tbody tr td")[1].get_text(strip=True) == "aucun compte"
    assert all(row.revoked_at for row in granted())


def test_the_administration_takes_back_only_what_it_gives(visit, florence, place):
    helene = factories.user("Hélène")
    vivier = factories.grant(helene, Role.PILOT, place)
    visitor = visit(florence)
    token = visitor.open("/administration").soup.select_one("meta[name=csrf-token]")["content"]
    answer = visitor.raw(f"/administration/roles/{vivier.id}/retirer", "POST", data={"csrf_token": token})
    assert answer.status_code == 404


def test_a_departement_is_added_inside_its_academie(visit, florence):
    academie = factories.territory("Académie de La Réunion")
    values = {"name": "La Réunion", "code": "974", "zone": "B", "timezone": "Indian/Reunion"}
    values["parent"] = str(academie.id)
    page = visit(florence).open("/administration/territoires/nouveau").press("Ajouter ce territoire", **values)
    assert page.says("Le territoire est ajouté.")
    made = db.session.scalars(select(Territory).where(Territory.code == "974")).one()
    assert (made.parent_id, made.zone, made.timezone) == (academie.id, "B", "Indian/Reunion")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Donnez le nom du territoire."),
        ({"code": "99"}, "Un territoire porte déjà ce code."),
        ({"zone": None}, "Choisissez la zone des vacances."),
    ],
)
def test_a_territory_that_cannot_be_is_refused_in_words(visit, florence, change, sentence):
    factories.territory("Val-de-Brume", code="99")
    values = {"name": "Hautes-Sources", "code": "98", "zone": "A"} | change
    page = visit(florence).open("/administration/territoires/nouveau").press("Ajouter ce territoire", **values)
    assert page.status == 422
    assert sentence in " ".join(page.errors)


@pytest.mark.parametrize("path", ["", "/nommer", "/territoires/nouveau"])
@pytest.mark.parametrize("role", [None, Role.MANAGER, Role.INSPECTOR, Role.PILOT])
def test_the_administration_is_for_administrators(visit, place, role, path):
    stranger = factories.user("Bruno")
    if role is not None:
        factories.grant(stranger, role, place)
    assert visit(stranger).raw(f"/administration{path}").status_code == 404


def test_a_clock_that_jumped_is_told_to_the_administrator(visit, florence, moment):
    assert not visit(florence).open("/administration").says("Rien n’est effacé ni rappelé")
    moment.shift(timedelta(days=5))
    page = visit(florence).open("/administration")
    assert page.says("Rien n’est effacé ni rappelé : l’horloge a avancé de 5 jours")
    assert page.says("flask tidy --yes")


def test_an_address_that_moved_is_mended_for_everybody(visit, florence):
    page = visit(florence).open("/administration").follow("Ressources")
    assert page.says("Non vérifié")
    page = visit(florence).open("/administration/ressources/multi-agenda")
    page = page.press("Mettre à jour", address="https://ailleurs.example/543", checked_on="2026-11-02")
    assert page.says("La ressource est à jour partout où elle se lit.")
    shown = visit().open("/ressources")
    assert shown.soup.select_one("#multi-agenda ~ p a")["href"] == "https://ailleurs.example/543"
    assert shown.says("vérifié le 2 novembre 2026")
    page = visit(florence).open("/administration/ressources").press("Comme au départ Le multi-agenda")
    assert page.says("« Le multi-agenda » est comme au départ.")


def test_a_hidden_resource_is_shown_to_nobody_and_a_strange_address_is_refused(visit, florence):
    page = visit(florence).open("/administration/ressources/multi-agenda")
    refused = page.press("Mettre à jour", address="javascript:alert(1)")
    assert refused.status == 422
    assert refused.says("qui commence par https://")
    page.press("Mettre à jour", is_hidden="y")
    assert visit().open("/ressources").soup.select_one("#multi-agenda") is None
    assert visit(florence).open("/administration/ressources").says("cachée")
