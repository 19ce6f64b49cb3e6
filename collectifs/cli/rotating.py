"""A new epoch for the keys of the table (`flask keys rotate`), in steps of which each may be the last of who is killed.

What one left unfinished is finished first; then a new epoch begins, so that all that was erased before the command is
covered by it. On PostgreSQL it relies on the rows that it changes, and collides with nobody.
"""

from dataclasses import dataclass

from collectifs.kernel import clock
from collectifs.kernel.extensions import db, locking_rows
from collectifs.kernel.vault.masters import alone
from collectifs.kernel.vault.queries import unsettled_epoch, wrapped_keys
from collectifs.kernel.vault.table import AT_ONCE, TableKeys


class Unopened(Exception):
    """Keys that do not open under the epoch that they name: how many. The former epoch file is still there."""


@dataclass(frozen=True)
class Turned:
    """Under which epoch all keys are now, how many they are, and how many files were destroyed."""

    number: int
    keys: int
    destroyed: int


def turn_epoch(table: TableKeys, *, even_so: bool = False) -> Turned:
    """Wrap every key under a new epoch and destroy the former one. Raises Unopened, unless `even_so`; KeysAway."""
    db.session.rollback()
    table.check()
    with alone(table.files.folder), locking_rows():
        left = unsettled_epoch()
        if left is not None:
            _settle(table, left, even_so)
        number = table.begin_epoch(now=clock.now())
        db.session.commit()
        return _settle(table, number, even_so)


def prepare_epoch(table: TableKeys) -> int:
    """Make the file of the next epoch, to be copied to the other machines before the next rotation; its number."""
    db.session.rollback()
    table.check()
    with alone(table.files.folder):
        number = table.prepare_epoch()
        db.session.rollback()
        return number


def _settle(table: TableKeys, number: int, even_so: bool) -> Turned:
    keys, closed, after = 0, set[str](), ""
    while rows := wrapped_keys(before=number, after=after, limit=AT_ONCE):
        keys, after = keys + len(rows), rows[-1].key_id
        closed |= table.wrap_anew(rows, number)
        db.session.commit()
    if closed and not even_so:
        db.session.rollback()
        raise Unopened(str(len(closed)))
    destroyed = table.settle(number, now=clock.now())
    db.session.commit()
    return Turned(number, keys - len(closed), destroyed)
