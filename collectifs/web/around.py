"""What is looked at before each request, and what is done to each answer: in a known order, by one hook of Flask's for
each way.

Each is handed the request itself, which `flask.request` would look up again whenever it is named.
"""

from collections.abc import Callable

from flask import Flask, Request, Response, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.http import parse_cookie
from werkzeug.utils import cached_property

Look = Callable[[Request], Response | None]
Finish = Callable[[Request, Response], None]


class Asked(Request):
    """A request. A server joins its cookies into one line: it is not looked for among all the headers."""

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """What the browser sent of what it keeps."""
        return ImmutableMultiDict(parse_cookie(self.environ.get("HTTP_COOKIE")))


def go_around(app: Flask) -> None:
    """Register the two hooks, before anything is to be looked at."""
    app.request_class = Asked
    looks: list[Look] = []
    finishes: list[Finish] = []
    app.extensions["looks"], app.extensions["finishes"] = looks, finishes

    @app.before_request
    def before() -> Response | None:
        asked = this_request()
        for look in looks:
            refusal = look(asked)
            if refusal is not None:
                return refusal
        return None

    @app.after_request
    def after(response: Response) -> Response:
        asked = this_request()
        for finish in finishes:
            finish(asked, response)
        return response


def look_first(app: Flask, look: Look) -> None:
    """Look at each request, after what was registered before; what is answered by it goes no further."""
    app.extensions["looks"].append(look)


def finish_with(app: Flask, finish: Finish) -> None:
    """Do it to each answer, before what was registered before; as Flask does."""
    app.extensions["finishes"].insert(0, finish)


def this_request() -> Request:
    """The request itself."""
    found: Request = request._get_current_object()  # type: ignore[attr-defined]
    return found
