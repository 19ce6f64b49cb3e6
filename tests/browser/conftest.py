"""A real Chromium: Debian's, driven by Playwright, that knows no host but this machine.

What a browser test gets: `serve(app)` gives the address of an application; `demo` is a whole demonstration
(demo_server.py); `phone` (360 px, touch) and `laptop` (1280 px) are pages (screens.py); `check_accessible(page)` runs
axe; `check_reflow(page)` refuses sideways scrolling. A test fails when a script of its pages threw, or when the browser
wrote an error (a breach of the content policy, for one).
Under our content policy `page.wait_for_function` cannot work: wait with `expect`, or for a promise in `evaluate`.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import BaseWSGIServer, make_server

import tests.browser.script_coverage  # noqa: F401  counts where SCRIPT_COVERAGE says so
from tests.browser.axe import Axe, bring_axe
from tests.browser.demo_server import demo, stage  # noqa: F401  fixtures
from tests.browser.patience import ANSWERS
from tests.browser.room_house import House, served_house
from tests.browser.screens import Screen, watch
from tests.first_minute import demo_folder  # noqa: F401  a fixture
from tools.system_packages import chromium

expect.set_options(timeout=15_000)  # a machine that does other things besides is slow, not wrong

LIMIT_S = 300
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
LAPTOP = {"viewport": {"width": 1280, "height": 800}}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    # A page lives for seconds: what is compiled again to run fast is thrown away before it is worth it.
    "--js-flags=--no-opt,--no-maglev",
    # Pages of one browser context share their process: what one has fetched and compiled, the others have.
    "--process-per-site",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
# How wide a page is in its window, with letters so large, and its fields that are too small. Asked in one go: each
# question to a page goes through four processes.
WIDTHS = """(size) => {
  const { documentElement: page } = document;
  page.style.fontSize = size;
  const small = [...document.querySelectorAll(
    "input:not([type=checkbox], [type=radio], [type=hidden], [type=range]), select, textarea")]
    .filter((each) => parseFloat(getComputedStyle(each).fontSize) < 16).map((each) => each.name || each.id);
  const found = [page.scrollWidth, page.clientWidth, small];
  page.style.fontSize = "";
  return found;
}"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser test may wait longer before it is said to hang; pytest-timeout's signal gets through Playwright."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(LIMIT_S))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = chromium()
    if not path:
        pytest.exit("Chromium is missing: apt-get install chromium (or leave out tests/browser)", returncode=1)
    return {**browser_type_launch_args, "executable_path": path, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "fr-FR", "timezone_id": "Europe/Paris", "service_workers": "allow"}


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    """A meeting of today, on a server that can go dark."""
    with served_house(app) as house:
        yield house


@pytest.fixture(scope="session")
def all_faults() -> list[str]:
    """What went wrong inside the pages of the test in hand."""
    return []


@pytest.fixture
def page_faults(all_faults: list[str]) -> list[str]:
    """What went wrong inside the pages; a test that provokes it may clear the list."""
    all_faults.clear()
    return all_faults


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext], page_faults: list[str]) -> Iterator[Callable[..., Any]]:
    """Playwright's, watched."""
    yield lambda **arguments: watch(new_context(**arguments), page_faults)
    assert page_faults == []


@pytest.fixture(scope="module")
def lasting() -> Iterator[dict[str, tuple[Page, list[str]]]]:
    """The pages that last for a file, each with what went wrong in it."""
    pages: dict[str, tuple[Page, list[str]]] = {}
    yield pages
    for page, _ in pages.values():
        page.context.close()


@pytest.fixture
def same_page(
    lasting: dict[str, tuple[Page, list[str]]], browser: Browser, browser_context_args: dict[str, Any]
) -> Iterator[Callable[..., Page]]:
    """One page of each kind for all of a file, that nobody is known by: what it fetched and compiled, it has. For tests
    that open pages and do nothing there."""

    def take(**kind: Any) -> Page:
        if (key := str(kind)) not in lasting:
            faults: list[str] = []
            context = watch(browser.new_context(**browser_context_args | kind), faults)
            bring_axe(context)
            lasting[key] = context.new_page(), faults
        page, faults = lasting[key]
        faults.clear()
        page.context.clear_cookies()
        page.set_viewport_size(kind["viewport"])
        page.emulate_media(color_scheme=kind.get("color_scheme", "light"))
        return page

    yield take
    assert [fault for _, faults in lasting.values() for fault in faults] == []


@pytest.fixture(scope="session")
def screen(
    browser: Browser, browser_context_args: dict[str, Any], all_faults: list[str]
) -> Iterator[Callable[..., Screen]]:
    """The browser of each kind that lasts."""
    there: dict[str, Screen] = {}

    def take(**kind: Any) -> Screen:
        if (key := str(kind)) not in there or there[key].is_gone:
            there[key] = Screen(browser.new_context(**browser_context_args | kind), all_faults)
        return there[key]

    yield take
    for each in there.values():
        each.context.close()


@pytest.fixture
def phone(screen: Callable[..., Screen], page_faults: list[str]) -> Iterator[Page]:
    """A page on a small telephone, used by touch."""
    yield from own_page(screen(**PHONE), page_faults)


@pytest.fixture
def laptop(screen: Callable[..., Screen], page_faults: list[str]) -> Iterator[Page]:
    """A page on the laptop of the room."""
    yield from own_page(screen(**LAPTOP), page_faults)


@pytest.fixture(scope="module")
def prepared_before(screen: Callable[..., Screen]) -> Iterator[None]:
    """The laptop, once prepared for a meeting, has the files of the next ones, as it would have at home: they come once
    a file of tests."""
    laptop = screen(**LAPTOP)
    laptop.keeps_worker = True
    yield
    laptop.keeps_worker = False
    laptop.give_back()


def own_page(screen: Screen, faults: list[str]) -> Iterator[Page]:
    """In a browser that lasts, and knows nobody."""
    yield screen.new_page()
    found = list(faults)
    screen.give_back()
    ANSWERS.wait()
    assert found == []


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Any], str]]:
    """Serves an application on a loopback port until the tests end, and gives its address: one for each."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running: dict[Any, tuple[BaseWSGIServer, threading.Thread]] = {}

    def start(app: Any) -> str:
        if app in running:
            return f"http://127.0.0.1:{running[app][0].server_port}"

        def answer(*asked: Any) -> Any:
            with ANSWERS.one():
                return app(*asked)

        server = make_server("127.0.0.1", 0, answer, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        running[app] = server, thread
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in running.values():
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()


@pytest.fixture(scope="session")
def check_accessible() -> Callable[[Page], None]:
    """Fails with axe's report when a page breaks a rule of WCAG 2.2 AA or a good practice."""
    return Axe()


@pytest.fixture(scope="session")
def check_reflow() -> Callable[..., None]:
    """Fails when a page has to be scrolled sideways, or has a field that an iPhone would enlarge."""

    def check(page: Page, letters: str = "") -> None:
        inside, window, small = page.evaluate(WIDTHS, letters)
        assert inside <= window, f"{page.url} is {inside} px wide in a window of {window} px"
        assert small == [], f"an iPhone enlarges {page.url} when these are touched"

    return check
