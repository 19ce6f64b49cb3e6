"""A house for the live screen that can go dark: an application served on a fixed port, stopped and started at will."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from sqlalchemy import delete
from werkzeug.serving import make_server

from collectifs.collectives.models import Collective, Meeting, Pilotship
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.live.domain.agenda import fold
from collectifs.live.domain.gestures import iso
from collectifs.live.queries.devices import devices_waited_for
from collectifs.live.queries.door import door_of
from collectifs.live.queries.events import stored_events
from collectifs.live.services.live import receive_gestures
from collectifs.people.models import User
from tests import factories
from tests.browser.patience import ANSWERS
from tests.databases import free_port

CODE = "246810"
# What is being typed is kept too, twice a second: its record, once it is of the length of these words, sealed.
TYPED = """async (words) => {
  const whole = new TextEncoder().encode(JSON.stringify({ note: words })).length + 16;
  const ask = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const base = await ask(indexedDB.open("collectifs-seance"));
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const rows = await ask(base.transaction("records").objectStore("records").getAll());
    if (rows.some(({ id, sealed }) => id === "typed" && sealed.byteLength === whole)) return "typed";
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return "nothing";
}"""
# The lock of six digits turns six hundred thousand times (tests/js/vault.test.mjs); here a thousand are enough, but in
# test_https.py.
QUICK_LOCK = """
if (globalThis.SubtleCrypto) {
  const derive = SubtleCrypto.prototype.deriveKey;
  SubtleCrypto.prototype.deriveKey = function (recipe, ...others) {
    return derive.call(this, recipe.iterations ? { ...recipe, iterations: 1000 } : recipe, ...others);
  };
}
"""
KEPT = "[data-saved-text]"
DEVICE = "portable-de-la-salle"
# The page is on the device that has la main.
THIS_DEVICE = """if (location.protocol === "http:") localStorage.setItem("collectifs-appareil-%s", "%s");"""
LAST_PORT: list[int] = []
# How many meetings and records this browser keeps, once it is done with what it was doing.
COUNT = """async () => {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if (localStorage.getItem("collectifs-garde") === null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const ask = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const base = await ask(indexedDB.open("collectifs-seance"));
  const count = (name) => ask(base.transaction(name).objectStore(name).count());
  return [await count("meetings"), await count("records")];
}"""


def port_of_rooms() -> int:
    """That of the former room, where nobody took it meanwhile: a browser knows its scripts by their address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", LAST_PORT[0]))
        except (IndexError, OSError):
            LAST_PORT[:] = [free_port()]
    return LAST_PORT[0]


class House:
    """One pilot, one collective, one meeting today; a server that answers at `url` while it runs."""

    def __init__(self, app: Flask, pilot: User, meeting: Meeting) -> None:
        self.app, self.pilot_id, self.meeting_id = app, pilot.id, meeting.id
        self.port = port_of_rooms()
        self.url = f"http://127.0.0.1:{self.port}"
        self.path = f"/seance/{meeting.id}"
        self.server: Any = None
        self.takes_gestures = True

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """The application, unless it is told to take no gesture: then it answers as an overloaded one does."""
        if not self.takes_gestures and environ["PATH_INFO"].endswith("/gestes"):
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return []
        with ANSWERS.one():
            return self.app(environ, start_response)

    def start(self) -> None:
        self.server = make_server("127.0.0.1", self.port, self, threaded=True)  # type: ignore[arg-type]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """The network is gone: nobody listens on this port any more."""
        if self.server is None:
            return
        self.server.shutdown()
        self.thread.join(timeout=10)
        self.server.server_close()
        self.server = None

    def sign_in(self, context: BrowserContext, who: UUID | None = None) -> None:
        """The browser is known as this person, for as long as it lives on the disk."""
        secret = factories.device(db.session.get_one(User, who or self.pilot_id))
        db.session.commit()  # and nothing is read here any more: a transaction of ours would hold the server's back
        cookie = {"name": "appareil", "value": secret, "url": self.url, "expires": time.time() + 86400 * 400}
        context.add_cookies([cookie])  # type: ignore[list-item]

    def stand_in(self) -> UUID:
        """Jeanne stands in for the pilot at this meeting: she may open it too."""
        who = factories.user("Jeanne")
        meeting = db.session.get_one(Meeting, self.meeting_id)
        factories.membership(who, db.session.get_one(Collective, meeting.collective_id))
        factories.deputy(meeting, who)
        db.session.commit()
        return who.id

    def begin(self) -> None:
        """The pilot has begun the meeting, on the device that has la main."""
        meeting = db.session.get_one(Meeting, self.meeting_id)
        plan = [{name: each[name] for name in ("id", "title", "minutes", "least")} for each in meeting.steps]
        self._happens(hand_taken={"device": DEVICE}, meeting_started={"plan": plan})

    def close(self) -> None:
        """The pilot has closed it there."""
        self._happens(meeting_closed={})

    def _happens(self, **bodies: dict[str, Any]) -> None:
        """Gestures of the device that has la main, by the service that takes those of a page."""
        now = clock.now()
        usual = {"hand": 1, "happened_at": iso(now)}
        sent: list[object] = [{"id": str(uuid4()), "kind": kind, "body": body} | usual for kind, body in bodies.items()]
        door = door_of(factories.device(db.session.get_one(User, self.pilot_id)), self.meeting_id, now)
        assert door is not None
        assert receive_gestures(door, device=DEVICE, sent=sent).refused == []
        db.session.commit()

    def take_hand(self, page: Page) -> None:
        """The page, not opened yet, is on the device that has la main."""
        page.add_init_script(THIS_DEVICE % (self.meeting_id, DEVICE))

    def replace_pilot(self) -> None:
        """The relay has passed: whoever opened this room pilots no more."""
        db.session.rollback()
        db.session.execute(delete(Pilotship).where(Pilotship.user_id == self.pilot_id))
        db.session.commit()

    def let_perish(self) -> None:
        """The notes of the meeting are no more."""
        db.session.rollback()
        db.session.get_one(Meeting, self.meeting_id).notes_perished_at = datetime(2027, 1, 13, 12, tzinfo=UTC)
        db.session.commit()

    def open(self, page: Page) -> None:
        page.goto(self.url + self.path)

    def received(self) -> int:
        """How many gestures the server holds."""
        db.session.rollback()
        db.session.expire_all()
        number = db.session.get_one(Meeting, self.meeting_id).sequence
        db.session.rollback()
        return number

    def waited_for(self) -> list[str]:
        """Whose devices the server still waits for."""
        db.session.rollback()
        found = [each.name for each in devices_waited_for(self.meeting_id)]
        db.session.rollback()
        return found

    def ends_at(self) -> int:
        """The planned end of the meeting, as a browser counts: in milliseconds."""
        db.session.rollback()
        found = db.session.get_one(Meeting, self.meeting_id).ends_at
        db.session.rollback()
        return round(found.timestamp() * 1000)

    def notes(self) -> list[str]:
        """The notes that the server holds, folded; each gesture is in its journal once."""
        db.session.rollback()
        db.session.expire_all()
        events = [gesture for gesture, _ in stored_events(db.session.get_one(Meeting, self.meeting_id), None)]
        written = [each for each in events if each.kind == "note_written"]
        assert len(written) == len({each.body["note"] for each in written})
        found = [note.text for note in fold(events).notes]
        db.session.rollback()
        return found


@contextmanager
def served_house(app: Flask) -> Iterator[House]:
    """Hélène pilots, Odile and Samir are members, the meeting is today; the server answers."""
    pilot = factories.user("Hélène", "Marchadier")
    members = [factories.user("Odile", "CanariFamille"), factories.user("Samir", "Haddad")]
    where = factories.collective(pilot=pilot, members=members, name="Les CanariCollectif")
    factories.situation(where, members[0], "CanariTitre", sentence="CanariPhrase.")
    meeting = factories.meeting(where, place="CanariLieu")
    db.session.commit()
    house = House(app, pilot, meeting)
    house.start()
    yield house
    house.stop()


@contextmanager
def chromium_on_disk(playwright: Playwright, arguments: dict[str, Any], folder: Path) -> Iterator[Page]:
    """A browser with a memory: closed and launched again on the same folder, it knows what it kept."""
    context = playwright.chromium.launch_persistent_context(
        folder, viewport={"width": 1280, "height": 800}, locale="fr-FR", timezone_id="Europe/Paris", **arguments
    )
    context.add_init_script(QUICK_LOCK)
    faults: list[str] = []
    context.on("weberror", lambda fault: faults.append(str(fault.error)))
    yield context.pages[0]
    context.close()
    assert faults == []


def prepare(page: Page, code: str = CODE) -> None:
    """« Préparer cet appareil », before the meeting begins."""
    page.wait_for_load_state("networkidle")
    opener, dialog = page.get_by_role("button", name="Préparer cet appareil").first, page.get_by_role("dialog")
    for _ in range(3):  # a press while the page is still laying itself out may fall beside
        opener.click()
        with suppress(AssertionError):
            expect(dialog).to_be_visible(timeout=3_000)
            break
    dialog.get_by_label("Six chiffres").fill(code)
    dialog.get_by_role("button", name="Préparer cet appareil").click()
    expect(page.get_by_text("Prêt : cet appareil peut perdre le réseau.")).to_be_visible()


def give_code(page: Page, code: str = CODE) -> None:
    """The code that opens what this device keeps."""
    page.get_by_label("Six chiffres").fill(code)
    page.get_by_role("button", name="Ouvrir", exact=True).click()


def note(page: Page, words: str) -> None:
    """A note of the collective: type, Enter."""
    page.get_by_label("Votre note").fill(words)
    page.get_by_label("Votre note").press("Enter")


def begin(house: House, page: Page) -> None:
    """The pilot's device, prepared, the meeting begun; all that was done is on the server."""
    house.sign_in(page.context)
    house.open(page)
    prepare(page)
    page.get_by_role("button", name="Commencer le regroupement").click()
    expect(page.get_by_label("Votre note")).to_be_visible()
    end = time.monotonic() + 30
    while house.received() < 2:
        assert time.monotonic() < end, "the start did not reach the server"
        page.wait_for_timeout(100)
    expect(page.locator(KEPT).first).to_have_text("Tout est enregistré")


def write_in_the_dark(house: House, page: Page) -> None:
    """The network goes; one note is written, another is being typed."""
    house.stop()
    note(page, "CanariNote du collectif")
    page.get_by_label("Votre note").fill("CanariFrappe")
    expect(page.locator(KEPT).first).to_contain_text("1\u00a0action gardée sur cet appareil")
    assert page.evaluate(TYPED, "CanariFrappe") == "typed"


def hurry(page: Page) -> None:
    """The network says that it is back."""
    page.evaluate("dispatchEvent(new Event('online'))")
