"""Security headers on every answer: nothing inline, nothing from elsewhere, nothing kept."""

import base64
import hashlib

from flask import Flask, Response, current_app, g, request

from collectifs.web.static import is_of_this_build

POLICY = "; ".join(
    (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
    )
)
FIXED = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
FOREVER = "public, max-age=31536000, immutable"
ASKED_AGAIN = "public, no-cache"  # kept by whoever likes, who asks each time whether it changed
BY_ITS_READER = "private, max-age=31536000, immutable"  # never by what stands between
A_WHILE = "public, max-age=300"  # a static file at the address of another build: see static.py
FILE_ANSWERS = (200, 206, 304)


def show_within(style: str) -> None:
    """Let this answer hold a page whose one style sheet is this text, to the letter: the mails of the demonstration."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    g.policy = f"{POLICY}; style-src 'self' 'sha256-{digest}'"


def let_be_kept(how: str) -> None:
    """Let this answer be kept, as one of the two: for what everybody reads, the same for all."""
    g.may_be_kept = how


def add_headers(app: Flask, *, secure: bool) -> None:
    """Register the headers of `app`; `secure` adds HSTS."""

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.extend(FIXED | {"Content-Security-Policy": g.get("policy", POLICY)})  # no view says one
        if secure:
            response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        response.headers["Cache-Control"] = _may_be_kept(response)
        return response


def _may_be_kept(response: Response) -> str:
    if request.endpoint == "account.calendar" and response.status_code in FILE_ANSWERS:
        return "private, no-cache"  # kept by its one reader, who asks whether it changed
    if "may_be_kept" in g and response.status_code in FILE_ANSWERS:
        return str(g.may_be_kept)
    if request.endpoint != "static" or response.status_code not in FILE_ANSWERS or current_app.debug:
        return "no-store"
    return FOREVER if is_of_this_build() else A_WHILE
