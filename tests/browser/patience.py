"""Waiting for what `expect` cannot ask: what a page says of itself, what the server holds. Never for a time to pass."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

PATIENCE_S = 15.0


def becomes(page: Page, asked: Callable[[], Any], wanted: Any) -> None:
    """Ask again until it is as wanted, with the patience of `expect`; the page lives on meanwhile."""
    end = time.monotonic() + PATIENCE_S
    while (found := asked()) != wanted:
        assert time.monotonic() < end, f"{found!r}, and not {wanted!r}"
        page.wait_for_timeout(50)
