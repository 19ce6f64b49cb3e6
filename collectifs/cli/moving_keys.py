"""`flask keys move --to table|folder`: every key from the folder to the table or back.

They are compared on both sides; nobody makes or destroys a key meanwhile. Until the last step (the folder of the epochs
takes its name, or leaves it) the place that one leaves is the truth, and whatever was already copied is only a copy:
interrupted at any point, the same command goes on. Then what was left is destroyed.
"""

from itertools import islice

from cryptography.exceptions import InvalidTag
from sqlalchemy import delete, insert, update

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import DestroyedKey, KeyEpoch, WrappedKey
from collectifs.kernel.vault import Vault
from collectifs.kernel.vault.epochs import EPOCHS, EpochFiles
from collectifs.kernel.vault.folder import FolderKeys
from collectifs.kernel.vault.masters import overwrite_and_unlink, sync
from collectifs.kernel.vault.queries import current_epoch
from collectifs.kernel.vault.table import AT_ONCE, TableKeys

COMING, GOING = "epochs.coming", "epochs.going"


class Unequal(Exception):
    """Why nothing moves, or no further; in French."""


def keys_to_table(vault: Vault, needed: set[str]) -> int:
    """From files to rows; returns how many are the same on both sides. Raises Unequal or KeysAway."""
    keys_dir = vault.table.files.folder.parent
    if not vault.table.files.folder.exists():
        coming = TableKeys(EpochFiles(keys_dir / COMING, vault.table.files.masters))
        _copy_to_rows(vault.folder, coming, _epoch_to_fill(coming))
        _compare(vault.folder, coming)
        (keys_dir / COMING).rename(keys_dir / EPOCHS)
        sync(keys_dir)
    found = vault.table.ids()
    if lost := (vault.folder.ids() & needed) - found:
        raise Unequal(f"{len(lost)} clés attendues ne sont que dans le dossier : KEYS=table les perdrait")
    for key_id in vault.folder.ids():
        vault.folder.destroy(key_id)
    return len(found)


def keys_to_folder(vault: Vault) -> int:
    """From rows to files; returns how many are the same on both sides. Raises Unequal or KeysAway."""
    epochs = vault.table.files.folder
    going = epochs.with_name(GOING)
    if epochs.exists():
        _copy_to_files(vault.table, vault.folder)
        _compare(vault.table, vault.folder)
        epochs.rename(going)
        sync(epochs.parent)
    elif not going.exists():
        raise Unequal("les clés sont déjà dans le dossier")
    db.session.execute(delete(WrappedKey))
    db.session.execute(delete(DestroyedKey))
    db.session.execute(update(KeyEpoch).where(KeyEpoch.over_at.is_(None)).values(over_at=clock.now()))
    db.session.commit()
    for path in going.iterdir():
        overwrite_and_unlink(path)
    going.rmdir()
    return len(vault.folder.ids())


def _epoch_to_fill(coming: TableKeys) -> int:
    """The one of an earlier try, or a new one; its file is there, and its row."""
    latest = current_epoch()
    if latest is not None and latest.over_at is None and latest.number in coming.files.numbers():
        return latest.number
    number = coming.begin_epoch(now=clock.now())
    coming.settle(number, now=clock.now())
    db.session.execute(delete(WrappedKey))
    db.session.commit()
    return number


def _copy_to_rows(source: FolderKeys, target: TableKeys, number: int) -> None:
    present, there = source.ids(), target.ids()
    for key_id in there - present:  # destroyed since an earlier try
        db.session.execute(delete(WrappedKey).where(WrappedKey.key_id == key_id))
    waiting = iter(sorted(present - there))
    while some := list(islice(waiting, AT_ONCE)):
        secrets = {key_id: _secret(source, key_id) for key_id in some}
        rows = [
            {"key_id": key_id, "epoch": number, "wrapped": target.files.wrap(number, secret, key_id)}
            for key_id, secret in secrets.items()
        ]
        db.session.execute(insert(WrappedKey), rows)
        db.session.commit()
    db.session.commit()


def _copy_to_files(source: TableKeys, target: FolderKeys) -> None:
    present, there = source.ids(), target.ids()
    for key_id in there - present:
        target.destroy(key_id)
    for key_id in sorted(present - there):
        target.put(key_id, _secret(source, key_id))


def _compare(one: FolderKeys | TableKeys, other: FolderKeys | TableKeys) -> None:
    if one.ids() != other.ids():
        raise Unequal("pas les mêmes clés des deux côtés : le service tourne-t-il encore ?")
    differing = sum(_secret(one, key_id) != _secret(other, key_id) for key_id in one.ids())
    db.session.rollback()
    if differing:
        raise Unequal(f"{differing} clés ne sont pas les mêmes des deux côtés")


def _secret(keys: FolderKeys | TableKeys, key_id: str) -> bytes:
    try:
        return keys.secret(key_id)
    except (InvalidTag, ValueError, FileNotFoundError):
        raise Unequal(f"la clé {key_id} ne s’ouvre pas : flask check") from None
