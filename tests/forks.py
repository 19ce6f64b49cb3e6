"""The application's own commands, each in a process of its own, without the seconds that Python takes to import it.

One process a test run has imported everything and does nothing else: multiprocessing's fork server. Each command is
forked from it and does what `python -m …` does: its environment, its settings and its exit code are its own. What is
imported is all that it shares. tests/cli/test_serve.py and test_dev.py start Python itself.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.context import ForkServerProcess

from collectifs.cli import serve
from collectifs.cli.forks import ROOT, Waited, become, listen_anew, point
from collectifs.composition.domain import annealing
from collectifs.sheets.services import papers
from tools.processes import end_with_parent

PATIENCE_S = 60.0
_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["tests.everything"])


@dataclass(frozen=True)
class Command:
    """What `python -m` would be given, and where the new process reads and writes."""

    arguments: list[str]
    env: dict[str, str]
    reads: str = os.devnull
    says: str = os.devnull
    complains: str = ""  # as `says` unless told otherwise

    def __call__(self) -> None:
        """Become that command: never returns without SystemExit, except where the module itself does."""
        point(1, self.says)
        point(2, self.complains or self.says)
        point(0, self.reads, os.O_RDONLY)
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
        become(self.arguments, self.env)


@dataclass(frozen=True)
class Demonstration:
    """`make run`, its own parent process.

    It looks for a draft of collectives with a tenth of the moves: what all of them find, tests/composition sees. Nor
    does its worker press by itself the papers of the sheets that it begins with, which nobody opens."""

    port: int
    data: str
    says: str = os.devnull
    settings: dict[str, str] = field(default_factory=dict)

    def __call__(self) -> None:
        """Serve until told to end."""
        os.environ.update(self.settings)
        annealing.MOVES_A_PERSON, annealing.MOVES_OF_FEW, papers.MOST_ASKED = 1_000, 1_000, 0
        point(1, self.says)
        point(2, self.says)
        os.chdir(ROOT)
        sys.exit(serve.main(["--port", str(self.port), "--data", self.data]))


def start_for_all() -> None:
    """Start the process that has imported everything: those that are forked from this one will share it."""
    forkserver.ensure_running()


def share() -> None:
    """In a process forked after that: use what its parent started, which lives for as long as one of them does."""
    forkserver._forkserver.ensure_running = lambda: None  # type: ignore[method-assign]


class Forked(Waited, ForkServerProcess):
    """A process forked from the one that has imported everything."""


def started(what: Callable[[], object]) -> Forked:
    """Do this in a session of its own; it ends at the latest with the tests."""
    process = Forked(target=_in_a_session, args=(what,))
    process.start()
    return process


def run(command: Callable[[], object]) -> int:
    """Do this to its end, and give its exit code."""
    process = started(command)
    try:
        return process.wait(PATIENCE_S)
    finally:
        process.kill()
        process.join()


def _in_a_session(what: Callable[[], object]) -> None:
    end_with_parent()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    listen_anew()
    os.setsid()
    what()
