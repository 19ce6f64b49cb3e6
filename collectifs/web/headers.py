"""Security headers on every answer: nothing inline, nothing from elsewhere, nothing kept."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Flask, Request, Response, request
from werkzeug.http import is_entity_header

from collectifs.web.around import finish_with
from collectifs.web.static import is_of_this_build

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

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
SECURE = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
FOREVER = "public, max-age=31536000, immutable"
ASKED_AGAIN = "public, no-cache"  # kept by whoever likes, who asks each time whether it changed
BY_ITS_READER = "private, max-age=31536000, immutable"  # never by what stands between
A_WHILE = "public, max-age=300"  # a static file at the address of another build: see static.py
FILE_ANSWERS = (200, 206, 304)
LOCATIONS = {"location", "content-location"}
POLICY_OF_ITS_OWN, MAY_BE_KEPT = "collectifs.policy", "collectifs.may_be_kept"


def show_within(style: str) -> None:
    """Let this answer hold a page whose one style sheet is this text, to the letter: the mails of the demonstration."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    request.environ[POLICY_OF_ITS_OWN] = f"{POLICY}; style-src 'self' 'sha256-{digest}'"


def let_be_kept(how: str) -> None:
    """Let this answer be kept, as one of the two: for what everybody reads, the same for all."""
    request.environ[MAY_BE_KEPT] = how


def add_headers(app: Flask, *, secure: bool) -> None:
    """Register the headers of `app`; `secure` adds HSTS."""
    usual = _always(POLICY, secure=secure)

    def headers(asked: Request, response: Response) -> None:
        policy = asked.environ.get(POLICY_OF_ITS_OWN)
        response.always = _always(policy, secure=secure) if policy else usual  # type: ignore[attr-defined]
        response.headers["Cache-Control"] = _may_be_kept(asked, response, is_worked_on=app.debug)

    app.response_class = Answer
    finish_with(app, headers)


class Answer(Response):
    """An answer as it leaves: what stands on every one is put there without looking for it among the rest."""

    always: Sequence[tuple[str, str]] = ()

    def get_wsgi_response(self, environ: "WSGIEnvironment") -> "tuple[Iterable[bytes], str, list[tuple[str, str]]]":
        """Its body, its status and its headers. Werkzeug mends those of a rare one, and copies them one by one."""
        said = {name.lower() for name, _ in self.headers}
        is_whole = self.status_code == HTTPStatus.OK and "content-length" in said
        if not (is_whole or self.status_code == HTTPStatus.NOT_MODIFIED) or said & LOCATIONS:
            body, status, headers = super().get_wsgi_response(environ)
            return body, status, [*headers, *self.always]
        headers = [each for each in self.headers if is_whole or not _is_of_body(each[0])]
        return self.get_app_iter(environ), self.status, [*headers, *self.always]


_is_of_body = cache(is_entity_header)


def _always(policy: str, *, secure: bool) -> Sequence[tuple[str, str]]:
    return tuple((FIXED | {"Content-Security-Policy": policy} | (SECURE if secure else {})).items())


def _may_be_kept(asked: Request, response: Response, *, is_worked_on: bool) -> str:
    if response.status_code not in FILE_ANSWERS:
        return "no-store"
    if asked.endpoint == "account.calendar":
        return "private, no-cache"  # kept by its one reader, who asks whether it changed
    if how := asked.environ.get(MAY_BE_KEPT):
        return str(how)
    if asked.endpoint != "static" or is_worked_on:
        return "no-store"
    return FOREVER if is_of_this_build() else A_WHILE
