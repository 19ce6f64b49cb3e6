"""The vault: every confidential text is sealed with AES-GCM under the key of what it perishes with.

One key per thing that perishes together: one file per key in a folder of its own (`folder.py`), or a table under
nightly epochs (`table.py`). The associated data of a text says where it stands (table, row, column, key): a text
moved elsewhere does not open (`texts.py` computes it). Destroying the key destroys the texts, backups of the database
included.
A key that is not there was destroyed only if the folder itself is there: its witness says so, each time.
"""

import re
import secrets
import time
from collections import OrderedDict
from pathlib import Path
from threading import Lock
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

from collectifs.kernel.config import FOLDER, TABLE, Settings
from collectifs.kernel.vault.epochs import EPOCHS, EpochFiles
from collectifs.kernel.vault.folder import Altered, FolderKeys
from collectifs.kernel.vault.masters import NONCE, Masters, alone, sync
from collectifs.kernel.vault.table import TableKeys
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
    "epochs_here",
    "forget_over_epochs",
    "has_key",
    "key_ids",
    "keys_in_table",
    "keys_lacking",
    "keys_under_former",
    "make_key",
    "vault_of",
]

MOST_IN_MEMORY = 2000


class Perished(Exception):
    """The key was destroyed: what was sealed under it cannot be read again, by anyone."""


class Tampered(Exception):
    """The sealed bytes are not those that were sealed at this place."""


class Vault:
    """The keys of one deployment: `keys_dir` holds its witness, `master_key` is 32 bytes.

    `keys_in`: "folder", one file a key in `keys_dir`; "table", the rows of the database, under the epochs whose files
    are there. While the master key is being replaced, `former` opens what is still wrapped by it; nothing new is.
    """

    def __init__(self, keys_dir: Path, master_key: bytes, former: bytes = b"", *, keys_in: str = FOLDER) -> None:
        self._dir = keys_dir
        self._master = Masters(master_key, former)
        self._cache: OrderedDict[str, tuple[float, AESGCM]] = OrderedDict()
        self._lock = Lock()
        self.witness = Witness(keys_dir, self._master)
        self.folder = FolderKeys(keys_dir, self._master, self.witness.deployment)
        self.table = TableKeys(EpochFiles(keys_dir / EPOCHS, self._master))
        self.is_table = keys_in == TABLE
        self.store: FolderKeys | TableKeys = self.table if self.is_table else self.folder

    def check(self, deployment: UUID | None) -> None:
        """Whether the folder is that of this installation, as its database names it. Raises KeysAway."""
        if deployment is None:
            raise KeysAway("la base ne dit pas à quelle installation elle appartient : flask db upgrade")
        if self.witness.deployment() != deployment:
            raise KeysAway(f"le dossier des clés ({self._dir}) est celui d’une autre installation")
        self.store.check()

    def found(self, *, expects_keys: bool = False, deployment: UUID | None = None) -> UUID:
        """Make the folder and its witness where they are missing, and return the installation's id.

        A witness that opens is kept, with its id: the tables of an installation may be made twice. Raises KeysAway
        for keys that the master key does not open, and for none where the database `expects_keys`.
        """
        self._dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.witness.path.exists():
            return self.witness.deployment()
        held = self.store.held()
        if held and not any(held):
            raise KeysAway(f"MASTER_KEY n’ouvre aucune des clés de {self._dir} : ce n’est pas la bonne clé")
        if expects_keys and not held:
            raise KeysAway(f"la base en attend, et {self._dir} n’en contient aucune : disque absent, ou autre dossier")
        self.store.found()
        deployment = deployment or uuid4()
        self.witness.write(deployment)
        sync(self._dir)
        return deployment

    def make_key(self) -> str:
        """Make a new key and return its id. Raises KeysAway."""
        self.witness.deployment()
        key_id = uuid4().hex
        self.store.make(key_id, AESGCM.generate_key(256))
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
        """Destroy a key; destroying it twice is no error. Raises KeysAway: then nothing was destroyed.

        In a folder it is overwritten and unlinked at once; in the table it goes with this transaction.
        """
        self.witness.deployment()
        with self._lock:
            self._cache.pop(key_id, None)
        self.store.destroy(_known(key_id))

    def key_ids(self) -> set[str]:
        """The ids of the keys that still exist. Raises KeysAway."""
        self.witness.deployment()
        return self.store.ids()

    def has_key(self, key_id: str) -> bool:
        """Whether this key is there. Raises KeysAway."""
        self.witness.deployment()
        return self.store.has(_known(key_id))

    def rotate(self) -> int:
        """Wrap anew by the master key what the former one still wraps, the witness last; returns how many keys.

        Of a folder. No text is touched. Each file is replaced whole: interrupted at any point, all still opens, and it
        is done again. Raises KeysAway, and Tampered for a key that neither of them opens.
        """
        self.witness.deployment()
        try:
            done = self.folder.rotate()
        except Altered as altered:
            raise Tampered(str(altered)) from None
        self.wrap_witness()
        return done

    def wrap_witness(self) -> None:
        """Wrap the witness by the present master key. Raises KeysAway."""
        self.witness.write(self.witness.deployment())
        sync(self._dir)

    def follow(self) -> int:
        """What a rotation on another machine leaves to this one: to destroy the files of epochs that ended, and to wrap
        by the present master key what the former one wraps in its folder. Of the table; returns how many files."""
        gone = self.table.forget_over()
        if self.witness.is_under_former():
            with alone(self.table.files.folder):
                self.table.files.wrap_anew()
                self.wrap_witness()
        return gone

    def under_former(self) -> int:
        """How many keys (in the table: epochs) the former master key still wraps. Raises KeysAway."""
        self.witness.deployment()
        return self.store.under_former()

    def broken_keys(self) -> set[str]:
        """The ids of the keys that do not open: emptied, cut or altered. Raises KeysAway."""
        self.witness.deployment()
        return self.store.broken()

    def files(self) -> set[str]:
        """The ids of the keys that are there, whatever folder it is."""
        return self.store.ids()

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
        with self._lock:
            until, key = self._cache.get(key_id, (0.0, None))
        if key is not None and until > time.monotonic() and self.store.lives(key_id):
            return key
        return self._remember(self.store.secrets(_known(key_id))).get(key_id) or self._alone(key_id)

    def _alone(self, key_id: str) -> AESGCM:
        try:
            secret = self.store.secret(key_id)
        except FileNotFoundError:
            self.witness.deployment()  # the folder may have left since
            raise Perished from None
        except (InvalidTag, ValueError):
            raise Tampered from None
        return self._remember({key_id: secret})[key_id]

    def _remember(self, opened: dict[str, bytes]) -> dict[str, AESGCM]:
        found = {key_id: AESGCM(secret) for key_id, secret in opened.items()}
        until = time.monotonic() + self.store.kept_s
        with self._lock:
            for key_id, key in found.items():
                self._cache.pop(key_id, None)
                self._cache[key_id] = (until, key)
            self._forget_old_keys()
        return found

    def _forget_old_keys(self) -> None:
        """The oldest stand first: none of the others is looked at."""
        now = time.monotonic()
        while self._cache and (len(self._cache) > MOST_IN_MEMORY or next(iter(self._cache.values()))[0] <= now):
            self._cache.popitem(last=False)


def _known(key_id: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{32}", key_id):
        raise ValueError("not a key id")
    return key_id


def vault_of(settings: Settings, keys_dir: Path | None = None) -> Vault:
    """The vault that these settings describe; on another folder, when it is said."""
    keys = (settings.master_key, settings.former_master_key)
    return Vault(keys_dir or settings.keys_dir, *keys, keys_in=settings.keys_in)


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


def keys_lacking() -> list[int]:
    """The epochs whose file this machine should have, and has not; none where the keys are files."""
    return current_vault().table.lacking() if current_vault().is_table else []


def epochs_here() -> set[int]:
    """The epochs whose file is on this machine; none where the keys are files."""
    return set(current_vault().table.files.numbers()) if current_vault().is_table else set()


def keys_in_table() -> bool:
    """Whether the keys are rows of the database, under epochs."""
    return current_vault().is_table


def forget_over_epochs() -> int:
    """Destroy on this machine the files of epochs that ended; how many there were."""
    return current_vault().follow() if current_vault().is_table else 0


def check_keys(deployment: UUID | None) -> None:
    """Whether the application's folder of keys is that of `deployment`, as the database names it. Raises KeysAway."""
    current_vault().check(deployment)


def current_vault() -> Vault:
    """The vault of the application that is running."""
    vault: Vault = current_app.extensions["vault"]
    return vault
