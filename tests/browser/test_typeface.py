"""A page moves as good as not when its typeface arrives: what stands in for it is as wide and as tall."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.demo_server import Demo
from tests.browser.test_room_opens import MOVED

LATE_S = 0.4
ARRIVED = "document.fonts.ready.then((fonts) => [...fonts].some((each) => each.status === 'loaded'))"
READ = (("Hélène Marchadier", "/"), ("Agnès Roussel", "/fiches-transmises"))


def late(route: Route) -> None:
    """The typeface comes once the page has been painted without it."""
    time.sleep(LATE_S)
    route.continue_()


@pytest.mark.parametrize("kind", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_nothing_moves_when_the_typeface_arrives(
    demo: Demo, new_context: Callable[..., BrowserContext], kind: dict[str, object]
) -> None:
    for who, path in READ:
        context = new_context(**kind)  # a browser that has never been here
        context.add_init_script(MOVED)
        context.route("**/*.woff2", late)
        page = context.new_page()
        demo.enter(page, who)
        demo.open(page, path)
        expect(page.locator("main h1")).to_be_visible()
        assert page.evaluate(ARRIVED)
        assert page.evaluate("globalThis.__moved") <= 0.05, (who, path)
        context.close()
