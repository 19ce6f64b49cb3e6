"""A programme is launched from the kit: a manager who has never seen it reads every line, types, and is done in less
than ten minutes; at 1280 px, then the public pages are read at 360 px."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from collectifs.campaign.models.calls import Call
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Role
from collectifs.people.domain.sign_in import LinkPurpose
from collectifs.people.models import Territory, User
from collectifs.people.services.sign_in import mint_link
from tests import factories

# A slow reader, a slow hand (keystroke-level model: Card, Moran and Newell, 1980, for somebody who types badly).
WORDS_A_SECOND, A_KEY, A_CLICK, A_THOUGHT = 2.5, 0.5, 1.5, 5.0
NEXT = "Enregistrer et continuer"


@pytest.fixture
def landiers(app: Flask, place: Territory) -> Territory:
    """A territory without anything, beside one whose call was published."""
    factories.call(place, slug="val-de-brume", title="Accompagner, à plusieurs", meets_on=None)
    return factories.territory("Landiers")


@pytest.fixture
def noe(landiers: Territory) -> User:
    who = factories.user("Noé", "Petitjean")
    factories.grant(who, Role.MANAGER, landiers)
    db.session.commit()
    return who


class Newcomer:
    """Somebody who reads every line that they have not read yet before doing anything: what that takes, in seconds."""

    def __init__(self, page: Page) -> None:
        self.page, self.seconds = page, 0.0
        self.known: set[str] = set()
        self.read()

    def read(self) -> None:
        new = set(self.page.locator("main").inner_text().splitlines()) - self.known
        self.known |= new
        self.seconds += A_THOUGHT + len(re.findall(r"\w+", " ".join(new))) / WORDS_A_SECOND

    def click(self, what: Locator) -> None:
        self.seconds += A_CLICK
        what.click()
        self.page.wait_for_load_state()
        self.read()

    def type(self, label: str, words: str) -> None:
        self.seconds += A_CLICK + A_KEY * len(words)
        self.page.get_by_label(label).fill(words)

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name))


def test_a_programme_is_launched_from_the_kit_in_under_ten_minutes(
    app: Flask,
    noe: User,
    landiers: Territory,
    serve: Callable[[Any], str],
    laptop: Page,
    phone: Page,
    check_accessible: Callable[[Page], None],
    check_reflow: Callable[[Page], None],
) -> None:
    link, began = f"/lien/{mint_link(noe, purpose=LinkPurpose.SIGN_IN, now=clock.now())}", time.monotonic()
    db.session.commit()
    page, address = laptop, serve(app)
    page.goto(address + link)
    page.get_by_role("button").first.click()
    page.wait_for_url(lambda url: "/lien/" not in url)
    page.goto(f"{address}/programmes")
    who = Newcomer(page)
    who.click(page.get_by_role("link", name="lancer un programme"))
    page.get_by_label("Val-de-Brume").check()
    who.press("Tout reprendre")
    expect(page.get_by_role("heading", level=1)).to_have_text("Collectifs de Landiers")
    check_accessible(page)
    who.type("Qui répond", "École académique de la formation")
    who.type("À quelle adresse", "tutorat@landiers.example")
    who.press(NEXT)
    first = clock.now().date() + timedelta(days=30)
    for number, label in enumerate(("Il ouvre le", "Il ferme le", "Réponse à chaque personne le")):
        who.type(label, (first + timedelta(days=14 * number)).isoformat())
    who.press(NEXT)
    who.type("Numéro du dispositif", "27A0310001")
    who.press(NEXT)
    for label, words in (("Prénom", "Maëlle"), ("Nom de famille", "Aubry"), ("Adresse", "maelle@landiers.example")):
        who.type(label, words)
    who.press(NEXT)
    who.press("Ouvrir l’appel")
    expect(page.get_by_text("le programme est lancé")).to_be_visible()
    took = time.monotonic() - began
    assert 120 < who.seconds + took < 600
    db.session.expire_all()
    call = db.session.query(Call).filter_by(territory_id=landiers.id).one()
    assert call.published_at is not None
    assert call.title == "Accompagner, à plusieurs"
    for path in ("/lancer", "/annuaire"):
        phone.goto(address + path)
        check_accessible(phone)
        check_reflow(phone)
