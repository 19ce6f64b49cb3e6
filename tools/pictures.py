"""Pictures of the running demonstration, for the README and for the guide: `make pictures`.

A fresh demonstration in a temporary folder, a real Chromium; the README's go to docs/pictures/, those of the
guide (small WebP, committed: the pages of the help show them) to collectifs/static/guide/.
"""

import io
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tools.processes import end
from tools.system_packages import chromium

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
PORT = 8765
URL = f"http://127.0.0.1:{PORT}"
GUIDE = ROOT / "collectifs" / "static" / "guide"
WINDOW: ViewportSize = {"width": 1280, "height": 800}
WIDE: ViewportSize = {"width": 1200, "height": 750}
PHONE: ViewportSize = {"width": 390, "height": 640}
KEPT, MOST_BYTES, QUALITY = (960, 600), 60_000, 80
MEMBERS = """Nom\tPrénom\tCourriel
Delaunay\tInès\tines.delaunay@val-de-brume.example
MARÉCHAL\tPaul\tpaul.marechal@val-de-brume.example
Roux\tAnaïs\tanais.roux@val-de-brume.exemple"""


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
            end(server)


def _wait() -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{URL}/sante", timeout=5).close()  # noqa: S310  this machine, over http
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The demonstration did not start.")


def enter(browser: Browser, who: str, size: ViewportSize = WIDE) -> Page:
    """The first page of somebody of the demonstration, without its banner."""
    context = browser.new_context(
        viewport=size,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        bypass_csp=True,
        device_scale_factor=2 if size is PHONE else 1,
    )
    page = context.new_page()
    page.goto(URL)
    person = page.get_by_role("button", name=who).first
    if not person.is_visible():
        page.get_by_text("autres personnes").first.click()
    person.click()
    page.wait_for_load_state()
    return page


def keep(page: Page, name: str) -> None:
    """A picture of what is in sight, as light as it can be."""
    page.add_style_tag(content=".demo { display: none !important }")
    page.wait_for_timeout(300)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    if page.viewport_size == WIDE:
        picture = picture.resize(KEPT, Image.Resampling.LANCZOS)
    picture.save(GUIDE / f"{name}.webp", quality=QUALITY, method=6)
    size = (GUIDE / f"{name}.webp").stat().st_size
    print(f"{name}: {size // 1000} kB")
    if size > MOST_BYTES:
        raise SystemExit(f"{name} is too heavy for a page of help.")


def guide_of_members(browser: Browser) -> None:
    """What a member finds on a phone, and a sheet to read."""
    keep(enter(browser, "Maud Le Bihan", PHONE), "membre-accueil")
    page = enter(browser, "Nadège Thévenin")
    page.get_by_role("link", name="L’Estuaire").first.click()
    page.get_by_role("link", name="Fiche proposée").last.click()
    keep(page, "membre-fiche")


def guide_of_pilots(browser: Browser) -> None:
    """Preparing, then a sheet being written."""
    page = enter(browser, "Hélène Marchadier")
    page.get_by_role("link", name="Revoir le déroulé").first.click()
    page.get_by_role("heading", name="déroulé").first.scroll_into_view_if_needed()
    keep(page, "pilote-preparer")
    page = enter(browser, "Corinne Lestrade")
    page.get_by_role("link", name="Finir la fiche").first.click()
    page.wait_for_function("[...document.querySelectorAll('.preview img')].every((img) => img.naturalWidth > 0)")
    page.wait_for_timeout(1500)
    keep(page, "pilote-fiche")


def guide_of_the_institution(browser: Browser) -> None:
    """A transmitted sheet, the list of collectives, a pasted list as it is understood."""
    page = enter(browser, "Agnès Roussel")
    page.get_by_role("link", name="Fiches transmises").first.click()
    page.locator(".pile a").first.click()
    keep(page, "inspection-fiche")
    page = enter(browser, "Sylvie Montagnac")
    page.get_by_role("link", name="Collectifs", exact=True).nth(1).click()
    keep(page, "gestion-collectifs")
    page.goto(f"{URL}/collectifs/nouveau")
    page.get_by_label("Le nom du collectif").fill("Les Saules")
    page.get_by_label("Ou écrire").fill("Ève AUBRY <eve.aubry@val-de-brume.example>")
    page.get_by_label("La liste").fill(MEMBERS)
    page.get_by_role("button", name="Relire la liste").click()
    page.locator("#liste").evaluate("element => element.scrollIntoView()")
    keep(page, "gestion-liste")


def live(browser: Browser) -> None:
    """The room at « Mise en résonance », with a few notes."""
    page = enter(browser, "Hélène Marchadier", WINDOW)
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
    page.set_viewport_size(WIDE)
    keep(page, "pilote-seance")


def main() -> None:
    """Take every picture again."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    GUIDE.mkdir(parents=True, exist_ok=True)
    with demonstration(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for take in (guide_of_members, guide_of_pilots, guide_of_the_institution, live):
            take(browser)
        browser.close()


if __name__ == "__main__":
    main()
