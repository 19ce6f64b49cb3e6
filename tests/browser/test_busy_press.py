"""The editor of the sheet while whoever prints is busy: the text is saved, and the page is measured afterwards."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from collectifs.blueprints.sheets import papers
from collectifs.kernel.documents.printing import PressBusy
from collectifs.kernel.extensions import db
from collectifs.sheets.documents.sheet import Room, SheetPaper
from tests import factories
from tests.circle import Circle


def test_what_is_typed_is_saved_and_the_page_says_that_it_is_measured_later(
    laptop: Page, serve: Callable, app: Flask, circle: Circle, check_accessible, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, busy = papers.sheet_room, [True]

    def measured(paper: SheetPaper) -> Room:
        if busy[0]:
            raise PressBusy
        return usual(paper)

    monkeypatch.setattr(papers, "sheet_room", measured)
    secret, path = factories.device(circle.pilot), circle.url("/ecrire")
    db.session.commit()
    address = serve(app)
    laptop.context.add_cookies([{"name": "appareil", "value": secret, "url": address}])
    laptop.goto(address + path)
    say, answer = laptop.locator("[data-preview-say]"), laptop.get_by_role("textbox", name="Réponse 1", exact=True)
    expect(say).to_contain_text("L’impression est occupée : votre texte s’enregistre")
    check_accessible(laptop)
    answer.fill("Commencer par écouter.")
    expect(laptop.locator(".saved").first).to_contain_text("Enregistré à", timeout=10_000)
    expect(say).to_contain_text("la place sur la page sera mesurée ensuite")
    busy[0] = False
    expect(say).to_contain_text("Une page.", timeout=20_000)
    expect(answer).to_have_value("Commencer par écouter.")


def test_a_page_that_was_opened_while_it_was_busy_is_measured_without_a_key(
    laptop: Page, serve: Callable, app: Flask, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, refusals = papers.sheet_room, [PressBusy(), PressBusy()]

    def measured(paper: SheetPaper) -> Room:
        if refusals:
            raise refusals.pop()
        return usual(paper)

    monkeypatch.setattr(papers, "sheet_room", measured)
    secret, path = factories.device(circle.pilot), circle.url("/ecrire")
    db.session.commit()
    address = serve(app)
    laptop.context.add_cookies([{"name": "appareil", "value": secret, "url": address}])
    laptop.goto(address + path)
    say = laptop.locator("[data-preview-say]")
    expect(say).to_contain_text("L’impression est occupée")
    expect(say).to_contain_text("Une page.", timeout=20_000)
