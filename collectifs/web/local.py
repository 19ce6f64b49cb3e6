"""Where to go next, when a page says it: only ever an address of this application."""

import re

from flask import url_for

# One slash, then neither a second one nor a backslash; nothing that browsers skip or read as another host.
LOCAL = re.compile(r"/(?![/\\])[^\\\s\x00-\x20\x7f]*")
LONGEST = 500


def local_path(path: str | None) -> str | None:
    """The path as it was given, when it stays here; else nothing."""
    return path if path and len(path) <= LONGEST and LOCAL.fullmatch(path) else None


def local_path_or_home(path: str | None) -> str:
    """The path, or the first page."""
    return local_path(path) or url_for("home.index")
