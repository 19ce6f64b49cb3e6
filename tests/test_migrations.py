"""Migrations go up, come down, and make the tables that the models describe."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select

from collectifs import create_app
from collectifs.kernel.extensions import db
from collectifs.kernel.migrations import known_schemas
from collectifs.kernel.queries.readiness import newest_schema, present_schema
from collectifs.sheets.models import SheetVersion
from tests import world
from tests.conftest import make_settings, migrations

MIGRATIONS = str(Path(__file__).parents[1] / "migrations")


def test_what_the_names_of_the_files_tell_is_what_alembic_reads_in_them() -> None:
    scripts = migrations()
    assert newest_schema() == scripts.get_current_head()
    assert set(known_schemas()) == {script.revision for script in scripts.walk_revisions()}


FORMER = "0028"  # the last migration of the former version (docs/release.md)
Columns = dict[tuple[str, str], Any]


@dataclass
class Upgraded:
    """A new database brought to the former version, then to the present one, and its columns at each of the two."""

    app: Flask
    former: Columns
    present: Columns


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], str]) -> Iterator[Upgraded]:
    """Once for this file, which one process runs (tests/scheduling.py)."""
    app = create_app(make_settings(tmp_path_factory.mktemp("upgraded"), new_database()))
    with app.app_context():
        assert present_schema() is None
        db.session.rollback()
        upgrade(MIGRATIONS, revision=FORMER)
        former = all_columns()
        upgrade(MIGRATIONS)
        yield Upgraded(app, former, all_columns())
        db.engine.dispose()


@pytest.fixture
def house(upgraded: Upgraded) -> Iterator[Flask]:
    """At the newest migration and without a row, wherever the test before left it."""
    from tests.databases import empty_all_tables  # a plugin: importing it earlier would spoil its assertions

    if present_schema() != newest_schema():
        db.session.rollback()
        upgrade(MIGRATIONS)
    db.session.rollback()
    empty_all_tables(db.engine, db.metadata)
    yield upgraded.app
    db.session.remove()


def tables() -> set[str]:
    """Those of the database as it is."""
    return set(inspect(db.engine).get_table_names())


def test_up_down_and_up_again(house: Flask) -> None:
    made = tables()
    assert made - {"alembic_version"} == set(db.metadata.tables)
    downgrade(MIGRATIONS, revision="base")
    assert tables() <= {"alembic_version"}
    upgrade(MIGRATIONS)
    assert tables() == made
    assert present_schema() == newest_schema()


def test_the_migrations_make_what_the_models_say(house: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_a_collective_that_has_met_goes_through_the_migrations_unharmed(house: Flask) -> None:
    world.build()
    db.session.commit()
    db.session.remove()
    before = counts()
    downgrade(MIGRATIONS, revision="0001")
    upgrade(MIGRATIONS)
    assert counts() == before
    assert db.session.scalars(select(SheetVersion.reason).distinct()).all() == ["proposed"]


def test_the_former_version_works_on_the_present_tables(upgraded: Upgraded) -> None:
    """While machines are upgraded one after the other: all that it reads is there, and nothing new must be written.

    What a migration takes away, or has to be given, waits for the version after.
    """
    former, present = upgraded.former, upgraded.present
    both, gone = former.keys() & present.keys(), former.keys() - present.keys()
    changed = {place for place in both if str(former[place]["type"]) != str(present[place]["type"])}
    tables = {table for table, _column in former}
    owed = {place for place in present.keys() - former if place[0] in tables and must_be_given(present[place])}
    closed = {place for place in both if former[place]["nullable"] and not present[place]["nullable"]}
    assert (gone, changed, owed, closed) == (set(), set(), set(), set())


def all_columns() -> Columns:
    """Every column of the database as it is, by table and name."""
    found = inspect(db.engine)
    tables = set(found.get_table_names()) - {"alembic_version"}
    return {(table, each["name"]): each for table in tables for each in found.get_columns(table)}


def must_be_given(column: Any) -> bool:
    """Whether a row that does not name this column is refused."""
    return not column["nullable"] and column["default"] is None


def counts() -> dict[str, int]:
    """How many rows each table of the first season holds."""
    first = {"users", "collectives", "memberships", "meetings", "meeting_events", "sheet_versions", "pilotships"}
    with db.engine.connect() as connection:
        tables = {name: db.metadata.tables[name] for name in first}
        numbers = {name: connection.scalar(select(func.count()).select_from(it)) for name, it in tables.items()}
    return {name: number or 0 for name, number in numbers.items()}
