"""What really travels between the room and its database, and connections that end while nobody asks."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import IO, Any

import pytest
from flask import Flask
from psycopg.pq import Trace
from sqlalchemy import NullPool, create_engine, event, text

from collectifs.kernel.extensions import CONNECTIONS, _idle, db, locking_rows, only_reading
from tests import factories
from tests.live.services.test_live_cost import SHORT, Room, gesture

ALL_OTHERS = """SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database()"""
WARMED_UP = 30  # psycopg prepares what was asked five times on a connection, and there are a few


@pytest.fixture(autouse=True)
def few_connections(app: Flask) -> None:
    """Not those that other tests have left."""
    db.session.rollback()
    db.engine.dispose()


@contextmanager
def said() -> Iterator[list[str]]:
    """What the block sends: each statement of SQLite, each exchange with PostgreSQL (« Parse »: one is planned)."""
    lines: list[str] = []
    is_postgresql = db.engine.dialect.name == "postgresql"
    listened = []
    with tempfile.TemporaryFile("w+") as trace:

        def listen(connection: Any, *_rest: object) -> None:
            listened.append(connection)
            _listen(connection, is_postgresql, trace, lines)

        for kept in _idle(db.engine):  # it is not taken from the pool again
            listen(kept.connection.dbapi_connection)
        event.listen(db.engine, "checkout", listen)
        try:
            yield lines
        finally:
            event.remove(db.engine, "checkout", listen)
            for connection in listened:
                connection.pgconn.untrace() if is_postgresql else connection.set_trace_callback(None)
            trace.seek(0)
            lines.extend(_sent(trace))


def _listen(connection: Any, is_postgresql: bool, trace: IO[str], lines: list[str]) -> None:
    if is_postgresql:
        connection.pgconn.trace(trace.fileno())
        connection.pgconn.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
    else:
        connection.set_trace_callback(lines.append)


def _sent(trace: IO[str]) -> Iterator[str]:
    """F: from us. A Sync or a Query is waited for; what goes before it travels with it."""
    for line in trace:
        side, _, message, *words = line.rstrip().split("\t")
        if side == "F" and message in ("Sync", "Parse"):
            yield message
        elif side == "F" and message == "Query":
            yield "".join(words).strip(' "')


@pytest.mark.parametrize("what", ["etat", "projection/etat"])
def test_a_question_is_one_exchange_and_nothing_is_begun_or_planned_for_it(app: Flask, visit, what: str) -> None:
    room = Room(visit, SHORT)
    for _ in range(WARMED_UP):
        assert room.ask(what=what).status_code == 304
    with said() as sent:
        assert room.ask(what=what).status_code == 304
    if db.engine.dialect.name == "postgresql":
        assert sent == ["Sync"]
    else:
        assert [each[:6] for each in sent] == ["SELECT"]


def test_a_page_in_between_makes_nothing_be_planned_anew(app: Flask, visit) -> None:
    room = Room(visit, SHORT)
    for _ in range(WARMED_UP):
        room.ask()
    assert room.browser.client.get("/mon-compte").status_code == 200
    with said() as sent:
        room.ask()
    assert "Parse" not in sent
    assert len(sent) == 1


@pytest.mark.parametrize("number", [1, 2])
def test_gestures_read_twice_then_write_at_once_or_in_one_short_transaction(app: Flask, visit, number: int) -> None:
    room = Room(visit, SHORT)
    for _ in range(WARMED_UP):
        room.send(*(gesture("paused") for _ in range(number)))
    with said() as sent:
        room.send(*(gesture("resumed") for _ in range(number)))
    if db.engine.dialect.name == "postgresql":
        begin = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
        alone = ["Sync"]  # one statement numbers it, writes it, and commits by itself
        assert sent == ["Sync", "Sync", *(alone if number == 1 else [begin, "Sync", "Sync", "COMMIT"])]
    else:
        asked = [each.split()[0] for each in sent if not each.startswith("pragma")]  # how long it is patient
        assert asked == ["SELECT", "SELECT", "BEGIN", "UPDATE", *["INSERT"] * number, "COMMIT"]


@pytest.mark.parametrize("number", [0, 1])
def test_every_answer_gives_its_connection_back_and_one_stays_with_the_room(app: Flask, visit, number: int) -> None:
    room = Room(visit, SHORT)
    for _ in range(3):
        assert room.browser.client.get("/mon-compte").status_code == 200
        room.send(*(gesture("paused") for _ in range(number)))
        assert room.ask().status_code in (200, 304)
        assert len(_idle(db.engine)) == 1
    assert db.engine.pool.checkedout() <= 1  # type: ignore[attr-defined]


def test_a_server_with_a_thread_for_each_browser_runs_out_of_no_connection(app: Flask, visit) -> None:
    """Flask's own is one: its threads come and go, or stay and wait for what their browser asks next."""
    room = Room(visit, SHORT)
    room.ask()
    over, answers = Event(), []

    def serve() -> None:
        with app.app_context():
            answers.append(room.ask().status_code)
        over.wait(20)

    threads = [Thread(target=serve) for _ in range(3 * CONNECTIONS)]
    for thread in threads:
        thread.start()
        while len(answers) < threads.index(thread) + 1:
            thread.join(0.005)
    over.set()
    for thread in threads:
        thread.join()
    assert set(answers) == {304}
    assert len(_idle(db.engine)) <= CONNECTIONS // 2


def test_an_engine_that_is_put_away_takes_along_what_read_the_room(app: Flask, visit) -> None:
    room = Room(visit, SHORT)
    room.send(gesture("paused"))
    (kept,) = _idle(db.engine)
    db.session.rollback()
    db.engine.dispose()
    assert room.ask(known=0).status_code == 200
    assert kept.closed
    assert _idle(db.engine) != [kept]


def test_connections_that_the_database_closed_are_left_before_they_are_used(app: Flask, visit) -> None:
    room = Room(visit, SHORT)
    assert room.ask().status_code == 304
    close_every_connection()
    assert room.ask().status_code == 304
    close_every_connection()
    room.send(gesture("paused"))


def close_every_connection() -> None:
    """As a PostgreSQL that is started again does; SQLite has none."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        beside = create_engine(db.engine.url, poolclass=NullPool)
        with beside.connect() as connection:
            connection.execute(text(ALL_OTHERS))


def test_where_each_statement_stands_alone_nothing_is_written_by_the_way(app: Flask) -> None:
    db.session.commit()
    with locking_rows(), only_reading(), pytest.raises(RuntimeError, match="begin_writing"):
        factories.territory()
    db.session.rollback()
