"""An index of words in the memory of the machine: it never enters a database, its log or a backup.

A drawer is one file of SQLite's FTS5, contentless, over stems that the application made. It is made whole beside the
former one and put in its place at once: nothing is ever taken out of a drawer, so nothing of it stays behind.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

_SUFFIX, _WHOLE = ".fts", "whole"
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE told (mark TEXT NOT NULL);
CREATE TABLE held (number INTEGER PRIMARY KEY, id TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(stems, content='', tokenize="unicode61 remove_diacritics 0");
"""
_FIND = "SELECT id FROM words JOIN held ON number = words.rowid WHERE words MATCH ? ORDER BY number DESC LIMIT ?"
Terms = Iterable[Iterable[str]]


class WordIndex:
    """The drawers of a folder, for their owner alone. Whoever asks opens the file anew: no copy is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, drawer: str, mark: str, texts: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Put a drawer in place: ids in their order, each with its stems. `mark` tells later what it was made from."""
        self._own_folder()
        aside = self.folder / f".{drawer}.{os.getpid()}"
        os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        with closing(sqlite3.connect(aside, isolation_level=None)) as base:
            base.executescript(_TABLES)
            base.execute("BEGIN")
            base.execute("INSERT INTO told VALUES (?)", [mark])
            for number, (id_, stems) in enumerate(texts, 1):
                base.execute("INSERT INTO held VALUES (?, ?)", [number, id_])
                base.execute("INSERT INTO words (rowid, stems) VALUES (?, ?)", [number, " ".join(stems)])
            base.execute("INSERT INTO words (words) VALUES ('optimize')")
            base.execute("COMMIT")
        aside.replace(self._path(drawer))

    def mark(self, drawer: str) -> str | None:
        """What a drawer was made from; None when it is not there, or is no such file."""
        try:
            with closing(self._open(drawer)) as base:
                return str(base.execute("SELECT mark FROM told").fetchone()[0])
        except sqlite3.Error:
            return None

    def find(self, drawer: str, wanted: Terms, unwanted: Terms, most: int) -> list[str]:
        """The ids of the texts with all these words in a row and none of those, the last that were put in first."""
        question = " AND ".join(map(_quoted, wanted))
        question = " NOT ".join([f"({question})", *map(_quoted, unwanted)])
        try:
            with closing(self._open(drawer)) as base:
                return [id_ for (id_,) in base.execute(_FIND, [question, most])]
        except sqlite3.OperationalError:
            return []  # nothing was ever put there

    def drawers(self) -> set[str]:
        """The names of the drawers that are there."""
        return {path.stem for path in self.folder.glob(f"*{_SUFFIX}")}

    def remove(self, drawer: str) -> None:
        """Nothing is left of a drawer."""
        self._path(drawer).unlink(missing_ok=True)

    def clear(self) -> None:
        """Nothing is left: no worker follows it any more, so nothing that is withdrawn would leave it."""
        (self.folder / _WHOLE).unlink(missing_ok=True)
        for drawer in self.drawers():
            self.remove(drawer)

    def remove_lost(self) -> None:
        """Nothing is left of the drawers that a process was making when it was killed."""
        for path in self.folder.glob(".*"):
            maker = path.suffix[1:]
            if maker.isdecimal() and (int(maker) == os.getpid() or not _lives(int(maker))):
                path.unlink(missing_ok=True)

    @property
    def is_whole(self) -> bool:
        """Whether every drawer has been made once since the machine was started."""
        return (self.folder / _WHOLE).exists()

    def say_whole(self) -> None:
        """Every drawer is there."""
        self._own_folder()
        (self.folder / _WHOLE).touch(mode=0o600)

    def _path(self, drawer: str) -> Path:
        return self.folder / f"{drawer}{_SUFFIX}"

    def _open(self, drawer: str) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path(drawer).absolute().as_uri()}?mode=ro&immutable=1", uri=True)

    def _own_folder(self) -> None:
        """The folder, ours and closed to others. Raises PermissionError for one that somebody else put there."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = self.folder.stat()
        if found.st_uid != os.getuid() or found.st_mode & 0o077:
            raise PermissionError(f"{self.folder} is not for its owner alone")


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _quoted(term: Iterable[str]) -> str:
    """Words in a row, none of which is an operator."""
    return '"' + " ".join(stem.replace('"', "") for stem in term) + '"'
