"""No page without the folder of keys: a text that does not open would be taken for one that was erased."""

from collections.abc import Callable
from uuid import UUID

from flask import Flask

from collectifs.kernel.extensions import db, only_reading
from collectifs.kernel.vault import check_keys
from collectifs.web.static import is_static


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

    @app.before_request
    def _look() -> None:
        if not is_static():
            check_keys(expected())
