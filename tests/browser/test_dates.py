"""Dates at the choice of a collective: three members answer by their personal links at 360 px, the pilot proposes, and
chooses with the keyboard at 1280 px."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from collectifs.collectives.models import Collective
from collectifs.collectives.queries.collectives import get_collective_facts
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.people.domain.sign_in import LinkPurpose
from collectifs.people.models import User
from collectifs.people.services.sign_in import mint_link
from tests import factories
from tests.browser.conftest import PHONE
from tests.browser.demo_server import post
from tests.browser.test_journey_keyboard import Keyboard

DAYS = ("2027-03-17", "2027-03-24", "2027-03-31")


@pytest.fixture
def collective(app: Flask, pilot: User, maud: User) -> Collective:
    members = [maud, factories.user("Rose", "Dalle"), factories.user("Yann", "Corre")]
    row = factories.collective(pilot=pilot, members=members, name="Les Tilleuls")
    factories.meeting(row, starts_at=clock.now() - timedelta(days=30), place="Collège de la Brume")
    db.session.commit()
    return row


def link_of(who: User, collective: Collective) -> str:
    facts = get_collective_facts(collective.id)
    return f"/lien/{mint_link(who, purpose=LinkPurpose.PERSONAL, now=clock.now(), collective=facts)}"


def title(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def enter(page: Page, url: str) -> None:
    """By the button of a personal link, in a browser that knew nobody: read, nothing is laid out."""
    page.context.clear_cookies()
    assert "/lien/" not in post(page, url).url


def test_dates_are_proposed_answered_by_link_and_chosen(
    app: Flask,
    collective: Collective,
    pilot: User,
    serve: Callable[[Any], str],
    laptop: Page,
    phone: Page,
    check_accessible: Callable[[Page], None],
    check_reflow: Callable[[Page], None],
) -> None:
    links = {row.given_name: link_of(row, collective) for row in db.session.query(User).all()}
    way = f"/collectifs/{collective.id}/proposer-des-dates"
    db.session.commit()  # and nothing is read here any more: a transaction of ours would hold the server's back
    address = serve(app)
    enter(laptop, address + links.pop("Hélène"))
    hands = Keyboard(laptop)
    propose(hands, address + way)
    check_accessible(laptop)
    where = laptop.url.partition("#")[0]
    said = {"Maud": ("Oui", "Oui", "Non"), "Rose": ("Non", "Si besoin", "Oui"), "Yann": ("Oui", "Oui", "Non")}
    for who, link in links.items():
        enter(phone, address + link)
        answer(phone, where, said[who], check_accessible, check_reflow)
    choose(hands, where, check_accessible, check_reflow)


def propose(hands: Keyboard, url: str) -> None:
    """Three dates, the hours and the place as the last meeting had them."""
    page = hands.page
    page.goto(url)
    title(page, "Proposer des dates")
    for number, day in enumerate(DAYS, 1):
        page.get_by_role("group", name=f"Date {number}").get_by_label("Jour").fill(day)
    hands.go("Proposer ces dates")
    title(page, "Quand vous convient-il ?")


def answer(
    page: Page,
    where: str,
    said: tuple[str, ...],
    check_accessible: Callable[[Page], None],
    check_reflow: Callable[[Page], None],
) -> None:
    """One tap a date; each is kept before the next."""
    page.set_viewport_size(PHONE["viewport"])
    page.goto(where)
    check_reflow(page)
    for number, word in enumerate(said, 1):
        line = page.locator(f"#date-{number}")
        line.get_by_role("button", name=word).tap()
        expect(line.get_by_role("button", pressed=True)).to_contain_text(word)
        expect(line).to_contain_text("Réponse gardée")
    check_accessible(page)
    check_reflow(page)
    page.set_viewport_size({"width": 320, "height": 640})
    check_reflow(page)


def choose(
    hands: Keyboard,
    where: str,
    check_accessible: Callable[[Page], None],
    check_reflow: Callable[[Page], None],
) -> None:
    """The date that shuts out fewest is the first line; the one that shuts Rose out asks once."""
    page = hands.page
    for number in (1, 2, 3):
        page.goto(f"{where}#date-{number}")
        line = page.locator(f"#date-{number}")
        line.get_by_role("button", name="Oui").focus()
        hands.press("Enter")
        expect(line.get_by_role("button", pressed=True)).to_contain_text("Oui")
    page.goto(f"{where}/choisir")
    title(page, "Choisir la date")
    expect(page.locator("tbody tr").first).to_contain_text("24 mars 2027")
    check_accessible(page)
    page.set_viewport_size({"width": 360, "height": 740})
    check_reflow(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("tbody tr").nth(1).get_by_role("button", name="Choisir").focus()
    hands.press("Enter")
    hands.reads("c’est se passer de Rose Dalle")
    check_accessible(page)
    hands.go("Choisir quand même")
    hands.reads("La date est choisie", "17 mars 2027")
    page.goto(where)
    title(page, "La question est close")
