"""The time of the room as its pilot sees it: the sound, the screen that stays lit, the ways out of an overrun."""

import re

from playwright.sync_api import Page, expect

from collectifs.kernel.extensions import db
from tests.browser.patience import becomes
from tests.browser.room_house import House
from tests.browser.test_room_screen import begin, go_to, later, meeting_of

# An audio output that a browser holds back, until the test lets it out; and screens kept lit, counted.
HELD_BACK = """
globalThis.letOut = false;
globalThis.AudioContext = class {
  state = "suspended";
  currentTime = 0;
  resume() {
    if (!globalThis.letOut) return new Promise(() => {});
    this.state = "running";
    return Promise.resolve();
  }
};
globalThis.rung = 0;
globalThis.OscillatorNode = class {
  connect(to) { return to; }
  start() { globalThis.rung += 1; }
  stop() {}
};
globalThis.GainNode = class {
  gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, setTargetAtTime() {} };
  connect(to) { return to; }
};
globalThis.lit = 0;
Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
  globalThis.lit += 1;
  return Object.assign(new EventTarget(), { release: async () => { globalThis.lit -= 1; } });
} } });
"""


def test_a_sound_held_back_is_said_and_the_screen_stays_lit(house: House, laptop: Page, moment, check_accessible):
    laptop.add_init_script(HELD_BACK)
    page = begin(house, laptop)
    becomes(page, lambda: page.evaluate("lit"), 1)
    page.keyboard.press("?")
    expect(page.get_by_text("L’écran reste allumé.")).to_be_visible()
    page.get_by_label("deux minutes avant").check()
    expect(page.get_by_text("Le navigateur retient le son").last).to_be_visible()
    page.keyboard.press("Escape")
    stage = page.locator("[data-sound]")
    expect(stage).to_contain_text("Le navigateur retient le son")
    check_accessible(page)
    page.evaluate("letOut = true")
    stage.get_by_role("button", name="Essayer").click()
    expect(stage.get_by_role("button", name="Essayer")).to_be_hidden()
    expect(stage).not_to_contain_text("retient")
    becomes(page, lambda: page.evaluate("rung") >= 2, True)
    go_to(page, "Clôture")
    page.get_by_role("button", name="Clore la séance").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("La séance est close")
    becomes(page, lambda: page.evaluate("lit"), 0)
    check_accessible(page)


# Two ways out, each taken and undone at once: nothing on the page has looked at the time in between.
AT_ONCE = """(panel) => {
  for (const words of ["Prendre sur la fin", "Raccourcir un peu partout"]) {
    [...panel.querySelectorAll("button")].find((button) => button.textContent.startsWith(words)).click();
    document.querySelector(".undo button").click();
  }
}"""


def test_an_overrun_offers_three_ways_out_each_undone_and_two_in_a_moment_leave_the_third_in_sight(
    house: House, laptop: Page, moment, check_accessible
):
    page = begin(house, laptop)
    later(page, moment, 30)
    panel = page.locator("[data-replan]")
    expect(panel).to_be_visible()
    check_accessible(page)
    check_two_in_a_moment_leave_the_third(page)
    planned = page.locator("[data-plan-rows] tr .revised")
    before = planned.all_inner_texts()
    for name in ("Prendre sur la fin", "Raccourcir un peu partout"):
        panel.get_by_role("button", name=name).click()
        expect(panel).to_be_hidden()
        assert planned.all_inner_texts() != before
        page.get_by_role("button", name="Annuler").click()
        expect(panel).to_be_visible()
        assert planned.all_inner_texts() == before
    later_end = panel.get_by_role("button", name=re.compile("^Finir à"))
    later_end.click()
    expect(panel).to_be_hidden()
    assert planned.all_inner_texts() == before
    page.get_by_role("button", name="Annuler").click()
    expect(panel).to_be_visible()
    later_end.click()
    page.reload()  # agreed once, it is not asked again
    expect(page.locator("[data-plan-end]")).to_contain_text("après l’heure")
    page.evaluate("new Promise((done) => setTimeout(done, 1100))")  # the page looks at the time twice a second
    expect(panel).to_be_hidden()


def check_two_in_a_moment_leave_the_third(page: Page) -> None:
    panel = page.locator("[data-replan]")
    later_end = panel.get_by_role("button", name=re.compile("^Finir à"))
    expect(later_end).to_be_visible()
    panel.evaluate(AT_ONCE)
    page.wait_for_function("() => document.querySelector('[data-replan]').hidden === false")
    page.evaluate("new Promise((done) => setTimeout(done, 1100))")  # the page looks at the time twice a second
    expect(later_end).to_be_visible()
    panel.locator("summary").click()  # folded by hand, it stays so
    page.evaluate("new Promise((done) => setTimeout(done, 1100))")
    expect(later_end).to_be_hidden()
    expect(panel).to_be_visible()
    panel.locator("summary").click()


def test_a_closing_room_bounds_what_is_proposed(house: House, laptop: Page, moment):
    meeting = meeting_of(house)
    meeting.room_closes_at = meeting.ends_at
    db.session.commit()
    page = begin(house, laptop)
    expect(page.locator("[data-plan-rest]")).to_contain_text("La salle ferme à")
    later(page, moment, 30)
    panel = page.locator("[data-replan]")
    expect(panel.get_by_role("button", name="Prendre sur la fin")).to_be_visible()
    expect(panel.get_by_role("button", name=re.compile("^Finir"))).to_have_count(0)
