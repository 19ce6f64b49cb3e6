"""The token of a form: that the page was asked by this very browser.

Whoever comes with the cookie of a device has a token made from its secret (the HMAC pattern of OWASP's « Cross-Site
Request Forgery Prevention »), new on each page so that compression tells nothing: no session is opened to check it, nor
signed to hand it out. Without a device, the session of Flask-WTF keeps one, as it always did.
"""

import hmac
import secrets

from flask import Flask, Request, current_app, g, request
from flask_wtf.csrf import CSRFProtect, generate_csrf
from wtforms.csrf.core import CSRF, CSRFTokenField
from wtforms.form import BaseForm

from collectifs.web.around import look_first
from collectifs.web.devices import device_secret

PLACE = b"collectifs/form"
SALT_LENGTH, DIGEST_LENGTH = 16, 64  # characters of the token; the first ones change each time


class FormTokens(CSRFProtect):  # type: ignore[misc]
    """Flask-WTF's check of everything that is posted, which the token of the device passes without a session."""

    def init_app(self, app: Flask) -> None:
        """Register the check; templates, and macros that are given nothing, get `csrf_token()`."""
        super().init_app(app)
        app.before_request_funcs[None].pop()  # its own look at each request: ours asks it where it is needed
        app.jinja_env.globals["csrf_token"] = form_token
        app.context_processor(lambda: {"csrf_token": form_token})

        def check(asked: Request) -> None:
            """Raises CSRFError for what comes from no page of ours."""
            if asked.method not in app.config["WTF_CSRF_METHODS"] or not app.config["WTF_CSRF_ENABLED"]:
                return
            if not _comes_from_device(asked, app.config["SECRET_KEY"]):
                self.protect(apply_exemptions=True)

        look_first(app, check)


class CheckedAlready(CSRF):
    """The hidden field of a form: its value was checked before the view was reached."""

    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> str:
        """What the field holds."""
        return form_token()

    def validate_csrf_token(self, form: BaseForm, field: CSRFTokenField) -> None:
        """FormTokens lets nothing through that it does not know."""


def form_token() -> str:
    """The token for the page that is being made: one for all of its forms."""
    if "form_token" not in g:
        secret = device_secret(request)
        g.form_token = token_of_device(secret, current_app.config["SECRET_KEY"]) if secret else str(generate_csrf())
    return str(g.form_token)


def token_of_device(secret: str, key: str) -> str:
    """A new token for a device, by its `secret`; `key` is SECRET_KEY."""
    salt = secrets.token_urlsafe(SALT_LENGTH * 3 // 4)
    return salt + _digest(salt, secret, key)


def has_lost_its_device() -> bool:
    """Whether the page was somebody's who was known, on a browser that is known no more: the cookie is over."""
    return not device_secret(request) and len(_sent(request)) == SALT_LENGTH + DIGEST_LENGTH


def _comes_from_device(asked: Request, key: str) -> bool:
    """Whether a token that was made for the device of this browser came along."""
    secret, sent = device_secret(asked), _sent(asked)
    if not (secret and sent):
        return False
    wanted = _digest(sent[:SALT_LENGTH], secret, key)
    return hmac.compare_digest(sent[SALT_LENGTH:].encode(), wanted.encode())


def _sent(asked: Request) -> str:
    """A script's comes in a header, a form's in its field."""
    return asked.headers.get("X-CSRFToken") or ("" if asked.is_json else asked.form.get("csrf_token", ""))


def _digest(salt: str, secret: str, key: str) -> str:
    return hmac.digest(key.encode(), b"\0".join((PLACE, salt.encode(), secret.encode())), "sha256").hex()
