"""The vivier: who may pilot, and how one enters it."""

import pytest
from sqlalchemy import select

from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Role
from collectifs.people.domain.work import MailRoleGranted
from collectifs.people.models import GrantedRole, User
from tests import factories
from tests.asked import asked


def pilots() -> list[GrantedRole]:
    db.session.rollback()
    return list(db.session.scalars(select(GrantedRole).where(GrantedRole.role == Role.PILOT)))


def test_an_empty_vivier_says_what_to_do_first(visit, sylvie):
    page = visit(sylvie).open("/pilotes")
    assert page.says("Commencez par en ajouter une")
    assert page.follow("Ajouter une personne").heading == "Ajouter une personne au vivier"


def test_somebody_enters_the_vivier_and_is_told(visit, sylvie, place):
    page = visit(sylvie).open("/pilotes/nouveau")
    page = page.press("Ajouter au vivier", who="Hélène MARCHADIER <helene@a.example>", qualification="PEMF")
    assert page.path == "/pilotes"
    assert page.says("Cette personne est dans le vivier. Un courriel le lui dit.")
    [row] = page.soup.select("tbody tr")
    assert row.get_text(" ", strip=True).split("\n")[0].startswith("Hélène Marchadier")
    assert page.says("PEMF")
    assert page.says("aucun collectif")
    assert [mail.territory_id for mail in asked(MailRoleGranted)] == [place.id]


def test_a_qualification_is_a_preference_never_a_lock(visit, sylvie):
    visit(sylvie).open("/pilotes/nouveau").press("Ajouter au vivier", who="Hélène MARCHADIER <helene@a.example>")
    assert [role.qualification for role in pilots()] == [""]


def test_the_vivier_says_who_pilots_what(visit, sylvie, place):
    helene = factories.user("Hélène", "Marchadier")
    factories.grant(helene, Role.PILOT, place)
    factories.collective(place, pilot=helene, name="Les Tilleuls")
    stranger = factories.user("Bruno", "Castaing")
    factories.grant(stranger, Role.PILOT, factories.territory("Hautes-Sources"))
    page = visit(sylvie).open("/pilotes")
    assert page.says("Les Tilleuls")
    assert not page.says("Bruno")


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("", "Écrivez qui entre dans le vivier."),
        ("Hélène MARCHADIER", "Il manque une adresse électronique."),
        ("a@a.example, b@a.example", "Écrivez une seule personne"),
        ("Sylvie MONTAGNAC <{manager}>", "Sylvie Montagnac appartient à la hiérarchie de ce territoire"),
    ],
)
def test_who_cannot_enter_is_refused_beside_the_field(visit, sylvie, who, sentence):
    typed = who.format(manager=sylvie.address)
    page = visit(sylvie).open("/pilotes/nouveau").press("Ajouter au vivier", who=typed)
    assert page.status == 422
    assert sentence in " ".join(page.errors)
    assert page.soup.select_one("[name=who]")["value"] == typed
    assert pilots() == []


def test_an_address_in_doubt_is_asked_about_and_let_pass(visit, sylvie):
    page = visit(sylvie).open("/pilotes/nouveau")
    assert not page.soup.select("[name=sure]")
    page = page.press("Ajouter au vivier", who="Hélène MARCHADIER <helene@gmial.com>")
    assert "Vouliez-vous dire helene@gmail.com ?" in " ".join(page.errors)
    assert pilots() == []
    page.press("Ajouter au vivier", sure="y")
    assert len(pilots()) == 1
    assert db.session.scalars(select(User).where(User.address == "helene@gmial.com")).one()


@pytest.mark.parametrize("path", ["/pilotes", "/pilotes/nouveau"])
@pytest.mark.parametrize("role", [None, Role.PILOT, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_the_vivier_is_for_managers(visit, place, role, path):
    stranger = factories.user("Bruno")
    if role is not None:
        factories.grant(stranger, role, None if role is Role.ADMINISTRATOR else place)
    assert visit(stranger).raw(path).status_code == 404
