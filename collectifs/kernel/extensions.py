"""The shared Flask extensions, and how a database connection behaves.

A request that only reads opens a deferred transaction; one that writes takes the write lock at once
(`BEGIN IMMEDIATE`), so that nobody's work is overwritten unseen. On PostgreSQL both are serializable.

The road of the room alone (live/services/live.py) first reads, then takes the lock for as long as it writes; there the
lock of one row, that of the meeting, stands for the whole picture (READ COMMITTED). So does that of a day of workshops,
where fifty people may confirm at one instant (network/services/placing.py).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from flask import current_app
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import MetaData, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase

from collectifs.kernel.config import Settings

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The declarative base of every table, with predictable constraint names."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, engine_options={"hide_parameters": True, "pool_pre_ping": True})
migrate = Migrate(directory=str(Path(__file__).resolve().parent.parent.parent / "migrations"))
csrf = CSRFProtect()
login = LoginManager()


def settings() -> Settings:
    """What this installation was given to run with."""
    found: Settings = current_app.extensions["settings"]
    return found


_only_reads: ContextVar[bool] = ContextVar("only_reads", default=False)
_locks_rows: ContextVar[bool] = ContextVar("locks_rows", default=False)

# Not serializable, deadlock, and a key that another transaction has just taken: PostgreSQL may say any of the
# three of two writers that met (its manual, « Serialization Failure Handling »).
COLLISIONS = {"40001", "40P01", "23505"}

PRAGMAS = (
    "journal_mode=wal",
    "synchronous=full",
    "foreign_keys=on",
    "secure_delete=on",
    "temp_store=memory",
    "busy_timeout=10000",
)


@contextmanager
def only_reading(value: bool = True) -> Iterator[None]:
    """Within this block, new transactions only read (True) or may write (False)."""
    token = _only_reads.set(value)
    try:
        yield
    finally:
        _only_reads.reset(token)


def is_only_reading() -> bool:
    """Whether the present transaction only reads."""
    return _only_reads.get()


@contextmanager
def locking_rows(value: bool = True) -> Iterator[None]:
    """Within this block, new transactions of PostgreSQL rely on the rows that they lock: READ COMMITTED."""
    token = _locks_rows.set(value)
    try:
        yield
    finally:
        _locks_rows.reset(token)


def begin_writing(*, whole_picture: bool) -> None:
    """From a transaction that only read to one that writes; one that writes already goes on.

    `whole_picture`: on PostgreSQL it is serializable, as everywhere else. What was read before may have changed since:
    the first statement that writes says what it relies on.
    """
    if not _only_reads.get():
        return
    db.session.rollback()
    _only_reads.set(False)
    if whole_picture:
        _locks_rows.set(False)


def is_collision(error: DBAPIError) -> bool:
    """Whether two transactions of PostgreSQL met: the one that was refused is done again."""
    return getattr(error.orig, "sqlstate", None) in COLLISIONS


@event.listens_for(Engine, "connect")
def _set_up_connection(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"pragma {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    only_reads = _only_reads.get()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql" and not _locks_rows.get():
        mode = "READ ONLY" if only_reads else "READ WRITE"
        connection.exec_driver_sql(f"SET TRANSACTION ISOLATION LEVEL SERIALIZABLE {mode}")
