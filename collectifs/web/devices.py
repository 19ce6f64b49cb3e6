"""The cookie that makes a browser known. It holds a random secret; the database keeps its hash."""

import re
from datetime import datetime

from flask import Request, Response, current_app

COOKIE = "appareil"
BROWSERS = (("Firefox", "Firefox"), ("Edg/", "Edge"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "téléphone Android"),
    ("Windows", "ordinateur Windows"),
    ("Macintosh", "ordinateur Mac"),
    ("Linux", "ordinateur Linux"),
)


def _name() -> str:
    return f"__Host-{COOKIE}" if current_app.extensions["settings"].is_secure else COOKIE


def device_secret(request: Request) -> str:
    """The secret that the browser sent, empty without one."""
    return request.cookies.get(_name(), "")


def keep_device(response: Response, secret: str, expires_at: datetime) -> Response:
    """Give a browser its secret until an instant."""
    response.set_cookie(
        _name(),
        secret,
        expires=expires_at,
        httponly=True,
        samesite="Lax",
        secure=current_app.extensions["settings"].is_secure,
    )
    return response


def forget_device(response: Response) -> Response:
    """Take the secret back."""
    response.delete_cookie(_name(), secure=current_app.extensions["settings"].is_secure, httponly=True)
    return response


def device_label(request: Request) -> str:
    """A device as its owner would name it: « iPhone, Safari »."""
    agent = request.headers.get("User-Agent", "")
    system = next((label for mark, label in SYSTEMS if mark in agent), "appareil")
    browser = next((label for mark, label in BROWSERS if re.search(re.escape(mark), agent)), "navigateur")
    return f"{system}, {browser}"
