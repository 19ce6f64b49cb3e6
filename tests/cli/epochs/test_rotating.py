"""A rotation puts another epoch over the keys of the table, whatever instruction it is killed at; on both databases."""

import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from collectifs.cli.rotating import turn_epoch
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import KeyEpoch, WrappedKey
from collectifs.kernel.queries.deployment import rotated_at
from collectifs.kernel.vault import KeysAway, Perished, Vault
from tests.cli.epochs.installation import MASTER, House, Killed, dying_after
from tests.conftest import NOW


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


def test_a_rotation_of_two_nights_ago_fails_the_check(house: House, moment: time_machine.Traveller) -> None:
    house.sealed()
    assert rotated_at() == NOW == clock.now()
    assert "bien    époques : dernière rotation il y a 0 jours" in house.run("check").output
    moment.shift(timedelta(days=3))
    assert "à voir  époques : dernière rotation il y a 3 jours" in house.run("check").output
