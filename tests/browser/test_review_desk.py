"""The inspector's desk: sheet after sheet by keys and by thumb, each scroll on its own, its place kept.

Forty are read to the last by their key, which presses the same button as a thumb does: by thumb, few.
"""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from collectifs.kernel import vault
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.sheets.domain.sheet import Answer, SheetContent
from collectifs.sheets.models import SubmittedSheet
from tests import factories
from tests.browser.conftest import LAPTOP
from tests.browser.patience import becomes
from tests.circle import DAY, Circle

FORTY, FEW = 40, 5
IS_DOWN = "it => it.scrollTop > 0"


@pytest.fixture
def pile(circle: Circle, moment) -> Callable[[int], None]:
    """So many sheets wait, long enough to be scrolled."""
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    first = circle.copy
    answers = tuple(
        Answer(f"Réponse {place}, dite en deux lignes au moins pour que la page soit longue. " * 2)
        for place in range(6)
    )

    def add(number: int) -> None:
        row = SubmittedSheet(
            id=uuid4(),
            sheet_id=first.sheet_id,
            version_number=1 + number,
            territory_id=circle.territory.id,
            season=first.season,
            collective_code=f"C{number}",
            month=first.month,
            degree=first.degree,
            key_id=vault.make_key(),
            submitted_at=first.submitted_at - number * DAY,
            submitted_by_id=circle.pilot.id,
        )
        seal_text(row, SubmittedSheet.body, SheetContent(f"Comment numéro {number} ?", answers).to_json())
        db.session.add(row)

    def fill(sheets: int) -> None:
        for number in range(1, sheets):
            add(number)
        db.session.commit()

    return fill


@pytest.fixture
def desk(serve: Callable, app, circle: Circle, pile: Callable[[int], None]) -> Callable[..., Page]:
    """The desk of the inspection in a window, before that many sheets."""

    def enter(page: Page, sheets: int = FEW) -> Page:
        pile(sheets)
        secret = factories.device(circle.inspector)
        db.session.commit()
        address = serve(app)
        page.context.add_cookies([{"name": "appareil", "value": secret, "url": address}])
        page.goto(f"{address}/fiches-transmises")
        return page

    return enter


def press(page: Page, key: str) -> None:
    """A key, once the page listens."""
    expect(page.locator("#touches")).to_be_checked()
    page.keyboard.press(key)


def test_forty_sheets_are_read_one_key_each(desk, laptop: Page, check_accessible):
    page = desk(laptop, FORTY)
    check_accessible(page)
    page.get_by_role("link", name="Lire la première").press("Enter")
    page.get_by_role("link", name="Ouvrir la fiche").press("Enter")
    check_accessible(page)
    for number in range(1, FORTY):
        press(page, "l")
        expect(page.locator(".f-q")).to_have_text(f"Comment numéro {number}\u202f?")
        if number == 10:
            press(page, "Space")
            becomes(page, lambda: page.locator("[data-sheet]").evaluate(IS_DOWN), True)  # space reads on
        if number == 20:
            expect(page.locator("#touches")).to_be_checked()
            becomes(page, lambda: page.locator("[data-pile]").evaluate(IS_DOWN), True)  # the pile follows
            assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), "each scrolls on its own"
    press(page, "l")
    expect(page.get_by_text("Tout est lu.")).to_be_visible()
    expect(page.get_by_text("Pas lues par moi (0)")).to_be_visible()


def test_keys_go_both_ways_never_while_one_types_and_may_be_switched_off(desk, laptop: Page):
    page = desk(laptop)
    page.get_by_role("link", name="Lire la première").click()
    page.get_by_role("link", name="Ouvrir la fiche").click()
    press(page, "j")
    expect(page.locator(".f-q")).to_have_text("Comment numéro 1\u202f?")
    press(page, "k")
    expect(page.locator(".f-q")).to_contain_text("alors que tout presse")
    press(page, "r")
    page.keyboard.type("jkl ?")
    expect(page.get_by_role("textbox")).to_have_value("jkl ?")
    page.get_by_text("Touches").click()
    page.get_by_label("Raccourcis du clavier").uncheck()
    page.locator("h2").first.click(force=True)
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    expect(page.locator(".f-q")).to_contain_text("alors que tout presse")


def test_by_thumb_the_sheet_stands_alone_then_the_next(desk, phone: Page, check_reflow, check_accessible):
    page = desk(phone)
    check_reflow(page)
    page.get_by_role("link", name="Lire la première").tap()
    page.get_by_role("link", name="Ouvrir la fiche").tap()
    expect(page.locator(".fiche")).to_be_visible()
    check_reflow(page)
    check_accessible(page)
    expect(page.locator(".pile")).to_be_hidden()
    assert page.locator(".fiche").bounding_box()["y"] < 740, "it begins on the first screen"
    for number in range(1, FEW):  # one tap a sheet, as one key
        page.get_by_role("button", name="Lue et suivante").tap()
        expect(page.locator(".f-q")).to_have_text(f"Comment numéro {number}\u202f?")
    page.get_by_role("button", name="Lue et suivante").tap()
    expect(page.get_by_text("Tout est lu.")).to_be_visible()


def test_without_scripts_everything_is_there(desk, new_context):
    page = desk(new_context(**LAPTOP, java_script_enabled=False).new_page())
    page.get_by_role("link", name="Lire la première").click()
    page.get_by_role("link", name="Ouvrir la fiche").click()
    page.get_by_role("button", name="Lue et suivante").click()
    expect(page.locator(".f-q")).to_have_text("Comment numéro 1\u202f?")
    expect(page.get_by_text("Touches")).to_be_hidden()
