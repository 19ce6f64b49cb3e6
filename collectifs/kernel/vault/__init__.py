"""The vault: every confidential text is sealed with AES-GCM under the key of what it perishes with.

One key per thing that perishes together, one file per key (mode 600) in a folder of its own, wrapped
by the master key. The associated data of a text says where it stands (table, row, column, key): a text
moved elsewhere does not open (`texts.py` computes it). Destroying the key destroys the texts, backups of the database
included.
A key that is not there was destroyed only if the folder itself is there: its witness says so, each time.
"""

import fcntl
import os
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

from collectifs.kernel.vault.masters import Masters, draft_of, overwrite, replace, write_new
from collectifs.kernel.vault.witness import KeysAway, Witness

__all__ = [
    "KeysAway",
    "Perished",
    "Tampered",
    "Vault",
    "broken_keys",
    "check_keys",
    "current_vault",
    "destroy_key",
    "has_key",
    "key_ids",
    "keys_under_former",
    "make_key",
]

KEPT_IN_MEMORY_S, MOST_IN_MEMORY = 60, 2000
NONCE = 12


class Perished(Exception):
    """The key was destroyed: what was sealed under it cannot be read again, by anyone."""


class Tampered(Exception):
    """The sealed bytes are not those that were sealed at this place."""


class Vault:
    """The keys of one deployment: `keys_dir` holds the wrapped key files, `master_key` is 32 bytes.

    While the master key is being replaced, `former` opens what is still wrapped by it; nothing new is.
    """

    def __init__(self, keys_dir: Path, master_key: bytes, former: bytes = b"") -> None:
        self._dir = keys_dir
        self._master = Masters(master_key, former)
        self._cache: OrderedDict[str, tuple[float, AESGCM]] = OrderedDict()
        self._lock = Lock()
        self.witness = Witness(keys_dir, self._master)

    def check(self, deployment: UUID | None) -> None:
        """Whether the folder is that of this installation, as its database names it. Raises KeysAway."""
        if deployment is None:
            raise KeysAway("la base ne dit pas à quelle installation elle appartient : flask db upgrade")
        if self.witness.deployment() != deployment:
            raise KeysAway(f"le dossier des clés ({self._dir}) est celui d’une autre installation")

    def found(self, *, expects_keys: bool = False, deployment: UUID | None = None) -> UUID:
        """Make the folder and its witness where they are missing, and return the installation's id.

        A witness that opens is kept, with its id: the tables of an installation may be made twice. Raises KeysAway
        for keys that the master key does not open, and for none where the database `expects_keys`.
        """
        self._dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.witness.path.exists():
            return self.witness.deployment()
        names = self.files()
        if names and not any(self._opens(name) for name in names):
            raise KeysAway(f"MASTER_KEY n’ouvre aucune des clés de {self._dir} : ce n’est pas la bonne clé")
        if expects_keys and not names:
            raise KeysAway(f"la base en attend, et {self._dir} n’en contient aucune : disque absent, ou autre dossier")
        deployment = deployment or uuid4()
        self.witness.write(deployment)
        self._sync_folder()
        return deployment

    def make_key(self) -> str:
        """Make a new key on disk and return its id. Raises KeysAway."""
        self.witness.deployment()
        key_id = uuid4().hex
        write_new(self._file(key_id), self._master.wrap(AESGCM.generate_key(256), key_id.encode()))
        self._sync_folder()
        return key_id

    def seal(self, text: str, key_id: str, aad: str) -> bytes:
        """Seal a text under a key at the place that `aad` names. Raises Perished or KeysAway."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._key(key_id).encrypt(nonce, text.encode(), aad.encode())

    def open_sealed(self, sealed: bytes, key_id: str, aad: str) -> str:
        """The text that was sealed. Raises Perished, Tampered or KeysAway."""
        key = self._key(key_id)
        try:
            return key.decrypt(sealed[:NONCE], sealed[NONCE:], aad.encode()).decode()
        except (InvalidTag, ValueError):  # altered, or too short to hold anything
            raise Tampered from None

    def destroy_key(self, key_id: str) -> None:
        """Overwrite and unlink a key; destroying it twice is no error. Raises KeysAway: then nothing was destroyed."""
        self.witness.deployment()
        with self._lock:
            self._cache.pop(key_id, None)
        path = self._file(key_id)
        try:
            with self._alone():
                for each in (draft_of(path), path):
                    if each == path or each.exists():
                        _overwrite_and_unlink(each)
        except FileNotFoundError:
            self.witness.deployment()  # the folder may have left since
            return
        self._sync_folder()

    def key_ids(self) -> set[str]:
        """The ids of the keys that still exist. Raises KeysAway."""
        self.witness.deployment()
        return self.files()

    def has_key(self, key_id: str) -> bool:
        """Whether this key is there. Raises KeysAway."""
        self.witness.deployment()
        return self._file(key_id).exists()

    def rotate(self) -> int:
        """Wrap anew by the master key what the former one still wraps, the witness last; returns how many keys.

        No text is touched. Each file is replaced whole: interrupted at any point, all still opens, and it is done
        again. Raises KeysAway, and Tampered for a key that neither of them opens.
        """
        done = sum(self._wrap_anew(key_id) for key_id in sorted(self.key_ids()))
        self.witness.write(self.witness.deployment())
        self._sync_folder()
        return done

    def under_former(self) -> int:
        """How many keys the former master key still wraps. Raises KeysAway."""
        return sum(1 for key_id in self.key_ids() if self._is_under_former(key_id))

    def _is_under_former(self, key_id: str) -> bool:
        try:
            return self._master.is_former(self._file(key_id).read_bytes(), key_id.encode())
        except FileNotFoundError:
            return False  # destroyed at this very moment

    def _wrap_anew(self, key_id: str) -> bool:
        path, place = self._file(key_id), key_id.encode()
        try:
            with self._alone(), path.open("r+b") as old:
                wrapped = old.read()
                secret = self._master.unwrap(wrapped, place)
                if not self._master.is_former(wrapped, place):
                    return False
                replace(path, self._master.wrap(secret, place))
                self._sync_folder()  # before the former file goes: power may fail here too
                overwrite(old, len(wrapped))
        except FileNotFoundError:
            return False  # destroyed meanwhile: it does not come back
        except (InvalidTag, ValueError):
            raise Tampered(key_id) from None
        return True

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other process destroys a key, or wraps one anew, within this block."""
        folder = os.open(self._dir, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def broken_keys(self) -> set[str]:
        """The ids of the keys whose file does not open: emptied, cut or altered. Raises KeysAway."""
        return {key_id for key_id in self.key_ids() if not self._opens(key_id)}

    def files(self) -> set[str]:
        """The ids of the key files in the folder, whatever folder it is."""
        return {file.stem for file in self._dir.glob("*.key")}

    def copy_in(self, folder: Path) -> set[str]:
        """The ids of the keys in a copy of the folder, kept elsewhere. Raises KeysAway when it is another's copy.

        A folder without witness is new, or was made before there were witnesses.
        """
        copied = Witness(folder, self._master)
        if copied.path.exists() and copied.deployment() != self.witness.deployment():
            raise KeysAway(f"{folder} garde les clés d’une autre installation")
        return {file.stem for file in folder.glob("*.key")}

    def _key(self, key_id: str) -> AESGCM:
        self.witness.deployment()
        file = self._file(key_id)
        with self._lock:
            until, key = self._cache.get(key_id, (0.0, None))
        if key is not None and until > time.monotonic() and file.exists():
            return key
        try:
            key = self._unwrapped(key_id)
        except FileNotFoundError:
            self.witness.deployment()  # the folder may have left since
            raise Perished from None
        except (InvalidTag, ValueError):
            raise Tampered from None
        with self._lock:
            self._cache.pop(key_id, None)
            self._cache[key_id] = (time.monotonic() + KEPT_IN_MEMORY_S, key)
            self._forget_old_keys()
        return key

    def _unwrapped(self, key_id: str) -> AESGCM:
        return AESGCM(self._master.unwrap(self._file(key_id).read_bytes(), key_id.encode()))

    def _opens(self, key_id: str) -> bool:
        try:
            self._unwrapped(key_id)
        except FileNotFoundError:
            return True  # destroyed at this very moment
        except (InvalidTag, ValueError):
            return False
        return True

    def _forget_old_keys(self) -> None:
        """The oldest stand first: none of the others is looked at."""
        now = time.monotonic()
        while self._cache and (len(self._cache) > MOST_IN_MEMORY or next(iter(self._cache.values()))[0] <= now):
            self._cache.popitem(last=False)

    def _file(self, key_id: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{32}", key_id):
            raise ValueError("not a key id")
        return self._dir / f"{key_id}.key"

    def _sync_folder(self) -> None:
        folder = os.open(self._dir, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _overwrite_and_unlink(path: Path) -> None:
    with path.open("r+b") as file:
        overwrite(file, path.stat().st_size)
    path.unlink()


def make_key() -> str:
    """Make a key in the application's vault and return its id. Raises KeysAway."""
    return current_vault().make_key()


def destroy_key(key_id: str) -> None:
    """Destroy a key of the application's vault. Raises KeysAway."""
    current_vault().destroy_key(key_id)


def has_key(key_id: str) -> bool:
    """Whether this key is in the application's vault. Raises KeysAway."""
    return current_vault().has_key(key_id)


def key_ids() -> set[str]:
    """The ids of the keys of the application's vault. Raises KeysAway."""
    return current_vault().key_ids()


def broken_keys() -> set[str]:
    """The ids of the keys of the application's vault that do not open. Raises KeysAway."""
    return current_vault().broken_keys()


def keys_under_former() -> int:
    """How many keys of the application's vault the former master key still wraps. Raises KeysAway."""
    return current_vault().under_former()


def check_keys(deployment: UUID | None) -> None:
    """Whether the application's folder of keys is that of `deployment`, as the database names it. Raises KeysAway."""
    current_vault().check(deployment)


def current_vault() -> Vault:
    """The vault of the application that is running."""
    vault: Vault = current_app.extensions["vault"]
    return vault
