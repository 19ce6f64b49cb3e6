"""The door, as people find it: links, passwords, what is told and what is not."""

import pytest

from collectifs.collectives.queries.collectives import get_collective_facts
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import Job
from collectifs.kernel.work import Work
from collectifs.people.domain.sign_in import LinkPurpose
from collectifs.people.domain.work import LinkWanted, MailSignInLink
from collectifs.people.models import Device, PersonalLink, SignInFailure
from collectifs.people.services import sign_in
from collectifs.web.local import kept_path
from tests import factories
from tests.asked import asked

SENT = "Regardez votre messagerie"


@pytest.fixture
def maud(app):
    return factories.user("Maud", "Le Bihan", address="maud@academie.example")


def mint(user, purpose=LinkPurpose.PERSONAL, collective=None) -> str:
    """The address that a mail carries."""
    facts = get_collective_facts(collective.id) if collective else None
    token = sign_in.mint_link(user, purpose=purpose, now=clock.now(), collective=facts)
    db.session.commit()
    return f"/lien/{token}"


def count(model) -> int:
    db.session.rollback()
    return db.session.query(model).count()


def signed_in_as(visitor) -> str:
    return visitor.open("/mon-compte").text


def test_opening_the_link_greets_and_changes_nothing_until_the_gesture(maud, visit):
    url, visitor = mint(maud), visit()
    for method in ("GET", "HEAD", "GET"):
        assert visitor.raw(url, method).status_code == 200
    assert count(Device) == 0
    db.session.rollback()
    assert db.session.query(PersonalLink).one().used_at is None
    page = visitor.open(url)
    assert page.heading == "Bonjour Maud"
    assert page.has_button("Ouvrir sur cet appareil")
    assert not page.says("Le Bihan")
    assert not page.says(maud.address)


def test_the_gesture_opens_this_device_and_goes_to_a_clean_address(maud, visit):
    collective = factories.collective(members=[maud])
    visitor = visit()
    page = visitor.open(mint(maud, collective=collective))
    response = visitor.raw(page.path, "POST", data={"csrf_token": page.soup.select_one("[name=csrf_token]")["value"]})
    assert response.status_code == 302
    assert response.location == f"/collectifs/{collective.id}"
    cookie = response.headers["Set-Cookie"] + "".join(response.headers.getlist("Set-Cookie"))
    assert "appareil=" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Maud Le Bihan" in signed_in_as(visitor)


def test_an_invitation_to_a_collective_that_one_left_leads_to_the_first_page(maud, visit):
    left = factories.collective()
    factories.membership(maud, left, ends_at=clock.now())
    page = visit().open(mint(maud, collective=left)).press("Ouvrir sur cet appareil")
    assert page.path == "/"
    assert page.heading == "Bonjour Maud"


def test_the_same_link_on_the_same_device_just_goes_on(maud, visit):
    url, visitor = mint(maud), visit()
    visitor.open(url).press("Ouvrir sur cet appareil")
    assert visitor.open(url).path == "/"
    token = visitor.open("/qui-voit-quoi").soup.select_one("meta[name=csrf-token]")["content"]
    assert visitor.raw(url, "POST", data={"csrf_token": token}).status_code == 302
    assert count(Device) == 1


def test_on_another_device_the_link_only_offers_to_write_and_its_owner_is_told(maud, visit):
    url = mint(maud)
    visit().open(url).press("Ouvrir sur cet appareil")
    other = visit()
    page = other.open(url)
    assert page.heading == "Ce lien a déjà été ouvert"
    assert not page.says("Maud")
    assert count(Job) == 0
    page = page.press("Recevoir un lien par courriel")
    assert page.heading == SENT
    assert asked(Work) == [MailSignInLink(maud.id, LinkWanted.ELSEWHERE)]
    assert count(Device) == 1
    assert other.open("/mon-compte").path == "/entrer"


def test_a_link_by_mail_enters_once(maud, visit):
    url = mint(maud, LinkPurpose.SIGN_IN)
    visitor = visit()
    visitor.open(url).press("Entrer sur cet appareil")
    assert "Maud Le Bihan" in signed_in_as(visitor)
    page = visit().open(url)
    assert (page.status, page.heading) == (410, "Ce lien ne sert plus")


@pytest.mark.parametrize("what", ["forged", "stale", "used", "revoked"])
def test_every_dead_link_gets_the_same_page_and_the_way_out(maud, visit, moment, what):
    url = mint(maud, LinkPurpose.SIGN_IN)
    row = db.session.query(PersonalLink).one()
    if what == "forged":
        url = "/lien/" + "A" * 43
    elif what == "stale":
        row.expires_at = clock.now()
    elif what == "used":
        row.used_at = clock.now()
    else:
        row.revoked_at = clock.now()
    visitor = visit()
    page = visitor.open(url)
    assert page.status == 410
    assert page.text == visit().open("/lien/inconnu").text
    assert page.follow("Recevoir un nouveau lien").path == "/"


def test_insisting_on_a_dead_link_is_counted_then_slowed_down(visit):
    visitor = visit()
    token = visitor.open("/entrer").soup.select_one("meta[name=csrf-token]")["content"]
    for _ in range(10):
        assert visitor.raw("/lien/devine", "POST", data={"csrf_token": token}).status_code == 410
    assert count(SignInFailure) == 20  # the token and the network
    page = visitor.open("/lien/devine", "POST", {"csrf_token": token})
    assert (page.status, page.heading) == (429, "Trop d’essais d’affilée")
    assert visitor.raw("/lien/autre", "POST", data={"csrf_token": token}).status_code == 410
    assert visitor.open("/lien/devine").status == 410


def test_looking_at_a_dead_link_writes_nothing(visit):
    visit().open("/lien/devine")
    assert count(SignInFailure) == 0


def test_somebody_else_is_told_that_their_visit_will_be_closed(maud, visit):
    odile = factories.user("Odile", "Ferrand")
    visitor = visit(odile)
    page = visitor.open(mint(maud))
    assert page.says("Vous êtes ici avec le compte d’Odile Ferrand.")
    page.press("Ouvrir sur cet appareil")
    assert "Maud Le Bihan" in signed_in_as(visitor)
    assert [row.closed_at is not None for row in db.session.query(Device).filter_by(user_id=odile.id)] == [True]


def test_asking_for_a_link_answers_the_same_to_everybody(maud, visit):
    pages = [
        visit().open("/entrer").press("Recevoir mon lien", address=address)
        for address in ("maud@academie.example", "personne@academie.example")
    ]
    assert pages[0].heading == SENT
    assert [tag.decode() for tag in pages[0].soup.select("main p, main h1")] == [
        tag.decode() for tag in pages[1].soup.select("main p, main h1")
    ]
    assert [type(work) for work in asked(Work)] == [MailSignInLink] * 2


def test_the_first_page_asks_for_the_same_link(maud, visit):
    page = visit().open("/").press("Recevoir mon lien", address=maud.address)
    assert page.heading == SENT


@pytest.mark.parametrize(
    ("address", "why"), [("", "Écrivez une adresse électronique."), ("maud", "Cette adresse est incomplète")]
)
def test_an_address_that_cannot_be_is_said_beside_its_field(visit, address, why):
    page = visit().open("/entrer").press("Recevoir mon lien", address=address)
    assert page.status == 422
    assert any(why in error for error in page.errors)
    assert page.soup.select_one("[name=address]")["value"] == address
    assert count(Job) == 0


def test_a_field_is_called_wrong_once_it_was_sent_and_the_title_says_so_first(visit):
    page = visit().open("/entrer")
    field = page.soup.select_one("[name=address]")
    assert (field["aria-required"], field.get("aria-invalid"), field.get("required")) == ("true", None, None)
    refused = page.press("Recevoir mon lien", address="")
    assert refused.soup.select_one("[name=address]")["aria-invalid"] == "true"
    assert refused.soup.title.get_text() == f"Erreur\u00a0: {page.soup.title.get_text()}"


def test_entering_begins_the_visit_afresh(maud, visit):
    visitor = visit()
    page = visitor.open(mint(maud))
    before = page.soup.select_one("meta[name=csrf-token]")["content"]
    page.press("Ouvrir sur cet appareil")
    stale = visitor.raw("/sortir", "POST", data={"csrf_token": before})
    assert stale.status_code == 403


def test_leaving_closes_the_device_and_forgets_it(maud, visit):
    visitor = visit(maud)
    page = visitor.open("/").press("Se déconnecter")
    assert page.path == "/"
    assert page.says("Cet appareil est déconnecté")
    assert visitor.client.get_cookie("appareil") is None
    assert db.session.query(Device).one().closed_at == clock.now()


def test_a_signed_in_person_does_not_stop_at_the_door(maud, visit):
    assert visit(maud).open("/entrer").path == "/"
    assert visit(maud).open("/entrer?suite=/mon-compte").path == "/mon-compte"


def test_a_forged_form_opens_nothing(maud, visit):
    visitor = visit()
    assert visitor.raw(mint(maud), "POST").status_code == 403
    assert count(Device) == 0


def test_outside_the_demonstration_nobody_enters_with_one_click(visit):
    person = factories.user(is_demo=True, demo_circle="collective", demo_line="pilote")
    visitor = visit()
    page = visitor.open("/entrer")
    assert not page.says("Entrer comme…")
    token = page.soup.select_one("meta[name=csrf-token]")["content"]
    answer = visitor.raw(f"/entrer/{person.id}/demonstration", "POST", data={"csrf_token": token})
    assert answer.location.startswith("/entrer")
    assert count(Device) == 0


# Where one was going


def asked_for(visitor, path: str, maud) -> str:
    """Signed out, somebody opens an address, asks for a link there, and the mail that leaves carries it."""
    page = visitor.open(path)
    assert page.path == "/entrer"
    visitor.page = page.press("Recevoir mon lien", address=maud.address)
    wanted = asked(MailSignInLink)[-1]
    token = sign_in.mint_link(maud, purpose=LinkPurpose.SIGN_IN, now=clock.now(), leads_to=wanted.leads_to)
    db.session.commit()
    return f"/lien/{token}"


def test_a_link_asked_for_leads_where_one_was_going_and_both_pages_say_it(maud, visit):
    meeting = factories.meeting(factories.collective(members=[maud]))
    visitor, path = visit(), f"/regroupements/{meeting.id}"
    assert visitor.open(path).says("Pour voir le regroupement : le lien que vous recevrez y mène.")
    link = asked_for(visitor, path, maud)
    assert path not in link
    page = visitor.open(link)
    assert page.says("Vous irez ensuite voir le regroupement.")
    assert page.press("Entrer sur cet appareil").path == path


def test_an_address_that_does_not_exist_is_kept_by_nobody_and_said_in_the_same_words(maud, visit):
    hidden = "/fiches/00000000-0000-4000-8000-000000000000"
    visitor = visit()
    assert visitor.open(hidden).says("Pour lire la fiche : le lien que vous recevrez y mène.")
    assert not visitor.open("/nulle-part").says("le lien que vous recevrez y mène")
    assert visitor.open(asked_for(visitor, "/nulle-part", maud)).press("Entrer sur cet appareil").path == "/"


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("/mes-regroupements?depuis=Maud", "/mes-regroupements"),  # what a form added to it is not kept
        ("//mechant.example/fiches", ""),
        ("https://mechant.example/", ""),
        ("/entrer", ""),
        ("/", ""),
        ("/nulle-part", ""),
        (None, ""),
    ],
)
def test_only_an_address_of_ours_is_kept_and_nothing_that_was_typed(app, asked, kept):
    assert kept_path(asked) == kept
