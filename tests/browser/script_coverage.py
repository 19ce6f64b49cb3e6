"""What the browser's tests go through in the scripts, as Chromium counts it: for `make coverage`, nothing else.

SCRIPT_COVERAGE names a folder. Each page that closes leaves a file there, in the form of Node's own NODE_V8_COVERAGE,
its addresses those of the files of this checkout; c8 adds them up. What a service worker or a page that crashes goes
through is not counted.
"""

import json
import os
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, CDPSession, Error, Page

FOLDER = os.environ.get("SCRIPT_COVERAGE", "")
SCRIPTS = Path(__file__).resolve().parents[2] / "collectifs/static"
SERVED = re.compile(r"^https?://[^/]+/static/[^/]+/(js/.+)$")


class Counted:
    """The pages that are open, each with what asks Chromium for its count."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sessions: dict[Page, CDPSession] = {}

    def begin(self, page: Page) -> None:
        """Chromium counts in this page from now on, whatever it opens next."""
        session = page.context.new_cdp_session(page)
        session.send("Profiler.enable")
        session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})
        self.sessions[page] = session

    def end(self, page: Page) -> None:
        """Write what this page went through; a page that is already gone leaves nothing."""
        session = self.sessions.pop(page, None)
        if session is None:
            return
        try:
            counted = session.send("Profiler.takePreciseCoverage")["result"]
        except Error:
            return
        found = [{**script, "url": address} for script in counted if (address := file_address(script["url"]))]
        (self.folder / f"coverage-{uuid4()}.json").write_text(json.dumps({"result": found}), encoding="utf-8")


def file_address(url: str) -> str:
    """The file of this checkout that a page knows by this address, or "" for what is not ours."""
    found = SERVED.match(url)
    return (SCRIPTS / found[1]).as_uri() if found else ""


def count_pages(folder: Path) -> None:
    """Every page of every context of this process is counted."""
    folder.mkdir(parents=True, exist_ok=True)
    counted = Counted(folder)
    close_page, close_context = Page.close, BrowserContext.close

    def making(make: Any) -> Any:
        def made(*args: Any, **arguments: Any) -> BrowserContext:
            context: BrowserContext = make(*args, **arguments)
            for page in context.pages:
                counted.begin(page)
            context.on("page", counted.begin)
            return context

        return made

    def closing_page(page: Page, **arguments: Any) -> None:
        counted.end(page)
        close_page(page, **arguments)

    def closing_context(context: BrowserContext, **arguments: Any) -> None:
        for page in context.pages:
            counted.end(page)
        close_context(context, **arguments)

    patch = pytest.MonkeyPatch()  # for as long as this process lives
    patch.setattr(Browser, "new_context", making(Browser.new_context))
    patch.setattr(BrowserType, "launch_persistent_context", making(BrowserType.launch_persistent_context))
    patch.setattr(Page, "close", closing_page)
    patch.setattr(BrowserContext, "close", closing_context)


if FOLDER:
    import tests.everything  # noqa: F401  scripts travel as they stand

    count_pages(Path(FOLDER))
