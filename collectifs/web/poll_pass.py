"""A pass for screens that ask every few seconds whether anything is new, so that « nothing » costs one question.

A full answer, given to somebody who was recognised and let in, carries a pass. For two minutes the same browser may
show it instead of being looked up again, and a view may then say « nothing new »: never anything else. Whoever is
removed meanwhile, or signs out elsewhere, learns for two minutes at most that something moved, never what: the next
real answer goes the whole way through the rule. A quick answer carries no new pass, so that it cannot be prolonged.

The pass is a keyed print of the address's object, the browser's own secret and an instant: it names nobody, serves no
other browser, and travels in a header, never in an address.
"""

import hmac
from datetime import datetime
from uuid import UUID

from flask import Response, request

from collectifs.web.devices import device_secret
from collectifs.web.limits import subject

HEADER = "X-Poll-Pass"
LIFE_S = 120


def give_pass(response: Response, about: UUID, now: datetime) -> Response:
    """Let this browser ask about an object, for two minutes, without being looked up."""
    until = int(now.timestamp()) + LIFE_S
    response.headers[HEADER] = f"{until}.{_print(about, until)}"
    return response


def has_pass(about: UUID, now: datetime) -> bool:
    """Whether the browser shows a pass of its own for this object that has not ended."""
    until, _, shown = request.headers.get(HEADER, "").partition(".")
    if not (until.isascii() and until.isdecimal() and len(until) < 12 and shown.isascii() and device_secret(request)):
        return False
    is_alive = 0 <= int(until) - now.timestamp() <= LIFE_S
    return is_alive and hmac.compare_digest(shown, _print(about, int(until)))


def _print(about: UUID, until: int) -> str:
    return subject("poll pass", f"{about}:{until}:{device_secret(request)}").hex()
