"""How alembic reaches the application's database; batch mode lets SQLite alter tables."""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from collectifs.kernel.extensions import db
from collectifs.kernel.models import KnownWord, SealedColumn, UtcDateTime
from collectifs.kernel.vault import KeysAway


def render_item(kind: str, value: Any, _autogen: object) -> str | Literal[False]:
    """A migration does not import the application: our own types are written as what they are underneath."""
    if kind == "type" and isinstance(value, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(value, SealedColumn):
        return "sa.LargeBinary()"
    if kind == "type" and isinstance(value, KnownWord):
        return f"sa.String(length={value.impl_instance.length})"
    return False


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database, not into a script.")


def run() -> None:
    """The first tables come with the witness of the keys: a folder that cannot be right stops them."""
    try:
        context.run_migrations()
    except KeysAway as away:
        raise SystemExit(f"Clés : {away}. Rien n’a été changé dans la base.") from away


def hold_foreign_keys(connection: Connection, state: str) -> None:
    """SQLite alters a table by making it anew: its references rest meanwhile, and are checked afterwards.

    The pragma counts outside a transaction only, so the driver is told before one begins.
    """
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA foreign_keys={state}")


with db.engine.connect() as connection:
    hold_foreign_keys(connection, "OFF")
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_item=render_item,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        run()
        if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise SystemExit("A migration left a reference to nothing.")
    connection.commit()
    hold_foreign_keys(connection, "ON")
