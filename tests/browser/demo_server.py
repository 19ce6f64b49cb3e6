"""The demonstration as `make run` starts it: gunicorn, the worker, a data folder; used through its pages alone.

`demo` is a running demonstration, as at its first minute for each file of tests: Wednesday 13 January 2027, 13 h 50.
The data folder is filled once a run, and what the worker has to do at first is done once a run: mails.
The server is started once, and its data put back under it.
"""

import fcntl
import re
import shutil
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml.html import document_fromstring
from playwright.sync_api import APIResponse, Locator, Page, expect

from collectifs.cli.serve import HOST
from collectifs.kernel.config import DEMO_MARK, demo_offset_seconds
from tests.databases import free_port
from tests.first_minute import lay_out, set_clock_as
from tests.forks import Demonstration, Forked, started
from tools.processes import end

PATIENCE_S, ENDING_S = 60.0, 30.0
MAIL_PATIENCE_S = 30.0
DATABASE = "collectifs.db"
SOON = timedelta(seconds=5)
# What the worker has in hand, or will have within a moment.
DUE = "select count(*) from jobs where state in ('waiting', 'running') and run_after <= ?"
CLOCK_STEPS = {72: "+ 3 jours", 24: "+ 1 jour", 1: "+ 1 h"}


class Demo:
    """A demonstration that answers at `url`, and what people do in it before their own business."""

    def __init__(self, url: str) -> None:
        self.url = url

    def open(self, page: Page, path: str = "/") -> None:
        """Go to a page of the demonstration."""
        page.goto(self.url + path)

    def sign_in(self, page: Page, name: str) -> None:
        """Enter as one of the demonstration's people, by one press on the sign-in page."""
        self.open(page, "/entrer")
        face = page.get_by_role("button", name=name)
        folded = page.locator("details", has=page.locator("button", has_text=name))
        if not face.is_visible() and folded.count():
            press(folded.first.locator("summary"))
        press(face)
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Bonjour {name.split(maxsplit=1)[0]}")

    def enter(self, page: Page, name: str) -> None:
        """The same, where only what comes after is looked at: nothing is laid out."""
        door = f"{self.url}/entrer"
        face = re.compile(rf'action="([^"]+)">\s*<input[^>]+value="([^"]+)">\s*<button[^>]+><span><b>{name}</b>')
        found = face.search(page.request.get(door).text())
        assert found is not None, name
        form = {"csrf_token": found[2]}
        entered = page.request.post(self.url + found[1], form=form, headers={"Referer": door}, max_redirects=0)
        assert (entered.status, entered.headers["location"]) == (302, "/")

    def move_clock(self, page: Page, hours: int) -> None:
        """Press the banner's buttons until that many hours have passed."""
        for step, label in CLOCK_STEPS.items():
            while hours >= step:
                hours -= step
                before = page.get_by_label("Démonstration").inner_text()
                press(page.get_by_role("button", name=re.compile("^" + re.escape(label) + r"(?!\w)")))
                expect(page.get_by_label("Démonstration")).not_to_have_text(before, use_inner_text=True)

    def mail_to(self, page: Page, who: str, subject: str = "") -> None:
        """Open the newest mail sent to an address or a name, once the worker has sent it."""
        self.open(page, self._sent_to(page, who, subject))
        expect(page.get_by_role("link", name="Tous les courriels")).to_be_visible()

    def link_in_mail(self, page: Page, who: str, subject: str, words: str) -> str:
        """Where the link of such a mail leads that is called so: read, where nothing is laid out."""
        mail = document_fromstring(page.request.get(self.url + self._sent_to(page, who, subject)).text())
        shown = document_fromstring(mail.find(".//iframe[@class='mail']").get("srcdoc"))
        found = {each.get("href") for each in shown.iter("a") if words in " ".join(each.text_content().split())}
        assert len(found) == 1, f"« {subject} » has not one link « {words} »: {found}"
        return self.url + found.pop()

    def _sent_to(self, page: Page, who: str, subject: str) -> str:
        end = time.monotonic() + MAIL_PATIENCE_S
        while not (found := self._mails_to(page, who, subject)):
            assert time.monotonic() < end, f"no mail « {subject} » to {who}"
            page.wait_for_timeout(400)
        return found[0]

    def _mails_to(self, page: Page, who: str, subject: str) -> list[str]:
        """Their addresses, the newest first, out of the list as it is sent."""
        lines = document_fromstring(page.request.get(f"{self.url}/courriels").text()).find_class("line-link")
        said = [(line.get("href"), " ".join(line.text_content().split())) for line in lines]
        return [address for address, words in said if who in words and subject in words]


def press(target: Locator) -> None:
    """By thumb where there is a thumb, else by the mouse."""
    if target.page.evaluate("navigator.maxTouchPoints > 0"):
        target.tap()
    else:
        target.click()


def post(page: Page, url: str, **fields: str) -> APIResponse:
    """A form as its page holds it, filled and sent."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.request.get(url).text())
    assert token is not None, url
    return page.request.post(url, form={"csrf_token": token[1], **fields}, headers={"Referer": url})


class Stage:
    """The one running demonstration of this process, put back to its first minute for each file of tests."""

    def __init__(self, first: Path, folder: Path) -> None:
        self.data, self.kept = folder / "data", folder / "kept"
        lay_out(first, self.data)
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self.server = start_demonstration(self.port, self.data)

    def keep(self) -> None:
        """The first minute: everything is served, and the first mails are there."""
        wait_for_health(self.url, self.server)
        self.settle()
        self.kept.mkdir()
        for name in ("keys", "outbox"):
            shutil.copytree(self.data / name, self.kept / name)
        copy_database(self.data, self.kept)
        shutil.copy2(self.data / DEMO_MARK, self.kept)

    def begin_again(self) -> None:
        """As it was kept."""
        self.settle()
        put_back(self.kept, self.data)

    def settle(self) -> None:
        """Until the worker has nothing in hand."""
        end = time.monotonic() + PATIENCE_S
        with closing(sqlite3.connect(self.data / DATABASE)) as database:
            while database.execute(DUE, [self.soon()]).fetchone()[0]:
                assert time.monotonic() < end, "the worker does not come to the end of its work"
                time.sleep(0.2)

    def soon(self) -> str:
        """A moment from now by the clock of the demonstration, as SQLite keeps it."""
        offset = timedelta(seconds=demo_offset_seconds(self.data / DEMO_MARK))
        return str((datetime.now(UTC) + offset + SOON).replace(tzinfo=None))


def put_back(kept: Path, data: Path) -> None:
    """Tables, keys, mails and clock as they were kept. No process keeps anything else of them."""
    for name in ("keys", "outbox"):
        shutil.copytree(kept / name, data / name, dirs_exist_ok=True)
    copy_database(kept, data)
    for name in ("keys", "outbox"):
        for file in (data / name).iterdir():
            if not (kept / name / file.name).exists():
                file.unlink()
    set_clock_as(kept, data)


def copy_database(source: Path, target: Path) -> None:
    """In one transaction, whoever else has it open."""
    with closing(sqlite3.connect(source / DATABASE)) as kept, closing(sqlite3.connect(target / DATABASE)) as it:
        it.execute("pragma busy_timeout=10000")
        kept.backup(it)


@pytest.fixture(scope="session")
def stage(demo_folder: Path, shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Started once, ended by its own parent process. The first of a run leaves its first minute to the others."""
    settled, unfinished = shared_folder / "settled", shared_folder / "settled-unfinished"
    with (shared_folder / "settled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        is_first = not settled.exists()
        stage = Stage(demo_folder if is_first else settled, tmp_path_factory.mktemp("stage"))
        try:
            stage.keep()
            if is_first:
                shutil.copytree(demo_folder, unfinished, dirs_exist_ok=True)
                put_back(stage.kept, unfinished)
                unfinished.rename(settled)
            fcntl.flock(lock, fcntl.LOCK_UN)
            yield stage
        finally:
            end(stage.server, ENDING_S)


@pytest.fixture(scope="module")
def demo(stage: Stage) -> Demo:
    """A demonstration at its first minute, for a file of tests."""
    assert stage.server.poll() is None, "the server ended by itself"
    stage.begin_again()
    return Demo(stage.url)


def start_demonstration(port: int, data: Path) -> Forked:
    """As `make run` does, in a session of its own."""
    return started(Demonstration(port, str(data)))


def wait_for_health(url: str, server: Forked) -> None:
    """Until /sante answers; not longer than the server lives."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        assert server.poll() is None, "the server ended by itself"
        try:
            with urllib.request.urlopen(f"{url}/sante", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"{url} does not answer")
