"""How alembic reaches the application's database; batch mode lets SQLite alter tables."""

from typing import Any, Literal

from alembic import context
from flask import current_app

from collectifs.extensions import db
from collectifs.models.base import UtcDateTime


def render_item(kind: str, value: Any, _autogen: object) -> str | Literal[False]:
    """A migration does not import the application: our own types are written as what they are underneath."""
    if kind == "type" and isinstance(value, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database, not into a script.")

with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_item=render_item,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
