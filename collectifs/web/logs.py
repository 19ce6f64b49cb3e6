"""Structured logs: ids and routes only. The path of an address is never written, its pattern is."""

import logging
import sys
import time

from flask import Flask, Response, g, request
from flask_login import current_user

from collectifs.kernel.journal import structlog
from collectifs.web.hosts import WATCHED

log = structlog.get_logger()

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
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=lambda *_names: structlog.WriteLogger(sys.stderr),  # found at each line
        cache_logger_on_first_use=False,
    )


def log_requests(app: Flask) -> None:
    """One line a request, static files left out."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def write(response: Response) -> Response:
        if request.endpoint not in ("static", *WATCHED):
            log.info(
                "request",
                method=request.method,
                route=str(request.url_rule) if request.url_rule else "unknown",
                status=response.status_code,
                ms=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000),
                person=_who(),
            )
        return response


def _who() -> str | None:
    """Whoever asked, by id; the door that let them in is not asked again."""
    if request.endpoint in NOBODY_KNOWS_WHO:
        return None
    person = g.get("at_the_door") or current_user
    found: str | None = person.get_id() if person.is_authenticated else None
    return found
