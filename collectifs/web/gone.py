"""410, told by what is no more: only a spent link « ne sert plus »; a text that has perished was never a link."""

from typing import Literal

from flask import Response, make_response, render_template

from collectifs.kernel.extensions import only_reading

# errors/410.html has the words of each.
Kind = Literal[
    "link",
    "meeting",
    "situation",
    "sheet",
    "calendar",
    "candidacy",
    "registration",
    "opening",
    "host",
    "relay",
    "book",
    "theme",
]


def gone(kind: Kind, **words: str) -> Response:
    """The page of that kind."""
    with only_reading():
        return make_response(render_template("errors/410.html", kind=kind, **words), 410)
