"""The master key, and the one that it replaces; files that hold what they wrap."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


class Masters:
    """Wraps by `master`; opens what `master` or `former` wrapped (32 bytes each; `former` may be empty)."""

    def __init__(self, master: bytes, former: bytes = b"") -> None:
        self._master = AESGCM(master)
        self._former = AESGCM(former) if former else None

    def wrap(self, secret: bytes, place: bytes) -> bytes:
        """The secret wrapped for a place, by the master key."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._master.encrypt(nonce, secret, place)

    def unwrap(self, wrapped: bytes, place: bytes) -> bytes:
        """The secret. Raises InvalidTag, or ValueError for what is too short to be one."""
        try:
            return self._master.decrypt(wrapped[:NONCE], wrapped[NONCE:], place)
        except InvalidTag:
            if self._former is None:
                raise
        return self._former.decrypt(wrapped[:NONCE], wrapped[NONCE:], place)

    def is_former(self, wrapped: bytes, place: bytes) -> bool:
        """Whether the former one wraps it, and not yet the present one."""
        try:
            self._master.decrypt(wrapped[:NONCE], wrapped[NONCE:], place)
        except InvalidTag:
            return self._former is not None and _opens(self._former, wrapped, place)
        return False


def _opens(key: AESGCM, wrapped: bytes, place: bytes) -> bool:
    try:
        key.decrypt(wrapped[:NONCE], wrapped[NONCE:], place)
    except InvalidTag:
        return False
    return True


def write_new(path: Path, content: bytes) -> None:
    """Write a file that does not exist yet, for its owner alone, down to the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def draft_of(path: Path) -> Path:
    """What a file is written as before it takes its place; one is left behind by whoever was killed in between."""
    return path.with_suffix(".new")


def replace(path: Path, content: bytes) -> None:
    """Make a file hold something else, in one step: the old content or the new one, never a part."""
    draft_of(path).unlink(missing_ok=True)
    write_new(draft_of(path), content)
    draft_of(path).replace(path)


def overwrite(file: BinaryIO, size: int) -> None:
    """Make random what an open file holds, down to the disk."""
    file.seek(0)
    file.write(secrets.token_bytes(size))
    file.flush()
    os.fsync(file.fileno())


def overwrite_and_unlink(path: Path) -> None:
    """Make random what a file holds, then take it away. Raises FileNotFoundError."""
    with path.open("r+b") as file:
        overwrite(file, path.stat().st_size)
    path.unlink()


def sync(folder: Path) -> None:
    """What was made, renamed or taken away in a folder is so on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """No other process of ours is within such a block for this folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
