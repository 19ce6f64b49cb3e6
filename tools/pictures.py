"""Pictures of the running demonstration, for the README: `make pictures`.

A fresh demonstration in a temporary folder, a real Chromium, one picture each into docs/pictures/.
"""

import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tools.system_packages import chromium

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
PORT = 8765
URL = f"http://127.0.0.1:{PORT}"
WINDOW: ViewportSize = {"width": 1280, "height": 800}


@contextmanager
def demonstration() -> Iterator[None]:
    """A demonstration that answers at URL while the block runs."""
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "collectifs.cli.serve", f"--port={PORT}", f"--data={data}/demo"]
        server = subprocess.Popen(command, cwd=ROOT)
        try:
            _wait()
            yield
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait() -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{URL}/sante", timeout=5).close()  # noqa: S310  this machine, over http
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The demonstration did not start.")


def live(page: Page) -> None:
    """The room at « Mise en résonance », with a few notes."""
    page.goto(URL)
    page.get_by_role("button", name="Hélène Marchadier").click()
    page.get_by_role("link", name="Les Tilleuls").first.click()
    page.get_by_role("link", name="Ouvrir la séance").click()
    page.get_by_role("button", name="Tout le monde est là").click()
    page.get_by_role("button", name="Commencer le regroupement").click()
    while "Mise en résonance" not in page.get_by_role("heading", level=1).inner_text():
        page.get_by_role("button", name="Étape suivante").click()
        page.wait_for_timeout(700)
    for words in ("« Moi, j’ai consolé toute une année. »", "« Pleurer, c’est aussi du travail qui sort. »"):
        page.get_by_label("Votre note").fill(words)
        page.keyboard.press("Enter")
    page.get_by_text("Tout est enregistré").wait_for()
    page.wait_for_timeout(500)
    page.screenshot(path=FOLDER / "live.png")


def main() -> None:
    """Take every picture again."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demonstration(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        live(browser.new_page(viewport=WINDOW, locale="fr-FR", timezone_id="Europe/Paris"))
        browser.close()


if __name__ == "__main__":
    main()
