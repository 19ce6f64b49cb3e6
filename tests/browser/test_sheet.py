"""The editor of the sheet in a real browser: it saves as one types, by thumb, by keyboard, and without scripts."""

import itertools
import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from collectifs.kernel.extensions import db
from collectifs.meetings.models import SynthesisSheet
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from collectifs.sheets.queries.sheets import open_draft
from collectifs.sheets.queries.versions import open_version, versions_of
from tests import factories
from tests.browser.conftest import LAPTOP
from tests.browser.patience import becomes
from tests.circle import Circle


@pytest.fixture
def open_as(serve: Callable, app: Flask, circle: Circle) -> Callable[[Page, str], None]:
    def go(page: Page, end: str) -> None:
        secret, path = factories.device(circle.pilot), circle.url(end)
        db.session.commit()  # and nothing is read here any more: a transaction of ours would hold the pilot's back
        address = serve(app)
        page.context.add_cookies([{"name": "appareil", "value": secret, "url": address}])
        page.goto(address + path)

    return go


def draft() -> SheetContent:
    db.session.rollback()
    db.session.expire_all()
    content = open_draft(db.session.query(SynthesisSheet).one()).without_blanks()
    db.session.rollback()
    return content


def test_by_thumb_what_is_typed_is_saved_and_the_page_follows(phone: Page, open_as, check_accessible, check_reflow):
    open_as(phone, "/ecrire")
    first = phone.locator("[data-preview]").get_attribute("src")
    phone.get_by_role("textbox", name="1- Notre problématique").fill("Comment dire, alors que tout presse ?")
    phone.get_by_role("textbox", name="Réponse 1", exact=True).fill("Commencer par écouter.")
    phone.get_by_text("éprouvée", exact=True).first.tap()
    expect(phone.locator(".saved").first).to_contain_text("Enregistré à", timeout=10_000)
    expect(phone.locator("[data-preview]")).not_to_have_attribute("src", first or "", timeout=10_000)
    expect(phone.locator("[data-preview-say]")).to_contain_text("Une page.")
    check_reflow(phone)
    check_accessible(phone)
    becomes(phone, lambda: draft().answers, (Answer("Commencer par écouter.", AnswerKind.TRIED),))


def test_by_keyboard_the_last_words_go_with_the_button(laptop: Page, open_as, check_accessible):
    open_as(laptop, "/ecrire")
    laptop.get_by_role("textbox", name="1- Notre problématique").focus()
    laptop.keyboard.type("Comment dire ?")
    laptop.keyboard.press("Tab")
    laptop.keyboard.type("Commencer par écouter.")
    laptop.keyboard.press("Tab")
    laptop.keyboard.press("Space")
    button = laptop.get_by_role("button", name="Proposer la fiche au collectif")
    button.focus()
    laptop.keyboard.press("Enter")
    expect(laptop.get_by_role("heading", level=1)).to_have_text("Proposer la fiche")
    check_accessible(laptop)
    becomes(laptop, draft, SheetContent("Comment dire ?", (Answer("Commencer par écouter.", AnswerKind.TRIED),)))


def test_without_scripts_each_button_sends_the_whole_sheet(
    new_context: Callable[..., BrowserContext], open_as, check_reflow
):
    page = new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    open_as(page, "/ecrire")
    page.get_by_role("textbox", name="1- Notre problématique").fill("Comment dire ?")
    page.get_by_role("textbox", name="Réponse 1", exact=True).fill("Commencer par écouter.")
    page.get_by_role("button", name="Ajouter une réponse").click()
    page.get_by_role("textbox", name="Réponse 2", exact=True).fill("Puis nommer.")
    page.get_by_role("textbox", name="Condition de la réponse 2").fill("à deux")
    page.keyboard.press("Enter")
    expect(page.locator(".saved").first).to_contain_text("Enregistré à")
    page.locator("summary[aria-label='Déplacer ou retirer la réponse 2']").click()
    page.get_by_role("button", name="Monter la réponse 2").click()
    expect(page.get_by_role("textbox", name="Réponse 1", exact=True)).to_have_value("Puis nommer.")
    becomes(page, lambda: draft().answers, (Answer("Puis nommer.", None, "à deux"), Answer("Commencer par écouter.")))


QUESTION = "1- Notre problématique"


def question(page: Page):
    return page.get_by_role("textbox", name=QUESTION)


def beside(page: Page) -> Page:
    """A second window of the same person, on the same page."""
    other = page.context.new_page()
    other.goto(page.url)
    return other


def saved(page: Page) -> None:
    expect(page.locator(".saved").first).to_contain_text("Enregistré à", timeout=10_000)


def kept_questions() -> list[str]:
    db.session.rollback()
    sheet = db.session.query(SynthesisSheet).one()
    found = [open_version(version).question for version in versions_of(sheet.id)]
    db.session.rollback()
    return found


def clash(page: Page) -> Page:
    """Two windows, and the same field written in both."""
    other = beside(page)
    question(other).fill("Écrite ailleurs ?")
    saved(other)
    question(page).fill("Écrite ici ?")
    expect(page.locator(".sheet-conflict")).to_be_visible(timeout=15_000)
    return other


def test_two_windows_in_different_places_are_put_together(laptop: Page, open_as):
    open_as(laptop, "/ecrire")
    other = beside(laptop)
    question(other).fill("Comment dire ?")
    saved(other)
    laptop.get_by_role("textbox", name="Réponse 1", exact=True).fill("Commencer par écouter.")
    expect(question(laptop)).to_have_value("Comment dire ?", timeout=15_000)
    saved(laptop)
    expect(laptop.locator(".sheet-conflict")).to_have_count(0)
    becomes(laptop, draft, SheetContent("Comment dire ?", (Answer("Commencer par écouter."),)))


def test_two_windows_in_the_same_place_hold_the_sheet_back_show_both_and_mine_is_kept(
    laptop: Page, open_as, check_accessible
):
    open_as(laptop, "/ecrire")
    clash(laptop)
    laptop.get_by_role("button", name="Proposer la fiche au collectif").click()
    expect(laptop.locator(".sheet-conflict")).to_be_focused()
    assert laptop.url.endswith("/ecrire"), "it is not proposed before one has chosen"
    laptop.get_by_role("button", name="Voir les deux").click()
    expect(laptop.locator("#les-deux")).to_contain_text("Écrite ailleurs ?")
    expect(laptop.locator("#les-deux")).to_contain_text("Écrite ici ?")
    check_accessible(laptop)
    laptop.get_by_role("button", name="Garder la mienne").click()
    expect(laptop.locator(".sheet-conflict")).to_have_count(0)
    saved(laptop)
    becomes(laptop, lambda: draft().question, "Écrite ici ?")
    becomes(laptop, kept_questions, ["Écrite ailleurs ?"])


def test_by_thumb_the_other_is_taken_and_what_was_typed_here_is_kept_too(phone: Page, open_as, check_reflow):
    open_as(phone, "/ecrire")
    clash(phone)
    check_reflow(phone)
    question(phone).fill("Écrite ici, et encore ?")  # one goes on typing while one wonders
    phone.get_by_role("button", name="Prendre l’autre").tap()
    expect(phone.locator(".sheet-conflict")).to_have_count(0)
    expect(question(phone)).to_have_value("Écrite ailleurs ?")
    becomes(phone, lambda: draft().question, "Écrite ailleurs ?")
    becomes(phone, kept_questions, ["Écrite ici, et encore ?"])


def test_the_session_ends_while_one_writes_and_no_word_is_lost(laptop: Page, open_as):
    open_as(laptop, "/ecrire")
    cookies = laptop.context.cookies()
    laptop.context.clear_cookies()
    question(laptop).fill("Comment dire, alors que tout presse ?")
    expect(laptop.locator(".sign-in-beside")).to_be_visible(timeout=10_000)
    link = laptop.get_by_role("link", name="Se connecter dans un autre onglet")
    assert link.get_attribute("target") == "_blank"
    with laptop.context.expect_page() as opened:
        link.click()
    expect(opened.value.get_by_role("heading", level=1)).to_be_visible()
    # Signed in again: the device is known once more, the token of the open page is a stale one.
    laptop.context.add_cookies([cookie for cookie in cookies if cookie["name"] == "appareil"])
    opened.value.close()
    laptop.bring_to_front()
    laptop.evaluate("dispatchEvent(new Event('focus'))")
    saved(laptop)
    expect(laptop.locator(".sign-in-beside")).to_have_count(0)
    becomes(laptop, lambda: draft().question, "Comment dire, alors que tout presse ?")


TYPED = "Comment dire, alors que tout presse, sans blesser ?"
# When each draft left, by the page's own clock.
WHEN_SENT = """globalThis.sentAt = [];
const send = globalThis.fetch;
globalThis.fetch = (to, ...others) => {
  if (String(to.url ?? to).endsWith("/brouillon")) globalThis.sentAt.push(Date.now());
  return send(to, ...others);
};"""


def test_it_saves_a_second_after_the_last_key_and_at_most_every_five(
    new_context: Callable[..., BrowserContext], open_as
):
    laptop = new_context(**LAPTOP).new_page()
    laptop.clock.install()
    laptop.add_init_script(WHEN_SENT)
    open_as(laptop, "/ecrire")
    question(laptop).focus()
    laptop.clock.pause_at(laptop.evaluate("Date.now()") / 1000 + 60)
    began = laptop.evaluate("Date.now()")
    for letter in TYPED:
        laptop.keyboard.type(letter)
        last_key = laptop.evaluate("Date.now()")
        laptop.clock.run_for(150)
    with laptop.expect_response("**/brouillon"):
        for _ in range(40):
            laptop.clock.run_for(150)
    saved(laptop)
    at = [(each - began) / 1000 for each in laptop.evaluate("sentAt")]
    typed_for = (last_key - began) / 1000
    assert 1 <= len(at) <= typed_for / 5 + 2
    assert all(later - former > 4.8 for former, later in itertools.pairwise(at))
    assert at[-1] - typed_for >= 1, "a second after the last key"
    becomes(laptop, lambda: draft().question, TYPED)
    assert kept_questions() == []


def test_an_ordinary_form_goes_with_its_words_once_one_is_back(laptop: Page, open_as, circle: Circle):
    circle.write_and_propose()
    open_as(laptop, "/opposition?about=text")
    cookies = laptop.context.cookies()
    laptop.get_by_role("textbox", name="Une phrase").fill("On m’y reconnaîtrait.")
    laptop.context.clear_cookies()
    laptop.get_by_role("button", name="M’opposer").click()
    expect(laptop.locator(".sign-in-beside")).to_be_visible(timeout=10_000)
    expect(laptop.get_by_role("textbox", name="Une phrase")).to_have_value("On m’y reconnaîtrait.")
    laptop.context.add_cookies([cookie for cookie in cookies if cookie["name"] == "appareil"])
    laptop.evaluate("dispatchEvent(new Event('focus'))")
    expect(laptop.get_by_text("Vous vous opposez au texte.")).to_be_visible()


def test_without_network_an_ordinary_form_keeps_its_words_and_waits(laptop: Page, open_as, circle: Circle):
    circle.write_and_propose()
    open_as(laptop, "/opposition?about=text")
    laptop.get_by_role("textbox", name="Une phrase").fill("On m’y reconnaîtrait.")
    laptop.wait_for_load_state("networkidle")  # what guards the words is there
    laptop.context.set_offline(True)
    laptop.get_by_role("button", name="M’opposer").click()
    expect(laptop.get_by_text("Rien n’est parti")).to_be_visible()
    laptop.context.set_offline(False)
    laptop.get_by_role("button", name="Envoyer de nouveau").click()
    expect(laptop.get_by_text("Vous vous opposez au texte.")).to_be_visible()


LONG = "Comment écouter jusqu’au bout, alors que tout presse et que la classe attend derrière la porte ? " * 3
# Every text box that is seen, and how many pixels of its words are not.
CUT = """() => [...document.querySelectorAll("textarea")].filter((box) => box.clientHeight > 0)
  .map((box) => Math.max(0, box.scrollHeight - box.clientHeight))"""
OF_LAST_YEAR = """const knows = CSS.supports.bind(CSS);
CSS.supports = (...asked) => !asked.join(":").includes("field-sizing") && knows(...asked);"""


def test_a_browser_that_does_not_size_fields_shows_every_word_of_the_sheet(phone: Page, open_as):
    def without(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("field-sizing: content;", ""))

    phone.add_init_script(OF_LAST_YEAR)
    phone.route("**/css/components.css", without)
    open_as(phone, "/ecrire")
    for name in ("1- Notre problématique", "Réponse 1"):
        phone.get_by_role("textbox", name=name, exact=True).fill(LONG)
    expect(phone.locator(".saved").first).to_contain_text("Enregistré à", timeout=10_000)
    assert not any(phone.evaluate(CUT)), "as it is typed"
    phone.reload()
    expect(phone.locator("textarea").first).to_have_attribute("style", re.compile("height"))
    assert not any(phone.evaluate(CUT)), "as it is found again"


def test_the_sheet_is_printed_with_its_page_in_a_browser_that_leaves_containers_out(laptop: Page, circle, open_as):
    circle.write_and_propose()
    open_as(laptop, "")
    sheet = laptop.locator(".fiche").first
    assert sheet.evaluate("(fiche) => getComputedStyle(fiche).containerType") == "inline-size"
    laptop.emulate_media(media="print")
    assert sheet.evaluate("(fiche) => getComputedStyle(fiche).containerType") == "normal"
    expect(sheet.get_by_text("Comment")).to_be_visible()


def three_answers(page: Page, open_as) -> None:
    open_as(page, "/ecrire")
    page.get_by_role("textbox", name="1- Notre problématique").fill("Comment dire ?")
    for number, words in enumerate(("Un", "Deux", "Trois"), 1):
        if number > 1:
            page.get_by_role("button", name="Ajouter une réponse").click()
        page.get_by_role("textbox", name=f"Réponse {number}", exact=True).fill(words)


def order(page: Page) -> list[str]:
    return [each.input_value() for each in page.locator("textarea[data-answer=text]").all()]


def test_an_answer_is_moved_by_its_grip_or_by_alt_and_an_arrow_and_the_order_comes_back(
    laptop: Page, open_as, check_accessible
):
    three_answers(laptop, open_as)
    grip, third = laptop.locator(".grip").first, laptop.locator("[data-answer-row]").nth(2).bounding_box()
    grip.hover()
    laptop.mouse.down()
    laptop.mouse.move(third["x"] + 10, third["y"] + third["height"] - 4, steps=12)
    laptop.mouse.up()
    becomes(laptop, lambda: order(laptop), ["Deux", "Trois", "Un"])
    expect(laptop.get_by_role("status").filter(has_text="Réponse déplacée au rang 3.")).to_be_visible()
    check_accessible(laptop)
    laptop.get_by_role("button", name="Annuler le déplacement").click()
    becomes(laptop, lambda: order(laptop), ["Un", "Deux", "Trois"])
    laptop.get_by_role("textbox", name="Réponse 3", exact=True).focus()
    laptop.keyboard.press("Alt+ArrowUp")
    becomes(laptop, lambda: order(laptop), ["Un", "Trois", "Deux"])
    expect(laptop.locator("textarea[data-answer=text]").nth(1)).to_be_focused()
    expect(laptop.locator(".saved").first).to_contain_text("Enregistré à", timeout=10_000)
    becomes(laptop, lambda: [answer.text for answer in draft().answers], ["Un", "Trois", "Deux"])


def test_what_overflows_is_marked_and_a_sign_that_does_not_print_is_said(laptop: Page, open_as):
    open_as(laptop, "/ecrire")
    laptop.get_by_role("textbox", name="1- Notre problématique").fill("Comment 漢 dire ?")
    laptop.get_by_role("textbox", name="Réponse 1", exact=True).fill("Brève.")
    for number in range(2, 13):
        laptop.get_by_role("button", name="Ajouter une réponse").click()
        laptop.get_by_role("textbox", name=f"Réponse {number}", exact=True).fill("Redire encore, longuement. " * 18)
    expect(laptop.locator("[data-answer-row]").last.locator(".over-mark")).to_be_visible(timeout=15_000)
    expect(laptop.locator("[data-answer-row]").first.locator(".over-mark")).to_be_hidden()
    expect(laptop.locator("[data-preview-signs]")).to_contain_text("Un signe ne s’imprime pas : 漢")
    former, first = laptop.locator("[data-preview-former]"), laptop.get_by_role("textbox", name="Réponse 1", exact=True)
    expect(former).to_be_empty()
    first.fill("é" * 501)
    expect(former).to_contain_text("Ce qui suit vaut pour le dernier texte enregistré", timeout=15_000)
    first.fill("Brève.")  # as it was saved: nothing is sent
    expect(former).to_be_empty()


PREPARE = """async () => {
  const editor = document.querySelector("script[src*='sheet_editor']").src;
  const { Keeper } = await import(new URL("live/keeper.js", editor));
  const { openStore } = await import(new URL("live/store.js", editor));
  const { meeting, person } = document.querySelector("[data-sheet-editor]").dataset;
  const known = { meeting, person, device: "a", endsAt: Date.now(), code: "271828" };
  await Keeper.make({ store: await openStore({ make: true }), ...known });
}"""


# Whether what is typed on the sheet has its record on this device.
KEPT_HERE = """async () => {
  const ask = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const base = await ask(indexedDB.open("collectifs-seance"));
  return (await ask(base.transaction("records").objectStore("records").getAll())).some(({ id }) => id === "sheet");
}"""


def test_on_a_prepared_device_what_is_typed_without_network_outlives_the_page(laptop: Page, open_as, check_accessible):
    open_as(laptop, "/ecrire")
    expect(laptop.get_by_label("Code de l’appareil")).to_have_count(0)
    laptop.evaluate(PREPARE)
    laptop.reload()
    check_accessible(laptop)
    laptop.get_by_label("Code de l’appareil").fill("000001")
    laptop.keyboard.press("Enter")
    expect(laptop.get_by_text("Ce n’est pas ce code.")).to_be_visible(timeout=10_000)
    laptop.get_by_label("Code de l’appareil").fill("271828")
    laptop.get_by_role("button", name="Garder ici").click()
    kept = laptop.get_by_text("Gardé sur cet appareil à mesure que vous écrivez. Sans réseau, cette page")
    expect(kept).to_be_visible(timeout=10_000)
    address = laptop.url
    laptop.context.set_offline(True)
    laptop.get_by_role("textbox", name="1- Notre problématique").fill("Comment garder, alors que rien ne part ?")
    becomes(laptop, lambda: laptop.evaluate(KEPT_HERE), True)
    said = laptop.locator(".saved").first
    expect(said).to_have_text("Pas encore enregistré\u00a0: gardé, chiffré, sur cet appareil", timeout=10_000)
    other = laptop.context.new_page()
    laptop.close(run_before_unload=False)
    other.context.set_offline(False)
    assert draft().question == ""
    other.goto(address)
    other.get_by_label("Code de l’appareil").fill("271828")
    other.keyboard.press("Enter")
    expect(other.get_by_role("textbox", name="1- Notre problématique")).to_have_value(
        "Comment garder, alors que rien ne part ?", timeout=10_000
    )
    expect(other.locator(".saved").first).to_contain_text("Enregistré à", timeout=10_000)
    becomes(other, lambda: draft().question, "Comment garder, alors que rien ne part ?")
