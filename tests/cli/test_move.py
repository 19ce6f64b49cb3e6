"""From the file to another database: the same rows on both sides, from wherever it was interrupted."""

import base64
import importlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import Result
from flask import Flask, current_app
from sqlalchemy import Connection, Table, text

from collectifs import create_app
from collectifs.kernel import clock
from collectifs.kernel.config import SettingsError, load_settings
from collectifs.kernel.extensions import Base, db
from collectifs.kernel.models import WorkerBreath
from collectifs.kernel.queries.deployment import get_deployment, rows_by_table
from tests import factories, world
from tests.cli.conftest import Make
from tests.conftest import make_settings, make_tables

# The package gives the command this name: the module stands behind it.
module = importlib.import_module("collectifs.cli.move")


@pytest.fixture
def house(make_house: Make, moment: time_machine.Traveller) -> Flask:
    """An installation in a file, with everything in it."""
    app = make_house()
    with app.app_context():
        world.build()
        db.session.commit()
    return app


@pytest.fixture
def tables_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """There, the tables are made as the migrations leave them, without going through each: one test does."""
    monkeypatch.setattr(module, "upgrade_tables", lambda: make_tables(current_app))


def move(app: Flask, url: str) -> Result:
    return app.test_cli_runner().invoke(args=["move", "--to", url])


def there(house: Flask, url: str) -> Flask:
    """The same installation, on the new database."""
    settings = house.extensions["settings"]
    return create_app(make_settings(settings.data, url, keys_dir=settings.keys_dir))


def counts(app: Flask) -> dict[str, int]:
    with app.app_context():
        try:
            return rows_by_table()
        finally:
            db.session.remove()
            db.engine.dispose()


def test_every_row_is_there_and_every_kind_of_text_opens(house: Flask, empty_database_url: str) -> None:
    before = counts(house)
    result = move(house, empty_database_url)
    assert result.exit_code == 0, result.output
    assert f"{sum(before.values())} lignes dans {len(before)} tables, les mêmes des deux côtés" in result.output
    assert int(result.output.partition(" sortes")[0].split()[-1]) >= 10
    new = there(house, empty_database_url)
    assert "bien    textes" in new.test_cli_runner().invoke(args=["check"]).output
    assert counts(new) == before == counts(house)
    with new.app_context():
        factories.user("Nouvelle")  # it is written to as any other
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


@pytest.mark.usefixtures("tables_at_once")
def test_interrupted_at_any_table_it_goes_on_from_there_with_what_was_written_since(
    house: Flask, empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, copied = module._copy, []

    def killed(source: Connection, target: Connection, table: Table) -> None:
        if table.name == "meeting_events":
            usual(source, target, table)
            raise KeyboardInterrupt  # its rows were sent, and are not kept
        usual(source, target, table)

    monkeypatch.setattr(module, "_copy", killed)
    assert move(house, empty_database_url).exit_code == 1
    assert not house.extensions["settings"].moved_mark.exists()
    with house.app_context():
        db.session.rollback()
        db.session.execute(text("UPDATE collectives SET name = 'Les Ormes'"))  # the service went on for a while
        db.session.commit()
    monkeypatch.setattr(module, "_copy", lambda *given: copied.append(given[2].name) or usual(*given))
    result = move(house, empty_database_url)
    assert result.exit_code == 0, result.output
    order = [table.name for table in Base.metadata.sorted_tables]
    assert copied == order[order.index("collectives") :], "what is the same is left as it is"
    assert counts(there(house, empty_database_url)) == counts(house)
    copied.clear()
    assert move(house, empty_database_url).exit_code == 0
    assert copied == [], "done twice, nothing more happens"


@pytest.mark.usefixtures("tables_at_once")
def test_a_row_that_did_not_arrive_as_it_was_is_named(
    house: Flask, empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = module._copy

    def loses(source: Connection, target: Connection, table: Table) -> None:
        usual(source, target, table)
        if table.name == "situations":
            target.execute(table.update().values(withdrawn_at=clock.now()))

    monkeypatch.setattr(module, "_copy", loses)
    result = move(house, empty_database_url)
    assert result.exit_code == 1
    assert "pas les mêmes lignes des deux côtés : situations" in result.output
    assert not house.extensions["settings"].moved_mark.exists()


@pytest.mark.usefixtures("tables_at_once")
def test_a_database_that_has_served_since_is_never_filled_again(house: Flask, empty_database_url: str) -> None:
    assert move(house, empty_database_url).exit_code == 0
    new = there(house, empty_database_url)
    with new.app_context():
        found = get_deployment()
        assert found is not None
        found.tidied_at = clock.now()
        kept = factories.user("Écrite là-bas").id
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    result = move(house, empty_database_url)
    assert result.exit_code == 1
    assert "a déjà servi" in result.output
    with new.app_context():
        assert db.session.execute(text("SELECT count(*) FROM users WHERE given_name = 'Écrite là-bas'")).scalar() == 1
        assert kept
        db.session.remove()
        db.engine.dispose()


@pytest.mark.usefixtures("tables_at_once")
def test_the_database_of_another_installation_is_refused(house: Flask, empty_database_url: str, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = create_app(make_settings(tmp_path / "other", empty_database_url))
    with other.app_context():
        make_tables(other)
    assert counts(other)["deployments"] == 1
    result = move(house, empty_database_url)
    assert result.exit_code == 1
    assert "autre installation" in result.output


def test_while_a_worker_breathes_nothing_moves(house: Flask, empty_database_url: str) -> None:
    with house.app_context():
        db.session.add(WorkerBreath(worker="machine-a/1", breathed_at=clock.now() - timedelta(seconds=20)))
        db.session.commit()
    result = move(house, empty_database_url)
    assert result.exit_code == 1
    assert "un worker respire encore" in result.output


@pytest.mark.parametrize(("url", "word"), [("nonsense", "de la forme"), ("postgresql://u@127.0.0.1:1/d", "Interrompu")])
def test_an_address_that_is_none_or_does_not_answer_is_said(house: Flask, url: str, word: str) -> None:
    result = move(house, url)
    assert result.exit_code == 1
    assert word in result.output
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("tables_at_once")
def test_once_it_has_moved_the_file_is_not_written_to_by_mistake(
    house: Flask, empty_database_url: str, tmp_path: Path
) -> None:
    assert move(house, empty_database_url).exit_code == 0
    key = base64.urlsafe_b64encode(b"k" * 32).decode()
    env = {"COLLECTIFS_DATA": str(tmp_path / "data"), "MASTER_KEY": key, "SECRET_KEY": "s"}
    with pytest.raises(SettingsError, match="DATABASE_URL manque"):
        load_settings(env)
    assert load_settings(env | {"DATABASE_URL": "postgresql+psycopg://u@127.0.0.1/d"})
    (tmp_path / "data" / "moved").unlink()
    assert load_settings(env)


def test_a_row_that_names_another_of_its_table_comes_after_it() -> None:
    rows: list[dict[str, Any]] = [{"id": "c", "up": "b"}, {"id": "a", "up": None}, {"id": "b", "up": "a"}]
    assert [row["id"] for row in module.parents_first(rows, "up")] == ["a", "b", "c"]
    with pytest.raises(module.Stopped):
        list(module.parents_first([{"id": "a", "up": "b"}, {"id": "b", "up": "a"}], "up"))


def test_the_same_rows_have_the_same_digest_in_whatever_order_and_no_others() -> None:
    one, other = {"a": 1, "b": None}, {"b": "x", "a": 2}
    assert module.digest([one, other]) == module.digest([other, one])
    assert module.digest([one]) != module.digest([one | {"b": ""}])
    assert module.digest([one])[0] == 1
