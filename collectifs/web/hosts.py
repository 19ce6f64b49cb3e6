"""By which names this site may be reached. No other is answered.

A page from elsewhere can have a name of its own lead to this machine, and would then speak here as if it were at home
(DNS rebinding): the demonstration, which signs anybody in, answers to names of this machine alone, and shows itself to
nobody who comes through a proxy. A site in real use answers to the name of BASE_URL.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask, Response, request

from collectifs.kernel import clock
from collectifs.kernel.config import Settings, host_of, is_loopback
from collectifs.kernel.journal import structlog

log = structlog.get_logger()
REMEMBERED = timedelta(days=7)
# A machine that watches asks by whatever name it knows; it reads « ok », « ready », « waits », or figures.
WATCHED = ("home.health", "home.ready", "home.measures")
NOT_HERE = "Ce site ne répond pas à ce nom."
STAYS_HOME = "La démonstration ne se montre que sur la machine où elle tourne."
TRACES_OF_A_PROXY = ("Forwarded", "Via", "X-Real-Ip")


def answer_to_our_names_only(app: Flask) -> None:
    """Before each request, and before anybody is looked up: 421 and one plain sentence for any other name."""
    settings: Settings = app.extensions["settings"]

    @app.before_request
    def check() -> Response | None:
        if request.endpoint in WATCHED:
            return None
        if settings.is_demo and _came_through_a_proxy():
            return _refusal(STAYS_HOME)
        return None if _is_our_name(host_of(f"//{request.host}"), settings) else _refusal(NOT_HERE)


def is_asked_from_here() -> bool:
    """Whether a program of this very machine asks, and no proxy for somebody else."""
    return is_loopback(request.remote_addr or "") and not _came_through_a_proxy()


def warn_of_a_proxy_that_is_not_declared(app: Flask) -> None:
    """One line in the log of each process, and a mark for `flask check`: with PROXIES=0 everybody behind a proxy
    counts as one caller."""
    settings: Settings = app.extensions["settings"]
    told: list[bool] = []

    @app.before_request
    def warn() -> None:
        if not settings.proxies and not told and "X-Forwarded-For" in request.headers:
            told.append(True)
            log.warning("proxy_not_declared", hint="X-Forwarded-For arrives while PROXIES=0: set PROXIES, see README")
            with suppress(OSError):  # the line above is said all the same
                _mark(settings).write_text(clock.now().isoformat(), encoding="ascii")


def forwarded_at(settings: Settings) -> datetime | None:
    """When an undeclared proxy was last noticed, within a week; None when none was."""
    try:
        at = datetime.fromisoformat(_mark(settings).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return at if clock.now() - at < REMEMBERED else None


def _mark(settings: Settings) -> Path:
    return settings.data / "proxy-not-declared"


def _is_our_name(name: str, settings: Settings) -> bool:
    ours = host_of(settings.base_url)
    return is_loopback(name) if settings.is_demo or is_loopback(ours) else name == ours


def _came_through_a_proxy() -> bool:
    """A proxy that forwards leaves a header; one that was told nothing speaks HTTP/1.0, as no browser does."""
    names = {name.title() for name, _ in request.headers}
    is_forwarded = any(name in TRACES_OF_A_PROXY or name.startswith("X-Forwarded-") for name in names)
    return is_forwarded or request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0"


def _refusal(sentence: str) -> Response:
    return Response(f"{sentence}\n", 421, mimetype="text/plain")
