"""The projector, beside the pilot's screen and across machines; and la main, passed by a square code."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.demo_server import Demo
from tests.browser.patience import becomes

PILOT = "Hélène Marchadier"
CANARY = "canari-de-la-salle"
# When the step on the wall changes, by the clock of the machine: the moment that people see, not when a test looks.
WATCH = """() => {
  const step = document.querySelector("h1");
  const looks = { childList: true, characterData: true, subtree: true };
  new MutationObserver(() => { window.changedAt = Date.now(); }).observe(step, looks);
}"""
# Three steps may be measured: a machine that does other things besides makes one late, not all.
TRIES = ("Retour sur les pistes", "Choix de la situation", "Présentation")
PRESS = """button => { window.pressedAt = Date.now(); button.click(); }"""


@pytest.fixture(scope="module")
def entered(demo: Demo, browser: Browser) -> tuple[Any, str]:
    """What a browser holds once the pilot has signed in, and the address of today's live screen."""
    context = browser.new_context()
    page = context.new_page()
    demo.enter(page, PILOT)
    demo.open(page)
    address = page.get_by_role("link", name="Ouvrir la séance").first.get_attribute("href")
    state = context.storage_state()
    context.close()
    return state, f"{demo.url}{address}"


@pytest.fixture
def enter(entered: tuple[Any, str], new_context: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    """A browser of the pilot's, signed in."""
    return lambda device: new_context(storage_state=entered[0], **device)


@pytest.fixture
def here(entered: tuple[Any, str], laptop: Page) -> BrowserContext:
    """The laptop of the room, on which the pilot is signed in."""
    laptop.context.add_cookies(entered[0]["cookies"])
    return laptop.context


@pytest.fixture
def open_room(entered: tuple[Any, str]) -> Callable[[BrowserContext], Page]:
    """The live screen of the third meeting of Les Tilleuls, running, with la main on this screen."""

    def go(context: BrowserContext) -> Page:
        page = context.new_page()
        page.goto(entered[1])
        begin = page.get_by_role("button", name="Commencer le regroupement")
        steering = page.get_by_role("button", name="Étape précédente")
        take = page.locator("#contenu").get_by_role("button", name="Prendre la main")
        expect(begin.or_(take).or_(steering).first).to_be_visible()
        if begin.is_visible():
            begin.click()
        elif take.is_visible():
            take.click()
        expect(steering).to_be_visible()
        return page

    return go


def next_step(page: Page) -> Any:
    return page.get_by_role("button", name="Étape suivante")


def beam_of(live: Page) -> str:
    return live.url.split("?")[0] + "/projection"


def step_on(wall: Page) -> Any:
    return wall.locator("h1[data-step]")


def show_step(live: Page, name: str) -> None:
    if live.get_by_role("heading", level=1).inner_text() == name:
        return
    live.get_by_role("button", name=name, exact=True).click()
    expect(live.get_by_role("heading", level=1)).to_have_text(name)


def follows_within(live: Page, wall: Page, most_ms: int) -> bool:
    """Whether the wall shows the next step in that time, at one step or another."""
    wall.evaluate(WATCH)
    for title in TRIES:
        live.wait_for_timeout(510)  # a press that comes within half a second is a double press
        next_step(live).evaluate(PRESS)
        expect(step_on(wall)).to_have_text(title)
        if wall.evaluate("window.changedAt") - live.evaluate("window.pressedAt") < most_ms:
            return True
    return False


def test_before_the_start_the_wall_says_the_hour(
    entered: tuple[Any, str], here: BrowserContext, check_accessible: Callable[[Page], None]
) -> None:
    laptop = here.new_page()
    laptop.goto(entered[1])
    expect(laptop.get_by_role("button", name="Commencer le regroupement")).to_be_visible()
    with laptop.expect_popup() as opened:
        laptop.get_by_role("link", name="Projeter").click()
    wall = opened.value
    expect(step_on(wall)).to_have_text("Nous commençons bientôt")
    expect(wall.get_by_role("main")).to_contain_text("Le regroupement commence à 14\u00a0h.")
    assert wall.title() == "Projection – Collectifs"
    check_accessible(wall)


def test_with_no_network_the_wall_follows_the_screen_beside_it_within_a_second(
    open_room: Any, here: BrowserContext
) -> None:
    live = open_room(here)
    show_step(live, "Ouverture")
    with live.expect_popup() as opened:
        live.get_by_role("link", name="Projeter").click()
    wall = opened.value
    step = step_on(wall)
    expect(step).to_have_text("Ouverture")
    here.set_offline(True)
    assert follows_within(live, wall, 1000)
    live.get_by_role("button", name="Pause").click()
    expect(wall.get_by_role("main")).to_contain_text("En pause")
    live.get_by_role("button", name="Reprendre").click()
    expect(wall.get_by_role("main")).not_to_contain_text("En pause")
    expect(wall.get_by_role("status")).to_have_text("Hors réseau\u00a0: suit l’écran voisin")
    expect(step).to_have_text(live.get_by_role("heading", level=1).inner_text())
    left = "[data-time-left] span"
    becomes(wall, lambda: wall.locator(left).inner_text() == live.locator(left).inner_text(), True)


def test_across_two_machines_the_wall_follows_within_five_seconds(
    open_room: Any, here: BrowserContext, enter: Callable[..., BrowserContext]
) -> None:
    live = open_room(here)
    wall = enter(LAPTOP).new_page()
    show_step(live, "Ouverture")
    wall.goto(beam_of(live))
    step = step_on(wall)
    expect(step).to_have_text("Ouverture")
    assert follows_within(live, wall, 5000)


def test_three_keys_hide_the_time_blacken_the_wall_and_come_back(
    open_room: Any, here: BrowserContext, check_accessible: Callable[[Page], None]
) -> None:
    live = open_room(here)
    wall = here.new_page()
    wall.goto(beam_of(live))
    left, step = wall.locator("[data-time-left]"), step_on(wall)
    expect(left).to_be_visible()
    wall.keyboard.press("t")
    expect(left).to_be_hidden()
    expect(step).to_be_visible()
    wall.reload()
    expect(step).not_to_have_text("La projection")
    expect(left).to_be_hidden()
    check_accessible(wall)
    wall.keyboard.press("T")
    expect(left).to_be_visible()
    wall.keyboard.press("b")
    expect(step).to_be_hidden()
    expect(wall.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")
    check_accessible(wall)
    wall.keyboard.press("b")
    expect(step).to_be_visible()
    black = wall.get_by_role("button", name="Écran noir")
    black.focus()
    wall.keyboard.press("Enter")
    expect(step).to_be_hidden()
    expect(black).to_have_attribute("aria-pressed", "true")
    wall.keyboard.press("Escape")
    expect(step).to_be_visible()


def test_every_step_stands_on_the_wall_at_once(
    open_room: Any, here: BrowserContext, check_accessible: Callable[[Page], None]
) -> None:
    live = open_room(here)
    show_step(live, "Ouverture")
    wall = here.new_page()
    wall.goto(beam_of(live))
    seen: set[str] = set()
    sizes = [(1280, 720), (360, 740)]
    while next_step(live).is_visible():
        title = live.get_by_role("heading", level=1).inner_text()
        expect(step_on(wall)).to_have_text(title)
        sizes.reverse()  # each step begins in the window in which the former ended: resizing is dear
        for width, height in sizes:
            wall.set_viewport_size({"width": width, "height": height})
            wall.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            inside, across = wall.evaluate(
                "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
            )
            assert (inside <= height, across <= width) == (True, True), (title, width, inside, across)
        seen.add(title)
        next_step(live).click()
    assert len(seen) >= 9
    check_accessible(wall)


def test_nothing_that_is_said_reaches_the_wall_by_either_way(open_room: Any, here: BrowserContext) -> None:
    live = open_room(here)
    wall = here.new_page()
    answers: list[str] = []
    wall.on("response", lambda answer: answers.append(answer.text()) if "/projection" in answer.url else None)
    wall.goto(beam_of(live))
    expect(wall.locator("[data-time-left]")).to_be_visible()
    wall.evaluate("""() => {
      window.said = [];
      const meeting = location.pathname.split("/").at(-2);
      const channel = new BroadcastChannel(`collectifs-seance-${meeting}`);
      channel.onmessage = ({ data }) => window.said.push(JSON.stringify(data));
    }""")
    note = live.get_by_role("textbox", name="note", exact=False).first
    note.fill(f"Une idée, {CANARY}.")
    note.press("Enter")
    expect(live.locator("#contenu")).to_contain_text(CANARY)
    show_step(live, "Questionnement")
    expect(step_on(wall)).to_have_text("Questionnement")
    told = "".join(wall.evaluate("window.said"))
    page = json.loads(live.locator("#live-data").text_content() or "")
    secret = [CANARY, *(each["id"] for each in page["members"]), *(each["name"] for each in page["members"])]
    secret += [page["collective"]["name"], *(each["title"] for each in page["situations"])]
    assert '"room"' in told
    for everything in (told, "".join(answers), wall.content()):
        assert [each for each in secret if each in everything] == []


def code_on(live: Page) -> str:
    """Opens the square code of the screen that has la main, and gives the address that it holds."""
    live.locator("#shortcuts summary").click()
    live.get_by_role("button", name="Passer la main").click()
    expect(live.get_by_role("img", name="QR code")).to_be_visible()
    return live.get_by_label("Sans appareil photo").input_value()


def test_the_hand_passes_to_a_phone_by_the_square_code(
    open_room: Any, here: BrowserContext, enter: Callable[..., BrowserContext], check_accessible: Callable[[Page], None]
) -> None:
    live = open_room(here)
    address = code_on(live)
    expect(live.get_by_role("dialog")).to_contain_text("Ce n’est pas une entrée")
    check_accessible(live)
    phone = enter(PHONE).new_page()
    phone.goto(address)
    asked = phone.get_by_role("dialog", name="Prendre la main")
    expect(asked).to_be_visible()
    assert "#" not in phone.url
    expect(live.get_by_role("dialog")).to_be_visible()
    check_accessible(phone)
    take = asked.get_by_role("button", name="Prendre la main sur cet appareil")
    phone.context.set_offline(True)
    take.tap()
    expect(asked.get_by_text("Le réseau ne répond pas : essayez encore.")).to_be_visible()
    phone.context.set_offline(False)
    take.tap()
    expect(asked).to_be_hidden()
    expect(phone.get_by_role("button", name="Pause")).to_be_visible()
    expect(live.get_by_role("dialog")).to_be_hidden()
    expect(live.locator("#contenu")).to_contain_text("Cet écran suit")
    assert live.locator("#adresse-main").input_value() == ""


def test_a_code_needs_the_network_and_says_so(open_room: Any, here: BrowserContext) -> None:
    live = open_room(here)
    here.set_offline(True)
    live.locator("#shortcuts summary").click()
    live.get_by_role("button", name="Passer la main").click()
    expect(live.get_by_role("dialog").get_by_text("un code en a besoin")).to_be_visible()
    expect(live.get_by_role("img", name="QR code")).to_have_count(0)
    here.set_offline(False)
    live.get_by_role("button", name="Un nouveau code").click()
    expect(live.get_by_role("img", name="QR code")).to_be_visible()
    live.keyboard.press("Escape")
    expect(live.get_by_role("dialog")).to_be_hidden()


def test_a_phone_that_must_sign_in_first_asks_for_another_code(
    open_room: Any, here: BrowserContext, new_context: Callable[..., BrowserContext]
) -> None:
    live = open_room(here)
    address = code_on(live)
    phone = new_context(**PHONE).new_page()
    phone.goto(address)
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert "/entrer" in phone.url
    assert "main=" not in phone.url
    phone.get_by_role("button", name=PILOT).tap()
    phone.get_by_role("link", name="Reprendre la séance").first.tap()
    expect(phone.get_by_role("dialog", name="Prendre la main")).to_contain_text("Demandez un nouveau code")
    phone.get_by_role("dialog").get_by_role("button", name="Fermer").tap()
    expect(phone.get_by_role("dialog")).to_be_hidden()
    expect(live.get_by_role("dialog")).to_be_visible()


def test_past_the_close_the_wall_thanks(open_room: Any, here: BrowserContext) -> None:
    live = open_room(here)
    wall = here.new_page()
    wall.goto(beam_of(live))
    expect(wall.locator("[data-time-left]")).to_be_visible()
    show_step(live, "Clôture")
    live.get_by_role("button", name="Clore la séance").click()
    expect(step_on(wall)).to_have_text("Merci.")
    expect(wall.locator("[data-time-left]")).to_be_hidden()
    assert wall.locator("[data-next]").text_content() == ""
