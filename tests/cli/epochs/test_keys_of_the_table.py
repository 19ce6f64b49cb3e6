"""Keys in the table seal, open and perish as those of the folder, and move between the two; on both databases."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from collectifs.cli.moving_keys import keys_to_folder, keys_to_table
from collectifs.kernel.extensions import db
from collectifs.kernel.models import WrappedKey
from collectifs.kernel.queries.deployment import deployment_id
from collectifs.kernel.vault import KeysAway, Perished, Tampered, Vault
from tests.cli.epochs.installation import MASTER, House, Killed, dying_after


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


def test_what_is_not_where_the_settings_say_is_told_before_anything_is_lost(house: House, tmp_path: Path) -> None:
    house.sealed()
    with pytest.raises(KeysAway, match="KEYS=table"):
        Vault(house.keys, MASTER).check(house.vault.witness.deployment())
    shutil.rmtree(house.keys / "epochs")
    with pytest.raises(KeysAway, match="flask keys move --to table"):
        house.vault.check(house.vault.witness.deployment())


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
