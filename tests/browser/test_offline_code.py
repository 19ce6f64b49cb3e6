"""The six digits: asked to prepare, asked to open again; by thumb, said in words, never in the way."""

import re

from playwright.sync_api import Page, expect

from tests.browser.patience import becomes
from tests.browser.room_house import CODE, KEPT, House, give_code, note, prepare

# A gesture of the person who prepared this device has not reached the server.
ONE_WAITS = """async () => {
  const ask = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const base = await ask(indexedDB.open("collectifs-seance"));
  const [{ meeting }] = await ask(base.transaction("meetings").objectStore("meetings").getAll());
  await ask(base.transaction("records", "readwrite").objectStore("records").put({ meeting, id: "one", unsent: 1 }));
}"""


def test_preparing_and_opening_again_by_thumb(house: House, phone: Page, check_accessible, check_reflow) -> None:
    house.sign_in(phone.context)
    house.open(phone)
    phone.get_by_role("button", name="Préparer cet appareil").first.tap()
    dialog = phone.get_by_role("dialog")
    expect(dialog.get_by_role("listitem").first).to_have_text("La page et tout ce qu’il lui faut")
    check_accessible(phone)
    dialog.get_by_label("Six chiffres").fill("12")
    dialog.get_by_role("button", name="Préparer cet appareil").tap()
    expect(dialog.get_by_role("alert")).to_have_text("Le code compte six chiffres.")
    dialog.get_by_label("Six chiffres").fill("123456")
    dialog.get_by_role("button", name="Préparer cet appareil").tap()
    expect(dialog.get_by_role("alert")).to_have_text("C’est une suite : choisissez d’autres chiffres.")
    dialog.get_by_role("button", name="Plus tard").tap()
    prepare(phone)
    phone.reload()
    give_code(phone, "111111")
    expect(dialog.get_by_role("alert")).to_have_text("Ce n’est pas ce code.")
    check_accessible(phone)
    dialog.get_by_role("button", name="Plus tard").tap()
    expect(phone.get_by_text("Il est préparé, mais son code n’a pas été donné")).to_be_visible()
    check_reflow(phone)
    phone.get_by_role("button", name="Donner le code").tap()
    give_code(phone, CODE)
    expect(phone.get_by_text("Prêt : cet appareil peut perdre le réseau.")).to_be_visible()


def test_prepared_by_somebody_else_a_device_is_prepared_anew_unless_it_holds_what_did_not_leave(
    house: House, laptop: Page
) -> None:
    house.sign_in(laptop.context)
    house.open(laptop)
    prepare(laptop)
    house.sign_in(laptop.context, house.stand_in())
    house.open(laptop)
    device = laptop.get_by_role("region", name="Cet appareil")
    expect(device.get_by_role("button", name="Préparer cet appareil")).to_be_visible()
    expect(device).not_to_contain_text("d’une autre personne")
    laptop.evaluate(ONE_WAITS)
    laptop.reload()
    expect(device).to_contain_text("garde des actions d’une autre personne pour cette séance, pas encore parties")
    expect(device.get_by_role("button")).to_have_count(0)


def test_without_network_a_page_that_this_device_does_not_keep_says_so(
    house: House, laptop: Page, check_accessible
) -> None:
    house.sign_in(laptop.context)
    house.open(laptop)
    prepare(laptop)
    house.stop()
    laptop.goto(f"{house.url}/seance/00000000-0000-4000-8000-000000000000")
    expect(laptop.get_by_text("cet appareil ne garde rien de cette séance")).to_be_visible()
    check_accessible(laptop)
    house.open(laptop)
    expect(laptop.get_by_label("Six chiffres")).to_be_focused()
    expect(laptop.get_by_role("banner")).to_be_hidden()  # no empty braces
    check_accessible(laptop)


def test_the_session_expires_the_work_goes_on_and_leaves_after_a_new_sign_in(house: House, laptop: Page) -> None:
    house.sign_in(laptop.context)
    house.open(laptop)
    prepare(laptop)
    laptop.get_by_role("button", name="Commencer le regroupement").click()
    laptop.context.clear_cookies()
    note(laptop, "Écrite après coup")
    expect(laptop.locator(KEPT).first).to_contain_text("Votre connexion a expiré, la séance continue")
    expect(laptop.get_by_role("link", name="Entrer de nouveau")).to_be_visible()
    other = laptop.context.new_page()
    house.open(other)  # the worker lets the way to sign-in through
    expect(other).to_have_url(re.compile("/entrer"))
    house.sign_in(laptop.context)
    laptop.bring_to_front()
    laptop.evaluate("dispatchEvent(new Event('online'))")
    expect(laptop.locator(KEPT).first).to_have_text("Tout est enregistré", timeout=45_000)
    becomes(laptop, house.notes, ["Écrite après coup"])
