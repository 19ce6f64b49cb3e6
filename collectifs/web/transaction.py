"""One transaction per request, decided by the status: an unsafe method below 400 commits, all else rolls back.

Two named ways around: `remember` (what must outlive a refusal) and `trace` (the reading trace of an
institution reader, written before its page is sent). Their uses are listed in tests/test_transactions.py.
What takes long and asks the database nothing is done after it (`answer_afterwards`), or apart from it when the view
needs it (`made_apart`): nobody who writes waits for it.
"""

import secrets
import time
from collections.abc import Callable
from typing import Any

from flask import Response, g, make_response, request
from sqlalchemy.exc import DBAPIError

from collectifs.kernel.errors import MovedMeanwhile
from collectifs.kernel.extensions import db, give_back, is_collision, leave, only_reading

ATTEMPTS = 12
LONGEST_PAUSE_MS = 40
SAFE = {"GET", "HEAD", "OPTIONS"}


def run_view(view: Callable[[], Any], *, reads_first: bool = False) -> Response:
    """Run a view in the request's transaction; again when it collided with another on PostgreSQL, or says so itself.

    `reads_first`: an unsafe method too begins by reading, and says when it writes (extensions.begin_writing).
    """
    g.run = run = _Run()
    try:
        return _run_until_kept(view, run, only_reads=reads_first or request.method in SAFE)
    finally:
        give_back()


def _run_until_kept(view: Callable[[], Any], run: "_Run", *, only_reads: bool) -> Response:
    for attempt in range(ATTEMPTS):
        try:
            return _run_once(view, run, only_reads=only_reads)
        except NotYetMade as asked:
            if attempt == ATTEMPTS - 1:
                raise
            run.apart.append((asked.of, asked.make()))
        except (DBAPIError, MovedMeanwhile) as error:
            if attempt == ATTEMPTS - 1 or (isinstance(error, DBAPIError) and not is_collision(error)):
                raise
            time.sleep(secrets.randbelow(LONGEST_PAUSE_MS * (attempt + 1)) / 1000)
    raise AssertionError("unreachable")


class _Run:
    """What a view leaves for the end of its transaction; `apart`: what was made for it while none was open."""

    def __init__(self) -> None:
        self.apart: list[tuple[Any, Any]] = []
        self.remembered: list[Callable[[], None]] = []
        self.afterwards: Callable[[], Any] | None = None


def _run_once(view: Callable[[], Any], run: _Run, *, only_reads: bool) -> Response:
    run.remembered, run.afterwards = [], None
    with only_reading(only_reads):
        try:
            response = make_response(view())
            if request.method in SAFE or response.status_code >= 400:
                leave()
            elif db.session.registry.has():
                db.session.commit()
        except BaseException:
            leave()
            raise
        finally:
            for write in run.remembered:
                own_transaction(write)
    return response if run.afterwards is None else make_response(run.afterwards())


def answer_afterwards(make: Callable[[], Any]) -> None:
    """Once the transaction is over, `make` makes the answer in place of the view's: from plain values alone."""
    g.run.afterwards = make


class NotYetMade(MovedMeanwhile):
    """What a view needs takes long: the transaction is left, it is made, and the view is run again."""

    def __init__(self, of: Any, make: Callable[[], Any]) -> None:
        super().__init__()
        self.of, self.make = of, make


def made_apart(of: Any, make: Callable[[], Any]) -> Any:
    """What `make` makes of `of`, both plain values, while no transaction is open; not twice of the same.

    A view that writes asks for it before it writes: it is run again from its beginning, on what it then finds.
    """
    for other, made in g.run.apart:
        if other == of:
            return made
    raise NotYetMade(of, make)


def remember(write: Callable[[], None]) -> None:
    """Run `write` in a transaction of its own once the request's is over, whatever its outcome."""
    g.run.remembered.append(write)


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
