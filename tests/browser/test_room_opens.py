"""The room opens, or its page says why not: storage refused, a file lost, a browser too old, notes gone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from collectifs.kernel.extensions import db
from collectifs.sheets.queries.sheets import sheet_of_meeting
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.patience import becomes
from tests.browser.room_house import COUNT, KEPT, House, begin, note, prepare, write_in_the_dark

# Cookies blocked: reaching for the storage is what throws. A full disk: writing is.
BLOCKED = """for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
  Object.defineProperty(globalThis, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
}"""
FULL = """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };"""
# What a Safari of 2022 lacks, beside signs that it cannot read.
OLD = "delete Array.prototype.toSorted;"
PROMISES = "if (navigator.storage) navigator.storage.persist = navigator.storage.persisted = async () => true;"
UNREADABLE = "const unknown = /(?<(a)/;"
PLACES = {
    "live": ("", "/js/live.js", "conduire la séance"),
    "projection": ("/projection", "/js/beam.js", "la projection"),
}


# What moves under the eye while the page fills itself, as browsers count it (CLS). Nobody touches it: a telephone that
# is imitated changes its size as the page comes, which would count as touched for half a second.
MOVED = """globalThis.__moved = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) globalThis.__moved += each.value;
}).observe({ type: "layout-shift", buffered: true });"""


def lose(page: Page, file: str) -> None:
    """It does not come."""
    page.route(f"**{file}", lambda route: route.abort())


def spoil(page: Page, file: str, text: str) -> None:
    """It comes as something else."""
    page.route(f"**{file}", lambda route: route.fulfill(body=text, content_type="text/javascript"))


def lifeline(page: Page, kind: str) -> str:
    """The words of the one part that is shown."""
    expect(page.locator(f"[data-lifeline={kind}]")).to_be_visible()
    expect(page.locator("[data-lifeline]:visible")).to_have_count(1)
    return page.locator(f"[data-lifeline={kind}]").inner_text().replace("\u00a0", " ")


@pytest.mark.parametrize("kind", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_nothing_moves_under_the_eye_while_the_room_opens(
    house: House, new_context: Callable[..., BrowserContext], kind: dict[str, object]
) -> None:
    context = new_context(**kind)
    house.sign_in(context)
    context.add_init_script(MOVED)
    page = context.new_page()
    house.open(page)
    expect(page.locator("#wait")).to_have_count(0)
    expect(page.locator(KEPT).first).to_have_text("Tout est enregistré")
    assert page.evaluate("globalThis.__moved") <= 0.05


# The pieces that stand in the page before any script, and what is read there.
PIECES = """() => [...document.querySelectorAll("#contenu :is(h1, .lead, .circle, [data-speaks], .rule, .time-left)")]
  .filter((each) => each.checkVisibility() && each.textContent.trim())"""


@pytest.mark.parametrize(
    ("is_running", "is_same", "is_closed"),
    [(False, True, False), (True, True, False), (True, False, False), (True, False, True)],
    ids=["before", "running", "running elsewhere", "closed elsewhere"],
)
def test_the_first_words_stand_before_any_script_and_no_script_paints_them_again(
    house: House, new_context: Callable[..., BrowserContext], is_running: bool, is_same: bool, is_closed: bool
) -> None:
    context = new_context(**PHONE)
    house.sign_in(context)
    page = context.new_page()
    if is_running:
        house.begin()
    if is_closed:
        house.close()
    if is_same:
        house.take_hand(page)
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.add_init_script(MOVED)
    page.route("**/js/live.js", hold)
    page.goto(house.url + house.path, wait_until="commit")
    expect(page.locator("[data-begun]")).to_be_visible()
    first = page.evaluate_handle(PIECES)
    words = first.evaluate("(found) => found.map((each) => each.innerText)")
    assert len(words) >= (4 if is_running and not is_closed else 2), words
    follows = page.get_by_text("un autre appareil")
    assert follows.count() == 0 or follows.first.is_visible() is (is_running and not is_same)
    assert page.locator("#contenu button:enabled:visible").count() == 0
    for route in waiting:
        route.continue_()
    expect(page.locator("#wait")).to_have_count(0)
    still = "(found) => found.filter((each) => each.isConnected).map((each) => each.innerText)"
    assert first.evaluate(still) == words
    assert page.evaluate("globalThis.__moved") <= 0.05


@pytest.mark.parametrize("refusal", [BLOCKED, FULL], ids=["blocked", "full"])
def test_a_browser_that_keeps_nothing_opens_the_room_all_the_same(
    house: House, new_context: Callable[..., BrowserContext], refusal: str
) -> None:
    context = new_context(**LAPTOP)
    house.sign_in(context)
    context.add_init_script(refusal)
    page = context.new_page()
    house.open(page)
    page.get_by_role("button", name="Préparer cet appareil").first.click()
    page.get_by_role("dialog").get_by_label("Six chiffres").fill("246810")
    page.get_by_role("dialog").get_by_role("button", name="Préparer cet appareil").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Ce navigateur ne garde rien ici")
    page.get_by_role("button", name="Plus tard").click()
    page.get_by_role("button", name="Commencer le regroupement").click()
    note(page, "Sans rien garder.")
    expect(page.locator(KEPT).first).to_have_text("Tout est enregistré")
    page.locator("#shortcuts summary").click()
    page.get_by_label("Raccourcis du clavier").uncheck()
    becomes(page, house.notes, ["Sans rien garder."])
    becomes(page, house.waited_for, [])
    wall = context.new_page()
    wall.goto(f"{house.url}{house.path}/projection")
    expect(wall.get_by_role("heading", level=1)).not_to_have_text("La projection")
    wall.get_by_role("button", name="Cacher le temps").click()


@pytest.mark.parametrize("place", PLACES)
def test_a_file_that_does_not_come_is_said_with_what_remains_possible(
    house: House, laptop: Page, page_faults: list[str], place: str, check_accessible
) -> None:
    end, file, _ = PLACES[place]
    house.sign_in(laptop.context)
    lose(laptop, file)
    laptop.goto(house.url + house.path + end)
    assert "Cette page n’est pas arrivée en entier." in lifeline(laptop, "lost")
    expect(laptop.get_by_text("La séance s’ouvre…")).to_be_hidden()
    check_accessible(laptop)
    laptop.unroute_all()
    laptop.get_by_role("link", name="Recharger la page").click()
    expect(laptop.locator("[data-lifeline]:visible")).to_have_count(0)
    page_faults.clear()


def test_on_a_telephone_whose_script_does_not_come_the_paper_agenda_is_one_press_away(
    house: House, phone: Page, check_reflow
) -> None:
    house.sign_in(phone.context)
    lose(phone, "/js/live.js")
    house.open(phone)
    assert "Cette page n’est pas arrivée en entier." in lifeline(phone, "lost")
    paper = phone.get_by_role("link", name="l’imprimer").locator("visible=true")
    answer = phone.request.get(house.url + (paper.get_attribute("href") or ""))
    assert answer.headers["content-type"] == "application/pdf"
    check_reflow(phone)


@pytest.mark.parametrize("place", PLACES)
def test_a_browser_that_cannot_read_the_scripts_is_told_so_and_what_it_takes(
    house: House, new_context: Callable[..., BrowserContext], page_faults: list[str], place: str, check_reflow
) -> None:
    end, file, needs = PLACES[place]
    context = new_context(**PHONE)
    house.sign_in(context)
    context.add_init_script(OLD)
    page = context.new_page()
    spoil(page, file, UNREADABLE)
    page.goto(house.url + house.path + end)
    words = lifeline(page, "old")
    assert f"Ce navigateur est trop ancien pour {needs}." in words
    assert "Safari ou iOS 16, Chrome ou Edge 105, ou Firefox 121" in words
    check_reflow(page)
    page_faults.clear()


def test_in_a_recent_browser_a_file_that_cannot_be_read_is_a_broken_one(
    house: House, laptop: Page, page_faults: list[str]
) -> None:
    house.sign_in(laptop.context)
    spoil(laptop, "/js/live.js", "export class Room {")
    house.open(laptop)
    assert "Cette page n’est pas arrivée en entier." in lifeline(laptop, "lost")
    page_faults.clear()


def test_a_page_that_waits_too_long_says_so_and_takes_it_back_once_it_starts(
    house: House, new_context: Callable[..., BrowserContext]
) -> None:
    laptop, waiting = new_context(**LAPTOP).new_page(), list[Route]()

    def hold(route: Route) -> None:
        waiting.append(route)

    house.sign_in(laptop.context)
    laptop.clock.install()
    laptop.route("**/js/live.js", hold)
    laptop.goto(house.url + house.path, wait_until="commit")
    expect(laptop.get_by_text("La séance s’ouvre…")).to_have_count(1)
    laptop.clock.run_for(29_000)
    expect(laptop.locator("[data-lifeline]:visible")).to_have_count(0)
    laptop.clock.run_for(2_000)
    lifeline(laptop, "lost")
    for route in waiting:
        route.continue_()
    expect(laptop.get_by_role("button", name="Commencer le regroupement")).to_be_visible()
    expect(laptop.locator("[data-lifeline]:visible")).to_have_count(0)


def test_the_agenda_and_the_sheet_are_still_written_where_their_scripts_do_not_start(
    house: House, new_context: Callable[..., BrowserContext], page_faults: list[str], check_accessible
) -> None:
    context = new_context(**PHONE)
    house.sign_in(context)
    context.add_init_script(OLD)
    page = context.new_page()
    for script in ("prepare", "sheet_editor"):
        spoil(page, f"/js/{script}.js", UNREADABLE)
    page.goto(f"{house.url}/regroupements/{house.meeting_id}/preparer")
    assert "Enregistrer" in lifeline(page, "old")
    check_accessible(page)
    page.get_by_role("button", name="Enregistrer").tap()
    expect(page.get_by_text("Enregistré à")).to_be_visible()
    sheet = sheet_of_meeting(house.meeting_id).id
    db.session.rollback()
    page.goto(f"{house.url}/fiches/{sheet}/ecrire")
    assert "rien n’est gardé avant « Enregistrer »" in lifeline(page, "old")
    page.locator("#question").fill("Comment écrire, alors que tout est vieux ?")
    with page.expect_navigation():
        page.get_by_role("button", name="Enregistrer", exact=True).tap()
    page.goto(f"{house.url}/fiches/{sheet}/ecrire")
    expect(page.locator("#question")).to_have_value("Comment écrire, alors que tout est vieux ?")
    page_faults.clear()


def test_what_survives_the_browser_is_promised_only_when_the_browser_promises_it(house: House, laptop: Page) -> None:
    for who, script, said, unsaid in (
        (None, PROMISES, "Même éteint puis rallumé", "fenêtre privée oublie tout"),
        (house.stand_in(), PROMISES.replace("true", "false"), "fenêtre privée oublie tout", "Même éteint puis rallumé"),
    ):
        page = laptop.context.new_page()
        page.add_init_script(script)
        house.sign_in(page.context, who)  # what another has prepared is prepared anew
        house.open(page)
        prepare(page)
        device = page.get_by_role("region", name="Cet appareil")
        expect(device).to_contain_text(said)
        expect(device).to_contain_text("Prêt : cet appareil peut perdre le réseau.")
        assert unsaid not in device.inner_text()
        page.close()


def test_opened_again_once_its_notes_perished_the_room_has_its_own_page_and_the_device_is_wiped(
    house: House, laptop: Page, check_accessible
) -> None:
    begin(house, laptop)
    write_in_the_dark(house, laptop)
    laptop.goto("about:blank")
    house.let_perish()
    house.start()
    house.open(laptop)
    expect(laptop.get_by_role("heading", level=1)).to_have_text("Les notes de cette séance sont effacées")
    told = laptop.get_by_text("Ce que cet appareil gardait de cette séance s’est effacé aussi.")
    expect(told).to_contain_text("1\u00a0action n’était pas partie")
    check_accessible(laptop)
    assert laptop.evaluate(COUNT) == [0, 0]
    assert laptop.evaluate("Object.keys(localStorage)") == []
    becomes(laptop, house.waited_for, [])
    laptop.get_by_role("button", name="Se déconnecter").click()  # nothing waits: nothing is asked
    expect(laptop).to_have_url(re.compile("/(entrer)?$"))
    house.stop()
    house.open(laptop)
    expect(laptop.get_by_text("cet appareil ne garde rien de cette séance")).to_be_visible()
