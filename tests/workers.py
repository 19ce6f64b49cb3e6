"""`flask worker` in a process of its own, and what one may ask of it."""

import base64
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask

from collectifs.kernel import vault
from collectifs.kernel.audit import ask
from collectifs.kernel.config import environment
from collectifs.kernel.extensions import db
from collectifs.kernel.work import DestroyKey
from tests.forks import Command, Forked, started
from tools.processes import end

PATIENCE_S = 60.0


@contextmanager
def running_worker(app: Flask, **values: str) -> Iterator[Forked]:
    """A worker for this installation, with more settings; at the end it is there, has ended as asked, or was killed."""
    settings = app.extensions["settings"]
    values = environment(
        DATABASE_URL=settings.database_url,
        COLLECTIFS_DATA=str(settings.data),
        MASTER_KEY=base64.urlsafe_b64encode(settings.master_key).decode(),
        SECRET_KEY=settings.secret_key,
        **values,
    )
    log = settings.data / "worker.log"
    process = started(Command(["flask", "--app", "wsgi", "worker"], values, says=str(log)))
    try:
        yield process
        assert process.poll() in (None, 0, -signal.SIGKILL), log.read_text()
    finally:
        end(process)


def asked_to_destroy(app: Flask) -> str:
    """A job for the worker; the key that it is to destroy."""
    with app.app_context():
        key = vault.make_key()
        ask(DestroyKey(key))
        db.session.commit()
    return key


def until(holds: Callable[[Any], bool], what: Any) -> float:
    """Wait for it, within reason; how many seconds it took."""
    began = time.monotonic()
    while not holds(what):
        assert time.monotonic() < began + PATIENCE_S, f"{what} after {PATIENCE_S} s"
        time.sleep(0.05)
    return time.monotonic() - began
