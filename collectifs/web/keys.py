"""No page without the folder of keys: a text that does not open would be taken for one that was erased."""

from collections.abc import Callable
from uuid import UUID

from flask import Flask, Request
from sqlalchemy.exc import SQLAlchemyError

from collectifs.kernel.config import SettingsError
from collectifs.kernel.extensions import db, only_reading
from collectifs.kernel.vault import KeysAway, check_keys
from collectifs.web.around import look_first
from collectifs.web.static import is_static


def check_keys_at_start(app: Flask, deployment_id: Callable[[], UUID | None]) -> None:
    """A server does not start on an installation whose keys are not there. Raises SettingsError.

    A database that is away, or without tables yet, says so by itself, page after page.
    """
    with app.app_context(), only_reading():
        try:
            deployment = deployment_id()
        except SQLAlchemyError:
            return
        finally:
            db.session.rollback()
            db.engine.dispose()  # gunicorn may fork from here
        if deployment is None:
            return
        try:
            check_keys(deployment)
        except KeysAway as away:
            raise SettingsError(f"Le service ne démarre pas sans ses clés : {away}.") from away


def wait_for_keys(app: Flask, deployment_id: Callable[[], UUID | None]) -> None:
    """Answer 503 while the keys are not those of this installation, as its database names it (asked once)."""
    known: list[UUID] = []

    def expected() -> UUID | None:
        if not known:
            with only_reading():
                found = deployment_id()
                db.session.rollback()
            known.extend([found] if found else [])
        return known[0] if known else None

    def look(asked: Request) -> None:
        if not is_static(asked):
            check_keys(expected())

    look_first(app, look)
