"""Pages travel compressed: 8 to 25 kB become 2.5 to 5. What was asked decides, so that nobody guesses by lengths.

An attack that reads a secret from compressed lengths (BREACH) makes a browser ask again and again with words of the
attacker's in the request, and watches how long the answers are. So an answer is compressed only when nothing of what
was sent can stand in it: no form, no words behind the « ? » of the address. docs/decisions/compression.md.
"""

import gzip
from collections.abc import Callable
from functools import partial

import brotli
from flask import Flask, Request, Response

from collectifs.web.around import finish_with
from collectifs.web.static import encoding_for

KINDS = {"text/html", "text/javascript", "application/json", "image/svg+xml", "application/manifest+json"}
SHORTEST = 1_000  # bytes; what is shorter fits into one packet anyway
# Made for each answer: a millisecond for 100 kB, where the best compression takes a hundred.
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, quality=5),
    "gzip": partial(gzip.compress, compresslevel=5),
}
# The number of the last gesture that a screen has, and nothing else.
ASKED_BY_NUMBER = {"live.state", "live.projection_state"}


def compress_answers(app: Flask) -> None:
    """Register it; answers of static files are compressed by web/static.py."""

    def pack(asked: Request, response: Response) -> None:
        if not (may_be_compressed(response) and says_nothing_back(asked)):
            return
        response.vary.add("Accept-Encoding")
        encoding = encoding_for(asked)
        if encoding:
            response.set_data(PACKERS[encoding](response.get_data()))
            response.content_encoding = encoding

    finish_with(app, pack)


def may_be_compressed(response: Response) -> bool:
    """Whether it is a text that was made whole, long enough, and not compressed yet."""
    if response.status_code != 200 or (response.content_length or 0) < SHORTEST:
        return False
    if response.direct_passthrough or response.is_streamed:
        return False
    return response.mimetype in KINDS and "Content-Encoding" not in response.headers


def says_nothing_back(asked: Request) -> bool:
    """Whether nothing that was sent with the request can come back in the answer."""
    return asked.method == "GET" and (not asked.query_string or asked.endpoint in ASKED_BY_NUMBER)
