"""What a browser refuses, lacks or never answers: the room does without it, and says so; what fails at the start."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.patience import becomes
from tests.browser.room_house import CODE, KEPT, House, note
from tests.browser.test_room_opens import lose
from tests.browser.test_room_screen import begin

# Every service of the browser that the room could do without: where it is reached, and what of it is asked and answers.
SERVICES = """const SERVICES = [
  [globalThis, "localStorage", []], [globalThis, "sessionStorage", []], [globalThis, "indexedDB", ["open"]],
  [globalThis, "caches", []], [globalThis, "BroadcastChannel", []], [globalThis, "AudioContext", []],
  [globalThis, "IntersectionObserver", []], [Crypto.prototype, "subtle", ["importKey", "deriveKey", "generateKey"]],
  [Crypto.prototype, "randomUUID", []],
  [Navigator.prototype, "serviceWorker", ["register", "getRegistration", "getRegistrations"]],
  [Navigator.prototype, "locks", ["request"]], [Navigator.prototype, "wakeLock", ["request"]],
  [Navigator.prototype, "storage", ["persist", "persisted", "estimate"]],
  [Navigator.prototype, "clipboard", ["writeText"]],
];
const replace = (place, name, get) => Object.defineProperty(place, name, { configurable: true, get });
"""
FAULTS = {
    "throws": """for (const [place, name] of SERVICES) {
  replace(place, name, () => { throw new DOMException(name, "SecurityError"); });
}""",
    "null": "for (const [place, name] of SERVICES) replace(place, name, () => null);",
    "never answers": """for (const [place, name, asked] of SERVICES) {
  if (asked.length === 0) continue;
  const silent = Object.fromEntries(asked.map((each) => [each, () => new Promise(() => {})]));
  if (name === "indexedDB") silent.open = () => ({});
  replace(place, name, () => ({ ...silent, ready: new Promise(() => {}), addEventListener() {} }));
}""",
}
SAID = 8_000  # ms: four seconds (tests/js/browser.test.mjs), and what this machine adds when it does much else


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_service_fails_the_room_opens_runs_and_says_within_four_seconds_what_it_cannot_keep(
    house: House, laptop: Page, fault: str
) -> None:
    page = laptop
    house.sign_in(page.context)
    page.add_init_script(SERVICES + FAULTS[fault])
    house.open(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Avant de commencer", timeout=SAID)
    device = page.get_by_role("region", name="Cet appareil")
    paper, prepare = (device.get_by_role(*each) for each in (("link",), ("button",)))
    expect(paper.or_(prepare)).to_be_visible(timeout=SAID)
    if prepare.is_visible():  # what never answers is only known once it was asked
        prepare.click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Six chiffres").fill(CODE)
        dialog.get_by_role("button", name="Préparer cet appareil").click()
        expect(dialog.get_by_role("alert")).to_contain_text("Ce navigateur ne garde rien ici", timeout=SAID)
        dialog.get_by_role("button", name="Plus tard").click()
    expect(paper).to_have_text("l’imprimer")
    page.get_by_role("button", name="Commencer le regroupement").click()
    note(page, "Malgré tout.")
    expect(page.locator(KEPT).first).to_have_text("Tout est enregistré")
    page.get_by_role("button", name="Étape suivante").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Ouverture")
    becomes(page, house.notes, ["Malgré tout."])


def test_a_part_that_does_not_come_at_the_start_is_said_with_the_way_on(
    house: House, laptop: Page, page_faults: list[str], check_accessible
) -> None:
    begin(house, laptop)
    laptop.get_by_role("button", name="Clôture", exact=True).click()
    laptop.get_by_role("button", name="Clore la séance").click()
    expect(laptop.locator(KEPT).first).to_have_text("Tout est enregistré")
    lose(laptop, "/js/live/closed_view.js")
    house.open(laptop)
    failed = laptop.get_by_role("alert").filter(has_text="La séance ne s’est pas ouverte.")
    expect(failed.get_by_role("link", name="l’imprimer")).to_be_visible()
    check_accessible(laptop)
    laptop.unroute_all()
    failed.get_by_role("link", name="Recharger la page").click()
    expect(laptop.get_by_role("heading", level=1)).to_have_text("La séance est close")
    page_faults.clear()


def test_a_page_that_comes_cut_short_is_said_with_the_way_on(
    house: House, laptop: Page, page_faults: list[str]
) -> None:
    def cut(route: Route) -> None:
        body = route.fetch().text()
        route.fulfill(body=body.replace('id="live-data">{', 'id="live-data">{{'), content_type="text/html")

    house.sign_in(laptop.context)
    laptop.route(f"**{house.path}", cut)
    house.open(laptop)
    expect(laptop.get_by_text("La séance ne s’est pas ouverte.")).to_be_visible()
    expect(laptop.get_by_role("link", name="Recharger la page").locator("visible=true")).to_have_count(1)
    page_faults.clear()
