"""Addresses in templates: those that are the same on every page of this build are made once.

A page says some forty of them, half of them the same on each: its styles, its foot, its navigation. What names a person
or a thing (an id, a secret) is made each time, and kept nowhere.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import flask
from flask import Flask, has_request_context, request

NOTHING = UUID(int=0)


def make_addresses_once(app: Flask) -> None:
    """Give templates a `url_for` that answers as Flask's own does."""
    made: dict[tuple[str, str, str, str], str] = {}

    def url_for(endpoint: str, **values: Any) -> str:
        file = str(values["filename"]) if endpoint == "static" and list(values) == ["filename"] else ""
        if (values and not file) or endpoint.startswith(".") or not has_request_context():
            return app.url_for(endpoint, **values)
        asked = (request.script_root, app.extensions["build"], endpoint, file)
        if asked not in made:
            made[asked] = app.url_for(endpoint, **values)
        return made[asked]

    app.jinja_env.globals["url_for"] = url_for


def ways_to(endpoint: str, name: str, **values: Any) -> Callable[[UUID], str]:
    """The addresses of one page about each thing of a list: made once, `name` being what changes in it, an id."""
    before, after = flask.url_for(endpoint, **(values | {name: NOTHING})).split(str(NOTHING))
    return lambda id_: f"{before}{id_}{after}"
