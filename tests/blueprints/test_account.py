"""One's own account, as people find it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from collectifs.across.services.tidying import tidy
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.work import Work
from collectifs.people.domain.sign_in import LinkState
from collectifs.people.domain.work import MailPasswordChanged
from collectifs.people.models import Device, PersonalLink, User
from collectifs.people.queries.people import person_for_device
from collectifs.people.services.account import mint_address_token
from collectifs.people.services.sign_in import hash_password, is_right, state_of
from tests import factories
from tests.asked import asked


@pytest.fixture
def maud(app):
    return factories.user("Maud", "Le Bihan", address="maud@academie.example")


def again(row):
    """The row as the last request left it."""
    db.session.rollback()
    return db.session.get_one(type(row), row.id)


def test_the_account_shows_name_address_and_devices(maud, visit):
    factories.device(maud)
    page = visit(maud).open("/mon-compte")
    assert page.says("Maud Le Bihan")
    assert page.says("maud@academie.example")
    assert len(page.soup.select("tbody tr")) == 2
    assert len(page.soup.select(".badge")) == 1
    assert page.says("cet appareil")
    assert page.says("mercredi 13 janvier 2027")


def test_signed_out_one_goes_to_the_door_and_comes_back(visit):
    page = visit().open("/mon-compte")
    assert page.path == "/entrer"
    assert page.response.request.args["suite"] == "/mon-compte"


def test_every_page_leads_to_the_account(maud, visit):
    assert visit(maud).open("/qui-voit-quoi").follow("Mon compte").path == "/mon-compte"


def test_another_device_is_closed_at_once(maud, visit):
    secret = factories.device(maud)
    other = db.session.query(Device).one()
    visitor = visit(maud)
    page = visitor.open("/mon-compte")
    token = page.soup.select_one("meta[name=csrf-token]")["content"]
    visitor.open(f"/appareils/{other.id}/fermer", "POST", {"csrf_token": token})
    assert person_for_device(secret, clock.now()) is None
    assert visitor.open("/mon-compte").path == "/mon-compte"


def test_closing_this_device_is_leaving(maud, visit):
    visitor = visit(maud)
    page = visitor.open("/mon-compte").press("Déconnecter")
    assert page.path == "/"
    assert page.says("Cet appareil est déconnecté")
    assert visitor.open("/mon-compte").path == "/entrer"


def test_somebody_else_s_device_does_not_exist(maud, visit):
    factories.device(factories.user())
    theirs = db.session.query(Device).one()
    visitor = visit(maud)
    token = visitor.open("/mon-compte").soup.select_one("meta[name=csrf-token]")["content"]
    for device_id in (theirs.id, uuid4()):
        assert visitor.raw(f"/appareils/{device_id}/fermer", "POST", data={"csrf_token": token}).status_code == 404
    assert again(theirs).closed_at is None


def test_a_password_is_chosen_then_removed(maud, visit):
    visitor = visit(maud)
    page = visitor.open("/mon-compte").follow("Choisir un mot de passe")
    page = page.press("Enregistrer ce mot de passe", password="Tr0ub4d&r")
    assert page.path == "/mon-compte"
    assert page.says("Votre mot de passe est enregistré.")
    assert is_right("Tr0ub4d&r", again(maud).password_hash)
    page = page.press("Retirer le mot de passe")
    assert page.says("Votre mot de passe est retiré")
    assert again(maud).password_hash is None
    assert [type(work) for work in asked(Work)] == [MailPasswordChanged] * 2


@pytest.mark.parametrize(
    ("password", "why"),
    [("", "Écrivez un mot de passe."), ("court", "plus long"), ("Le Bihan 2027 !", "sans votre nom")],
)
def test_a_weak_password_is_refused_beside_its_field(maud, visit, password, why):
    page = visit(maud).open("/mon-compte/mot-de-passe").press("Enregistrer ce mot de passe", password=password)
    assert page.status == 422
    assert any(why in error for error in page.errors)
    assert page.soup.select_one("[name=password]")["aria-invalid"] == "true"
    assert again(maud).password_hash is None


def test_a_password_is_never_shown_again(maud, visit):
    maud.password_hash = hash_password("Tr0ub4d&r")
    visitor = visit(maud)
    page = visitor.open("/mon-compte/mot-de-passe").press("Enregistrer ce mot de passe", password="Trop-c0urt-ou-Bihan")
    assert "Trop-c0urt" not in page.response.get_data(as_text=True)
    assert "argon2" not in visitor.open("/mon-compte").response.get_data(as_text=True)


def test_another_address_is_asked_for_and_the_present_one_decides(maud, visit):
    odile = factories.user("Odile", address="odile@academie.example")
    said = set()
    for address in ("libre@academie.example", odile.address):
        page = visit(maud).open("/mon-compte/adresse").press("Demander ce changement", address=address)
        assert page.path == "/mon-compte"
        said.add(page.soup.select_one(".flashes").get_text())
        assert page.says("maud@academie.example")
    assert len(said) == 1
    assert again(maud).address == "maud@academie.example"


def test_an_address_already_one_s_own_is_refused_and_stays_typed(maud, visit):
    page = visit(maud).open("/mon-compte/adresse").press("Demander ce changement", address="Maud@academie.example")
    assert page.status == 422
    assert any("C’est déjà votre adresse." in error for error in page.errors)
    assert page.soup.select_one("[name=address]")["value"] == "Maud@academie.example"


def confirmation(maud, visit, address) -> str:
    """The address of the page that the mail leads to."""
    visit(maud).open("/mon-compte/adresse").press("Demander ce changement", address=address)
    link = db.session.query(PersonalLink).one()
    token = mint_address_token(link)
    db.session.commit()
    return f"/lien/{token}"


def test_confirming_from_the_mail_changes_the_address(maud, visit):
    visitor, url = visit(), confirmation(maud, visit, "nouvelle@academie.example")
    page = visitor.open(url)
    assert page.heading == "Changer votre adresse"
    assert page.says("nouvelle@academie.example")
    assert again(maud).address == "maud@academie.example"
    page = page.press("Changer mon adresse")
    assert page.says("Votre adresse est changée.")
    assert again(maud).address == "nouvelle@academie.example"
    assert visitor.open(url).status == 410


def test_a_taken_address_is_said_at_the_last_step_and_nothing_changes(maud, visit):
    odile = factories.user("Odile", address="odile@academie.example")
    page = visit().open(confirmation(maud, visit, odile.address)).press("Changer mon adresse")
    assert page.status == 422
    assert any("Cette adresse sert déjà ici." in error for error in page.errors)
    assert again(maud).address == "maud@academie.example"
    assert state_of(db.session.query(PersonalLink).one(), clock.now()) is LinkState.READY
    assert db.session.query(User).filter_by(address="odile@academie.example").one().id == odile.id


def rows(page, which: str) -> list:
    """The lines of one of the two tables of sign-ins."""
    caption = page.soup.find("caption", string=f"Les connexions {which}")
    return caption.parent.select("tbody tr") if caption else []


def test_every_sign_in_is_listed_with_its_end_and_until_when_it_is_kept(visit, maud, moment):
    factories.device(maud)
    visitor = visit(maud)
    page = visitor.open("/mon-compte").follow("Toutes mes connexions")
    assert page.heading == "Mes connexions"
    assert len(rows(page, "ouvertes")) == 2
    assert "30 jours après leur fin" in page.text
    page = visitor.open("/mon-compte/connexions").press("Déconnecter tous les autres")
    assert "Un autre appareil est déconnecté." in page.text
    assert len(rows(page, "ouvertes")) == 1
    assert len(rows(page, "terminées")) == 1
    assert "Déconnecter tous les autres" not in page.text


def test_nobody_reads_the_sign_ins_of_another_nor_closes_them(visit, maud):
    helene = factories.user("Hélène")
    visit(maud), visit(helene)
    visitor = visit(helene)
    assert len(rows(visitor.open("/mon-compte/connexions"), "ouvertes")) == 2
    visitor.open("/mon-compte/connexions").press("Déconnecter tous les autres")
    assert visit(maud).open("/mon-compte/connexions").heading == "Mes connexions"
    assert db.session.query(Device).filter_by(user_id=maud.id, closed_at=None).count() == 2


def test_a_sign_in_that_ended_is_listed_until_its_last_day_and_forgotten_the_day_after(visit, maud, moment):
    old = factories.device(maud)
    assert old
    row = db.session.query(Device).filter_by(user_id=maud.id).one()
    row.closed_at = clock.now()
    moment.shift(timedelta(days=29))
    tidy(now=clock.now())
    assert len(rows(visit(maud).open("/mon-compte/connexions"), "terminées")) == 1
    moment.shift(timedelta(days=2))
    tidy(now=clock.now())
    assert len(rows(visit(maud).open("/mon-compte/connexions"), "terminées")) == 0
