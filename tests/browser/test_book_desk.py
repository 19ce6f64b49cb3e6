"""The editor's desk: the original beside the form on a laptop, under it on a phone; by the keyboard alone."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from collectifs.kernel.extensions import db
from tests import booking, factories
from tests.circle import DAY, Circle

ORIGINAL = "aside[aria-label^='L’original']"


def test_a_page_is_reworded_beside_its_original_by_keys_and_heard_without_fault(
    circle: Circle,
    moment,
    app: Flask,
    serve: Callable[[Flask], str],
    laptop: Page,
    phone: Page,
    check_accessible: Callable[[Page], None],
    check_reflow: Callable[[Page], None],
) -> None:
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    entry = booking.page(booking.book(circle.territory, circle.collective.season), submitted_id=circle.copy.id)
    secret, path = factories.device(circle.inspector), f"/recueil-pages/{entry.id}"
    db.session.commit()
    here = serve(app)
    for screen in (laptop, phone):
        enter(screen.context, secret, here)
        screen.goto(here + path)
        check_reflow(screen)
        check_accessible(screen)
    form, side = laptop.locator(".desk form").bounding_box(), laptop.locator(ORIGINAL).bounding_box()
    assert form
    assert side
    assert side["x"] >= form["x"] + form["width"]
    under, above = phone.locator(ORIGINAL).bounding_box(), phone.locator(".desk form").bounding_box()
    assert under
    assert above
    assert under["y"] >= above["y"] + above["height"]
    reach(laptop, "document.activeElement.name === 'title'")
    laptop.keyboard.type("Se taire, puis écouter")
    reach(laptop, "document.activeElement.matches(\"[aria-label^='L’original']\")")
    reach(laptop, "document.activeElement.name === 'title'", "Shift+Tab")
    laptop.keyboard.press("Enter")
    expect(laptop.get_by_text("C’est enregistré.")).to_be_visible()
    expect(laptop.get_by_label("Titre de la page")).to_have_value("Se taire, puis écouter")


def enter(context: BrowserContext, secret: str, here: str) -> None:
    context.add_cookies([{"name": "appareil", "value": secret, "url": here}])


def reach(page: Page, wanted: str, key: str = "Tab") -> None:
    for _ in range(60):
        if page.evaluate(wanted):
            return
        page.keyboard.press(key)
    raise AssertionError(wanted)
