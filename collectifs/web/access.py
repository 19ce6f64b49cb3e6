"""Who may open a view: `@access(rule, sheet=get_sheet)` under the route.

The object named in the address is loaded, the rule checked, the object handed over. A hidden object and
a missing one look the same. A view without a rule is refused at run time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial, wraps
from typing import Any

from flask import Flask, Request, Response, abort, g, make_response, redirect, request, url_for
from flask_login import current_user
from werkzeug.exceptions import NotFound

from collectifs.kernel import clock
from collectifs.kernel.extensions import leave, locking_rows
from collectifs.web.again import send_again
from collectifs.web.around import look_first, this_request
from collectifs.web.devices import device_secret
from collectifs.web.static import is_static
from collectifs.web.transaction import own_transaction, run_view

Loader = Callable[[Any], Any]
Rule = Callable[..., bool]
Door = Callable[[str, Any, datetime], Any]
Trace = Callable[[dict[str, Any], Any], None]
OPEN_ENDPOINTS = {"static"}


@dataclass(frozen=True)
class Entrance:
    """The rule of a view, with the loaders of what it is asked about."""

    rule: Rule
    loaders: dict[str, Loader]

    def take_objects(self, url_args: dict[str, Any]) -> dict[str, Any]:
        """What the address names, in the place of its ids; None for what is not there."""
        return {name: load(url_args.pop(f"{name}_id")) for name, load in self.loaders.items()}

    def admits(self, person: Any, objects: dict[str, Any]) -> bool:
        """Whether this person gets in there."""
        return None not in objects.values() and self.rule(person, *objects.values())


def anyone(_user: object, *_objects: object) -> bool:
    """Everybody, signed in or not. Each use is listed with its reason in tests/access_matrix.py."""
    return True


def signed_in(user: Any, *_objects: object) -> bool:
    """Any person who is signed in: pages about oneself."""
    return bool(user.is_authenticated)


def me() -> Any:
    """The signed-in person, as services receive them in `by`."""
    return current_user._get_current_object()


def access(
    rule: Rule,
    *,
    traced: Callable[..., None] | None = None,
    unless: Callable[..., bool] | None = None,
    locks_rows: bool = False,
    **loaders: Loader,
) -> Callable[..., Any]:
    """Declare the rule of a view and the loaders of its objects.

    `traced` is a service that records, in its own transaction before the page is built, that a person of
    the institution reads it; it receives the objects and `by`. `unless`, asked where the page is read: that trace
    stands already, and nothing is written.
    `locks_rows`: the view begins by reading, and writes after the row that it locks (extensions.begin_writing), before
    it reads what it decides by: on PostgreSQL a crowd waits in line instead of beginning again; SQLite's one write lock
    is held for as long as it writes.
    """

    trace = partial(_trace, traced, unless) if traced else None
    entrance = Entrance(rule, loaders)

    def decorate(view: Callable[..., Any]) -> Callable[..., Response]:
        @wraps(view)
        def checked(**url_args: Any) -> Response:
            with locking_rows(locks_rows):
                return run_view(lambda: _enter(view, entrance, trace, dict(url_args)), reads_first=locks_rows)

        checked.access_rule = rule  # type: ignore[attr-defined]
        checked.access_entrance = entrance  # type: ignore[attr-defined]
        checked.access_traced = traced is not None  # type: ignore[attr-defined]
        return checked

    return decorate


def at_the_door(rule: Rule, *, traced: Callable[..., None] | None = None, **doors: Door) -> Callable[..., Any]:
    """The same, for what screens ask again and again: `@at_the_door(rule, meeting=door_of)`.

    The door finds in one statement who comes with the secret of this browser, and what the rule must know of the object
    of the address; it holds the `person`. The view begins by reading, and locks rows where it writes.
    `traced`: as above; the door knows whether that reading `is_noted` already.
    """
    ((name, door),) = doors.items()
    trace = partial(_trace, traced, _is_noted) if traced else None

    def decorate(view: Callable[..., Any]) -> Callable[..., Response]:
        @wraps(view)
        def checked(**url_args: Any) -> Response:
            with locking_rows():
                return run_view(lambda: _enter_by(door, name, view, rule, trace, dict(url_args)), reads_first=True)

        checked.access_rule = rule  # type: ignore[attr-defined]
        checked.access_traced = traced is not None  # type: ignore[attr-defined]
        return checked

    return decorate


def _enter_by(
    door: Door, name: str, view: Callable[..., Any], rule: Rule, trace: Trace | None, url_args: dict[str, Any]
) -> Any:
    secret, key = device_secret(this_request()), url_args.pop(f"{name}_id")
    found = door(secret, key, clock.now()) if secret else None
    if found is None and not current_user.is_authenticated:
        return to_sign_in()
    if found is None or not rule(found.person, found):
        abort(404)
    g.at_the_door = found.person  # the log does not ask again
    if trace is not None:
        trace({name: found}, found.person)
    return view(**{name: found}, **url_args)


def _enter(view: Callable[..., Any], entrance: Entrance, trace: Trace | None, url_args: dict[str, Any]) -> Any:
    person = None if entrance.rule is anyone else me()  # who comes to what everybody may open is not looked up for it
    if person and not person.is_authenticated:
        return to_sign_in()
    objects = entrance.take_objects(url_args)
    if not entrance.admits(person, objects):
        abort(404)
    if trace is not None:
        trace(objects, person)
    return view(**objects, **url_args)


def _is_noted(found: Any, *, by: Any) -> bool:
    return bool(found.is_noted)


def _trace(
    traced: Callable[..., None], unless: Callable[..., bool] | None, objects: dict[str, Any], person: Any
) -> None:
    """Write the reading trace, or do not show the page. A prefetch is no reading: it gets nothing."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    if "prefetch" in purpose:
        abort(503)
    if request.method == "GET":
        if unless is not None and unless(*objects.values(), by=person):
            return
        leave()
        with locking_rows(False):
            own_transaction(lambda: traced(*objects.values(), by=person))


def to_sign_in() -> Response:
    """To the sign-in page, and back afterwards. Addresses that exist and that do not look the same.

    Words that somebody was sending come back to them instead: they sign in beside, and send again.
    """
    kept = send_again(401, "expired")
    if kept is not None:
        return make_response(kept)
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    url = url_for("auth.sign_in", suite=None if back in (None, "/") else back)
    return make_response(redirect(url))


def refuse_undeclared_views(app: Flask) -> None:
    """Before each request: no rule, no view; signed out, an unknown address goes to sign-in too."""

    def check(asked: Request) -> Response | None:
        endpoint = asked.endpoint
        if endpoint in OPEN_ENDPOINTS:
            return None
        if endpoint is None:
            return None if is_static(asked) or current_user.is_authenticated else to_sign_in()
        if not hasattr(app.view_functions[endpoint], "access_rule"):
            raise NotFound
        return None

    look_first(app, check)
