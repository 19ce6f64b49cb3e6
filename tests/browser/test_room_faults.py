"""The two hours when things go wrong: a killed server, a wrong clock, a dead browser, a machine that sleeps, a cut.

Time is moved, never waited: the server's by the demonstration's clock, a browser's by a `Date` that can be shifted.
"""

import math
import os
import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from collectifs.cli.serve import GUNICORN, HOST
from collectifs.kernel.config import DEMO_MARK, demo_offset_seconds, environment, set_demo_offset
from collectifs.live.domain.agenda import fold
from collectifs.live.domain.agenda_reading import planned_ms, spent
from collectifs.live.domain.gestures import instant, read_gesture
from tests.browser.conftest import LAPTOP
from tests.browser.demo_server import wait_for_health
from tests.browser.test_faults import Mortal
from tests.first_minute import lay_out
from tests.forks import Command, started

KILLS = int(os.environ.get("KILLS", "3"))  # twenty, by hand or before a release: KILLS=20
ON_EACH_DEVICE = 100
PATIENCE_S = 40.0
CUT = timedelta(hours=2)
# The wall clock of a browser, wrong from the start or put forward while the page sleeps; the steady one does not move.
WALL = """(() => {
  const Real = Date;
  globalThis.__wrong = %d;
  globalThis.Date = class extends Real {
    constructor(...parts) { parts.length ? super(...parts) : super(Real.now() + globalThis.__wrong); }
    static now() { return Real.now() + globalThis.__wrong; }
  };
})()"""
# What the clock of the stage says once the page has been told that somebody looks: nothing is awaited.
SHOWN = """() => {
  document.dispatchEvent(new Event("visibilitychange"));
  return document.querySelector("[data-time-left] span").textContent;
}"""
# Notes written as fingers would, faster.
WRITE = """(form, texts) => {
  for (const text of texts) {
    form.querySelector("textarea").value = text;
    form.requestSubmit();
  }
}"""
NOTES = "[data-lanes] li span[translate='no']"


class Hall(Mortal):
    """A demonstration that can be killed, whose server's clock is moved by hand."""

    meeting = ""

    def start(self) -> None:
        """The web processes as `make run` starts them; nothing here waits for mails."""
        command = ["gunicorn", "wsgi:app", f"--bind={HOST}:{self.port}", *GUNICORN]
        env = environment(COLLECTIFS_DATA=str(self.data), BIND=HOST, BASE_URL=self.url)
        self.server = started(Command(command, env, says=str(self.data / "server.log")))
        wait_for_health(self.url, self.server)

    def shift(self, seconds: float) -> None:
        """So many seconds pass on the server."""
        mark = self.data / DEMO_MARK
        set_demo_offset(mark, demo_offset_seconds(mark) + seconds)

    def enter(self, page: Page) -> None:
        """Hélène Marchadier opens the meeting of the day, wherever it has got to."""
        super().enter(page, "Hélène Marchadier")
        found = re.search(r'href="(/seance/[^"]+)">(Ouvrir|Reprendre) la séance<', page.request.get(self.url).text())
        assert found is not None
        self.meeting = self.url + found[1]
        page.goto(self.meeting)
        expect(page.locator("#kept")).to_contain_text("Tout est enregistré")

    def begin(self, page: Page) -> None:
        """The meeting opened, and started."""
        self.enter(page)
        page.get_by_role("button", name="Commencer le regroupement").click()
        expect(page.get_by_role("button", name="Étape suivante")).to_be_visible()
        self.until_made(page, "meeting_started")

    def truth(self, page: Page) -> dict[str, Any]:
        """What the server holds, as this person may read it."""
        answer = page.request.get(f"{self.meeting}/etat?depuis=0")
        assert answer.status == 200, f"{answer.status} {answer.text()[:300]}"
        return answer.json()

    def until(self, page: Page, arrived: Callable[[list[dict[str, Any]]], bool]) -> None:
        """Wait for what the server holds, not for what the page says. Each time the page is told that the network is
        back: it does not wait longer to send."""
        end = time.monotonic() + PATIENCE_S
        while not arrived(self.truth(page)["events"]):
            assert time.monotonic() < end, page.locator("#kept").inner_text()
            page.evaluate("dispatchEvent(new Event('online'))")
            page.wait_for_timeout(200)

    def until_made(self, page: Page, kind: str) -> None:
        self.until(page, lambda events: any(each["kind"] == kind for each in events))

    def until_written(self, page: Page, *texts: str) -> None:
        self.until(page, lambda events: set(texts) <= {each["body"].get("text") for each in events})

    def left(self, page: Page) -> float:
        """The seconds left to the present step, by the server's own clock and events."""
        told = self.truth(page)
        state = fold(read_gesture(each) for each in told["events"])
        assert state.current is not None
        now = instant(told["server_now"])
        return (planned_ms(state, state.current) - spent(state, state.current, now)) / 1000

    def leave(self, page: Page, seconds: float) -> None:
        """Move the server's clock to where the step has so many seconds left, and open the page again."""
        self.shift(self.left(page) - seconds)
        page.reload()
        expect(page.locator("#kept")).to_contain_text("Tout est enregistré")


@pytest.fixture
def hall(demo_folder: Path, tmp_path: Path) -> Iterator[Hall]:
    lay_out(demo_folder, tmp_path / "data")
    demo = Hall(tmp_path / "data")
    yield demo
    demo.kill()


def write(page: Page, *texts: str) -> None:
    for text in texts:
        page.get_by_label("Votre note").fill(text)
        page.get_by_label("Votre note").press("Enter")


def go_to(page: Page, title: str) -> None:
    """Another step, by its line of the plan."""
    page.get_by_role("button", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def shown_s(page: Page) -> int:
    """The time left as the stage says it, in seconds: the last two minutes of a step are told so."""
    expect(page.locator("[data-time-left] span")).not_to_be_empty()
    minutes, _, seconds = page.evaluate(SHOWN).partition(":")
    return int(minutes) * 60 + int(seconds)


def check_is_right(hall: Hall, page: Page) -> None:
    """What is shown is what the server's clock says, within a second, whatever the reading itself took."""
    before, shown, after = hall.left(page), shown_s(page), hall.left(page)
    assert math.ceil(after) - 1 <= shown <= math.ceil(before) + 1, f"{before} s, shown {shown}, then {after} s"


def test_a_server_killed_under_gestures_loses_nothing_that_it_acknowledged_and_keeps_all_once(
    hall: Hall, laptop: Page
) -> None:
    acknowledged: set[str] = set()

    def hear(answer: Response) -> None:
        if answer.url.endswith("/gestes") and answer.status == 200:
            acknowledged.update(answer.json()["accepted"])

    hall.begin(laptop)
    already = len(hall.truth(laptop)["events"])
    laptop.on("response", hear)
    written = []
    for kill in range(KILLS):
        texts = [f"Mort {kill}, note {number}." for number in range(6)]
        written += texts
        write(laptop, *texts[:3])
        hall.kill()
        write(laptop, *texts[3:])
        hall.start()
        hall.until_written(laptop, *texts)
    events = hall.truth(laptop)["events"]
    assert sorted(note.text for note in fold(read_gesture(each) for each in events).notes) == sorted(written)
    assert len(events) == len({each["id"] for each in events}) == already + len(written), "one gesture a note"
    assert acknowledged <= {each["id"] for each in events}


def test_a_clock_seven_minutes_wrong_shows_the_same_time_left_and_one_that_slept_is_right_at_the_first_paint(
    hall: Hall, laptop: Page, new_context: Callable[..., BrowserContext]
) -> None:
    laptop.add_init_script(WALL % 0)
    hall.begin(laptop)
    hall.leave(laptop, 100)
    check_is_right(hall, laptop)
    another = new_context(**LAPTOP)
    for minutes in (-7, 7):
        check_with_a_wrong_clock(hall, another, minutes)
    now = instant(hall.truth(laptop)["server_now"])
    late = [each for each in hall.truth(laptop)["events"] if each["kind"] == "note_written"]
    assert len(late) == 2
    assert all(abs((instant(each["happened_at"]) - now).total_seconds()) < 60 for each in late)
    check_asleep_for_twenty_minutes(hall, laptop)


def check_with_a_wrong_clock(hall: Hall, browser: BrowserContext, minutes: int) -> None:
    """What the page shows is right, and what it writes arrives."""
    wrong = browser.new_page()
    wrong.add_init_script(WALL % (minutes * 60_000))
    hall.enter(wrong)
    expect(wrong.locator("[data-time-left] span")).to_contain_text(":")
    check_is_right(hall, wrong)
    write(wrong, f"Écrite à {minutes} minutes.")
    hall.until_written(wrong, f"Écrite à {minutes} minutes.")
    wrong.close()


def check_asleep_for_twenty_minutes(hall: Hall, page: Page) -> None:
    """It is right before anything is asked."""
    go_to(page, "Questionnement")
    page.get_by_role("button", name="+ 2 min").click()
    hall.until_made(page, "time_added")
    hall.leave(page, 20 * 60 + 100)
    at, left = time.monotonic(), hall.left(page)
    page.context.set_offline(True)
    page.evaluate("globalThis.__wrong = 20 * 60000")
    shown = shown_s(page)
    passed = time.monotonic() - at
    assert left - 20 * 60 - passed - 1 <= shown <= math.ceil(left - 20 * 60) + 1, f"{left} s left, then {shown} s"


def test_killed_at_forty_seven_minutes_ten_and_opened_again_it_goes_on_where_it_was(
    hall: Hall, laptop: Page, new_context: Callable[..., BrowserContext]
) -> None:
    page, context = laptop, laptop.context
    hall.begin(page)
    started = time.monotonic()
    write(page, "La première.", "La deuxième.")
    hall.until_written(page, "La première.", "La deuxième.")
    hall.shift(47 * 60 + 10 - 18.5 * 60)  # a step of twenty minutes, entered so that it ends soon
    page.reload()
    go_to(page, "Questionnement")
    write(page, "La troisième.")
    hall.until_written(page, "La troisième.")
    hall.shift(18.5 * 60 - (time.monotonic() - started))
    heading = page.get_by_role("heading", level=1).inner_text()
    asked, left, answered = time.monotonic(), hall.left(page), time.monotonic()
    kept = context.storage_state()
    hall.kill()
    page.close()
    hall.start()
    again = new_context(**LAPTOP, storage_state=kept).new_page()
    again.goto(hall.meeting)
    expect(again.get_by_role("heading", level=1)).to_have_text(heading)
    expect(again.get_by_role("button", name="Étape suivante")).to_be_visible()  # it still has the hand
    for words in ("La première.", "La deuxième.", "La troisième."):
        expect(again.locator(NOTES).get_by_text(words, exact=True)).to_have_count(1)
    since, found, until = time.monotonic(), hall.left(again), time.monotonic()
    assert left - (until - asked) - 1 < found < left - (since - answered) + 1, "the same, but for what asking took"
    check_is_right(hall, again)


def test_cut_for_two_hours_two_hundred_gestures_on_two_devices_arrive_once_and_all_see_the_same(
    hall: Hall, laptop: Page, phone: Page
) -> None:
    for page in (laptop, phone):
        page.add_init_script(WALL % 0)
    hall.begin(laptop)
    hall.enter(phone)
    already = len(hall.truth(laptop)["events"])
    hall.kill()
    written = []
    for part in range(10):
        for name, page in (("laptop", laptop), ("phone", phone)):
            page.evaluate(f"globalThis.__wrong = {part + 1} * {CUT.total_seconds() * 100}")
            texts = [f"{name} {part} {number}" for number in range(ON_EACH_DEVICE // 10)]
            if name == "laptop":
                texts.pop()
                laptop.wait_for_timeout(510)  # two presses in half a second would count as one
                laptop.get_by_role("button", name="Étape suivante").click()
                expect(laptop.locator("[data-place]")).to_have_text(f"Étape {part + 2} sur 11")
            page.locator("[data-capture]").evaluate(WRITE, texts)
            written += texts
    expect(laptop.locator("#kept")).to_contain_text(f"{ON_EACH_DEVICE} actions gardées")
    expect(phone.locator("#kept")).to_contain_text(f"{ON_EACH_DEVICE} actions gardées")
    hall.shift(CUT.total_seconds())
    hall.start()
    for page, name in ((laptop, "laptop"), (phone, "phone")):
        hall.until_written(page, *(text for text in written if text.startswith(name)))
    check_same(hall, laptop, phone, sorted(written), already)


def check_same(hall: Hall, laptop: Page, phone: Page, written: list[str], already: int) -> None:
    """Everything once on the server, and both pages show what the server's events add up to."""
    events = hall.truth(laptop)["events"]
    assert len(events) == len({each["id"] for each in events}) == already + 2 * ON_EACH_DEVICE
    state = fold(read_gesture(each) for each in events)
    assert sorted(note.text for note in state.notes) == written
    place = [step.id for step in state.plan].index(state.current) + 1
    assert place == 11
    for page in (laptop, phone):
        page.evaluate("dispatchEvent(new Event('online'))")  # a screen that steers alone asks every fifteen seconds
        expect(page.locator("[data-place]")).to_have_text(f"Étape {place} sur 11", timeout=40_000)
        expect(page.locator(NOTES)).to_have_count(len(written), timeout=40_000)
        assert sorted(page.locator(NOTES).all_text_contents()) == written
    rows = [page.locator("[data-plan-rows] td").all_text_contents() for page in (laptop, phone)]
    assert rows[0][:-1] == rows[1][:-1], "the same minutes, planned and real, but for the step that goes on"
