"""One transaction per request, decided by the status: an unsafe method below 400 commits, all else rolls back.

Two named ways around: `remember` (what must outlive a refusal) and `trace` (the reading trace of an
institution reader, written before its page is sent). Their uses are listed in tests/test_transactions.py.
"""

import secrets
import time
from collections.abc import Callable
from typing import Any

from flask import Response, g, make_response, request
from sqlalchemy.exc import DBAPIError

from collectifs.kernel.extensions import db, is_collision, only_reading

ATTEMPTS = 12
LONGEST_PAUSE_MS = 40
SAFE = {"GET", "HEAD", "OPTIONS"}


def run_view(view: Callable[[], Any]) -> Response:
    """Run a view in the request's transaction; on PostgreSQL, again when it collided with another."""
    for attempt in range(ATTEMPTS):
        try:
            return _run_once(view)
        except DBAPIError as error:
            if attempt == ATTEMPTS - 1 or not is_collision(error):
                raise
            time.sleep(secrets.randbelow(LONGEST_PAUSE_MS * (attempt + 1)) / 1000)
    raise AssertionError("unreachable")


def _run_once(view: Callable[[], Any]) -> Response:
    g.remembered = []
    with only_reading(request.method in SAFE):
        try:
            response = make_response(view())
            if request.method in SAFE or response.status_code >= 400:
                db.session.rollback()
            else:
                db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        finally:
            _write_remembered()
    return response


def remember(write: Callable[[], None]) -> None:
    """Run `write` in a transaction of its own once the request's is over, whatever its outcome."""
    g.remembered.append(write)


def _write_remembered() -> None:
    for write in g.pop("remembered", []):
        own_transaction(write)


def own_transaction(write: Callable[[], Any]) -> Any:
    """Run `write` in a short transaction of its own, and commit it. One that only reads is left first."""
    with only_reading(False):
        db.session.rollback()
        try:
            result = write()
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
    return result
