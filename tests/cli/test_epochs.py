"""Keys in the table: under epochs that a rotation replaces, whatever instruction it is killed at; on both databases."""

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from cryptography.exceptions import InvalidTag
from flask import Flask
from sqlalchemy import select

from collectifs.cli.moving_keys import keys_to_folder, keys_to_table
from collectifs.cli.rotating import turn_epoch
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import DestroyedKey, KeyEpoch, WrappedKey
from collectifs.kernel.queries.deployment import deployment_id, rotated_at
from collectifs.kernel.queries.readiness import apart
from collectifs.kernel.vault import KeysAway, Perished, Tampered, Vault, forget_over_epochs, vault_of
from tests.conftest import NOW

MASTER = b"k" * 32


class House:
    """An installation whose keys are in the table; its vault is made anew to be another process."""

    def __init__(self, app: Flask, keys: Path, *, keys_in: str = "table") -> None:
        self.app, self.keys = app, keys
        usual = app.extensions["settings"]
        app.extensions["settings"] = replace(usual, keys_in=keys_in, keys_dir=keys, master_key=MASTER)
        self.vault.found(deployment=deployment_id())
        db.session.rollback()

    @property
    def vault(self) -> Vault:
        """As a process that has just begun has it; the application's own from now on."""
        self.app.extensions["vault"] = vault_of(self.app.extensions["settings"])
        return self.app.extensions["vault"]

    def sealed(self, number: int = 1) -> dict[str, bytes]:
        """So many texts, each under a key of its own."""
        vault = self.vault
        made = {vault.make_key() for _ in range(number)}
        texts = {key_id: vault.seal("mot", key_id, "ici") for key_id in made}
        db.session.commit()
        return texts

    def opens(self, texts: dict[str, bytes]) -> bool:
        vault = self.vault
        try:
            return all(vault.open_sealed(sealed, key_id, "ici") == "mot" for key_id, sealed in texts.items())
        finally:
            db.session.rollback()

    def run(self, *arguments: str | Path) -> Result:
        return self.app.test_cli_runner().invoke(args=[*map(str, arguments)])

    def epochs(self) -> list[str]:
        return sorted(path.name for path in (self.keys / "epochs").iterdir())


@pytest.fixture
def house(app: Flask, tmp_path: Path) -> Iterator[House]:
    usual = app.extensions["settings"], app.extensions["vault"]
    yield House(app, tmp_path / "keys")
    (usual[0].data / "drills.log").unlink(missing_ok=True)
    app.extensions["settings"], app.extensions["vault"] = usual


def test_a_key_of_the_table_seals_opens_and_perishes_and_the_folder_holds_two_small_files(house: House) -> None:
    texts = house.sealed(3)
    assert house.opens(texts)
    assert sorted(path.name for path in house.keys.iterdir()) == ["epochs", "witness"]
    assert house.epochs() == ["1.epoch"]
    gone = min(texts)
    house.vault.destroy_key(gone)
    house.vault.destroy_key(gone)
    db.session.commit()
    with pytest.raises(Perished):
        house.vault.open_sealed(texts[gone], gone, "ici")
    with pytest.raises(Tampered):
        house.vault.open_sealed(texts[gone], max(texts), "ici")
    assert house.vault.key_ids() == set(texts) - {gone}


def test_a_key_made_in_a_transaction_that_is_taken_back_never_was(house: House) -> None:
    house.sealed()
    key_id = house.vault.make_key()
    db.session.rollback()
    assert not house.vault.has_key(key_id)


def test_a_process_that_holds_a_key_in_memory_gives_it_up_within_seconds_of_another_s_destroying_it(
    house: House, moment: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    [(key_id, sealed)] = house.sealed().items()
    ticks = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: ticks[0])
    here = house.vault
    assert here.open_sealed(sealed, key_id, "ici") == "mot"
    house.vault.destroy_key(key_id)
    db.session.commit()
    ticks[0] += 6
    with pytest.raises(Perished):
        here.open_sealed(sealed, key_id, "ici")


def test_after_a_rotation_a_perished_text_opens_from_no_copy_of_the_database_with_the_epochs_that_are_left(
    house: House, tmp_path: Path
) -> None:
    """The row of the destroyed key is what the database's log, or last night's copy, still says of it."""
    texts = house.sealed(2)
    gone = min(texts)
    logged = {name: getattr(db.session.get(WrappedKey, gone), name) for name in ("key_id", "epoch", "wrapped")}
    shutil.copytree(house.keys, tmp_path / "before")
    house.vault.destroy_key(gone)
    db.session.commit()
    told = house.run("keys", "rotate")
    assert told.exit_code == 0, told.output
    assert "1 clés sous l’époque 2 ; 1 époque(s) détruite(s)" in told.output
    assert house.epochs() == ["2.epoch"]
    assert house.opens({max(texts): texts[max(texts)]})
    db.session.add(WrappedKey(**logged))
    db.session.commit()
    with pytest.raises(KeysAway, match="époque 1"):
        house.vault.open_sealed(texts[gone], gone, "ici")
    table = house.vault.table
    with pytest.raises(InvalidTag):
        table.files.unwrap(2, logged["wrapped"], gone)
    stolen = Vault(tmp_path / "before", MASTER, keys_in="table")
    assert stolen.open_sealed(texts[gone], gone, "ici") == "mot"  # why the former file has to go


def test_the_file_of_an_epoch_is_overwritten_before_it_is_unlinked(house: House, tmp_path: Path) -> None:
    house.sealed()
    (tmp_path / "twin").hardlink_to(house.keys / "epochs" / "1.epoch")
    before = (tmp_path / "twin").read_bytes()
    turn_epoch(house.vault.table)
    assert len(before) == len((tmp_path / "twin").read_bytes()) == 60
    assert (tmp_path / "twin").read_bytes() != before


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("point", range(16))
def test_a_rotation_killed_at_any_step_leaves_all_that_lives_and_the_next_one_ends_it(
    house: House, monkeypatch: pytest.MonkeyPatch, point: int
) -> None:
    texts = house.sealed(5)
    steps = dying_after(point, monkeypatch)
    try:
        turn_epoch(house.vault.table)
    except Killed:
        db.session.rollback()
    steps.undo()
    assert house.opens(texts)
    texts |= house.sealed()
    gone = min(texts)
    house.vault.destroy_key(gone)
    db.session.commit()
    turned = turn_epoch(house.vault.table)
    assert house.epochs() == [f"{turned.number}.epoch"]
    assert set(db.session.scalars(select(WrappedKey.epoch))) == {turned.number}
    assert not db.session.scalars(select(KeyEpoch).where(KeyEpoch.settled_at.is_(None))).all()
    assert house.opens({key_id: sealed for key_id, sealed in texts.items() if key_id != gone})
    with pytest.raises(Perished):
        house.vault.open_sealed(texts[gone], gone, "ici")


def dying_after(point: int, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The step of this number, of those that last (on the disk, in the database), kills; two rows at a time."""
    count = [0]
    dying = pytest.MonkeyPatch()

    def step(does):  # type: ignore[no-untyped-def]
        def done(*what, **how):  # type: ignore[no-untyped-def]
            count[0] += 1
            if count[0] > point:
                raise Killed
            return does(*what, **how)

        return done

    dying.setattr("collectifs.cli.rotating.AT_ONCE", 2)
    dying.setattr("collectifs.cli.moving_keys.AT_ONCE", 2)
    for name in ("fsync", "unlink", "replace", "rename", "rmdir"):
        dying.setattr(os, name, step(getattr(os, name)))
    session = type(db.session)
    dying.setattr(session, "commit", step(session.commit))
    return dying


def test_a_key_that_is_being_made_while_a_rotation_begins_is_not_left_behind(house: House, base: str) -> None:
    """Its transaction is not committed yet when the new epoch begins; on SQLite there is no such moment."""
    house.sealed(2)
    if base == "sqlite":
        pytest.skip("whoever writes is alone")
    vault, made, go_on = house.vault, threading.Event(), threading.Event()
    late: list[str] = []

    def make() -> None:
        with house.app.app_context():
            late.append(vault.make_key())
            made.set()
            go_on.wait(20)
            db.session.commit()
            db.session.remove()

    writer = threading.Thread(target=make)
    writer.start()
    assert made.wait(20)
    threading.Timer(0.5, go_on.set).start()
    turned = turn_epoch(vault.table)
    writer.join()
    assert turned.keys == 3
    assert vault.table.ids() >= set(late)
    assert house.vault.table.broken() == set()


def test_another_machine_reads_on_through_a_rotation_and_destroys_its_own_copy_of_the_former_file(
    house: House, tmp_path: Path
) -> None:
    texts = house.sealed(2)
    there = tmp_path / "there"
    assert "Époque 2 prête" in house.run("keys", "rotate", "--prepare").output
    shutil.copytree(house.keys, there)
    other = House(house.app, there)
    assert other.opens(texts)
    turned = turn_epoch(Vault(house.keys, MASTER, keys_in="table").table)
    assert turned.number == 2
    assert other.opens(texts)
    assert other.epochs() == ["1.epoch", "2.epoch"]
    assert forget_over_epochs() == 1  # what its worker does
    assert other.epochs() == ["2.epoch"]
    assert other.opens(texts)


def test_a_machine_with_an_old_epoch_or_without_the_present_one_says_so(
    house: House, moment: time_machine.Traveller, tmp_path: Path, visit
) -> None:
    house.sealed(2)
    shutil.copytree(house.keys, tmp_path / "old")
    turn_epoch(house.vault.table)
    assert apart() == []
    shutil.copy(tmp_path / "old" / "epochs" / "1.epoch", house.keys / "epochs")
    assert apart() == []  # the time that a worker needs
    moment.shift(timedelta(minutes=11))
    assert apart() == ["epoch"]
    assert "1 fichier(s) d’époques finies" in house.run("check").output
    ready = visit(None).client.get("/pret")
    assert (ready.status_code, ready.json["awaits"]) == (503, "epoch")
    late = House(house.app, tmp_path / "old")
    assert apart() == ["KEYS_DIR", "epoch"]
    assert "le fichier de l’époque 2 n’est pas dans" in late.run("check").output
    with pytest.raises(KeysAway, match="époque 2"):
        late.vault.make_key()


def test_what_is_not_where_the_settings_say_is_told_before_anything_is_lost(house: House, tmp_path: Path) -> None:
    house.sealed()
    with pytest.raises(KeysAway, match="KEYS=table"):
        Vault(house.keys, MASTER).check(house.vault.witness.deployment())
    shutil.rmtree(house.keys / "epochs")
    with pytest.raises(KeysAway, match="flask keys move --to table"):
        house.vault.check(house.vault.witness.deployment())


def test_a_key_that_does_not_open_stops_the_rotation_before_anything_is_destroyed(house: House) -> None:
    broken, *_others = sorted(texts := house.sealed(3))
    db.session.get(WrappedKey, broken).wrapped = b"x" * 60
    db.session.commit()
    told = house.run("keys", "rotate")
    assert told.exit_code == 1
    assert "1 clés ne s’ouvrent pas : l’époque d’avant n’est pas détruite" in told.output
    assert house.epochs() == ["1.epoch", "2.epoch"]
    assert house.opens({key_id: sealed for key_id, sealed in texts.items() if key_id != broken})
    assert house.run("keys", "rotate", "--even-so").exit_code == 0
    assert house.epochs() == ["3.epoch"]


def test_another_master_key_goes_with_the_next_epoch_on_each_machine(house: House, tmp_path: Path) -> None:
    texts = house.sealed(2)
    settings = house.app.extensions["settings"]
    shutil.copytree(house.keys, there := tmp_path / "there")
    both = replace(settings, master_key=b"n" * 32, former_master_key=MASTER)
    house.app.extensions["settings"] = both
    assert house.vault.under_former() == 1
    assert house.opens(texts)
    assert house.run("keys", "rotate").exit_code == 0
    house.app.extensions["settings"] = replace(both, keys_dir=there)
    assert house.vault.under_former() == 1
    assert forget_over_epochs() == 1  # the other one's worker
    assert not house.vault.witness.is_under_former()
    house.app.extensions["settings"] = replace(settings, master_key=b"n" * 32)
    assert house.vault.under_former() == 0
    assert house.opens(texts)


@pytest.mark.parametrize("point", [*range(0, 40, 3), 1000])
def test_keys_move_to_the_table_and_back_from_wherever_they_were_interrupted(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: int
) -> None:
    usual = app.extensions["settings"], app.extensions["vault"]
    house = House(app, tmp_path / "keys", keys_in="folder")
    texts = house.sealed(5)
    for place in ("table", "folder", "table"):
        dying = dying_after(point, monkeypatch)
        moving = house.vault
        try:
            keys_to_table(moving, set(texts)) if place == "table" else keys_to_folder(moving)
        except Killed:
            db.session.rollback()
        dying.undo()
        again = keys_to_table(house.vault, set(texts)) if place == "table" else None
        if place == "folder" and ((house.keys / "epochs").exists() or (house.keys / "epochs.going").exists()):
            again = keys_to_folder(house.vault)
        assert again in (None, 5)
        app.extensions["settings"] = replace(app.extensions["settings"], keys_in=place)
        house.vault.check(deployment_id())
        assert house.vault.key_ids() == set(texts)
        assert house.opens(texts)
        assert len(list(house.keys.glob("*.key"))) == (0 if place == "table" else 5)
        assert len(db.session.scalars(select(WrappedKey)).all()) == (5 if place == "table" else 0)
    app.extensions["settings"], app.extensions["vault"] = usual


def test_the_command_that_moves_counts_says_what_comes_next_and_refuses_while_a_worker_breathes(
    app: Flask, tmp_path: Path
) -> None:
    usual = app.extensions["settings"], app.extensions["vault"]
    house = House(app, tmp_path / "keys", keys_in="folder")
    house.sealed(2)
    told = house.run("keys", "move", "--to", "table").output
    assert "2 clés dans la table, les mêmes des deux côtés" in told
    assert "KEYS=table dans les réglages" in told
    app.extensions["settings"], app.extensions["vault"] = usual


def test_copies_hold_the_epochs_of_a_week_and_name_what_a_database_that_comes_back_must_not_keep(
    house: House, moment: time_machine.Traveller, tmp_path: Path
) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    texts = house.sealed(2)
    assert house.run("backup", "--database", a / "1.copy").exit_code == 0
    assert house.run("backup", "--keys", b).exit_code == 0
    assert house.run("restore", "--drill", "--database", a, "--keys", b).exit_code == 0
    gone = min(texts)
    row = {name: getattr(db.session.get(WrappedKey, gone), name) for name in ("key_id", "epoch", "wrapped")}
    house.vault.destroy_key(gone)
    db.session.commit()
    assert house.run("keys", "rotate").exit_code == 0
    told = house.run("backup", "--keys", b).output
    assert "2 époque(s)" in told
    drill = house.run("restore", "--drill", "--database", a, "--keys", b)
    assert drill.exit_code == 0, drill.output  # last night's copy opens by the epoch of last night
    came_back(row)
    assert "1 clés détruites à nouveau" in house.run("keys", "bury", "--from", b).output
    assert not house.vault.has_key(gone)
    moment.shift(timedelta(days=6, minutes=1))
    assert "1 époque(s)" in house.run("backup", "--keys", b).output
    assert sorted(path.name for path in (b / "epochs").iterdir()) == ["2.epoch"]


def came_back(row: dict[str, object]) -> None:
    """A key and what was noted of it, as in a database that was restored."""
    db.session.execute(DestroyedKey.__table__.delete())
    db.session.add(WrappedKey(**row))
    db.session.commit()


def test_a_copy_that_keeps_an_epoch_for_more_than_seven_days_is_found(
    house: House, moment: time_machine.Traveller, tmp_path: Path
) -> None:
    house.sealed()
    a, b = tmp_path / "a", tmp_path / "b"
    assert house.run("backup", "--keys", b).exit_code == 0
    kept = (b / "epochs" / "1.epoch").read_bytes()
    turn_epoch(house.vault.table)
    moment.shift(timedelta(days=8))
    assert house.run("backup", "--database", a / "1.copy", "--keys", b).exit_code == 0
    assert house.run("restore", "--drill", "--database", a, "--keys", b).exit_code == 0
    (b / "epochs" / "1.epoch").write_bytes(kept)
    assert "garde l’époque 1" in house.run("restore", "--drill", "--database", a, "--keys", b).output


def test_a_rotation_of_two_nights_ago_fails_the_check(house: House, moment: time_machine.Traveller) -> None:
    house.sealed()
    assert rotated_at() == NOW == clock.now()
    assert "bien    époques : dernière rotation il y a 0 jours" in house.run("check").output
    moment.shift(timedelta(days=3))
    assert "à voir  époques : dernière rotation il y a 3 jours" in house.run("check").output
