"""The editor of the sheet as it starts: words that came before it are saved, and nothing is where there are none."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from collectifs.kernel.extensions import db
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from tests import factories
from tests.browser.patience import becomes
from tests.browser.test_sheet import draft
from tests.circle import Circle


@pytest.fixture
def address(phone: Page, serve: Callable, app: Flask, circle: Circle) -> str:
    """The page on which its pilot writes."""
    secret, path = factories.device(circle.pilot), circle.url("/ecrire")
    db.session.commit()
    house = serve(app)
    phone.context.add_cookies([{"name": "appareil", "value": secret, "url": house}])
    return house + path


def test_what_is_typed_before_the_editor_has_come_is_saved_without_another_key(phone: Page, address: str):
    held: list[Route] = []
    phone.route("**/js/sheet_editor.js", lambda route: held.append(route))  # noqa: PLW0108  Playwright marks it
    phone.goto(address, wait_until="commit")
    phone.get_by_role("textbox", name="1- Notre problématique").fill("Comment dire ?")
    phone.get_by_role("textbox", name="Réponse 1", exact=True).fill("Commencer par écouter.")
    phone.get_by_text("éprouvée", exact=True).first.tap()
    held.pop().continue_()
    expect(phone.locator(".saved").first).to_contain_text("Enregistré à", timeout=10_000)
    becomes(phone, draft, SheetContent("Comment dire ?", (Answer("Commencer par écouter.", AnswerKind.TRIED),)))


def test_nothing_is_saved_of_a_page_on_which_nothing_is_typed(phone: Page, address: str):
    posted: list[str] = []
    phone.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    phone.goto(address)
    expect(phone.locator("[data-started]")).to_be_attached()
    phone.wait_for_timeout(1_500)  # a key is saved after one second
    assert posted == []


# As a form goes without its script, which would have saved first.
SEND = """words => {
  const form = document.querySelector("form.edit");
  form.querySelector("[data-answer=text]").value = words;
  form.submit();
}"""


def test_a_text_that_was_refused_is_still_said_to_be_none_that_the_preview_shows(phone: Page, address: str):
    phone.goto(address)
    with phone.expect_navigation():
        phone.evaluate(SEND, "é" * 501)
    expect(phone.locator("[data-started]")).to_be_attached()
    expect(phone.locator("[data-preview-former]")).to_contain_text("ce que vous venez d’écrire n’y est pas encore")
