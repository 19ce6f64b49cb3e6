"""The application's own commands, each in a process of its own, without the seconds that Python takes to import it.

One process a test run's worker has imported everything and does nothing else: multiprocessing's fork server. Each
command is forked from it and does what `python -m …` does: its environment, its settings and its exit code are its
own. What is imported is all that it shares. tests/cli/test_serve.py and test_ending.py start Python itself.
"""

import ctypes
import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import ForkProcess, ForkServerProcess
from pathlib import Path
from typing import Any, BinaryIO

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 60.0
_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["tests.everything"])
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


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
        _point(1, self.says)
        _point(2, self.complains or self.says)
        _point(0, self.reads, os.O_RDONLY)
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
        os.environ.clear()
        os.environ.update(self.env)
        os.chdir(ROOT)
        sys.argv = list(self.arguments)
        runpy.run_module(self.arguments[0], run_name="__main__", alter_sys=True)


@dataclass(frozen=True)
class Demonstration:
    """`make run`: its own parent process, whose children are forked from it instead of started."""

    port: int
    data: str
    says: str = os.devnull

    def __call__(self) -> None:
        """Serve until told to end; what touches the database is done in processes of its own."""
        from collectifs.cli import serve

        prepare = serve.prepare

        def prepare_apart(settings: Any) -> None:
            process = _Fork(target=prepare, args=(settings,))
            process.start()
            assert process.wait() == 0

        def start(command: Any, env: dict[str, str], log: BinaryIO) -> Any:
            process = _Fork(target=_in_a_session, args=(Command(list(command)[1:], env, says=log.name),))
            process.start()
            return process

        serve.prepare, serve._start = prepare_apart, start
        _point(1, self.says)
        _point(2, self.says)
        os.chdir(ROOT)
        sys.exit(serve.main(["--port", str(self.port), "--data", self.data]))


class _Popen:
    """What a process needs to be ended as those of `subprocess` are (tools/processes.py)."""

    def poll(self) -> int | None:
        return self.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self.join(timeout)
        if self.exitcode is None:
            raise subprocess.TimeoutExpired(self.name, timeout or 0)
        return self.exitcode


class Forked(_Popen, ForkServerProcess):
    """A process forked from the one that has imported everything."""


class _Fork(_Popen, ForkProcess):
    """A process forked from the present one."""


def started(what: Callable[[], object]) -> Forked:
    """Do this in a session of its own; it ends at the latest with the tests."""
    process = Forked(target=_in_a_session, args=(what,))
    process.start()
    return process


def run(command: Command) -> int:
    """Do this to its end, and give its exit code."""
    process = started(command)
    try:
        return process.wait(PATIENCE_S)
    finally:
        process.kill()
        process.join()


def _in_a_session(what: Callable[[], object]) -> None:
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, signal.SIG_DFL if each is signal.SIGTERM else signal.default_int_handler)
    os.setsid()
    what()


def _point(target: int, path: str, flags: int = os.O_WRONLY | os.O_CREAT | os.O_APPEND) -> None:
    """Let a stream of this process (0, 1 or 2) be this file."""
    opened = os.open(path, flags, 0o600)
    os.dup2(opened, target)
    os.close(opened)
