"""The migrations that this code knows, by the names of their files; alembic, for whoever runs one.

What serves pages runs none and does not load it: ten megabytes in each process.
"""

from functools import cache
from pathlib import Path
from typing import Any

import click
from flask import Flask

from collectifs.kernel.extensions import db
from collectifs.kernel.later import Later

flask_migrate = Later("flask_migrate")
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
SUITS = {"render_as_batch": True, "compare_type": True}  # SQLite alters a table by making it anew


@cache
def known_schemas() -> tuple[str, ...]:
    """Each migration of this code, from the first to the newest: « 0056_what_for.py » is the file of one."""
    return tuple(sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py")))


def upgrade_tables() -> None:
    """Bring the database of the present application to the newest migration."""
    flask_migrate.upgrade(str(MIGRATIONS))


class Migrations:
    """Stands where Flask-Migrate keeps what it knows of an application, until a command asks for something of it."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        flask_migrate.Migrate(self._app, db, directory=str(MIGRATIONS), **SUITS)
        return getattr(self._app.extensions["migrate"], name)


class DatabaseCommand(click.Command):
    """`flask db …`, which is Flask-Migrate's; loaded when somebody types it."""

    @property
    def commands(self) -> dict[str, click.Command]:
        """Those of Flask-Migrate."""
        found: dict[str, click.Command] = flask_migrate.cli.db.commands
        return found

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context that Flask-Migrate reads off the line, run by this command."""
        made: click.Context = flask_migrate.cli.db.make_context(info_name, args, parent, **extra)
        made.command = self
        return made

    def invoke(self, ctx: click.Context) -> Any:
        """Do it."""
        return flask_migrate.cli.db.invoke(ctx)


def set_up_migrations(app: Flask) -> None:
    """Let migrations of `app` be run."""
    app.extensions["migrate"] = Migrations(app)
