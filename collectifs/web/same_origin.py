"""What changes anything comes from a page of this very site: the browser's own word, besides the form's token.

`Sec-Fetch-Site` is written by the browser and by no script: « same-origin » for our forms and scripts, « none » for
what a person does in the browser itself. Browsers too old for it send `Origin`; under our Referrer-Policy (nothing)
they write « null » there for a form of our own as well, so that « null » and silence say nothing: the token decides
alone. Flask-WTF's own check asks for a Referer, which that policy forbids: it is off (assemble.py).
"""

from urllib.parse import urlsplit

from flask import Flask, Request
from flask_wtf.csrf import CSRFError

from collectifs.kernel.config import Settings, host_of, is_loopback
from collectifs.web.around import look_first

READING = ("GET", "HEAD", "OPTIONS", "TRACE")
FROM_HERE = ("same-origin", "none")
SAYS_NOTHING = "null"


def refuse_what_others_send(app: Flask) -> None:
    """Before each request that may change something: from elsewhere, it is refused as a form without token is."""
    settings: Settings = app.extensions["settings"]

    def check(asked: Request) -> None:
        if asked.method not in READING and not _is_from_here(asked, settings):
            raise CSRFError("sent by another site")

    look_first(app, check)


def _is_from_here(asked: Request, settings: Settings) -> bool:
    site = asked.headers.get("Sec-Fetch-Site")
    if site:
        return site in FROM_HERE
    origin = asked.headers.get("Origin") or SAYS_NOTHING
    return origin in (SAYS_NOTHING, _our_origin(asked, settings))


def _our_origin(asked: Request, settings: Settings) -> str:
    """The public one, whatever the proxy says; on this machine alone, the name by which it was asked."""
    if is_loopback(host_of(settings.base_url)):
        return asked.host_url.rstrip("/")
    scheme, place, *_ = urlsplit(settings.base_url.lower())
    return f"{scheme}://{place.removesuffix({'https': ':443', 'http': ':80'}.get(scheme, ''))}"
