"""What a device keeps: nothing in clear, nothing that leaves under another name, nothing once the words perished."""

import time
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
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


@pytest.fixture
def page(house: House, laptop: Page) -> Page:
    begin(house, laptop)
    return laptop


def test_no_word_is_kept_in_clear(house: House, page: Page) -> None:
    write_in_the_dark(house, page)
    found = page.evaluate(DUMP)
    there = ("/seance/coquille", "unsent=1", "id=page", "id=typed", house.path)
    assert not [each for each in there if each not in found]
    secret = ("Canari", "Marchadier", "Haddad", CODE)
    assert not [each for each in secret if each in found]
    assert "Canari" not in page.title()
    assert "Canari" not in str(page.context.cookies())


def test_signed_in_as_somebody_else_nothing_leaves(house: House, page: Page) -> None:
    write_in_the_dark(house, page)
    house.sign_in(page.context, house.stand_in())
    house.start()
    hurry(page)
    expect(page.locator(KEPT).first).to_contain_text("Une autre personne s’est connectée ici")
    assert house.notes() == []
    house.sign_in(page.context)
    hurry(page)
    expect(page.locator(KEPT).first).to_have_text("Tout est enregistré", timeout=45_000)
    assert house.notes() == ["CanariNote du collectif"]


def test_perished_meanwhile_the_device_wipes_and_says_so(house: House, page: Page) -> None:
    write_in_the_dark(house, page)
    db.session.get_one(Meeting, house.meeting_id).notes_perished_at = datetime(2027, 1, 13, 12, tzinfo=UTC)
    db.session.commit()
    house.start()
    hurry(page)
    gone = "Les notes de ce regroupement sont effacées, ici aussi"
    expect(page.locator(KEPT).first).to_contain_text(gone, timeout=45_000)
    assert page.evaluate(COUNT) == [0, 0]
    latest = time.monotonic() + 20  # the page tells the server once it has told its reader
    while house.waited_for():
        assert time.monotonic() < latest, "the server still waits for this device"
        page.wait_for_timeout(50)
