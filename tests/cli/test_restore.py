"""A drill: last night's copies restore, open, and bring back nothing that has perished; on both databases."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import inspect, select, text, update

from collectifs import create_app
from collectifs.across.queries.perished import needed_keys
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import Deployment
from collectifs.kernel.queries.deployment import get_deployment
from tests import factories, world
from tests.conftest import make_settings


class Nights:
    """An installation, and the two disks to which each night copies it."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.a, self.b = app, folder / "a", folder / "b"
        self.data = Path(app.extensions["settings"].data)
        self.number = 0

    def run(self, *arguments: str | Path) -> Result:
        return self.app.test_cli_runner().invoke(args=[*map(str, arguments)])

    def save_database(self) -> Path:
        self.number += 1
        copy = self.a / f"night-{self.number}.copy"
        assert self.run("backup", "--database", copy).exit_code == 0
        return copy

    def save_keys(self) -> None:
        assert self.run("backup", "--keys", self.b).exit_code == 0

    def night(self) -> None:
        self.save_database()
        self.save_keys()

    def drill(self, database: Path | None = None, keys: Path | None = None) -> Result:
        return self.run("restore", "--drill", "--database", database or self.a, "--keys", keys or self.b)

    def refused(self, word: str, **places: Path) -> None:
        """It fails and says why, on the screen and in its line; nothing is left behind, nothing counts as drilled."""
        result = self.drill(**places)
        assert result.exit_code == 1, result.output
        assert word in result.output
        assert word in self.lines()[-1]
        assert "à voir" in self.lines()[-1]
        assert self.drilled_at() is None
        assert not self.leftovers()

    def lines(self) -> list[str]:
        return (self.data / "drills.log").read_text(encoding="utf-8").splitlines()

    def drilled_at(self) -> object:
        db.session.rollback()
        return db.session.scalars(select(Deployment.drilled_at)).one()

    def leftovers(self) -> list[str]:
        """Scratch places that are still there."""
        found = [str(path) for path in self.data.glob("drill-*")]
        if db.engine.dialect.name == "postgresql":
            names = "SELECT datname FROM pg_database WHERE datname = current_database() || '_drill'"
            found += db.session.scalars(text(names))
        db.session.rollback()
        return found


@pytest.fixture
def nights(app: Flask, tmp_path: Path) -> Iterator[Nights]:
    vault = app.extensions["vault"]
    for key_id in vault.key_ids():  # of the tests before
        vault.destroy_key(key_id)
    found = Nights(app, tmp_path)
    yield found
    (found.data / "drills.log").unlink(missing_ok=True)


def test_copies_that_hold_are_counted_opened_and_dated(nights: Nights) -> None:
    world.build()
    db.session.commit()
    nights.night()
    people = db.session.execute(text("SELECT count(*) FROM users")).scalar()
    result = nights.drill()
    assert result.exit_code == 0, result.output
    assert "sortes de textes ouvertes ; ce qui a péri ne s’ouvre pas" in result.output
    assert f" {len(needed_keys())} clés" in result.output, "those of the texts that live, and no other"
    assert int(result.output.partition(" sortes")[0].split()[-1]) >= 10
    assert nights.lines() == [f"2027-01-13 12:50 UTC  bien    {result.output.strip().rstrip('.')}"]
    assert nights.drilled_at() == clock.now()
    assert not nights.leftovers()
    assert db.session.execute(text("SELECT count(*) FROM users")).scalar() == people


def test_the_newest_of_a_folder_is_taken_and_what_a_killed_drill_left_is_removed(nights: Nights) -> None:
    nights.night()
    (nights.data / "drill-left").mkdir()
    (nights.data / "drill-left" / "collectifs.db").write_bytes(b"half")
    nights.night()
    result = nights.drill()
    assert result.exit_code == 0, result.output
    assert result.output.startswith("night-2.copy")
    assert not nights.leftovers()


def test_a_copy_of_the_keys_that_kept_what_was_destroyed_is_found(nights: Nights) -> None:
    nights.night()
    kept = {path.name: path.read_bytes() for path in nights.b.iterdir()}
    nights.night()
    assert nights.drill().exit_code == 0
    db.session.execute(text("UPDATE deployments SET drilled_at = NULL"))
    db.session.commit()
    for name, content in kept.items():
        (nights.b / name).write_bytes(content)
    nights.refused("un texte détruit s’ouvre encore")


def test_a_copy_of_the_keys_older_than_that_of_the_database_is_found(nights: Nights) -> None:
    nights.night()
    nights.save_database()
    nights.refused("le texte d’épreuve vivant ne s’ouvre pas")


def test_a_copy_of_the_keys_that_lacks_a_living_one_is_found_and_one_that_was_destroyed_since_is_not(
    nights: Nights,
) -> None:
    collective = factories.collective(pilot=factories.user("Hélène"))
    kept, gone = (factories.meeting(collective, number=number).key_id for number in (1, 2))
    db.session.commit()
    nights.save_database()
    nights.app.extensions["vault"].destroy_key(gone)
    nights.save_keys()
    assert nights.drill().exit_code == 0
    db.session.execute(text("UPDATE deployments SET drilled_at = NULL"))
    db.session.commit()
    (nights.b / f"{kept}.key").unlink()
    nights.refused("n’a pas 1 clés vivantes")


def test_a_text_that_was_altered_is_named_by_its_column(nights: Nights) -> None:
    story = factories.situation(factories.collective(), factories.user(), story="Trois semaines.")
    db.session.flush()
    db.session.execute(text("UPDATE situations SET title = story"))
    db.session.commit()
    assert story.id
    nights.night()
    nights.refused("Situation.title")


def test_another_folder_in_place_of_the_keys_is_refused(nights: Nights, tmp_path: Path) -> None:
    nights.night()
    (tmp_path / "empty").mkdir()
    nights.refused("n’a pas son témoin", keys=tmp_path / "empty")


def test_a_copy_that_was_cut_is_refused(nights: Nights) -> None:
    world.build()
    db.session.commit()
    nights.night()
    copy = nights.a / "night-1.copy"
    copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    nights.refused("night-1.copy")


def test_a_copy_without_anybody_is_no_copy_of_an_installation_with_people(nights: Nights) -> None:
    nights.night()
    factories.user("Camille")
    db.session.commit()
    nights.refused("la copie de la base est vide")


def test_a_copy_of_more_than_a_week_ago_is_not_last_night_s(nights: Nights, moment: time_machine.Traveller) -> None:
    nights.night()
    moment.shift(timedelta(days=8))
    nights.refused("cette copie est du 2027-01-13")


def test_without_a_copy_or_without_the_word_drill_nothing_is_restored(nights: Nights, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert "Aucune copie" in nights.drill(tmp_path / "none", tmp_path).output
    result = nights.run("restore", "--database", tmp_path, "--keys", tmp_path)
    assert result.exit_code == 2
    assert "docs/running.md" in result.output


def test_check_counts_thirty_days_since_the_last_drill(nights: Nights, moment: time_machine.Traveller) -> None:
    def told() -> str:
        lines = nights.run("check").output.splitlines()
        return next(line for line in lines if line[8:].startswith("reprise"))

    assert told() == "bien    reprise : dernier exercice jamais"
    moment.shift(timedelta(days=31))
    assert told().startswith("à voir  reprise : dernier exercice jamais : plus de trente jours")
    nights.night()
    assert nights.drill().exit_code == 0
    assert told() == "bien    reprise : dernier exercice il y a 0 jours (le 2027-02-13)"
    moment.shift(timedelta(days=31))
    assert "il y a 31 jours (le 2027-02-13) : plus de trente jours ; flask restore --drill" in told()


def test_a_copy_of_the_version_before_is_brought_to_the_present_tables(
    tmp_path: Path, empty_database_url: str, moment: time_machine.Traveller
) -> None:
    """Made before an upgrade, restored after it: what it lacks is said by name, not by a missing column."""
    app = create_app(make_settings(tmp_path, empty_database_url))
    with app.app_context():
        upgrade(revision="0032")
        nights = Nights(app, tmp_path)
        copy = nights.a / "before.copy"
        assert "Sans texte d’épreuve" in nights.run("backup", "--database", copy).output
        key = app.extensions["vault"].make_key()
        assert nights.run("backup", "--keys", nights.b).exit_code == 0
        assert key in {path.stem for path in nights.b.glob("*.key")}
        upgrade()
        nights.refused("cette copie ne porte pas de texte d’épreuve")
        assert "proof" in {column["name"] for column in inspect(db.engine).get_columns("deployments")}
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("times", [1, 2])
def test_whoever_was_killed_before_the_key_was_destroyed_destroys_it_the_next_time(
    nights: Nights, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    vault = nights.app.extensions["vault"]
    destroy: Callable[[str], None] = vault.destroy_key

    def killed(_key_id: str) -> None:
        raise KeyboardInterrupt

    for number in range(times):
        monkeypatch.setattr(vault, "destroy_key", killed if number == 0 else destroy)
        nights.run("backup", "--database", nights.a / f"killed-{number}.copy")
    monkeypatch.undo()
    nights.night()
    assert nights.drill().exit_code == 0
    assert len(vault.key_ids() - needed_keys()) == 1, "that of the text that lives, and none that was forgotten"


def test_a_worker_that_notes_its_round_meanwhile_takes_away_neither_the_text_of_proof_nor_the_drill_s_day(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL two writers of one row met; on SQLite the second one waits."""

    def read_and_overtaken() -> Deployment | None:
        found = get_deployment()
        if db.engine.dialect.name == "postgresql":
            with db.engine.begin() as worker:
                worker.execute(update(Deployment).values(tidied_at=clock.now()))
        return found

    monkeypatch.setattr(import_module("collectifs.cli.backup"), "get_deployment", read_and_overtaken)
    monkeypatch.setattr(import_module("collectifs.cli.restore"), "get_deployment", read_and_overtaken)
    nights.night()
    nights.night()
    assert nights.drill().exit_code == 0
    assert nights.drilled_at() == clock.now()
