"""Fixtures of every test. The databases and what no test may do are plugins of their own."""

import base64
import gc
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
import time_machine
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import create_mock_engine, inspect

from collectifs import create_app, import_areas
from collectifs.kernel.config import Settings
from collectifs.kernel.documents.printing import print_apart
from collectifs.kernel.extensions import db
from collectifs.kernel.migrations import MIGRATIONS
from collectifs.kernel.models import Deployment
from collectifs.people.models import User
from tests import factories
from tests.long_lists import keep_long_lists, read_long_lists
from tests.pages import Client, Visitor

PLUGINS = (
    *("in_memory", "compiled", "databases", "guards", "kept_world", "worker_process", "scheduling", "second_try"),
    "usual",
)
pytest_plugins = [f"tests.{name}" for name in PLUGINS]

# Wednesday 13 January 2027, 13 h 50 in Paris: ten minutes before Les Tilleuls meet.
NOW = datetime(2027, 1, 13, 12, 50, tzinfo=UTC)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What each process of a run would import, and read, is there before they are forked (tests/scheduling.py), as is
    what commands are forked from. A run within a run does not read this file, and starts none."""
    if session.config.getoption("jobs"):
        if forks := sys.modules.get("tests.forks"):  # some test of this run starts commands
            forks.start_for_all()
        import_areas()
        read_long_lists()
        keep_long_lists()


@pytest.fixture(scope="session")
def new_house_database(base: str, new_database: Callable[..., str], pytestconfig: pytest.Config) -> Callable[[], str]:
    """Makes a database that make_tables() makes ready: of PostgreSQL it is a copy, at half the cost of its tables."""
    from tests.databases import PORT_KEY, made_once  # a plugin: importing it earlier would spoil its assertions

    def make() -> str:
        if base == "sqlite":
            return new_database()
        tables = statements_of("postgresql+psycopg")
        return new_database(like=made_once(pytestconfig.stash[PORT_KEY], "collectifs_tables", tables))

    return make


@pytest.fixture
def house_database_url(new_house_database: Callable[[], str]) -> str:
    """A database of the test's own, for make_tables()."""
    return new_house_database()


@pytest.fixture(scope="session")
def built_app(new_house_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application of this worker, its tables made once."""
    from tests.databases import careless  # a plugin: importing it earlier would spoil its assertions

    folder = tmp_path_factory.mktemp("data")
    app = create_app(make_settings(folder, new_house_database()))
    app.test_client_class = Client
    with app.app_context():
        make_tables(app)
        db.session.rollback()
    app.test_client().get("/sante")  # what is asked once a process is asked here: tests count questions
    gc.freeze()  # it stays to the end, as what was read (tests/scheduling.py)
    yield app
    with app.app_context():
        careless(db.engine.url).dispose()
        db.engine.dispose()


def make_settings(folder: Path, database_url: str, **values: object) -> Settings:
    """Settings for a test: keys in a folder of its own, no mail server."""
    defaults = {
        "data": folder,
        "database_url": database_url,
        "keys_dir": folder / "keys",
        "index_dir": folder / "index",
        "master_key": base64.urlsafe_b64decode(base64.urlsafe_b64encode(b"k" * 32)),
        "secret_key": "only for tests",
        "base_url": "http://localhost",
        "smtp_url": "",
        "mail_from": "Collectifs <collectifs@academie.example>",
        "bind": "127.0.0.1",
        "testing": True,
    }
    return Settings(**(defaults | values))  # type: ignore[arg-type]


@contextmanager
def archives_kept_in(app: Flask, folder: Path | None) -> Iterator[None]:
    """For a while, this application writes for the archives what it destroys."""
    usual = app.extensions["settings"]
    app.extensions["settings"] = replace(usual, archives=folder)
    try:
        yield
    finally:
        app.extensions["settings"] = usual


def make_tables(app: Flask) -> None:
    """All the tables at once, at the schema of the last migration, and the witness of the keys as it makes it."""
    with db.engine.connect() as connection:
        there = inspect(connection).has_table(Deployment.__tablename__)  # a house that is made a second time
        connection.rollback()
        if not there and db.engine.dialect.name == "sqlite":
            with closing(sqlite3.connect(":memory:")) as new:
                new.deserialize(pages_of_tables())
                new.backup(connection.connection.driver_connection)
        elif not there:
            for statement in statements_of(db.engine.url.drivername):
                connection.exec_driver_sql(statement)
            connection.commit()
    MigrationContext.configure(db.session.connection()).stamp(migrations(), "head")
    found = app.extensions["vault"].found()
    db.session.merge(Deployment(id=found, made_at=NOW))
    db.session.commit()


@cache
def statements_of(driver: str) -> list[str]:
    """What makes the tables and their indexes, in their order: the same for each empty database."""
    made: list[str] = []
    engine = create_mock_engine(f"{driver}://", lambda what, *_: made.append(str(what.compile(dialect=engine.dialect))))
    db.metadata.create_all(engine, checkfirst=False)
    return made


@cache
def pages_of_tables() -> bytes:
    """A file of SQLite with all the tables, made once a process."""
    with closing(sqlite3.connect(":memory:")) as made:
        for statement in statements_of("sqlite"):
            made.execute(statement)
        made.commit()
        return made.serialize()


@cache
def migrations() -> ScriptDirectory:
    """The scripts that lead there, read once."""
    return ScriptDirectory(str(MIGRATIONS))


@pytest.fixture(autouse=True)
def _pw_trace_api_requests() -> None:
    """In the place of pytest-playwright's own: each test would have it look at what it asks for, and none is traced."""


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """An application that was made as a deployment makes it has its papers printed apart: the next test does not."""
    print_apart(None)


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    """The clock stands still at NOW; `moment.shift(…)` and `moment.move_to(…)` move it."""
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def app(built_app: Flask, moment: time_machine.Traveller) -> Iterator[Flask]:
    """The application on an empty database, within its context; factories and services work at once."""
    from tests.databases import empty_all_tables  # a plugin: importing it earlier would spoil its assertions

    with built_app.app_context():
        db.session.remove()
        empty_all_tables(db.engine, db.metadata)
        yield built_app
        db.session.remove()


@pytest.fixture
def visit(app: Flask) -> Callable[..., Visitor]:
    """Makes the browser of a person (signed in) or of nobody: `visit(user).open("/…")`.

    What the test prepared is committed first, so that the request sees it.
    """

    def make(who: User | None = None) -> Visitor:
        visitor = Visitor(app)
        if who is not None:
            secret = factories.device(who)
            visitor.client.set_cookie("appareil", secret)
        db.session.commit()
        return visitor

    return make
