"""The witness of a folder of keys: which installation it belongs to, under which master key.

A key that is not found means that its text was erased, for ever: this may only be believed of a folder that is
known to be there. The witness is a file beside the keys, a text sealed by the master key that names the
installation. It is made with the first tables, never by a mere start; a disk that is not mounted, a wrong path,
another installation's folder and a wrong master key are all told apart from an erasure by it.
"""

import os
from pathlib import Path
from threading import Lock
from uuid import UUID

from cryptography.exceptions import InvalidTag

from collectifs.kernel.vault.masters import Masters, replace

NAME = "witness"
PLACE = b"collectifs/witness"


class KeysAway(Exception):
    """The folder of keys cannot be trusted to be the right one: nothing may be opened, sealed or destroyed.

    The message, in French, is for whoever keeps the server.
    """


class Witness:
    """The witness in `folder`, sealed by `master`; once read it costs one `stat` to see that it is still there."""

    def __init__(self, folder: Path, master: Masters) -> None:
        self._folder = folder
        self.path = folder / NAME
        self._at = str(self.path)
        self._master = master
        self._lock = Lock()
        self._seen: tuple[tuple[int, int, int], UUID] | None = None

    def deployment(self) -> UUID:
        """The installation to which the folder belongs. Raises KeysAway."""
        print_now = self._print()
        with self._lock:
            if self._seen is not None and self._seen[0] == print_now:
                return self._seen[1]
        deployment = self._read()
        with self._lock:
            self._seen = (print_now, deployment)
        return deployment

    def write(self, deployment: UUID) -> None:
        """Make the witness of an installation, in place of the one that stands there."""
        replace(self.path, self._master.wrap(deployment.bytes, PLACE))

    def is_under_former(self) -> bool:
        """Whether the former master key still wraps it."""
        return self.path.exists() and self._master.is_former(self.path.read_bytes(), PLACE)

    def _print(self) -> tuple[int, int, int]:
        try:
            found = os.stat(self._at)  # noqa: PTH116  for each text of a page
        except FileNotFoundError:
            raise KeysAway(
                f"le dossier des clés ({self._folder}) n’a pas son témoin : disque absent, ou autre dossier"
            ) from None
        except OSError as error:
            raise KeysAway(f"le dossier des clés ({self._folder}) ne se lit pas ({type(error).__name__})") from None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _read(self) -> UUID:
        try:
            sealed = self.path.read_bytes()
        except OSError as error:
            raise KeysAway(f"le témoin ({self.path}) ne se lit pas ({type(error).__name__})") from None
        try:
            return UUID(bytes=self._master.unwrap(sealed, PLACE))
        except (InvalidTag, ValueError):
            raise KeysAway(f"MASTER_KEY n’ouvre pas le témoin ({self.path}) : ce n’est pas la bonne clé") from None
