"""Where to go next, when a page says it: only ever an address of this application."""

import re

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException

# One slash, then neither a second one nor a backslash; nothing that browsers skip or read as another host.
LOCAL = re.compile(r"/(?![/\\])[^\\\s\x00-\x20\x7f]*")
LONGEST = 500


def local_path(path: str | None) -> str | None:
    """The path as it was given, when it stays here; else nothing."""
    return path if path and len(path) <= LONGEST and LOCAL.fullmatch(path) else None


def local_path_or_home(path: str | None) -> str:
    """The path, or the first page."""
    return local_path(path) or url_for("home.index")


# Where a link that was asked for may lead, and what a page says of it: by the address alone, so that one that exists
# and one that does not say the same.
WORDS = (
    ("sheets.", "lire la fiche"),
    ("meetings.situation", "lire la situation"),
    ("meetings.", "voir le regroupement"),
    ("planning.", "voir le regroupement"),
    ("dates.", "répondre aux dates"),
    ("live.run", "ouvrir la séance"),
    ("collectives.", "ouvrir le collectif"),
)
NEVER = ("auth.", "demo.", "static", "account.calendar", "live.shell", "live.worker")


def kept_path(path: str | None) -> str:
    """Where somebody was going, as it is kept beside the link that they ask for: an address of ours, never what a form
    may have added to it; empty for anything else."""
    found = (local_path(path) or "").partition("?")[0]
    endpoint = _endpoint(found)
    return "" if not endpoint or endpoint == "home.index" or endpoint.startswith(NEVER) else found


def words_for(path: str | None) -> str:
    """What one was going to do there: « lire la fiche »; empty when one was going nowhere."""
    kept = kept_path(path)
    if not kept:
        return ""
    endpoint = _endpoint(kept)
    return next((words for start, words in WORDS if endpoint.startswith(start)), "retrouver la page demandée")


def _endpoint(path: str) -> str:
    """The view that answers there by GET, or ""."""
    try:
        return str(current_app.url_map.bind("").match(path, method="GET")[0])
    except HTTPException:
        return ""
