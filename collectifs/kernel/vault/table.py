"""Keys as the database holds them, for several machines: each wrapped under the key of an epoch, which lies in a file.

A key is made and destroyed in the transaction of whoever asks. New ones go under the latest epoch; a rotation
(`flask keys rotate`, each night) wraps all others under a new one, batch after batch, and destroys the former file:
what the database's log and copies still say of a deleted row then opens nothing. Each step may be the last of a process
that is killed: the next one goes on from there.
"""

from collections.abc import Iterable
from datetime import datetime

from cryptography.exceptions import InvalidTag
from sqlalchemy import bindparam, delete, insert, update

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import DestroyedKey, KeyEpoch, WrappedKey
from collectifs.kernel.vault.ahead import take_ids
from collectifs.kernel.vault.epochs import EpochFiles
from collectifs.kernel.vault.queries import (
    Wrapped,
    current_epoch,
    epochs_in_use,
    has_wrapped,
    newest_number,
    open_epoch,
    wrapped_among,
    wrapped_ids,
    wrapped_key,
    wrapped_keys,
)
from collectifs.kernel.vault.witness import KeysAway

AT_ONCE = 1000


class TableKeys:
    """The rows of the table, and the files of their epochs."""

    kept_s = 5  # in memory: a row is not looked at again meanwhile

    def __init__(self, files: EpochFiles) -> None:
        self.files = files

    def check(self) -> None:
        """That epochs are here. Raises KeysAway."""
        if not self.files.folder.is_dir():
            raise KeysAway(
                f"KEYS=table, et {self.files.folder} n’est pas là : autre dossier, ou les clés sont encore en fichiers "
                "(flask keys move --to table)"
            )

    def found(self) -> None:
        """The folder of the epochs; the first begins with the first key."""
        self.files.folder.mkdir(exist_ok=True, mode=0o700)

    def held(self) -> list[bool]:
        """Of the files that are here, whether each opens."""
        return [self.files.opens(number) for number in self.files.numbers()]

    def make(self, key_id: str, secret: bytes) -> None:
        """Keep a new key, in this transaction. Raises KeysAway."""
        with db.session.no_autoflush:
            number = open_epoch() or open_epoch() or self._first_epoch()  # asked again: one may have ended just now
            self.put(key_id, secret, number)

    def put(self, key_id: str, secret: bytes, number: int) -> None:
        """Keep a key under an epoch."""
        wrapped = self.files.wrap(number, secret, key_id)
        db.session.execute(insert(WrappedKey).values(key_id=key_id, epoch=number, wrapped=wrapped))

    def secret(self, key_id: str) -> bytes:
        """The key. Raises FileNotFoundError; KeysAway without its epoch; InvalidTag or ValueError if altered."""
        epoch, wrapped = self._row(key_id)
        try:
            return self.files.unwrap(epoch, wrapped, key_id)
        except KeysAway:
            epoch, wrapped = self._row(key_id)  # a rotation has just ended
            return self.files.unwrap(epoch, wrapped, key_id)

    def secrets(self, key_id: str) -> dict[str, bytes]:
        """Of the rows that were read beside it, the keys that open, in one question; none when it is alone."""
        wanted = take_ids(key_id, AT_ONCE)
        if len(wanted) == 1:
            return {}
        with db.session.no_autoflush:
            rows = wrapped_among(wanted)
        return {row.key_id: secret for row in rows if (secret := self._unless_closed(row)) is not None}

    def has(self, key_id: str) -> bool:
        """Whether it is there."""
        with db.session.no_autoflush:
            return has_wrapped(key_id)

    def lives(self, _key_id: str) -> bool:
        """Nothing is asked for a key that has been in memory for some seconds."""
        return True

    def ids(self) -> set[str]:
        """The ids of the keys."""
        with db.session.no_autoflush:
            return wrapped_ids()

    def broken(self) -> set[str]:
        """The ids of the keys that do not open. Raises KeysAway."""
        found, after = set[str](), ""
        while rows := wrapped_keys(after=after, limit=AT_ONCE):
            found |= {row.key_id for row in rows if self._opened(row) is None}
            after = rows[-1].key_id
        return found

    def destroy(self, key_id: str) -> None:
        """Delete a key, in this transaction; that it was is noted for copies of the database that come back."""
        with db.session.no_autoflush:
            gone = db.session.execute(delete(WrappedKey).where(WrappedKey.key_id == key_id).returning(WrappedKey.epoch))
            if gone.first() is not None:
                db.session.execute(insert(DestroyedKey).values(key_id=key_id, at=clock.now()))

    def under_former(self) -> int:
        """How many epochs the former master key still wraps."""
        return self.files.under_former()

    def prepare_epoch(self) -> int:
        """Make the file of the next epoch, before any key is wrapped under it; its number."""
        number = max([newest_number() + 1, *self.files.numbers()])
        self.files.make(number)
        return number

    def begin_epoch(self, *, now: datetime) -> int:
        """From the commit on every new key goes under a new epoch; waits for those that are being made."""
        number = self.prepare_epoch()
        db.session.execute(update(KeyEpoch).where(KeyEpoch.over_at.is_(None)).values(over_at=now))
        db.session.execute(insert(KeyEpoch).values(number=number, began_at=now))
        return number

    def wrap_anew(self, rows: Iterable[Wrapped], number: int) -> set[str]:
        """Wrap these keys under an epoch; a row that left meanwhile stays away. Returns those that do not open."""
        done, closed = [], set[str]()
        for row in rows:
            if (secret := self._opened(row)) is None:
                closed.add(row.key_id)
            else:
                wrapped = self.files.wrap(number, secret, row.key_id)
                done.append({"of": row.key_id, "under": row.epoch, "to": number, "anew": wrapped})
        if done:
            db.session.connection().execute(WRAP, done)
        return closed

    def settle(self, number: int, *, now: datetime) -> int:
        """All is wrapped under it: destroy the files of the others, and say since when; how many they were."""
        gone = self.files.destroy_before(number)
        db.session.execute(update(KeyEpoch).where(KeyEpoch.number == number).values(settled_at=now))
        return gone

    def forget_over(self) -> int:
        """Destroy on this machine the files of epochs that ended; how many there were."""
        latest = current_epoch()
        return self.files.destroy_before(latest.number) if latest is not None and latest.settled_at else 0

    def lacking(self) -> list[int]:
        """The epochs of which this machine should have the file, and has not."""
        return sorted(epochs_in_use() - set(self.files.numbers()))

    def _first_epoch(self) -> int:
        number = self.begin_epoch(now=clock.now())
        self.settle(number, now=clock.now())
        return number

    def _row(self, key_id: str) -> tuple[int, bytes]:
        with db.session.no_autoflush:
            found = wrapped_key(key_id)
        if found is None:
            raise FileNotFoundError(key_id)
        return found

    def _unless_closed(self, row: Wrapped) -> bytes | None:
        """Whatever is the matter with it is said when its own text is wanted."""
        try:
            return self._opened(row)
        except KeysAway:
            return None

    def _opened(self, row: Wrapped) -> bytes | None:
        try:
            return self.files.unwrap(row.epoch, row.wrapped, row.key_id)
        except (InvalidTag, ValueError):
            return None


WRAP = (
    update(WrappedKey.__table__)  # type: ignore[arg-type]
    .where(WrappedKey.__table__.c.key_id == bindparam("of"), WrappedKey.__table__.c.epoch == bindparam("under"))
    .values(epoch=bindparam("to"), wrapped=bindparam("anew"))
)
