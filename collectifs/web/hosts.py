"""By which names this site may be reached. No other is answered.

A page from elsewhere can have a name of its own lead to this machine, and would then speak here as if it were at home
(DNS rebinding): the demonstration, which signs anybody in, answers to names of this machine alone, and shows itself to
nobody who comes through a proxy. A site in real use answers to the name of BASE_URL.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask, Request, Response

from collectifs.kernel import clock
from collectifs.kernel.config import Settings, host_of, is_loopback
from collectifs.kernel.journal import structlog
from collectifs.web.around import look_first, this_request

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

    def check(asked: Request) -> Response | None:
        if asked.endpoint in WATCHED:
            return None
        is_demo = settings.is_demo
        if is_demo and _came_through_a_proxy(asked):
            return _refusal(STAYS_HOME)
        return None if _is_our_name(host_of(f"//{asked.host}"), settings, is_demo) else _refusal(NOT_HERE)

    look_first(app, check)


def is_asked_from_here() -> bool:
    """Whether a program of this very machine asks, and no proxy for somebody else."""
    asked = this_request()
    return is_loopback(asked.remote_addr or "") and not _came_through_a_proxy(asked)


def warn_of_a_proxy_that_is_not_declared(app: Flask) -> None:
    """One line in the log of each process, and a mark for `flask check`: with PROXIES=0 everybody behind a proxy
    counts as one caller."""
    settings: Settings = app.extensions["settings"]
    told: list[bool] = []

    def warn(asked: Request) -> None:
        if not settings.proxies and not told and "HTTP_X_FORWARDED_FOR" in asked.environ:
            told.append(True)
            log.warning("proxy_not_declared", hint="X-Forwarded-For arrives while PROXIES=0: set PROXIES, see README")
            with suppress(OSError):  # the line above is said all the same
                _mark(settings).write_text(clock.now().isoformat(), encoding="ascii")

    look_first(app, warn)


def forwarded_at(settings: Settings) -> datetime | None:
    """When an undeclared proxy was last noticed, within a week; None when none was."""
    try:
        at = datetime.fromisoformat(_mark(settings).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return at if clock.now() - at < REMEMBERED else None


def _mark(settings: Settings) -> Path:
    return settings.data / "proxy-not-declared"


def _is_our_name(name: str, settings: Settings, is_demo: bool) -> bool:
    ours = host_of(settings.base_url)
    return is_loopback(name) if is_demo or is_loopback(ours) else name == ours


def _came_through_a_proxy(asked: Request) -> bool:
    """A proxy that forwards leaves a header; one that was told nothing speaks HTTP/1.0, as no browser does."""
    names = {name.title() for name, _ in asked.headers}
    is_forwarded = any(name in TRACES_OF_A_PROXY or name.startswith("X-Forwarded-") for name in names)
    return is_forwarded or asked.environ.get("SERVER_PROTOCOL") == "HTTP/1.0"


def _refusal(sentence: str) -> Response:
    return Response(f"{sentence}\n", 421, mimetype="text/plain")
