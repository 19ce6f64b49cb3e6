"""Backups: the database in one place, the keys in another; what was erased leaves both."""

import importlib
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from collectifs.kernel import vault
from collectifs.kernel.extensions import db
from tests import factories

# The package gives the command this name: the module stands behind it.
module = importlib.import_module("collectifs.cli.backup")


def backup(app: Flask, *arguments: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=["backup", *map(str, arguments)])


def test_the_copy_of_the_database_opens_and_only_its_owner_reads_it(app: Flask, base: str, tmp_path: Path) -> None:
    factories.user("Camille", "Delorme")
    db.session.commit()
    copy = tmp_path / "new" / "copy.db"
    result = backup(app, "--database", copy)
    assert result.exit_code == 0, result.output
    assert copy.stat().st_mode & 0o777 == 0o600
    assert names_in(copy, base) == ["Delorme"]


def names_in(copy: Path, base: str) -> list[str]:
    if base == "sqlite":
        with sqlite3.connect(copy) as connection:
            return [name for (name,) in connection.execute("SELECT family_name FROM users")]
    restore = shutil.which("pg_restore")
    assert restore
    told = subprocess.run(
        [restore, "--data-only", "--table=users", "--file=-", copy], check=True, capture_output=True, text=True
    )
    return [name for name in ("Delorme",) if name in told.stdout]


def test_a_file_that_exists_is_never_overwritten(app: Flask, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("yesterday")
    result = backup(app, "--database", copy)
    assert result.exit_code == 1
    assert "existe déjà" in result.output
    assert copy.read_text() == "yesterday"


def test_a_copy_that_fails_leaves_no_empty_file(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_target: Path) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(module, "_copy_sqlite", fail)
    monkeypatch.setattr(module, "_dump_postgresql", fail)
    assert backup(app, "--database", tmp_path / "copy.db").exit_code == 1
    assert not (tmp_path / "copy.db").exists()


def test_the_copy_of_the_keys_opens_what_lives_and_drops_what_was_destroyed(app: Flask, tmp_path: Path) -> None:
    kept, gone = vault.make_key(), vault.make_key()
    copies = tmp_path / "keys"
    assert backup(app, "--keys", copies).exit_code == 0
    held = (copies / f"{gone}.key").open("rb")  # whoever holds it open sees what becomes of its bytes
    before = held.read()
    vault.destroy_key(gone)
    result = backup(app, "--keys", copies)
    assert result.exit_code == 0, result.output
    names = {path.stem for path in copies.glob("*.key")}
    assert kept in names
    assert gone not in names
    held.seek(0)
    assert held.read() != before
    held.close()
    assert f"Clés : {len(names)}" in result.output
    assert copies.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in copies.iterdir()} == {0o600}
    live = app.extensions["settings"].keys_dir / f"{kept}.key"
    assert (copies / f"{kept}.key").read_bytes() == live.read_bytes()


def test_a_copy_of_the_keys_holds_no_master_key(app: Flask, tmp_path: Path) -> None:
    vault.make_key()
    backup(app, "--keys", tmp_path / "keys")
    master = app.extensions["settings"].master_key
    assert all(master not in path.read_bytes() for path in (tmp_path / "keys").iterdir())


def test_the_two_are_saved_apart(app: Flask, tmp_path: Path) -> None:
    assert backup(app).exit_code == 2
    together = backup(app, "--keys", tmp_path / "both", "--database", tmp_path / "both" / "copy.db")
    assert together.exit_code == 2
    assert "endroits différents" in together.output
    assert not (tmp_path / "both").exists()


def test_the_folder_of_the_keys_is_no_backup_of_itself(app: Flask) -> None:
    key = vault.make_key()
    result = backup(app, "--keys", os.path.relpath(app.extensions["settings"].keys_dir))
    assert result.exit_code == 2
    assert key in app.extensions["vault"].key_ids()


def test_a_password_never_stands_on_the_command_line(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, object] = {}

    def run(command: list[str], *, env: dict[str, str], **_options: object) -> None:
        seen.update(command=" ".join(map(str, command)), secret=env.get("PGPASSWORD"))

    monkeypatch.setattr(subprocess, "run", run)
    url = db.engine.url.set(drivername="postgresql+psycopg", username="tutor", password="s3cret", host="h")
    monkeypatch.setattr(type(db), "engine", property(lambda _db: type("Engine", (), {"url": url})))
    module._dump_postgresql(tmp_path / "dump")
    assert seen["secret"] == "s3cret"
    assert "s3cret" not in str(seen["command"])
    assert "tutor@h" in str(seen["command"])


def test_an_empty_folder_in_place_of_the_keys_leaves_the_copy_untouched(app: Flask, tmp_path: Path) -> None:
    """A disk that is not mounted, or a line of cron without KEYS_DIR."""
    kept = [vault.make_key() for _ in range(3)]
    copies = tmp_path / "keys"
    assert backup(app, "--keys", copies).exit_code == 0
    folder: Path = app.extensions["settings"].keys_dir
    folder.rename(folder.with_name("disk"))
    for empty in (False, True):
        if empty:
            folder.mkdir()
        for told in ((), ("--even-so",)):
            result = backup(app, "--keys", copies, *told)
            assert result.exit_code == 1
            assert "Rien n’a été touché" in result.output
    shutil.rmtree(folder)
    folder.with_name("disk").rename(folder)
    assert {path.stem for path in copies.glob("*.key")} >= set(kept)


def test_the_copy_carries_the_witness_and_another_installation_s_copy_is_refused(app: Flask, tmp_path: Path) -> None:
    vault.make_key()
    copies = tmp_path / "keys"
    assert backup(app, "--keys", copies).exit_code == 0
    assert (copies / "witness").read_bytes() == app.extensions["vault"].witness.path.read_bytes()
    settings = app.extensions["settings"]
    other = vault.Vault(tmp_path / "other", settings.master_key)
    other.found()
    other.make_key()
    before = {path.name: path.read_bytes() for path in (tmp_path / "other").iterdir()}
    result = backup(app, "--keys", tmp_path / "other")
    assert result.exit_code == 1
    assert "autre installation" in result.output
    assert {path.name: path.read_bytes() for path in (tmp_path / "other").iterdir()} == before


def test_a_copy_that_would_lose_most_of_its_keys_asks_first(app: Flask, tmp_path: Path) -> None:
    for key_id in vault.key_ids():
        vault.destroy_key(key_id)
    keys = [vault.make_key() for _ in range(5)]
    copies = tmp_path / "keys"
    assert backup(app, "--keys", copies).exit_code == 0
    for key_id in keys[:3]:
        vault.destroy_key(key_id)
    result = backup(app, "--keys", copies)
    assert result.exit_code == 1
    assert "3 des 5 clés" in result.output
    assert len(list(copies.glob("*.key"))) == 5
    assert backup(app, "--keys", copies, "--even-so").exit_code == 0
    assert len(list(copies.glob("*.key"))) == 2


def test_no_key_at_all_asks_first(app: Flask, tmp_path: Path) -> None:
    for key_id in vault.key_ids():
        vault.destroy_key(key_id)
    result = backup(app, "--keys", tmp_path / "keys")
    assert result.exit_code == 1
    assert "Aucune clé" in result.output
    assert backup(app, "--keys", tmp_path / "keys", "--even-so").exit_code == 0


def test_two_copies_of_the_database_on_one_day_keep_nobody_from_copying_the_keys(house: Flask, tmp_path: Path) -> None:
    """A new installation has no key but that of the text by which copies are tried."""
    (tmp_path / "base").mkdir()
    assert backup(house, "--database", tmp_path / "base" / "1.copy").exit_code == 0
    assert backup(house, "--keys", tmp_path / "keys").exit_code == 0
    for number in (2, 3):
        assert backup(house, "--database", tmp_path / "base" / f"{number}.copy").exit_code == 0
    assert backup(house, "--keys", tmp_path / "keys").exit_code == 0


def test_a_key_that_a_text_needs_and_that_is_only_in_the_copy_is_not_erased_there(house: Flask, tmp_path: Path) -> None:
    """A file was lost: the copy is what it can be taken from, though the others are all there."""
    with house.app_context():
        collective = factories.collective(pilot=factories.user("Hélène"))
        lost, *_others = [factories.meeting(collective, number=number).key_id for number in range(1, 6)]
        db.session.commit()
    assert backup(house, "--keys", tmp_path / "keys").exit_code == 0
    (house.extensions["settings"].keys_dir / f"{lost}.key").unlink()
    refused = backup(house, "--keys", tmp_path / "keys")
    assert refused.exit_code == 1
    assert "clés que la base attend ne sont plus que dans" in refused.output
    assert (tmp_path / "keys" / f"{lost}.key").exists()
    assert backup(house, "--keys", tmp_path / "keys", "--even-so").exit_code == 0
    assert not (tmp_path / "keys" / f"{lost}.key").exists()
