"""While machines are upgraded one after the other: what a browser keeps for the dark is of one build, or nothing."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

# Whether the worker could fill its store: « activated », or « redundant » when it gave up.
INSTALL = """async () => {
  const { installing } = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  return new Promise((resolve) => {
    installing.addEventListener("statechange", ({ target: { state } }) => {
      if (state === "activated" || state === "redundant") resolve(state);
    });
  });
}"""


class TwoBuilds:
    """A machine of this build; a few files are answered by another, as a proxy in front of two machines does."""

    def __init__(self, app: Flask, elsewhere: str) -> None:
        self.app, self.elsewhere = app, elsewhere

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        if self.elsewhere and path.endswith(self.elsewhere):
            build = self.app.extensions["build"]
            environ["PATH_INFO"] = path.replace(build, "0123456789ab")
        return self.app(environ, start_response)


@pytest.mark.parametrize(("elsewhere", "state"), [("", "activated"), ("/js/live.js", "redundant")])
def test_a_browser_keeps_the_files_of_one_build_or_none(
    app: Flask, serve: Callable[[Any], str], laptop: Page, elsewhere: str, state: str
) -> None:
    laptop.goto(serve(TwoBuilds(app, elsewhere)) + "/aide")
    assert laptop.evaluate(INSTALL) == state
