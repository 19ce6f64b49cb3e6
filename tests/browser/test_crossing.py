"""Before a sheet leaves, in a real browser: the guard's questions by thumb and without scripts."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from collectifs.kernel.extensions import db
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from tests import factories
from tests.browser.conftest import LAPTOP, PHONE
from tests.circle import DAY, Circle

DOUBTFUL = SheetContent(
    "Comment dire ce que l’on a vu ?",
    (
        Answer("Le mardi 8 décembre à 10 h 20, dire trois faits.", AnswerKind.TRIED),
        Answer("Ne pas corriger, même quand la 3e B s’impatiente.", AnswerKind.CONSIDERED),
    ),
)
QUESTION = "Un lecteur du département pourrait-il reconnaître quelqu’un ?"


@pytest.fixture
def cross(serve: Callable, app: Flask, circle: Circle, moment) -> Callable[..., None]:
    """Opens the crossing of a sheet that the collective agreed to, as its pilot; `joined` came since."""

    def go(page: Page, content: SheetContent = DOUBTFUL, joined: tuple[str, str] | None = None) -> None:
        circle.write(content)
        circle.propose()
        moment.shift(6 * DAY)
        if joined:
            factories.membership(factories.user(*joined), circle.collective)
        secret, path = factories.device(circle.pilot), circle.url("/transmettre")
        db.session.commit()  # and nothing is read here any more: a transaction of ours would hold the pilot's back
        address = serve(app)
        page.context.add_cookies([{"name": "appareil", "value": secret, "url": address}])
        page.goto(address + path)

    return go


def test_by_thumb_each_passage_is_answered_and_the_sheet_goes_back_to_writing(
    phone: Page, cross, check_accessible, check_reflow
):
    cross(phone)
    expect(phone.get_by_role("heading", name=QUESTION)).to_be_visible()
    phone.get_by_role("button", name="Transmettre la fiche").tap()
    expect(phone.get_by_text("Choisissez : garder, remplacer ou reformuler.").first).to_be_visible()
    check_reflow(phone)
    check_accessible(phone)
    groups = phone.locator("fieldset[id^=passage-]")
    expect(groups).to_have_count(3)
    for number, words in enumerate(("Garder", "Remplacer", "Remplacer")):
        groups.nth(number).get_by_label(words).check()
    phone.get_by_role("button", name="Transmettre la fiche").tap()
    expect(phone.get_by_text("Les mots sont changés.")).to_be_visible()
    expect(phone.get_by_role("textbox", name="Réponse 2", exact=True)).to_have_value(
        "Ne pas corriger, même quand une classe de troisième s’impatiente."
    )
    check_reflow(phone)


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_without_scripts_what_is_kept_leaves(new_context: Callable[..., BrowserContext], cross, size):
    page = new_context(**size, java_script_enabled=False).new_page()
    cross(page)
    for group in page.locator("fieldset[id^=passage-]").all():
        group.get_by_label("Garder").check()
    page.get_by_role("button", name="Transmettre la fiche").click()
    expect(page.get_by_text("La fiche est transmise à l’inspection.")).to_be_visible()


def test_on_a_laptop_what_blocks_says_why_and_gives_way_in_one_click(
    laptop: Page, cross, check_accessible, check_reflow
):
    content = SheetContent("Comment faire ?", (Answer("Faire comme Solène, porte ouverte.", AnswerKind.TRIED),))
    cross(laptop, content, joined=("Solène", "Kerjean"))
    expect(laptop.get_by_role("heading", name="« Solène »")).to_be_visible()
    expect(laptop.get_by_role("button", name="Transmettre la fiche")).to_have_count(0)
    check_reflow(laptop)
    check_accessible(laptop)
    laptop.get_by_role("button", name="Remplacer ces mots").click()
    expect(laptop.get_by_role("textbox", name="Réponse 1", exact=True)).to_have_value(
        "Faire comme quelqu’un du collectif, porte ouverte."
    )
