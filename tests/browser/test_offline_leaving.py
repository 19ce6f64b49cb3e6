"""What becomes of what a device keeps: asked at sign-out, and gone after a while whatever happens."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.patience import becomes
from tests.browser.room_house import COUNT, KEPT, House, begin, give_code, note, write_in_the_dark

pytestmark = pytest.mark.usefixtures("prepared_before")


@pytest.fixture
def page(house: House, laptop: Page) -> Page:
    begin(house, laptop)
    return laptop


def leave(page: Page) -> None:
    page.get_by_role("button", name="Se déconnecter").click()


def test_signing_out_asks_what_becomes_of_gestures_that_did_not_leave(
    house: House, page: Page, check_accessible
) -> None:
    write_in_the_dark(house, page)
    house.sign_in(page.context)
    house.takes_gestures = False
    house.start()
    page.goto(house.url + "/mon-compte")
    leave(page)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_have_text("1\u00a0action n’est pas partie")
    check_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()
    leave(page)
    dialog.get_by_role("button", name="Garder ici, chiffré").click()
    expect(page).to_have_url(re.compile("/(entrer)?$"))
    house.sign_in(page.context)
    page.goto(house.url + "/mon-compte")
    leave(page)
    dialog.get_by_role("button", name="Les envoyer").click()
    house.takes_gestures = True
    expect(page.locator(KEPT).first).to_have_text("1\u00a0action attend le code de cet appareil")
    give_code(page)
    expect(page.locator(KEPT).first).to_have_text("Tout est enregistré", timeout=45_000)
    expect(page.get_by_label("Votre note")).to_have_value("CanariFrappe")
    becomes(page, house.notes, ["CanariNote du collectif"])
    page.goto(house.url + "/mon-compte")
    leave(page)  # a note that was begun waits for its author; the meeting goes on
    expect(dialog.get_by_role("heading")).to_have_text("Une note commencée n’est pas notée")
    expect(dialog).to_contain_text("La séance continue dans sa page")
    dialog.get_by_role("button", name="Revenir à la séance").click()
    give_code(page)
    expect(page.locator(KEPT).first).to_have_text("Tout est enregistré", timeout=45_000)
    expect(page.get_by_label("Votre note")).to_have_value("CanariFrappe")
    page.get_by_role("button", name="Clôture", exact=True).click()
    page.get_by_role("button", name="Clore la séance").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("La séance est close")
    expect(page.get_by_text("Une note commencée n’est pas notée")).to_contain_text("CanariFrappe")
    page.get_by_role("button", name="La noter").click()
    assert page.evaluate(COUNT) == [0, 0]  # all has left: nothing stays here
    becomes(page, house.notes, ["CanariNote du collectif", "CanariFrappe"])
    page.goto(house.url + "/mon-compte")
    leave(page)  # nothing waits: nothing is asked
    expect(page).to_have_url(re.compile("/(entrer)?$"))
    assert page.evaluate(COUNT) == [0, 0]


def test_erased_at_sign_out_nothing_is_left(house: House, page: Page) -> None:
    write_in_the_dark(house, page)
    house.takes_gestures = False
    house.start()
    page.goto(house.url + "/mon-compte")
    leave(page)
    page.get_by_role("button", name="Effacer d’ici").click()
    page.get_by_role("button", name="Oui, effacer pour toujours").click()
    expect(page).to_have_url(re.compile("/(entrer)?$"))
    assert page.evaluate(COUNT) == [0, 0]
    becomes(page, house.waited_for, [])


def test_in_another_tab_a_running_meeting_is_not_forgotten_unasked_and_its_page_knows(house: House, page: Page) -> None:
    other = page.context.new_page()
    other.goto(house.url + "/mon-compte")
    leave(other)
    dialog = other.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_have_text("Une séance est en cours sur cet appareil")
    dialog.get_by_role("button", name="Rester").click()
    assert other.evaluate("localStorage.getItem('collectifs-garde')") == "oui"
    leave(other)
    dialog.get_by_role("button", name="Effacer d’ici").click()
    dialog.get_by_role("button", name="Oui, effacer pour toujours").click()
    expect(other).to_have_url(re.compile("/(entrer)?$"))
    assert other.evaluate(COUNT) == [0, 0]
    note(page, "Après la sortie")
    expect(page.locator(KEPT).first).to_contain_text("1\u00a0action gardée dans cette page seulement", timeout=45_000)
    page.locator("#shortcuts summary").click()
    expect(page.get_by_role("button", name="Préparer cet appareil")).to_be_visible()


def test_at_sign_out_a_room_that_is_no_longer_ones_own_is_not_offered(house: House, page: Page) -> None:
    write_in_the_dark(house, page)
    house.replace_pilot()
    house.start()
    page.goto(house.url + "/mon-compte")
    leave(page)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Cette séance ne s’ouvre plus avec votre compte")
    expect(dialog.get_by_role("button", name="Les envoyer")).to_have_count(0)
    dialog.get_by_role("button", name="Effacer d’ici").click()
    dialog.get_by_role("button", name="Oui, effacer pour toujours").click()
    expect(page).to_have_url(re.compile("/(entrer)?$"))
    assert page.evaluate(COUNT) == [0, 0]


def test_at_sign_out_what_perished_meanwhile_goes_without_a_question(house: House, page: Page) -> None:
    write_in_the_dark(house, page)
    page.goto("about:blank")  # the room is closed: it does not hear of it, and wipes nothing
    house.let_perish()
    house.start()
    page.goto(house.url + "/mon-compte")
    leave(page)
    expect(page).to_have_url(re.compile("/(entrer)?$"))
    assert page.evaluate(COUNT) == [0, 0]


def test_after_seven_days_or_thirty_nothing_is_left(house: House, page: Page) -> None:
    write_in_the_dark(house, page)
    house.takes_gestures = False
    house.start()
    keep_for(page, used=29, ended=29)
    page.goto(house.url + "/mon-compte")
    assert page.evaluate(TIDY) == "oui"
    keep_for(page, used=31, ended=31)
    page.reload()
    assert page.evaluate(COUNT) == [0, 0]


def test_prepared_long_ago_and_told_its_end_by_the_page_it_is_kept_until_a_week_after_the_meeting(
    house: House, page: Page
) -> None:
    keep_for(page, used=6, ended=None)  # prepared before the end was kept
    page.reload()
    give_code(page)
    expect(page.get_by_text("Tout est enregistré").first).to_be_visible()
    assert page.evaluate(ENDS) == house.ends_at()
    page.goto(house.url + "/mon-compte")
    for used, ended, left in ((40, -3, "oui"), (40, 6, "oui"), (6, 40, "oui"), (8, 8, None)):
        keep_for(page, used, ended)
        assert page.evaluate(TIDY) == left, f"used {used} days ago, the meeting ended {ended} days ago"
    assert page.evaluate(COUNT) == [0, 0]


# What a page does by itself when it opens, done once more to its end.
TIDY = """async () => {
  const path = new URL("live/leftovers.js", document.querySelector('script[src*="page.js"]').src).href;
  await (await import(path)).tidy();
  return localStorage.getItem("collectifs-garde");
}"""
AGE = """async (days) => {
  const ask = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const base = await ask(indexedDB.open("collectifs-seance"));
  const store = base.transaction("meetings", "readwrite").objectStore("meetings");
  const [row] = await ask(store.getAll());
  const [seen, ends] = days.map((each) => (each === null ? undefined : Date.now() - each * 86400000));
  await ask(store.put({ ...row, last_seen: seen, ends_at: ends }));
}"""
ENDS = """async () => {
  const ask = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const base = await ask(indexedDB.open("collectifs-seance"));
  return (await ask(base.transaction("meetings").objectStore("meetings").getAll()))[0].ends_at;
}"""


def keep_for(page: Page, used: int, ended: int | None) -> None:
    """This device was last used so many days ago, and the meeting ended so many days ago, as far as it knows."""
    page.evaluate(AGE, [used, ended])
