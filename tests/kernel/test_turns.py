"""SQLite's one write lock is waited for in a line, and looked at every millisecond."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from collectifs.kernel import turns
from collectifs.kernel.extensions import begin_and_end_our_way


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = create_engine(f"sqlite:///{tmp_path / 'turns.db'}")
    begin_and_end_our_way(made.dialect)
    with made.begin() as connection:
        connection.execute(text("create table kept (value)"))
    yield made
    made.dispose()


@pytest.fixture
def held(engine: Engine) -> Iterator[sqlite3.Connection]:
    """Another process that writes just now."""
    other = sqlite3.connect(str(engine.url.database), isolation_level=None)
    other.execute("begin immediate")
    yield other
    other.close()


def write(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("insert into kept values (1)"))


def test_whoever_waits_looks_every_millisecond_and_comes_next(
    engine: Engine, held: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            held.execute("commit")

    monkeypatch.setattr(turns.time, "sleep", sleep)
    write(engine)
    assert slept == [turns.LOOKS_EVERY_S] * 3


def test_a_lock_that_never_comes_free_is_refused_as_any_database_fault_and_the_line_goes_on(
    engine: Engine, held: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PATIENCE_MS", 20)
    with pytest.raises(OperationalError, match="locked"):
        write(engine)
    held.execute("commit")
    write(engine)


def test_another_refusal_is_said_at_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns.time, "sleep", lambda _seconds: pytest.fail("it waited"))
    with engine.connect() as connection:
        connection.execute(text("insert into kept values (1)"))
        inner: Any = connection.connection.dbapi_connection
        with pytest.raises(sqlite3.OperationalError, match="within a transaction"):
            turns.begin_immediate(inner)


def test_a_connection_is_patient_again_once_it_has_the_lock(engine: Engine) -> None:
    with engine.begin() as connection:
        assert connection.exec_driver_sql("pragma busy_timeout").scalar() == turns.PATIENCE_MS
