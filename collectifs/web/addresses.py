"""Addresses, wherever they are said: what is the same in them on every page of this build is made once.

A page says some forty of them: half are the same on each (its styles, its foot, its navigation), most others are one id
within words that stand. What names a person or a thing (an id, a secret) is put in each time, and kept nowhere.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import flask
from flask import Flask, has_request_context, request

NOTHING = UUID(int=0)


class Addresses:
    """What Flask asks for an address: it answers as Flask does, and keeps the words that stand."""

    def __init__(self, app: Flask) -> None:
        self._app, self._made_by_flask = app, app.url_for
        self._whole: dict[tuple[str, str, str, str], str] = {}
        self._around: dict[tuple[str, str, str], tuple[str, str]] = {}

    def url_for(
        self,
        endpoint: str,
        *,
        _anchor: str | None = None,
        _method: str | None = None,
        _scheme: str | None = None,
        _external: bool | None = None,
        **values: Any,
    ) -> str:
        """As `Flask.url_for` does. One value that is an id, a file or none, within a request: off what is kept."""
        is_odd = _anchor or _method or _scheme or _external is not None or len(values) > 1
        if is_odd or not has_request_context():
            how: dict[str, Any] = {"_anchor": _anchor, "_method": _method, "_scheme": _scheme, "_external": _external}
            return self._made_by_flask(endpoint, **how, **values)
        if endpoint.startswith(".") and request.blueprint:  # of the page's own area
            endpoint = request.blueprint + endpoint
        for name, value in values.items():
            if type(value) is UUID:
                before, after = self._words_around(endpoint, name)
                return f"{before}{value}{after}"
            if name != "filename" or endpoint != "static":
                return self._made_by_flask(endpoint, **values)
        return self._of_this_build(endpoint, **values)

    def _words_around(self, endpoint: str, name: str) -> tuple[str, str]:
        asked = (request.script_root, endpoint, name)
        if asked not in self._around:
            told: dict[str, Any] = {name: NOTHING}
            before, after = self._made_by_flask(endpoint, **told).split(str(NOTHING))
            self._around[asked] = before, after
        return self._around[asked]

    def _of_this_build(self, endpoint: str, filename: str = "", **none: Any) -> str:
        asked = (request.script_root, self._app.extensions["build"], endpoint, filename)
        if asked not in self._whole:
            self._whole[asked] = self._made_by_flask(endpoint, **({"filename": filename} if filename else none))
        return self._whole[asked]


def make_addresses_once(app: Flask) -> None:
    """Let templates and views be answered by `Addresses`."""
    app.url_for = Addresses(app).url_for  # type: ignore[method-assign]
    app.jinja_env.globals["url_for"] = app.url_for


def ways_to(endpoint: str, name: str, **values: Any) -> Callable[[UUID], str]:
    """The addresses of one page about each thing of a list: made once, `name` being what changes in it, an id."""
    before, after = flask.url_for(endpoint, **(values | {name: NOTHING})).split(str(NOTHING))
    return lambda id_: f"{before}{id_}{after}"
