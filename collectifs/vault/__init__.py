"""The vault: every confidential text is sealed with AES-GCM under the key of what it perishes with.

One key per thing that perishes together, one file per key (mode 600) in a folder of its own, wrapped
by the master key. The associated data of a text says where it stands (table, row, column, key): a text
moved elsewhere does not open. Destroying the key destroys the texts, backups of the database included.
"""

import os
import re
import secrets
import time
from pathlib import Path
from threading import Lock
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

KEPT_IN_MEMORY_S = 60
NONCE = 12


class Perished(Exception):
    """The key was destroyed: what was sealed under it cannot be read again, by anyone."""


class Tampered(Exception):
    """The sealed bytes are not those that were sealed at this place."""


class Vault:
    """The keys of one deployment: `keys_dir` holds the wrapped key files, `master_key` is 32 bytes."""

    def __init__(self, keys_dir: Path, master_key: bytes) -> None:
        self._dir = keys_dir
        self._master = AESGCM(master_key)
        self._cache: dict[str, tuple[float, AESGCM]] = {}
        self._lock = Lock()
        keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)

    def make_key(self) -> str:
        """Make a new key on disk and return its id."""
        key_id = uuid4().hex
        nonce = secrets.token_bytes(NONCE)
        wrapped = nonce + self._master.encrypt(nonce, AESGCM.generate_key(256), key_id.encode())
        handle = os.open(self._file(key_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(wrapped)
            file.flush()
            os.fsync(file.fileno())
        self._sync_folder()
        return key_id

    def seal(self, text: str, key_id: str, aad: str) -> bytes:
        """Seal a text under a key at the place that `aad` names. Raises Perished."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._key(key_id).encrypt(nonce, text.encode(), aad.encode())

    def open_sealed(self, sealed: bytes, key_id: str, aad: str) -> str:
        """The text that was sealed. Raises Perished or Tampered."""
        try:
            return self._key(key_id).decrypt(sealed[:NONCE], sealed[NONCE:], aad.encode()).decode()
        except InvalidTag:
            raise Tampered from None

    def destroy_key(self, key_id: str) -> None:
        """Overwrite and unlink a key; destroying it twice is no error."""
        with self._lock:
            self._cache.pop(key_id, None)
        path = self._file(key_id)
        try:
            with path.open("r+b") as file:
                file.write(secrets.token_bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            return
        self._sync_folder()

    def key_ids(self) -> set[str]:
        """The ids of the keys that still exist."""
        return {file.stem for file in self._dir.glob("*.key")}

    def _key(self, key_id: str) -> AESGCM:
        with self._lock:
            until, key = self._cache.get(key_id, (0.0, None))
        if key is not None and until > time.monotonic() and self._file(key_id).exists():
            return key
        try:
            wrapped = self._file(key_id).read_bytes()
        except FileNotFoundError:
            raise Perished from None
        try:
            key = AESGCM(self._master.decrypt(wrapped[:NONCE], wrapped[NONCE:], key_id.encode()))
        except InvalidTag:
            raise Tampered from None
        with self._lock:
            self._forget_old_keys()
            self._cache[key_id] = (time.monotonic() + KEPT_IN_MEMORY_S, key)
        return key

    def _forget_old_keys(self) -> None:
        now = time.monotonic()
        for key_id in [key_id for key_id, (until, _) in self._cache.items() if until <= now]:
            del self._cache[key_id]

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


def place(table: str, row_id: UUID, column: str, key_id: str) -> str:
    """The associated data of a sealed text: where it stands."""
    return f"{table}/{row_id}/{column}/{key_id}"


def make_key() -> str:
    """Make a key in the application's vault and return its id."""
    return _vault().make_key()


def seal(text: str, key_id: str, aad: str) -> bytes:
    """Seal a text in the application's vault. Raises Perished."""
    return _vault().seal(text, key_id, aad)


def open_sealed(sealed: bytes, key_id: str, aad: str) -> str:
    """Open a text of the application's vault. Raises Perished or Tampered."""
    return _vault().open_sealed(sealed, key_id, aad)


def destroy_key(key_id: str) -> None:
    """Destroy a key of the application's vault."""
    _vault().destroy_key(key_id)


def _vault() -> Vault:
    vault: Vault = current_app.extensions["vault"]
    return vault
