"""Epochs on other machines, and in the copies of a week; on both databases."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from collectifs.cli.rotating import turn_epoch
from collectifs.kernel.extensions import db
from collectifs.kernel.models import DestroyedKey, WrappedKey
from collectifs.kernel.queries.readiness import apart
from collectifs.kernel.vault import KeysAway, Vault, forget_over_epochs
from tests.cli.epochs.installation import MASTER, House


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
