"""The editor of the sheet in a real browser: it saves as one types, by thumb, by keyboard, and without scripts."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from collectifs.domain.sheet import Answer, AnswerKind, SheetContent
from collectifs.extensions import db
from collectifs.models import SynthesisSheet
from collectifs.queries.sheets import open_draft
from tests import factories
from tests.sheets import Circle


@pytest.fixture
def circle(app: Flask) -> Circle:
    return Circle()


@pytest.fixture
def open_as(serve: Callable, app: Flask, circle: Circle) -> Callable[[Page, str], None]:
    def go(page: Page, end: str) -> None:
        secret, path = factories.device(circle.pilot), circle.url(end)
        db.session.commit()  # and nothing is read here any more: a transaction of ours would hold the pilot's back
        address = serve(app)
        page.context.add_cookies([{"name": "appareil", "value": secret, "url": address}])
        page.goto(address + path)

    return go


def draft() -> SheetContent:
    db.session.rollback()
    db.session.expire_all()
    content = open_draft(db.session.query(SynthesisSheet).one()).without_blanks()
    db.session.rollback()
    return content


def test_by_thumb_what_is_typed_is_saved_and_the_page_follows(phone: Page, open_as, check_accessible, check_reflow):
    open_as(phone, "/ecrire")
    first = phone.locator("[data-preview]").get_attribute("src")
    phone.get_by_role("textbox", name="1- Notre problématique").fill("Comment dire, alors que tout presse ?")
    phone.get_by_role("textbox", name="Réponse 1", exact=True).fill("Commencer par écouter.")
    phone.get_by_text("éprouvée", exact=True).first.tap()
    expect(phone.locator(".saved").first).to_contain_text("Enregistré à", timeout=10_000)
    expect(phone.locator("[data-preview]")).not_to_have_attribute("src", first or "", timeout=10_000)
    expect(phone.locator("[data-preview-say]")).to_contain_text("Une page.")
    check_reflow(phone)
    check_accessible(phone)
    assert draft().answers == (Answer("Commencer par écouter.", AnswerKind.TRIED),)


def test_by_keyboard_the_last_words_go_with_the_button(laptop: Page, open_as, check_accessible):
    open_as(laptop, "/ecrire")
    laptop.get_by_role("textbox", name="1- Notre problématique").focus()
    laptop.keyboard.type("Comment dire ?")
    laptop.keyboard.press("Tab")
    laptop.keyboard.type("Commencer par écouter.")
    laptop.keyboard.press("Tab")
    laptop.keyboard.press("Space")
    button = laptop.get_by_role("button", name="Proposer la fiche au collectif")
    button.focus()
    laptop.keyboard.press("Enter")
    expect(laptop.get_by_role("heading", level=1)).to_have_text("Proposer la fiche")
    check_accessible(laptop)
    assert draft() == SheetContent("Comment dire ?", (Answer("Commencer par écouter.", AnswerKind.TRIED),))


def test_without_scripts_each_button_sends_the_whole_sheet(
    new_context: Callable[..., BrowserContext], open_as, check_reflow
):
    page = new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    open_as(page, "/ecrire")
    page.get_by_role("textbox", name="1- Notre problématique").fill("Comment dire ?")
    page.get_by_role("textbox", name="Réponse 1", exact=True).fill("Commencer par écouter.")
    page.get_by_role("button", name="Ajouter une réponse").click()
    page.get_by_role("textbox", name="Réponse 2", exact=True).fill("Puis nommer.")
    page.get_by_role("textbox", name="Condition de la réponse 2").fill("à deux")
    page.keyboard.press("Enter")
    expect(page.locator(".saved").first).to_contain_text("Enregistré à")
    page.locator("summary[aria-label='Déplacer ou retirer la réponse 2']").click()
    page.get_by_role("button", name="Monter la réponse 2").click()
    expect(page.get_by_role("textbox", name="Réponse 1", exact=True)).to_have_value("Puis nommer.")
    assert draft().answers == (Answer("Puis nommer.", None, "à deux"), Answer("Commencer par écouter."))
