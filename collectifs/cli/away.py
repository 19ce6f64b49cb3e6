"""What a command says when the database, or a folder, is not as it should be: one line, not the inside of Python."""

from collections.abc import Callable
from typing import Any

import click
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

NO_TABLES = ("no such table", "no such column")  # SQLite's words
UNDEFINED = ("42P01", "42703")  # a table, a column: PostgreSQL's codes


def why_away(error: SQLAlchemyError) -> str:
    """Why a statement could not be asked, for whoever keeps the server; no parameter of it, no password."""
    if not isinstance(error, DBAPIError):
        return type(error).__name__
    said = str(error.orig).strip().partition("\n")[0]
    if getattr(error.orig, "sqlstate", None) in UNDEFINED or said.startswith(NO_TABLES):
        return "la base n’a pas les tables de ce code : flask db upgrade"
    return f"{type(error).__name__} ({said})" if is_out_of_reach(error) else type(error).__name__


def is_out_of_reach(error: DBAPIError) -> bool:
    """Whether no statement was said at all: the words are those of the connection."""
    return error.statement is None


def in_words(command: click.Command) -> click.Command:
    """The same command, whose failures of storage are one line."""
    usual: Callable[[click.Context], Any] = command.invoke

    def invoke(ctx: click.Context) -> Any:
        try:
            return usual(ctx)
        except SQLAlchemyError as error:
            raise click.ClickException(f"Base de données : {why_away(error)}.") from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or type(error).__name__} : {error.strerror}.") from error

    command.invoke = invoke  # type: ignore[method-assign]
    return command
