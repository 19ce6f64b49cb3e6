"""Over HTTPS behind a proxy, under a public name: people sign in, forms are taken, a device is prepared.

Everything else here runs over http on 127.0.0.1, where browsers and libraries are more lenient.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.demo_server import press
from tests.browser.room_house import prepare
from tests.browser.tls_house import PASSWORD, TlsHouse, make_certificate


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsHouse]:
    folder = tmp_path_factory.mktemp("https")
    make_certificate(folder)
    house = TlsHouse(folder)
    house.write()
    with house.served():
        yield house


@pytest.fixture(scope="module")
def outside(playwright: Playwright, house: TlsHouse, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """A browser that knows this one name."""
    usual = [each for each in browser_type_launch_args["args"] if not each.startswith("--host-resolver-rules")]
    browser = playwright.chromium.launch(**browser_type_launch_args | {"args": [*usual, *house.browser_arguments]})
    yield browser
    browser.close()


@contextmanager
def visit(browser: Browser, house: TlsHouse, **device: Any) -> Iterator[Page]:
    """A page of somebody's own; nothing goes wrong inside it."""
    context = browser.new_context(base_url=house.url, locale="fr-FR", timezone_id="Europe/Paris", **device)
    faults: list[str] = []
    context.on("weberror", lambda fault: faults.append(str(fault.error)))
    context.on("console", lambda message: message.type == "error" and faults.append(message.text))
    yield context.new_page()
    context.close()
    assert faults == []


def check_entered(page: Page) -> None:
    """Signed in, by the cookie of this device alone: no session is opened for whoever has one."""
    expect(page.get_by_role("button", name="Se déconnecter").first).to_be_attached()
    check_kept(page, "__Host-appareil")


def check_kept(page: Page, name: str) -> None:
    """One cookie, that no other name and no plain connection ever sees."""
    (cookie,) = page.context.cookies()
    assert cookie["name"] == name
    assert cookie["secure"]
    assert cookie["httpOnly"]


def test_a_member_opens_a_mailed_link_on_a_phone_and_sends_a_situation(outside: Browser, house: TlsHouse) -> None:
    with visit(outside, house, **PHONE) as page:
        open_the_link(page, house)
        send_a_situation(page, house)


def open_the_link(page: Page, house: TlsHouse) -> None:
    page.goto(house.link)
    press(page.get_by_role("button", name="Ouvrir sur cet appareil"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Maud")
    check_entered(page)


def send_a_situation(page: Page, house: TlsHouse) -> None:
    page.goto(house.proposing)
    page.get_by_label("Un titre", exact=True).fill("Elle dit oui à tout")
    page.get_by_label("Une phrase", exact=True).fill("La stagiaire approuve, puis rien ne change.")
    page.get_by_label("Une question au groupe", exact=True).fill("Comment dire, alors que tout presse ?")
    with page.expect_request(lambda each: each.method == "POST") as sending:
        press(page.get_by_role("button", name="Proposer cette situation"))
    said = sending.value.all_headers()
    assert "referer" not in said, "our own policy: what checks forms has to do without it"
    assert (said["sec-fetch-site"], said["origin"]) == ("same-origin", "null")
    expect(page.get_by_text("Elle dit oui à tout").first).to_be_visible()


def test_a_pilot_signs_in_by_password_and_prepares_a_device(outside: Browser, house: TlsHouse) -> None:
    with visit(outside, house, **LAPTOP) as page:
        page.goto("/entrer")
        page.get_by_text("J’ai un mot de passe").click()
        page.locator("[name=mdp-address]").fill("helene@academie.example")
        page.locator("[name=mdp-password]").fill(PASSWORD)
        check_kept(page, "__Host-session")
        page.get_by_role("button", name="Entrer", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Hélène")
        check_entered(page)
        page.goto(house.meeting)
        prepare(page)
