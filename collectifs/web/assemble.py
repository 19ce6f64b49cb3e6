"""Putting the HTTP plumbing of an application together."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask, Request, Response, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import TimestampSigner, URLSafeTimedSerializer, exc
from werkzeug.middleware.proxy_fix import ProxyFix

from collectifs.kernel import clock
from collectifs.kernel.config import Settings, check_suits_debugging
from collectifs.kernel.documents.printing import print_apart
from collectifs.kernel.extensions import db, login
from collectifs.kernel.jobs.queue import set_up_queues
from collectifs.kernel.migrations import set_up_migrations
from collectifs.kernel.vault import vault_of
from collectifs.kernel.word_index import WordIndex
from collectifs.web import access, aloud, compress, errors, filters, headers, hosts, logs, measures, same_origin, static
from collectifs.web.around import go_around, look_first
from collectifs.web.demo import banner
from collectifs.web.devices import device_secret
from collectifs.web.form_tokens import FormTokens
from collectifs.web.navigation import navigation
from collectifs.web.notices import keeps_archives, unreadable_by
from collectifs.web.plain_json import PlainJson
from collectifs.web.templates import Templates

LARGEST_REQUEST = 1_000_000
ANSWERS_WITHIN_S = 15  # a paper; nginx waits for twenty
AHEAD_S = 10  # how far ahead another machine's clock may be: twice what /pret lets pass
# Asked again and again by screens, calendars and whatever watches over the server.
ASKED_BY_MACHINES = {
    "static",
    "account.calendar",
    "home.robots",
    "home.favicon",
    *hosts.WATCHED,
    "live.state",
    "live.gestures",
    "live.projection_state",
}


def configure(app: Flask, settings: Settings) -> None:
    """Give `app` its settings, its extensions, its vault, its queues and the HTTP plumbing."""
    if app.debug:
        check_suits_debugging(settings)
    app.config.update(flask_config(settings))
    app.jinja_environment = Templates
    app.extensions["settings"] = settings
    app.extensions["vault"] = vault_of(settings)
    app.extensions["word_index"] = WordIndex(settings.index_dir) if settings.index_dir else None
    if not settings.testing:
        print_apart(settings.data / "press.sock", patience_s=ANSWERS_WITHIN_S)
    go_around(app)
    hosts.answer_to_our_names_only(app)  # first of all, then who sends, then the token of the form
    same_origin.refuse_what_others_send(app)
    db.init_app(app)
    set_up_migrations(app)
    FormTokens().init_app(app)
    login.init_app(app)
    set_up_queues(app)
    if settings.proxies:  # how many of our own stand in front: their word on who is calling is taken, no other's
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    add_plumbing(app)


def flask_config(settings: Settings) -> dict[str, Any]:
    """Flask's own configuration, from ours."""
    return {
        "TESTING": settings.testing,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_REQUEST,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=2),
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SESSION_COOKIE_NAME": "__Host-session" if settings.is_secure else "session",
        "SESSION_COOKIE_SECURE": settings.is_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # it wants a Referer, which our headers forbid: same_origin.py looks instead
        "WTF_I18N_ENABLED": False,  # Flask-WTF would ask flask-babel; WTForms has its own French: web/forms.py
        "DEPLOYMENT_NAME": settings.name,
    }


def add_plumbing(app: Flask) -> None:
    """Headers, logs, errors, static files, filters, access and the signed-in person."""
    settings: Settings = app.extensions["settings"]
    logs.set_up_logs()
    logs.log_requests(app)
    measures.measure_requests(app)
    hosts.warn_of_a_proxy_that_is_not_declared(app)
    headers.add_headers(app, secure=settings.is_secure)
    compress.compress_answers(app)
    errors.register_errors(app)
    static.serve_static(app)
    filters.add_filters(app)
    aloud.say_hours(app)
    access.refuse_undeclared_views(app)
    look_first(app, _keep_session)
    app.session_interface = Sessions()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json = PlainJson(app)
    app.ensure_sync = _as_it_is  # type: ignore[assignment,method-assign]  # no view is asynchronous


def _as_it_is(view: Callable[..., Any]) -> Callable[..., Any]:
    """Flask looks whether it must wait for a view, and for each of the seventeen hooks around it, at each request."""
    return view


# They have no form, and say that they keep nothing in the browser.
WITHOUT_COOKIE = {
    *("campaign.call", "campaign.poster", "campaign.communes", "events.day"),
    *("directory.index", "directory.how_to_launch"),
    *("book.shelf", "book.read", "book.file", "book.read_index", "book.changes", "book.changes_data", "book.others"),
    *("book.public_theme", "book.entry", "book.workshop", "book.workshop_alone", "book.workshop_canvas"),
}
# A paper has no form: no cookie is signed anew for it.
PAPERS = {"review.pdf"}
WITHOUT_FORM = ASKED_BY_MACHINES | WITHOUT_COOKIE | PAPERS


def _keep_session(asked: Request) -> None:
    """The form token outlives the browser: a phone that closed it in mid-form can still send.

    What a machine asks sends no form, and signs no cookie anew; whoever comes with a device has a token of it.
    """
    if asked.endpoint not in WITHOUT_FORM and not device_secret(asked):
        session.permanent = True


class Signer(TimestampSigner):
    """Believes what another machine signs, whose clock is some seconds ahead: a form goes to whichever answers."""

    def unsign(self, *what: Any, **how: Any) -> Any:
        """As itsdangerous does. Raises SignatureExpired for what is older than it may be, or much too young."""
        try:
            return super().unsign(*what, **how)
        except exc.SignatureExpired as refused:
            signed_at = refused.date_signed
            if signed_at is None or not 0 < signed_at.timestamp() - self.get_timestamp() <= AHEAD_S:
                raise
            return (refused.payload, signed_at) if how.get("return_timestamp") else refused.payload


class OpenedWhenAsked(SecureCookieSession):
    """A session whose cookie is opened and checked when somebody first asks for it: a screen's question never does."""

    def __init__(self, opened: Callable[[], SecureCookieSession | None]) -> None:
        super().__init__()
        self._opened: Callable[[], SecureCookieSession | None] | None = opened

    @property
    def accessed(self) -> bool:
        """Whether anybody asked; Flask says so each time that somebody does."""
        return self._opened is None

    @accessed.setter
    def accessed(self, value: bool) -> None:
        opened = self._opened
        if value and opened:
            self._opened = None
            dict.update(self, opened() or {})


class Sessions(SecureCookieSessionInterface):
    """As Flask keeps them, save that they are opened late, that some pages keep nothing in a browser, and that a cookie
    from a clock a little ahead is believed."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """The session of a request, closed until it is asked for."""
        return OpenedWhenAsked(lambda: super(Sessions, self).open_session(app, request))

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs the cookie, and believes it."""
        found = super().get_signing_serializer(app)
        if found is not None:
            found.signer = Signer
        return found

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Sign its cookie where it changed; one that nobody opened did not."""
        if session.accessed or session.modified:
            super().save_session(app, session, response)

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Whether the answer carries the cookie."""
        return request.endpoint not in WITHOUT_COOKIE and super().should_set_cookie(app, session)


def recognise_people(person_for_device: Callable[[str, datetime], Any]) -> None:
    """Let a device's cookie say who is there; `person_for_device(secret, now)` is a query."""

    @login.request_loader  # type: ignore[untyped-decorator]
    def load(_request: object) -> Any:
        secret = device_secret(request)
        return person_for_device(secret, clock.now()) if secret else None


def give_context(
    app: Flask, own_things: Callable[[UUID], Any], held_since: Callable[[datetime], datetime | None]
) -> None:
    """What every page receives: the navigation of the person (a query is handed in), the demo's banner.

    `mails_held()` asks, when a page has just said what it did, since when mails do not leave; `keeps_archives()`,
    whether submitted sheets are written for the archives before they are destroyed; `unreadable_by()`, by when a copy
    of the database no longer says what was erased.
    """
    make_navigation = navigation(own_things)

    @app.context_processor
    def context() -> dict[str, Any]:
        return {
            "nav": make_navigation(),
            "demo": banner(),
            "mails_held": lambda: held_since(clock.now()),
            "keeps_archives": keeps_archives,
            "unreadable_by": unreadable_by,
        }
