"""The shared Flask extensions, and how a database connection behaves.

A request that only reads opens a deferred transaction; one that writes takes the write lock at once
(`BEGIN IMMEDIATE`), so that nobody's work is overwritten unseen. On PostgreSQL both are serializable.

The road of the room (live/services/live.py) first reads, statement by statement in no transaction, then takes the
lock for as long as it writes; there the lock of one row, that of the meeting, stands for the whole picture (READ
COMMITTED). So does that of a day of workshops, where fifty people may confirm at one instant
(network/services/placing.py). The paper of a submitted sheet is read by one such statement (review/queries/door.py).

What only reads leaves PostgreSQL by COMMIT: a ROLLBACK makes psycopg forget the statements that it had prepared, and a
join of nine tables is planned anew, at ten times the cost of running it.
"""

import select
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ContextDecorator, contextmanager, suppress
from contextvars import ContextVar
from threading import local
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from flask import Flask, Response, current_app, request
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as OfFlask
from sqlalchemy import MetaData, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import Pool

from collectifs.kernel.config import Settings
from collectifs.kernel.ids import RowId
from collectifs.kernel.later import Later
from collectifs.kernel.turns import PATIENCE_MS, begin_immediate

if TYPE_CHECKING:
    import psycopg
else:
    psycopg = Later("psycopg")

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
Result = TypeVar("Result")
CONNECTIONS = 8  # of a process: half of them stay with the road of the room, for four threads; pages have the rest


class Base(DeclarativeBase):
    """The declarative base of every table, with predictable constraint names."""

    metadata = MetaData(naming_convention=NAMING)


Base.registry.update_type_annotation_map({UUID: RowId})


class People(LoginManager):  # type: ignore[misc]
    """Who is there is said by the cookie of a device; Flask-Login's own « remember me » and marks in the session are
    not used, nor looked for: no session is opened to know who asks."""

    def _load_user(self) -> None:
        self._update_request_context_with_user(self._load_user_from_request(request))

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


class OneDatabase(OfFlask):
    """A session that looks for no other database than the one of its application, whatever it is asked.

    While its thread writes for several, it writes in their transaction, and commits it.
    """

    def __init__(self, db: SQLAlchemy, **how: Any) -> None:
        super().__init__(db, **how)
        self._engine = db.engine

    def get_bind(self, *_about: object, bind: Any = None, **_more: object) -> Any:
        """That one, unless another is named."""
        return (_kept.writes_now or self._engine) if bind is None else bind


class _Databases(SQLAlchemy):
    """Flask-SQLAlchemy, whose databases begin and end their transactions our way."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        if "poolclass" not in options:  # in a database of the memory alone, all have the same connection
            options = {"pool_size": CONNECTIONS, **options}
        made = super()._make_engine(bind_key, options, app)
        begin_and_end_our_way(made.dialect)
        return made


db = _Databases(
    model_class=Base,
    engine_options={"hide_parameters": True},
    session_options={"class_": OneDatabase, "join_transaction_mode": "control_fully"},
)
login = People()


def settings() -> Settings:
    """What this installation was given to run with."""
    found: Settings = current_app.extensions["settings"]
    return found


_only_reads: ContextVar[bool] = ContextVar("only_reads", default=False)
_locks_rows: ContextVar[bool] = ContextVar("locks_rows", default=False)

# Not serializable, deadlock, and a key that another transaction has just taken: PostgreSQL may say any of the
# three of two writers that met (its manual, « Serialization Failure Handling »).
COLLISIONS = {"40001", "40P01", "23505"}
TRIES = 8  # of what is committed outside of a request

_SAFE = ("journal_mode=wal", "synchronous=full", "foreign_keys=on", "secure_delete=on", "temp_store=memory")
PRAGMAS = (*_SAFE, f"busy_timeout={PATIENCE_MS}")


class _Within(ContextDecorator):
    """A block in which a variable has another value; a generator would be four calls the more for each of a request."""

    def __init__(self, variable: ContextVar[bool], value: bool) -> None:
        self._variable, self._value = variable, value

    def __enter__(self) -> None:
        self._token = self._variable.set(self._value)

    def __exit__(self, *_failure: object) -> None:
        self._variable.reset(self._token)


def only_reading(value: bool = True) -> _Within:
    """Within this block, new transactions only read (True) or may write (False)."""
    return _Within(_only_reads, value)


def is_only_reading() -> bool:
    """Whether the present transaction only reads."""
    return _only_reads.get()


def locking_rows(value: bool = True) -> _Within:
    """Within this block, new transactions of PostgreSQL rely on the rows that they lock: READ COMMITTED."""
    return _Within(_locks_rows, value)


def reading() -> Connection:
    """By what a door and the road of the room read: a connection that stays with the road, without a session.

    Each statement stands in no transaction: nothing is begun nor ended from one request to the next. The request has it
    until give_back(). Anywhere else it is that of the session.
    """
    if not (_only_reads.get() and _locks_rows.get()):
        return db.session.connection()
    return _kept_connection()


def writing() -> Connection:
    """By what the road writes: the connection of whoever writes together for several, else that of the session."""
    return _kept.writes_now or db.session.connection()


@contextmanager
def writing_apart() -> Iterator[Connection]:
    """A transaction on the connection by which the road reads, committed at the end; the session writes in it too."""
    found = _kept_connection()
    if found.in_transaction():
        found.commit()  # what it read stood in none, but for SQLAlchemy
    with found.begin():
        _kept.writes_now = found
        try:
            yield found
            if db.session.registry.has() and db.session().in_transaction():
                db.session.commit()
        except BaseException:
            if db.session.registry.has():
                db.session.rollback()
            raise
        finally:
            _kept.writes_now = None


class _Kept(local):
    """What a thread has in hand within a request."""

    connection: Connection | None = None
    pool: Pool | None = None  # where it comes from: another application, or a pool that was emptied, has another
    writes_now: Connection | None = None


_kept = _Kept()


def _kept_connection() -> Connection:
    engine, found = db.engine, _kept.connection
    if found is not None and _kept.pool is engine.pool and not (found.closed or found.invalidated):
        return found
    give_back()
    found, _kept.pool = _taken(engine), engine.pool
    _kept.connection = found
    return found


def _taken(engine: Engine) -> Connection:
    """The one that was given back last, or a new one."""
    idle = _idle(engine)
    while idle:
        with suppress(IndexError):  # another thread was quicker
            found = idle.pop()
            if _serves(found):
                return found
            _end(found)
    return engine.connect()


def give_back() -> None:
    """The request is over: whichever thread answers the next one may read by the same connection."""
    found = _kept.connection
    if found is None:
        return
    _kept.connection, engine = None, db.engine
    idle = _idle(engine)
    if found.closed or found.invalidated or _kept.pool is not engine.pool:
        _end(found)
    elif len(idle) >= CONNECTIONS // 2:
        found.close()
    else:
        idle.append(found)


def _idle(engine: Engine) -> list[Connection]:
    """Those that nobody reads by at this moment; they end with the pool that they come from."""
    kept: tuple[Pool | None, list[Connection]] = engine.__dict__.get("read_the_room", (None, []))
    pool, found = kept
    if pool is not engine.pool:
        while found:
            _end(found.pop())
        found = []
        engine.__dict__["read_the_room"] = engine.pool, found
    return found


def _end(found: Connection) -> None:
    """Close it for good; PostgreSQL may have done so before."""
    if not (found.closed or found.invalidated):
        found.invalidate()
    found.close()


def _serves(connection: Connection) -> bool:
    """Whether it may be used again: PostgreSQL has not closed it meanwhile."""
    if connection.closed or connection.invalidated:
        return False
    inner: Any = connection.connection.dbapi_connection
    return not _is_postgresql(inner) or _lives(inner)


def leave() -> None:
    """End what was only read, or take back what was written; nothing is opened for it."""
    if db.session.registry.has():
        db.session.rollback()


def begin_writing(*, whole_picture: bool) -> None:
    """From a transaction that only read to one that writes; one that writes already goes on.

    `whole_picture`: on PostgreSQL it is serializable, as everywhere else. What was read before may have changed since:
    the first statement that writes says what it relies on.
    """
    if not _only_reads.get():
        return
    leave()
    _only_reads.set(False)
    if whole_picture:
        _locks_rows.set(False)


def is_collision(error: DBAPIError) -> bool:
    """Whether two transactions of PostgreSQL met: the one that was refused is done again."""
    return getattr(error.orig, "sqlstate", None) in COLLISIONS


def committed(write: Callable[[], Result]) -> Result:
    """What `write` gave, once it is committed; it is done again when it met another transaction on PostgreSQL."""
    for attempt in range(TRIES):
        try:
            found = write()
            db.session.commit()
        except DBAPIError as error:
            db.session.rollback()
            if attempt == TRIES - 1 or not is_collision(error):
                raise
        else:
            return found
    raise AssertionError("unreachable")


@event.listens_for(Engine, "connect")
def _set_up_connection(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"pragma {pragma}")


@event.listens_for(Engine, "checkout")
def _leave_the_dead(connection: Any, _record: object, _proxy: object) -> None:
    """Before a connection of the pool is used again: one that PostgreSQL closed is thrown away, with all of its age.

    PostgreSQL says nothing unasked, unless it goes: looking at the socket tells it without an exchange.
    """
    if _is_postgresql(connection) and not _lives(connection):
        raise InvalidatePoolError


def _is_postgresql(connection: Any) -> bool:
    return type(connection).__module__.startswith("psycopg")


def _lives(connection: "psycopg.Connection[Any]") -> bool:
    good = psycopg.pq.ConnStatus.OK
    try:
        while connection.pgconn.status == good and _has_something_to_read(connection.pgconn.socket):
            connection.pgconn.consume_input()
    except psycopg.OperationalError:
        return False
    return connection.pgconn.status == good


def _has_something_to_read(socket: int) -> bool:
    looking = select.poll()
    looking.register(socket, select.POLLIN)
    return bool(looking.poll(0))


def begin_and_end_our_way(dialect: Any) -> None:
    """Have its transactions begin, and end, as is said above.

    Not by events: where anybody listens to one, SQLAlchemy looks at each statement who listens to the others.
    """
    usual = dialect.do_rollback
    if dialect.name == "sqlite":
        dialect.do_begin = _begin_on_sqlite
    elif dialect.name == "postgresql":

        def rollback(connection: Any) -> None:
            _keep_what_is_prepared(connection.dbapi_connection)
            usual(connection)

        dialect.do_begin, dialect.do_rollback = _begin_on_postgresql, rollback


def _begin_on_sqlite(connection: Any) -> None:
    if not _only_reads.get():
        begin_immediate(connection.dbapi_connection)
    elif not _locks_rows.get():
        connection.dbapi_connection.execute("BEGIN")


def _begin_on_postgresql(connection: Any) -> None:
    _suit(connection.dbapi_connection, _only_reads.get(), _locks_rows.get())


def _suit(connection: Any, only_reads: bool, locks_rows: bool) -> None:
    """How its next transaction begins; said within BEGIN itself, and nothing is said where nothing changes."""
    wanted = {
        "autocommit": only_reads and locks_rows,
        "isolation_level": psycopg.IsolationLevel.READ_COMMITTED if locks_rows else psycopg.IsolationLevel.SERIALIZABLE,
        "read_only": only_reads,
    }
    for name, value in wanted.items():
        if getattr(connection, name) != value:
            setattr(connection, name, value)


def _keep_what_is_prepared(connection: Any) -> None:
    """What only read has nothing to take back: it ends by COMMIT, after which the statements stay prepared."""
    if connection.read_only and connection.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS:
        with suppress(psycopg.OperationalError):  # it was doomed, or PostgreSQL has gone: rolled back as ever
            connection.commit()


@event.listens_for(Session, "before_flush")
def _write_nothing_by_the_way(_session: Session, _context: object, _instances: object) -> None:
    """Where each statement stands alone, nothing would take back what was written."""
    if _only_reads.get() and _locks_rows.get():
        raise RuntimeError("the road of the room writes after begin_writing()")
