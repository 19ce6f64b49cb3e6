"""Structured logs: ids and routes only. The path of an address is never written, its pattern is."""

import json
import logging
import sys
import time
from collections.abc import MutableMapping
from threading import Lock
from typing import Any

from flask import Flask, Request, Response, g
from flask_login import current_user

from collectifs.kernel.journal import structlog
from collectifs.web.around import finish_with, look_first
from collectifs.web.hosts import WATCHED

log = structlog.get_logger()
STARTED = "collectifs.started"
UNTOLD = {"static", *WATCHED}
# Who objects, presents or withdraws is told to nobody, the server's own log included. A screen that asks every few
# seconds, or a calendar, is not looked up for the log alone.
NOBODY_KNOWS_WHO = {
    "sheets.object",
    "sheets.lift",
    "sheets.answer",
    "sheets.withdraw",
    "live.gestures",
    "live.state",
    "live.projection_state",
    "account.calendar",
    "home.robots",
    "home.favicon",
    "meetings.debrief",
    "meetings.erase_debrief",
}


def set_up_logs() -> None:
    """JSON lines on standard error."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    structlog.configure(
        processors=[structlog.processors.TimeStamper(fmt="iso", utc=True), _line],
        logger_factory=lambda *_names: _journal,
        cache_logger_on_first_use=False,
    )


def _line(_journal: object, level: str, said: MutableMapping[str, Any]) -> str:
    """One line, as structlog's own processors make it of an event in more calls."""
    timestamp = said.pop("timestamp")
    return _as_json({**said, "level": level, "timestamp": timestamp})


_as_json = json.JSONEncoder(default=repr).encode


class _Journal:
    """Standard error, found anew at each line."""

    def __init__(self) -> None:
        self._lock = Lock()

    def write(self, line: str) -> None:
        """One line, whole."""
        with self._lock:
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()

    debug = info = warning = error = critical = exception = write


_journal = _Journal()


def log_requests(app: Flask) -> None:
    """One line a request, static files left out."""

    def start(asked: Request) -> None:
        asked.environ[STARTED] = time.perf_counter()

    def write(asked: Request, response: Response) -> None:
        if asked.endpoint not in UNTOLD:
            rule = asked.url_rule
            log.info(
                "request",
                method=asked.method,
                route=rule.rule if rule else "unknown",
                status=response.status_code,
                ms=round(seconds_of(asked) * 1000),
                person=_who(asked.endpoint),
            )

    look_first(app, start)
    finish_with(app, write)


def seconds_of(asked: Request) -> float:
    """How long it took until now; nothing for what was refused at the door."""
    now = time.perf_counter()
    return now - float(asked.environ.get(STARTED, now))


def _who(endpoint: str | None) -> str | None:
    """Whoever asked, by id; the door that let them in is not asked again."""
    if endpoint in NOBODY_KNOWS_WHO:
        return None
    person = g.get("at_the_door") or current_user
    found: str | None = person.get_id() if person.is_authenticated else None
    return found
