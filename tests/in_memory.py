"""What a run writes is in memory, where the machine has enough of it: tests make and forget tens of thousands of
files, and on a disk one core in ten was at times the kernel looking for an inode that was not freed just before.

All of it goes with the run. With TMPDIR set, that folder is used as it is, and what failed tests left stays there.
A pytest plugin (named in conftest.py). tests/everything.py, which another process imports, finds the folder in its
environment.
"""

import os
import shutil
import tempfile
from multiprocessing.util import Finalize
from pathlib import Path

import pytest

from collectifs.kernel import config as ours

MEMORY = Path("/dev/shm")
ENOUGH = 3 * 2**30  # bytes: a whole run, on both databases, has written one third of it
RUN_FOLDER = "TESTS_IN_MEMORY"  # set where the run has made one


def has_enough(memory: Path) -> bool:
    """Whether there is such a folder, with room, and the machine has as much memory free."""
    try:
        there = os.statvfs(memory)
        free = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())["MemAvailable"]
    except (OSError, KeyError):
        return False
    return min(there.f_bavail * there.f_frsize, int(free.split()[0]) * 1024) >= ENOUGH


def keep_indexes_with_the_run(folder: str) -> None:
    """Words that a deployment keeps in the machine's memory stand with the rest, and go with it."""
    ours.MEMORY = Path(folder)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if "TMPDIR" in os.environ or not has_enough(MEMORY):
        return
    forget_what_was_killed()
    folder = tempfile.mkdtemp(prefix=f"tests-{os.getpid()}-", dir=MEMORY)
    Path(folder).chmod(0o711)  # PostgreSQL, of another account, has a folder in it
    os.environ["TMPDIR"] = os.environ[RUN_FOLDER] = tempfile.tempdir = folder
    config.option.basetemp = config.option.basetemp or f"{folder}/pytest"  # it would tidy up what is no more
    keep_indexes_with_the_run(folder)
    # After multiprocessing's own folder, which goes at -100; in this process, in none that is forked from it.
    Finalize(None, shutil.rmtree, args=(folder,), kwargs={"ignore_errors": True}, exitpriority=-200)


def forget_what_was_killed() -> None:
    """A run that was killed could not take its folder away."""
    for folder in MEMORY.glob("tests-*-*"):
        if not Path("/proc", folder.name.split("-")[1]).exists():
            shutil.rmtree(folder, ignore_errors=True)
