"""Keys as a folder holds them: one file each (mode 600), wrapped by the master key; one machine, or a shared folder."""

import os
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag

from collectifs.kernel.vault.epochs import EPOCHS
from collectifs.kernel.vault.masters import (
    Masters,
    alone,
    draft_of,
    overwrite,
    overwrite_and_unlink,
    replace,
    sync,
    write_new,
)
from collectifs.kernel.vault.witness import KeysAway


class Altered(Exception):
    """A wrapped key that nothing opens: its id."""


class FolderKeys:
    """The files of a folder. `is_there` raises KeysAway when the folder has left meanwhile."""

    kept_s = 60  # in memory: that its file is still there is looked at each time

    def __init__(self, folder: Path, masters: Masters, is_there: Callable[[], UUID]) -> None:
        self._dir, self._at = folder, f"{folder}{os.sep}"
        self._epochs_at = str(folder / EPOCHS)
        self._masters = masters
        self._is_there = is_there

    def check(self) -> None:
        """That the keys are here and not in the table. Raises KeysAway."""
        if os.path.exists(self._epochs_at):  # noqa: PTH110  asked at each request
            raise KeysAway(f"KEYS=folder, et {self._epochs_at} dit que les clés sont dans la table : KEYS=table")

    def found(self) -> None:
        """Nothing more than the folder."""

    def held(self) -> list[bool]:
        """Of what the folder holds, whether each opens."""
        return [self.opens(key_id) for key_id in self.ids()]

    def make(self, key_id: str, secret: bytes) -> None:
        """Keep a new key."""
        write_new(self._file(key_id), self._masters.wrap(secret, key_id.encode()))
        sync(self._dir)

    def put(self, key_id: str, secret: bytes) -> None:
        """Keep a key that comes from the table; whoever is killed leaves the whole of it, or nothing."""
        replace(self._file(key_id), self._masters.wrap(secret, key_id.encode()))

    def secret(self, key_id: str) -> bytes:
        """The key. Raises FileNotFoundError, or InvalidTag or ValueError for what does not open."""
        return self._masters.unwrap(self._file(key_id).read_bytes(), key_id.encode())

    def secrets(self, _key_id: str) -> dict[str, bytes]:
        """Each file is opened when its own text is wanted."""
        return {}

    def has(self, key_id: str) -> bool:
        """Whether it is there."""
        return self._file(key_id).exists()

    def lives(self, key_id: str) -> bool:
        """The same, each time that one is used from memory; where that cannot be told, the file is read anew."""
        return os.path.exists(f"{self._at}{key_id}.key")  # noqa: PTH110  for each text of a page: eight times quicker

    def ids(self) -> set[str]:
        """The ids of the keys, whatever folder it is."""
        return {file.stem for file in self._dir.glob("*.key")}

    def opens(self, key_id: str) -> bool:
        """Whether a key opens; one that was destroyed at this very moment is not broken."""
        try:
            self.secret(key_id)
        except FileNotFoundError:
            return True
        except (InvalidTag, ValueError):
            return False
        return True

    def broken(self) -> set[str]:
        """The ids of the keys whose file does not open: emptied, cut or altered."""
        return {key_id for key_id in self.ids() if not self.opens(key_id)}

    def destroy(self, key_id: str) -> None:
        """Overwrite and unlink a key; twice is no error. Raises KeysAway: then nothing was destroyed."""
        path = self._file(key_id)
        try:
            with alone(self._dir):
                for each in (draft_of(path), path):
                    if each == path or each.exists():
                        overwrite_and_unlink(each)
        except FileNotFoundError:
            self._is_there()
            return
        sync(self._dir)

    def under_former(self) -> int:
        """How many keys the former master key still wraps."""
        return sum(1 for key_id in self.ids() if self._is_under_former(key_id))

    def rotate(self) -> int:
        """Wrap anew by the master key what the former one wraps; how many. Raises Altered if neither opens one."""
        done = sum(self._wrap_anew(key_id) for key_id in sorted(self.ids()))
        sync(self._dir)
        return done

    def _is_under_former(self, key_id: str) -> bool:
        try:
            return self._masters.is_former(self._file(key_id).read_bytes(), key_id.encode())
        except FileNotFoundError:
            return False  # destroyed at this very moment

    def _wrap_anew(self, key_id: str) -> bool:
        path, place = self._file(key_id), key_id.encode()
        try:
            with alone(self._dir), path.open("r+b") as old:
                wrapped = old.read()
                secret = self._masters.unwrap(wrapped, place)
                if not self._masters.is_former(wrapped, place):
                    return False
                replace(path, self._masters.wrap(secret, place))
                sync(self._dir)  # before the former file goes: power may fail here too
                overwrite(old, len(wrapped))
        except FileNotFoundError:
            return False  # destroyed meanwhile: it does not come back
        except (InvalidTag, ValueError):
            raise Altered(key_id) from None
        return True

    def _file(self, key_id: str) -> Path:
        return self._dir / f"{key_id}.key"
