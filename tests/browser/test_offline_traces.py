"""What a device keeps: nothing in clear, nothing that leaves under another name, nothing once the words perished."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.patience import becomes
from tests.browser.room_house import CODE, COUNT, KEPT, House, begin, hurry, write_in_the_dark

# Everything that this browser keeps of this place, as text: caches, databases (bytes read as letters), both storages.
DUMP = """async () => {
  const ask = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const readable = (value) => {
    if (value instanceof ArrayBuffer) return new TextDecoder("latin1").decode(value);
    if (ArrayBuffer.isView(value)) return readable(value.buffer);
    if (!value || typeof value !== "object") return String(value);
    return Object.entries(value).map(([key, each]) => `${key}=${readable(each)}`).join(";");
  };
  const found = [{ ...localStorage }, { ...sessionStorage }, history.state, navigation.entries().map(({ url }) => url)]
    .map((each) => JSON.stringify(each));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const isText = /coquille|\\.(css|js|svg)/.test(request.url);
      found.push(request.url, isText ? await (await cache.match(request)).text() : "");
    }
  }
  for (const { name } of await indexedDB.databases()) {
    const base = await ask(indexedDB.open(name));
    for (const store of base.objectStoreNames) {
      for (const row of await ask(base.transaction(store).objectStore(store).getAll())) found.push(readable(row));
    }
  }
  return found.join("\\n");
}"""

pytestmark = pytest.mark.usefixtures("prepared_before")


@pytest.fixture
def page(house: House, laptop: Page) -> Page:
    begin(house, laptop)
    return laptop


def test_no_word_is_kept_in_clear_nothing_leaves_under_another_name_and_after_a_relay_all_is_wiped(
    house: House, page: Page, moment
) -> None:
    write_in_the_dark(house, page)
    check_no_word_is_in_clear(house, page)
    check_nothing_leaves_as_somebody_else(house, page)
    page.get_by_label("Votre note").press("Enter")
    becomes(page, house.notes, ["CanariNote du collectif", "CanariFrappe"])
    expect(page.locator(KEPT).first).to_have_text("Tout est enregistré")
    check_with_nothing_left_to_send_a_relay_wipes(house, page, moment)


def check_no_word_is_in_clear(house: House, page: Page) -> None:
    found = page.evaluate(DUMP)
    there = ("/seance/coquille", "unsent=1", "id=page", "id=typed", house.path)
    assert not [each for each in there if each not in found]
    secret = ("Canari", "Marchadier", "Haddad", CODE)
    assert not [each for each in secret if each in found]
    assert "Canari" not in page.title()
    assert "Canari" not in str(page.context.cookies())


def check_nothing_leaves_as_somebody_else(house: House, page: Page) -> None:
    house.sign_in(page.context, house.stand_in())
    house.start()
    hurry(page)
    expect(page.locator(KEPT).first).to_contain_text("Une autre personne s’est connectée ici")
    assert house.notes() == []
    house.sign_in(page.context)
    hurry(page)
    expect(page.locator(KEPT).first).to_have_text("Tout est enregistré", timeout=45_000)
    becomes(page, house.notes, ["CanariNote du collectif"])


def check_with_nothing_left_to_send_a_relay_wipes(house: House, page: Page, moment) -> None:
    """The device is wiped by itself."""
    house.replace_pilot()
    moment.shift(timedelta(minutes=3))  # « nothing new » is answered for two minutes without looking anybody up
    hurry(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Cet écran ne conduit plus", timeout=45_000)
    expect(page.get_by_text("Des mots ne sont pas partis d’ici")).to_be_hidden()
    assert page.evaluate(COUNT) == [0, 0]


def test_perished_meanwhile_the_device_wipes_and_says_so(house: House, page: Page) -> None:
    write_in_the_dark(house, page)
    house.let_perish()
    house.start()
    hurry(page)
    gone = "Les notes de ce regroupement sont effacées, ici aussi"
    expect(page.locator(KEPT).first).to_contain_text(gone, timeout=45_000)
    assert page.evaluate(COUNT) == [0, 0]
    becomes(page, house.waited_for, [])  # the page tells the server once it has told its reader


def test_after_a_relay_the_old_screen_conducts_no_more_and_gives_back_the_words_that_never_left(
    house: House, page: Page, check_accessible
) -> None:
    write_in_the_dark(house, page)
    house.replace_pilot()
    house.start()
    hurry(page)
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("Cet écran ne conduit plus", timeout=45_000)
    for name in ("Étape suivante", "Pause", "STOP", "Noter"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    expect(page.get_by_role("link", name="Projeter")).to_be_hidden()
    words = page.get_by_role("region", name="Des mots ne sont pas partis d’ici")
    for each in ("CanariNote du collectif", "CanariFrappe"):
        expect(words.get_by_text(each, exact=True)).to_be_visible()
    check_accessible(page)
    page.keyboard.press("n")  # no key steers
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    words.get_by_role("button", name="Copier ces mots").click()
    expect(page.get_by_text("Copié.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "CanariNote du collectif\n\nCanariFrappe"
    words.get_by_role("button", name="Les effacer de cet appareil").click()
    expect(words).to_be_hidden()
    assert page.evaluate(COUNT) == [0, 0]
    assert house.notes() == []
