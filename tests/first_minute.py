"""A demonstration at its first minute, as `make run` fills an empty folder: filled once a run, then copied.

Not a plugin: whoever imports it has a process started that has imported everything (tests/forks.py).
"""

import fcntl
import shutil
import sqlite3
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from collectifs.cli.serve import prepare
from collectifs.kernel.config import DEMO_MARK, demo_offset_seconds, load_settings, set_demo_offset
from tests.forks import started

FILLING_S = 90.0
PUT_OFF = "update jobs set run_after = '2037-01-13 12:50:00.000000' where kind = 'render_edition'"

STAYS = ("alembic_version", "deployments", "key_epochs", "territories", "users")


@pytest.fixture(scope="session")
def demo_folder(shared_folder: Path) -> Path:
    """The data folder of a demonstration at its first minute, made by whichever process needs it first."""
    folder, unfinished = shared_folder / "demonstration", shared_folder / "demonstration-unfinished"
    with (shared_folder / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            assert started(partial(fill, str(unfinished))).wait(FILLING_S) == 0
            unfinished.rename(folder)
    return folder


def fill(folder: str) -> None:
    """What `make run` does first, in a process of its own: the clock of a demonstration is not for the other tests.

    The book that its worker would press at once, in each house that begins so, is put off: no test opens it."""
    prepare(load_settings({"COLLECTIFS_DATA": folder}, make_keys=True))
    with closing(sqlite3.connect(Path(folder) / "collectifs.db")) as database:
        database.execute(PUT_OFF)
        database.commit()


def lay_out(first: Path, data: Path) -> None:
    """A data folder like the first one, whose clock starts now where that one's did."""
    shutil.copytree(first, data)
    set_clock_as(first, data)


def lay_out_at_rest(first: Path, data: Path) -> None:
    """A house of the same people, in real use, in which nothing was done yet: its worker has nothing to do."""
    shutil.copytree(first, data)
    (data / DEMO_MARK).unlink()
    with closing(sqlite3.connect(data / "collectifs.db")) as database:
        tables = database.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
        for (table,) in tables.fetchall():
            if table not in STAYS:
                database.execute(f'delete from "{table}"')
        database.commit()


def set_clock_as(first: Path, data: Path) -> None:
    """What the first clock showed when its mark was left, this one shows now."""
    mark = first / DEMO_MARK
    set_demo_offset(data / DEMO_MARK, demo_offset_seconds(mark) - (time.time() - mark.stat().st_mtime))
