"""A browser that lasts knows nothing of the test before; one that died is replaced."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error

from tests.browser.conftest import LAPTOP
from tests.browser.screens import Screen

# What is found here of each kind, before one of each is left.
LEAVE = """async () => {
  const workers = navigator.serviceWorker;
  const found = [localStorage.length, document.cookie.length, (await indexedDB.databases()).length,
    (await caches.keys()).length, (await workers.getRegistrations()).length];
  localStorage.setItem("left", "here");
  document.cookie = "left=here";
  await new Promise((resolve) => { indexedDB.open("left").onsuccess = resolve; });
  await caches.open("left");
  await workers.register("/sw.js");
  await workers.ready;
  return found;
}"""


@pytest.fixture
def screen(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Screen]:
    lasting = Screen(browser.new_context(**browser_context_args | LAPTOP), [])
    yield lasting
    lasting.context.close()


def test_what_was_kept_is_forgotten(app: Flask, serve: Callable[[Any], str], screen: Screen) -> None:
    for _ in range(2):
        page = screen.new_page()
        page.goto(serve(app) + "/aide")
        assert page.evaluate(LEAVE) == [0] * 5
        screen.context.set_offline(True)
        screen.give_back()
        assert len(screen.context.pages) == 1
        assert not screen.is_gone


def test_a_page_knows_nobody_who_opened_it(app: Flask, serve: Callable[[Any], str], screen: Screen) -> None:
    page = screen.new_page()
    page.goto(serve(app) + "/aide")
    assert page.evaluate("opener") is None


def test_one_that_died_is_used_no_more(app: Flask, serve: Callable[[Any], str], screen: Screen) -> None:
    page = screen.new_page()
    page.goto(serve(app) + "/aide")
    with suppress(Error):
        page.goto("chrome://crash")
    screen.give_back()
    assert screen.is_gone
