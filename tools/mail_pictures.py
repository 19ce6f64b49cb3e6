"""Every mail as a picture, for whoever changes one: `python -m tools.mail_pictures FOLDER [--dark]`.

Each kind of mail is written with usual names and with the longest ones, and shown by a real Chromium as wide as a
telephone and as a mail program, beside its subject; the folder then holds `mails.html`, `mails.png` (usual names)
and `mails-long.png`. Nothing of it is committed.
"""

import html
import subprocess
import sys
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools.system_packages import chromium

ROOT = Path(__file__).resolve().parents[1]
WIDTHS = (360, 600)
LONG = "-long"
STYLE = """body { margin: 24px; font: 16px sans-serif; background: #8a8f92; } h2 { font-size: 16px; }
section { display: inline-block; vertical-align: top; margin: 0 24px 24px 0; } img { margin-right: 12px; }"""


def page_of(message: Message) -> str:
    """The HTML part of a mail."""
    part = next(part for part in message.walk() if part.get_content_type() == "text/html")
    payload = part.get_payload(decode=True)
    return payload.decode() if isinstance(payload, bytes) else ""


def take(browser: Browser, mail: Path, *, is_dark: bool) -> str:
    """Its pictures beside the file; returns its piece of the sheet."""
    message = message_from_bytes(mail.read_bytes())
    pictures = []
    for width in WIDTHS:
        page = browser.new_page(viewport={"width": width, "height": 400}, color_scheme="dark" if is_dark else "light")
        page.set_content(page_of(message))
        wide = int(page.evaluate("document.documentElement.scrollWidth"))
        picture = mail.with_suffix(f".{width}.png")
        page.screenshot(path=picture, full_page=True)
        page.close()
        over = f" <b>déborde : {wide} px</b>" if wide > width else ""
        pictures.append(f'<img src="{picture.name}" alt="{width} px">{over}')
    subject = str(make_header(decode_header(str(message["Subject"]))))
    return f"<section><h2>{html.escape(mail.stem)}<br>{html.escape(subject)}</h2>{''.join(pictures)}</section>"


def sheet(browser: Browser, folder: Path, mails: list[Path], name: str, *, is_dark: bool) -> None:
    """One contact sheet of some mails."""
    pieces = "".join(take(browser, mail, is_dark=is_dark) for mail in mails)
    path = folder / f"{name}.html"
    path.write_text(f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>{pieces}', encoding="utf-8")
    page = browser.new_page(viewport={"width": 4300, "height": 900})
    page.goto(path.as_uri())
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    page.close()


def main() -> None:
    """Write the mails, then show them."""
    folder, is_dark = Path(sys.argv[1]).resolve(), "--dark" in sys.argv
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "tests.every_mail", str(folder)], cwd=ROOT, check=True)
    mails = sorted(folder.glob("*.eml"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        usual = [mail for mail in mails if not mail.stem.endswith(LONG)]
        sheet(browser, folder, usual, "mails", is_dark=is_dark)
        sheet(browser, folder, [mail for mail in mails if mail not in usual], f"mails{LONG}", is_dark=is_dark)
        browser.close()


if __name__ == "__main__":
    main()
