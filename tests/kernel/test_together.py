"""On SQLite what several threads write at one instant is committed once, and answered after that."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from collectifs.kernel import together, turns
from collectifs.kernel.errors import MovedMeanwhile
from collectifs.kernel.extensions import db, give_back, locking_rows, only_reading, reading
from collectifs.people.models import Territory
from tests import factories

AT_ONCE = 3


@pytest.fixture
def held(app: Flask) -> Iterator[sqlite3.Connection]:
    """Another process that writes just now."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL commits together by itself")
    db.session.commit()
    other = sqlite3.connect(str(db.engine.url.database), isolation_level=None, check_same_thread=False)
    other.execute("begin immediate")
    yield other
    other.close()


@pytest.fixture
def commits(app: Flask) -> Iterator[list[Connection]]:
    """Those that the disk waits for: what only read ends too, for SQLAlchemy, and nothing is written by it."""
    made: list[Connection] = []

    def note(connection: Connection) -> None:
        inner = connection.connection.dbapi_connection
        if not isinstance(inner, sqlite3.Connection) or inner.in_transaction:
            made.append(connection)

    event.listen(db.engine, "commit", note)
    yield made
    event.remove(db.engine, "commit", note)


def all_at_once(app: Flask, held: sqlite3.Connection, *works: Callable[[], None]) -> list[type[BaseException] | None]:
    """What became of each writing; they all wait before the lock comes free."""
    became: list[type[BaseException] | None] = [None] * len(works)

    def write(place: int) -> None:
        with app.app_context(), locking_rows(), only_reading():
            try:
                together.write_together(works[place])
            except Exception as failure:  # noqa: BLE001  what it is, is what is asked
                became[place] = type(failure)

    threads = [threading.Thread(target=write, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 20
    while len(together._line) < len(works) and time.monotonic() < until:
        time.sleep(0.001)
    held.execute("commit")
    for thread in threads:
        thread.join()
    return became


def adds(name: str) -> Callable[[], None]:
    def work() -> None:
        factories.territory(name)
        db.session.flush()

    return work


def finds_it_moved() -> None:
    raise MovedMeanwhile


def fails_halfway() -> None:
    adds("à moitié")()
    raise ZeroDivisionError


def somebody_reads_before() -> None:
    """The connection of theirs is the one that the next request finds."""
    with locking_rows(), only_reading():
        reading().execute(text("select 1")).all()
        give_back()


def names() -> set[str]:
    db.session.rollback()
    return {row.name for row in db.session.query(Territory)}


def test_all_that_waits_is_committed_once(app: Flask, held: sqlite3.Connection, commits: list[Connection]) -> None:
    somebody_reads_before()
    assert all_at_once(app, held, *(adds(f"n° {each}") for each in range(AT_ONCE))) == [None] * AT_ONCE
    assert len(commits) == 1
    assert names() == {f"n° {each}" for each in range(AT_ONCE)}


def test_who_comes_too_late_begins_again_alone(app: Flask, held: sqlite3.Connection) -> None:
    assert all_at_once(app, held, adds("un"), finds_it_moved, adds("deux")) == [None, MovedMeanwhile, None]
    assert names() == {"un", "deux"}


def test_what_fails_halfway_is_kept_by_nobody_and_the_others_begin_again(app: Flask, held: sqlite3.Connection) -> None:
    became = all_at_once(app, held, adds("un"), fails_halfway, adds("deux"))
    assert became == [MovedMeanwhile, ZeroDivisionError, MovedMeanwhile]
    assert names() == set()


def test_a_lock_that_never_comes_is_told_to_all(
    app: Flask, held: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PATIENCE_MS", 50)
    with app.app_context(), locking_rows(), only_reading(), pytest.raises(OperationalError):
        together.write_together(adds("jamais"))
    held.execute("commit")
    assert names() == set()
    assert not together._line


def test_what_writes_already_goes_on_in_its_own_transaction(app: Flask, commits: list[Connection]) -> None:
    together.write_together(adds("le mien"))
    assert commits == []
    db.session.rollback()
    assert names() == set()
