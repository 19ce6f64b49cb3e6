"""The demonstration as `make run` starts it: gunicorn, the worker, a data folder; used through its pages alone.

`demo` is a running demonstration, new for each file of tests: every one begins on Wednesday 13 January 2027, 13 h 50.
The data folder is filled once and copied.
"""

import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.databases import free_port
from tools.processes import dying_with_us, end

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S, ENDING_S, FILLING_S = 60.0, 30.0, 90.0
MAIL_PATIENCE_S = 30.0
# What `make run` does first, in a process of its own: the clock of a demonstration is not for the other tests.
PREPARE = """
import sys
from collectifs.cli.serve import prepare
from collectifs.config import load_settings
prepare(load_settings({"COLLECTIFS_DATA": sys.argv[1]}, make_keys=True))
"""
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
        end = time.monotonic() + MAIL_PATIENCE_S
        mail = page.get_by_role("link").filter(has_text=who).filter(has_text=subject)
        self.open(page, "/courriels")
        while not mail.count():
            assert time.monotonic() < end, f"no mail « {subject} » to {who}:\n{page.get_by_role('main').inner_text()}"
            page.wait_for_timeout(300)
            page.reload()
        press(mail.first)
        expect(page.get_by_role("link", name="Tous les courriels")).to_be_visible()


def press(target: Locator) -> None:
    """By thumb where there is a thumb, else by the mouse."""
    if target.page.evaluate("navigator.maxTouchPoints > 0"):
        target.tap()
    else:
        target.click()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demonstration at its first minute."""
    folder = tmp_path_factory.mktemp("demonstration") / "first"
    subprocess.run([sys.executable, "-c", PREPARE, str(folder)], cwd=ROOT, check=True, timeout=FILLING_S)
    return folder


@pytest.fixture(scope="module")
def demo(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demonstration of its own for a file of tests, ended by its own parent process."""
    data = tmp_path_factory.mktemp("demonstration") / "data"
    shutil.copytree(demo_folder, data)
    port = free_port()
    server = start_demonstration(port, data)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for_health(url, server)
        yield Demo(url)
    finally:
        end(server, ENDING_S)


def start_demonstration(port: int, data: Path) -> "subprocess.Popen[bytes]":
    """As `make run` does, in a session of its own."""
    command = [sys.executable, "-m", "collectifs.cli.serve", "--port", str(port), "--data", str(data)]
    return subprocess.Popen(dying_with_us(command), cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)


def wait_for_health(url: str, server: "subprocess.Popen[bytes]") -> None:
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
