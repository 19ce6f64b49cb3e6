"""The files of the epochs: each night's key, under which the table's keys are wrapped, wrapped by the master key.

Two small files in KEYS_DIR, and most of the day one. A row that is deleted stays readable in a database's log: what it
says opens no longer once the file of its epoch was destroyed.
"""

import secrets
import time
from pathlib import Path
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from collectifs.kernel.vault.masters import NONCE, Masters, draft_of, overwrite_and_unlink, replace, sync
from collectifs.kernel.vault.witness import KeysAway

EPOCHS, ENDING = "epochs", ".epoch"
# A transaction that began before a rotation ended still sees what the former epoch wrapped.
OUTLIVES_S = 60


class EpochFiles:
    """The folder of the epoch files of one machine. Each is named by its number."""

    def __init__(self, folder: Path, masters: Masters) -> None:
        self.folder = folder
        self.masters = masters
        self._lock = Lock()
        self._seen: dict[int, tuple[float, tuple[int, int], AESGCM]] = {}

    def numbers(self) -> list[int]:
        """The epochs whose file is here, the oldest first."""
        return sorted(int(path.stem) for path in self.folder.glob(f"*{ENDING}") if path.stem.isdecimal())

    def make(self, number: int) -> None:
        """Make the key of an epoch; one that is there is kept, wrapped by the present master key."""
        self.folder.mkdir(exist_ok=True, mode=0o700)
        path, place = self.path(number), _place(number)
        if path.exists() and not self.masters.is_former(path.read_bytes(), place):
            return
        secret = self._read(number) if path.exists() else AESGCM.generate_key(256)
        replace(path, self.masters.wrap(secret, place))
        sync(self.folder)

    def wrap_anew(self) -> None:
        """Wrap by the present master key what the former one still wraps."""
        for number in self.numbers():
            self.make(number)

    def wrap(self, number: int, secret: bytes, key_id: str) -> bytes:
        """A data key wrapped under an epoch. Raises KeysAway."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self.key(number).encrypt(nonce, secret, _row(key_id, number))

    def unwrap(self, number: int, wrapped: bytes, key_id: str) -> bytes:
        """The data key. Raises KeysAway without the file, InvalidTag or ValueError for what does not open."""
        return self.key(number).decrypt(wrapped[:NONCE], wrapped[NONCE:], _row(key_id, number))

    def key(self, number: int) -> AESGCM:
        """The key of an epoch; that its file is there is looked at each time. Raises KeysAway."""
        path, now = self.path(number), time.monotonic()
        with self._lock:
            seen = self._seen.get(number)
        try:
            found = path.stat()
        except OSError:
            if seen is not None and now - seen[0] <= OUTLIVES_S:
                return seen[2]
            self._forget(number)
            raise self.absent(number) from None
        mark = (found.st_ino, found.st_mtime_ns)
        cipher = seen[2] if seen is not None and seen[1] == mark else AESGCM(self._read(number))
        with self._lock:
            self._seen[number] = (now, mark, cipher)
        return cipher

    def opens(self, number: int) -> bool:
        """Whether a file is there and opens."""
        try:
            self._read(number)
        except KeysAway:
            return False
        return True

    def under_former(self) -> int:
        """How many files the former master key still wraps."""
        return sum(self.masters.is_former(self.path(each).read_bytes(), _place(each)) for each in self.numbers())

    def destroy_before(self, number: int) -> int:
        """Overwrite and unlink the files of all earlier epochs, and what somebody killed was writing; how many."""
        over = [each for each in self.numbers() if each < number]
        drafts = [path for path in self.folder.glob("*.new") if path != draft_of(self.path(number))]
        for path in (*drafts, *map(self.path, over)):
            try:
                overwrite_and_unlink(path)
            except FileNotFoundError:
                continue  # another process of this machine has just done it
        if over or drafts:
            sync(self.folder)
        return len(over)

    def path(self, number: int) -> Path:
        """The file of an epoch."""
        return self.folder / f"{number}{ENDING}"

    def absent(self, number: int) -> KeysAway:
        """What to say when a file that is needed is not there."""
        return KeysAway(
            f"le fichier de l’époque {number} n’est pas dans {self.folder} : vieille copie, ou dossier d’une autre "
            "machine"
        )

    def _read(self, number: int) -> bytes:
        try:
            return self.masters.unwrap(self.path(number).read_bytes(), _place(number))
        except OSError:
            raise self.absent(number) from None
        except (InvalidTag, ValueError):
            raise KeysAway(f"MASTER_KEY n’ouvre pas {self.path(number)} : autre clé, ou fichier abîmé") from None

    def _forget(self, number: int) -> None:
        with self._lock:
            self._seen.pop(number, None)


def _place(number: int) -> bytes:
    return f"collectifs/epoch/{number}".encode()


def _row(key_id: str, number: int) -> bytes:
    return f"wrapped_keys/{key_id}/{number}".encode()
