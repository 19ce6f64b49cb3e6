"""Browsers that last: what one page on a telephone or a laptop has fetched and compiled, the next one has."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Frame, Page

from tests.browser.room_house import QUICK_LOCK

# An answer such as 422 or a lost network is the test's business.
EXPECTED_IN_CONSOLE = ("Failed to load resource",)
# Nobody listens there: the page is given by the test itself. All ports of this machine are one site for Chromium, whose
# pages share a process (--process-per-site).
NO_PAGE = "http://127.0.0.1:65001/"
# All that a place leaves in a browser, and the same but for its worker and the files that the worker brought.
EVERYTHING, WHAT_WAS_WRITTEN = "all", "cookies,indexeddb,local_storage"


def watch(context: BrowserContext, faults: list[str]) -> BrowserContext:
    """With eyes on the errors of every page."""

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED_IN_CONSOLE):
            faults.append(f"{message.text} ({message.location.get('url')})")

    context.add_init_script(QUICK_LOCK)
    context.on("console", hear)
    context.on("weberror", lambda fault: faults.append(str(fault.error)))
    return context


class Screen:
    """A browser of one kind for all tests of a process: an empty page stands in it, and each test has its own beside,
    in the same process, which has fetched and compiled what others brought. What they left is forgotten: all of it, or,
    for a file whose tests prepare their device (`keeps_worker`), all but the files that open the room without network.

    What a test adds to its whole browser cannot be taken away: a script that comes before each page, a clock of its
    own. Such a test takes `new_context`."""

    def __init__(self, context: BrowserContext, faults: list[str]) -> None:
        self.context = watch(context, faults)
        self.empty = context.new_page()
        self.empty.route(NO_PAGE, lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
        self.empty.goto(NO_PAGE)
        self.empty.unroute_all()
        self.session = context.new_cdp_session(self.empty)
        self.places: set[str] = set()
        self.is_gone = self.keeps_worker = False
        self.empty.on("crash", lambda _: self._is_lost())
        context.on("page", lambda page: page.on("framenavigated", self._note))

    def new_page(self) -> Page:
        """One that the empty page opens: it begins in the process in which it goes on, where one that the browser opens
        begins in another, started for it alone. Whoever opened it is unknown to our pages (their Opener-Policy)."""
        with self.context.expect_page() as opened:
            self.empty.evaluate("void open('about:blank')")
        return opened.value

    def give_back(self) -> None:
        """As it was before anybody used it. Where that cannot be had (a page that died), it is used no more."""
        try:
            self._forget()
        except Error:
            self._is_lost()

    def _is_lost(self) -> None:
        self.is_gone = True

    def _forget(self) -> None:
        for page in self.context.pages:
            if page != self.empty:
                page.close()
        self.context.set_offline(False)
        self.context.clear_permissions()
        self.context.clear_cookies()
        left = WHAT_WAS_WRITTEN if self.keeps_worker else EVERYTHING
        for place in self.places:
            self.session.send("Storage.clearDataForOrigin", {"origin": place, "storageTypes": left})
        if not self.keeps_worker:
            self.places.clear()

    def _note(self, frame: Frame) -> None:
        if frame.url.startswith("http"):
            self.places.add("/".join(frame.url.split("/")[:3]))
