"""Migrations go up, come down, and make the tables that the models describe."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select

from collectifs import create_app
from collectifs.kernel.extensions import db
from collectifs.sheets.models import SheetVersion
from tests import world
from tests.conftest import make_settings

MIGRATIONS = str(Path(__file__).parents[1] / "migrations")


def an_app(folder: Path, url: str) -> Flask:
    return create_app(make_settings(folder, url))


def test_up_down_and_up_again(tmp_path: Path, empty_database_url: str) -> None:
    app = an_app(tmp_path, empty_database_url)
    with app.app_context():
        upgrade(MIGRATIONS)
        made = set(inspect(db.engine).get_table_names())
        assert made - {"alembic_version"} == set(db.metadata.tables)
        downgrade(MIGRATIONS, revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade(MIGRATIONS)
        assert set(inspect(db.engine).get_table_names()) == made
        db.engine.dispose()


def test_the_migrations_make_what_the_models_say(tmp_path: Path, empty_database_url: str) -> None:
    app = an_app(tmp_path, empty_database_url)
    with app.app_context():
        upgrade(MIGRATIONS)
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, db.metadata) == []
        db.engine.dispose()


def test_a_collective_that_has_met_goes_through_the_migrations_unharmed(
    tmp_path: Path, empty_database_url: str
) -> None:
    app = an_app(tmp_path, empty_database_url)
    with app.app_context():
        upgrade(MIGRATIONS)
        world.build()
        db.session.commit()
        db.session.remove()
        before = counts()
        downgrade(MIGRATIONS, revision="0001")
        upgrade(MIGRATIONS)
        assert counts() == before
        assert db.session.scalars(select(SheetVersion.reason).distinct()).all() == ["proposed"]
        db.session.remove()
        db.engine.dispose()


def counts() -> dict[str, int]:
    """How many rows each table of the first season holds."""
    first = {"users", "collectives", "memberships", "meetings", "meeting_events", "sheet_versions", "pilotships"}
    with db.engine.connect() as connection:
        tables = {name: db.metadata.tables[name] for name in first}
        numbers = {name: connection.scalar(select(func.count()).select_from(it)) for name, it in tables.items()}
    return {name: number or 0 for name, number in numbers.items()}
