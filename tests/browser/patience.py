"""Waiting for what `expect` cannot ask: what a page says of itself, what the server holds. Never for a time to pass."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page

PATIENCE_S = 15.0


def becomes(page: Page, asked: Callable[[], Any], wanted: Any) -> None:
    """Ask again until it is as wanted, with the patience of `expect`; the page lives on meanwhile."""
    end = time.monotonic() + PATIENCE_S
    while (found := asked()) != wanted:
        assert time.monotonic() < end, f"{found!r}, and not {wanted!r}"
        page.wait_for_timeout(50)


class Answers:
    """Those in the making: what a page asked as it closed is no more in hand when the next test begins."""

    def __init__(self) -> None:
        self.making, self.changed = 0, threading.Condition()

    @contextmanager
    def one(self) -> Iterator[None]:
        """While one is made."""
        with self.changed:
            self.making += 1
        try:
            yield
        finally:
            with self.changed:
                self.making -= 1
                self.changed.notify_all()

    def wait(self) -> None:
        """Until all are made."""
        with self.changed:
            assert self.changed.wait_for(lambda: not self.making, PATIENCE_S), "an answer is never made"


ANSWERS = Answers()
