"""Two other engines, driven by the standard library alone: Firefox by Marionette, WebKit (WPE) by WebDriver.

Both come as Debian packages. `Driver` is what a test sees: the few gestures of the WebDriver standard. Scripts that it
runs are the engine's own, so the content policy of the pages stays as it is.
"""

import base64
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.databases import free_port
from tools.processes import dying_with_us, kill

PATIENCE_S = 40.0
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # how the WebDriver standard names a reference to an element
CAPABILITIES = {"acceptInsecureCerts": False, "pageLoadStrategy": "normal"}
# What Firefox would otherwise fetch, look for (extensions: a fifth of its start) or ask at its first start.
PREFERENCES = {
    "marionette.port": 0,
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.enabledScopes": 0,
    "extensions.getAddons.cache.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class DriverError(Exception):
    """The engine refused a command; the message is its own."""


class Driver:
    """One window of one engine."""

    name = ""

    def command(self, name: str, path: str, method: str, values: dict[str, Any]) -> Any:
        """One command of the standard, by its Marionette name and by its WebDriver path."""
        raise NotImplementedError

    def open(self, url: str) -> None:
        """Go there, and wait until it is loaded."""
        self.command("Navigate", "url", "POST", {"url": url})

    def run(self, script: str, *args: Any) -> Any:
        """What a script returns; a promise is waited for."""
        return self.command("ExecuteScript", "execute/sync", "POST", {"script": script, "args": list(args)})

    def size(self, width: int, height: int) -> None:
        """The window's size, in pixels."""
        self.command("SetWindowRect", "window/rect", "POST", {"width": width, "height": height})

    def set_cookie(self, name: str, value: str) -> None:
        """A cookie of the page that is open, for a year."""
        cookie = {"name": name, "value": value, "path": "/", "httpOnly": True, "expiry": int(time.time()) + 31_536_000}
        self.command("AddCookie", "cookie", "POST", {"cookie": cookie})

    def press(self, words: str) -> None:
        """Press the visible button or link of this name, as a person would: once it stands still."""
        element = self._seek(BUTTON, words)
        self.wait(f"« {words} » stands still", STILL, {ELEMENT: element})
        self._act(element, "click")

    def type_in(self, label: str, words: str, *, enter: bool = False) -> None:
        """Type into the field of this label, after what stands there."""
        self._act(self._seek(FIELD, label), "value", text=words + ("\ue007" if enter else ""))

    def sees(self, words: str, seconds: float = PATIENCE_S) -> None:
        """Wait until the page shows these words."""
        self.wait(f"« {words} » is seen", f"return {SHOWN}.includes(arguments[0])", words, seconds=seconds)

    def wait(self, what: str, script: str, *args: Any, seconds: float = PATIENCE_S) -> Any:
        """Wait until a script answers something, and give it."""
        until = time.monotonic() + seconds
        while True:
            with suppress(DriverError):  # the page is being exchanged
                if found := self.run(script, *args):
                    return found
            assert time.monotonic() < until, f"{self.name}: not so: {what}\n{self.run(f'return {SHOWN}')}"
            time.sleep(0.15)

    def _seek(self, script: str, words: str) -> str:
        found: dict[str, str] = self.wait(f"« {words} » is there", script, words)
        return found[ELEMENT]

    def _act(self, element: str, gesture: str, **values: str) -> None:
        names = {"click": "ElementClick", "value": "ElementSendKeys"}
        self.command(names[gesture], f"element/{element}/{gesture}", "POST", {"id": element, **values})


# Words as they are shown, spaces alike.
SHOWN = "document.body.innerText.replace(/\\s+/g, ' ')"
ALIKE = "const alike = (text) => (text || '').replace(/\\s+/g, ' ').trim();"
BUTTON = f"""{ALIKE}
const all = [...document.querySelectorAll("button, a[href], summary")].reverse();
return all.find((each) => alike(each.innerText).startsWith(arguments[0]) && each.getClientRects().length) || null;"""
# A page that is still laying itself out would let a press fall on what has just come in that place.
STILL = """const place = () => { const { x, y } = arguments[0].getBoundingClientRect(); return `${x} ${y}`; };
const first = place();
return new Promise((told) => { setTimeout(() => told(place() === first), 120); });"""
FIELD = f"""{ALIKE}
return [...document.querySelectorAll("input, textarea")].find((each) => each.getClientRects().length
  && [...each.labels].some((label) => alike(label.innerText).startsWith(arguments[0]))) || null;"""


class Firefox(Driver):
    """Firefox by its own protocol (Marionette): lengths, a colon, then JSON."""

    name = "Firefox"

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S * 2)
        self._stream = self._socket.makefile("rb")
        self._number = 0
        self._read()  # it says who it is
        self.command("NewSession", "", "", {"capabilities": {"alwaysMatch": CAPABILITIES}})

    def command(self, name: str, path: str, method: str, values: dict[str, Any]) -> Any:
        self._number += 1
        said = json.dumps([0, self._number, f"WebDriver:{name}", values]).encode()
        self._socket.sendall(b"%d:" % len(said) + said)
        _kind, _number, error, result = self._read()
        if error:
            raise DriverError(f"{error['error']}: {error['message']}")
        return result["value"] if isinstance(result, dict) and result.keys() == {"value"} else result

    def print_pdf(self) -> bytes:
        """The page as Firefox prints it."""
        return base64.b64decode(self.command("Print", "print", "POST", {"background": False}))

    def close(self) -> None:
        """Nothing more is said to it."""
        self._stream.close()
        self._socket.close()

    def _read(self) -> Any:
        length = b""
        while (byte := self._stream.read(1)) != b":":
            if not byte:
                raise DriverError("Firefox is gone")
            length += byte
        return json.loads(self._stream.read(int(length)))


class WebKit(Driver):
    """WebKit by WebDriver over HTTP."""

    name = "WebKit"

    def __init__(self, port: int, browser: str) -> None:
        self._base = f"http://127.0.0.1:{port}/session"
        options = {"binary": browser, "args": ["--automation", "--platform=headless"]}
        wanted = {"alwaysMatch": {**CAPABILITIES, "wpe:browserOptions": options}}
        self._base += "/" + self.command("", "", "POST", {"capabilities": wanted})["sessionId"]

    def command(self, name: str, path: str, method: str, values: dict[str, Any]) -> Any:
        url = f"{self._base}/{path}" if path else self._base
        request = urllib.request.Request(url, json.dumps(values).encode(), method=method)
        request.add_header("Content-Type", "application/json; charset=utf-8")
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S * 2) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            told = json.loads(error.read())["value"]
            raise DriverError(f"{told['error']}: {told.get('message', '')}") from error


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """A Firefox with nothing kept but what stands in the folder."""
    port = free_port()
    values = PREFERENCES | {"marionette.port": port}
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in values.items()]
    (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
    with _running(command, port, folder), closing(Firefox(port)) as driver:
        yield driver


@contextmanager
def webkit(folder: Path) -> Iterator[WebKit]:
    """A WebKit without a screen; it keeps nothing once it is closed."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    with _running(["WPEWebDriver", f"--port={port}"], port, folder):
        yield WebKit(port, shutil.which("cog") or "cog")


@contextmanager
def _running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    """A program whose home is the folder, once it listens; it ends with all that it started."""
    home = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            dying_with_us(command), env={**os.environ, **home}, stdout=log, stderr=log, start_new_session=True
        )
        try:
            _wait_for(port, process, folder)
            yield
        finally:
            kill(process)  # with the browser that it started


def _wait_for(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.1)
    raise AssertionError((folder / "log").read_text(errors="replace"))
