"""What a screen reader says in the room: `python -m tools.orca FOLDER` (a new folder; about a minute).

Starts the demonstration, then Firefox and Orca on a screen of their own (Xvfb, D-Bus, AT-SPI), opens the meeting of
Les Tilleuls, and prints, after each thing that is done, the words that Orca was about to speak: the « SPEECH OUTPUT »
lines of its log. No sound card is needed: a speech module that swallows its text stands in for a voice. For whoever
changes what is heard; the tests read the accessibility tree instead (tests/browser/test_heard.py).

Debian: apt-get install orca xvfb xdotool openbox dbus at-spi2-core speech-dispatcher firefox-esr
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from tests.browser.engines.driver import PREFERENCES, Driver, Firefox
from tests.databases import free_port
from tools.processes import dying_with_us, end

NEEDED = ("orca", "Xvfb", "xdotool", "openbox", "dbus-run-session", "speech-dispatcher", "firefox-esr")
INSIDE = "--inside"  # once there is a D-Bus of its own
SPOKEN = re.compile(r"SPEECH OUTPUT: '(.*)'(?:\{.*\})?$", re.MULTILINE)
QUIET_S, LONGEST_S = 2.5, 12.0
SPEECHD = """LogLevel 0
AddModule "silent" "sd_generic" "silent.conf"
DefaultModule silent
DefaultLanguage fr
"""
SILENT = """GenericExecuteSynth "cat > /dev/null < /dev/null; true || echo \\'$DATA\\'"
AddVoice "fr" "MALE1" "fr"
GenericLanguage "fr" "fr" "utf-8"
"""
SCREEN = "1280x800x24"
FOCUS = """const all = [...document.querySelectorAll("button, a[href], summary, input")];
const wanted = (each) => each.getClientRects().length
  && (each.innerText || each.labels?.[0]?.innerText || "").replace(/\\s+/g, " ").trim().startsWith(arguments[0]);
const found = all.find(wanted); found?.focus(); return Boolean(found);"""


class Ear:
    """What Orca has said since it was last asked."""

    def __init__(self, log: Path) -> None:
        self.log, self._at = log, 0

    def heard(self) -> list[str]:
        """Wait until it is quiet, and give what was said."""
        said: list[str] = []
        until, last = time.monotonic() + LONGEST_S, time.monotonic()
        while time.monotonic() < min(until, last + QUIET_S):
            if fresh := self._fresh():
                said, last = said + fresh, time.monotonic()
            time.sleep(0.2)
        return said

    def _fresh(self) -> list[str]:
        if not self.log.exists():
            return []
        text = self.log.read_text(encoding="utf-8", errors="replace")
        whole = text[: text.rfind("\n") + 1]
        fresh, self._at = whole[self._at :], len(whole)
        return [words for words in SPOKEN.findall(fresh) if words.strip()]


def main() -> int:
    """Look for the programs, then begin again inside a D-Bus session of its own."""
    if missing := [name for name in NEEDED if not shutil.which(name)]:
        print(f"Missing: {', '.join(missing)}. {(__doc__ or '').strip().splitlines()[-1]}")
        return 1
    folder = Path(sys.argv[1]).resolve()
    if INSIDE in sys.argv:
        listen(folder)
        return 0
    folder.mkdir(parents=True)
    command = ["dbus-run-session", "--", sys.executable, "-m", "tools.orca", str(folder), INSIDE]
    return subprocess.run(command, env=_environment(folder), check=False).returncode


def _environment(folder: Path) -> dict[str, str]:
    """A home of its own, where speech goes nowhere and accessibility is on."""
    modules = folder / "home" / ".config" / "speech-dispatcher" / "modules"
    modules.mkdir(parents=True)
    (modules.parent / "speechd.conf").write_text(SPEECHD, encoding="utf-8")
    (modules / "silent.conf").write_text(SILENT, encoding="utf-8")
    (folder / "run").mkdir(mode=0o700)
    display = f":{free_port() % 900 + 90}"
    ours = {"HOME": str(folder / "home"), "XDG_RUNTIME_DIR": str(folder / "run"), "DISPLAY": display}
    return os.environ | ours | {"LANG": "C.UTF-8", "GNOME_ACCESSIBILITY": "1", "NO_AT_BRIDGE": "0"}


def listen(folder: Path) -> None:
    """Everything, in its order."""
    log, port = folder / "orca.log", free_port()
    with ExitStack() as running:
        run: Callable[..., Any] = lambda *command: running.enter_context(_running(folder, *command))  # noqa: E731
        run("Xvfb", os.environ["DISPLAY"], "-screen", "0", SCREEN)
        run(sys.executable, "-m", "collectifs.cli.serve", "--port", str(port), "--data", str(folder / "data"))
        time.sleep(1)
        run("openbox")
        run("orca", "--replace", f"--debug-file={log}")
        time.sleep(6)  # it listens before there is anything to hear
        driver = running.enter_context(_firefox(folder, run))
        _walk(driver, Ear(log), f"http://127.0.0.1:{port}")


@contextmanager
def _running(folder: Path, *command: str) -> Iterator[None]:
    with (folder / "programs.log").open("ab") as told:
        process = subprocess.Popen(dying_with_us(list(command)), stdout=told, stderr=told)
    try:
        yield
    finally:
        end(process)


@contextmanager
def _firefox(folder: Path, run: Callable[..., Any]) -> Iterator[Firefox]:
    """With a window, and telling AT-SPI what is in it."""
    port, profile = free_port(), folder / "profile"
    profile.mkdir()
    values = PREFERENCES | {"marionette.port": port, "accessibility.force_disabled": -1}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in values.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    run("firefox-esr", "--marionette", "--no-remote", "--profile", str(profile))
    for _ in range(100):
        try:
            driver = Firefox(port)
            break
        except OSError:
            time.sleep(0.3)
    else:
        raise SystemExit("Firefox does not answer: see programs.log")
    with closing(driver):
        yield driver


class Walk:
    """What is done on the page, each followed by what was heard."""

    def __init__(self, driver: Driver, ear: Ear) -> None:
        self.driver, self.ear = driver, ear

    def told(self, what: str) -> None:
        """Print what has been heard since."""
        print(f"\n== {what}")
        print("   " + " ¦ ".join(words.strip() for words in self.ear.heard()))

    def press(self, words: str) -> None:
        """Put the focus on a button or a link, and press Enter."""
        self.driver.wait(f"« {words} » is on the page", FOCUS, words)
        self.ear.heard()
        _key("Return")
        self.told(f"Enter on « {words} »")


def _walk(driver: Driver, ear: Ear, url: str) -> None:
    """The pilot opens the room, begins, writes a note, stops the time, goes on, asks for the time, says STOP."""
    _answers(driver, url)
    subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--class", "firefox", "windowfocus"], check=False)
    driver.press("Hélène Marchadier")
    driver.sees("Ouvrir la séance")
    walk = Walk(driver, ear)
    walk.told("her home, once signed in")
    for words in ("Ouvrir la séance", "Commencer le regroupement", "Étape suivante"):
        walk.press(words)
    driver.type_in("Votre note", "Une chose à la fois.", enter=True)
    walk.told("a note, and Enter")
    for words in ("Pause", "Reprendre"):
        walk.press(words)
    driver.run("document.querySelector('h1').focus()")
    ear.heard()
    _key("r")
    walk.told("the key R, in Orca’s browse mode: Orca keeps it for itself (the room’s own answers in focus mode)")
    for words in ("Étape suivante", "Étape suivante", "STOP"):
        walk.press(words)


def _answers(driver: Driver, url: str) -> None:
    """Go to the first page, once there is one: a new demonstration takes some seconds."""
    for _ in range(90):
        try:
            driver.open(url)
            if driver.run("return document.body.innerText.includes('Hélène Marchadier')"):
                return
        except Exception:  # noqa: BLE001,S110  it does not answer yet
            pass
        time.sleep(1)
    raise SystemExit("The demonstration does not answer: see programs.log")


def _key(name: str) -> None:
    subprocess.run(["xdotool", "key", name], check=True)


if __name__ == "__main__":
    sys.exit(main())
