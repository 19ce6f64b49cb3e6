"""Addresses in templates: those that are the same on every page of this build are made once.

A page says some forty of them, half of them the same on each: its styles, its foot, its navigation. What names a person
or a thing (an id, a secret) is made each time, and kept nowhere.
"""

from typing import Any

from flask import Flask, has_request_context, request


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
