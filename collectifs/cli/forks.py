"""Commands forked from a process that has imported the application: each is there without the seconds of an import.

What forks others must have opened nothing yet, neither a database nor a thread: they would share it.
"""

import atexit
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.context import ForkProcess
from multiprocessing.process import BaseProcess
from pathlib import Path

from collectifs.kernel.config import replace_environment

ROOT = Path(__file__).resolve().parents[2]
ENDING = (signal.SIGTERM, signal.SIGINT)
APPENDED = os.O_WRONLY | os.O_CREAT | os.O_APPEND


class Waited(BaseProcess):
    """A process that is waited for as those of `subprocess` are."""

    def poll(self) -> int | None:
        """Its exit code, once it has ended."""
        return self.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, when it ends; subprocess.TimeoutExpired after `timeout` seconds."""
        self.join(timeout)
        if self.exitcode is None:
            raise subprocess.TimeoutExpired(self.name, timeout or 0)
        return self.exitcode


class Fork(Waited, ForkProcess):
    """A process forked from the present one, in a session of its own: Ctrl-C reaches the parent alone."""

    def start(self) -> None:
        """Fork. A signal that comes meanwhile is heard by whom it is sent to, once each has its own ears."""
        heard = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        try:
            super().start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, heard)

    def run(self) -> None:
        """Do it, and what was to be done at the end of it: multiprocessing leaves that out before Python 3.14."""
        os.setsid()
        listen_anew()
        try:
            super().run()
        finally:
            atexit._run_exitfuncs()


def listen_anew() -> None:
    """Hear signals as a new process does: SIGTERM ends it, SIGINT too where it was not ignored."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)


def become(arguments: Sequence[str], env: Mapping[str, str]) -> None:
    """Do what `python -m …` does with these arguments and this environment; most modules end by SystemExit."""
    replace_environment(env)
    os.chdir(ROOT)
    sys.argv = list(arguments)
    runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)


def point(target: int, path: str | Path, flags: int = APPENDED) -> None:
    """Let a stream of this process (0, 1 or 2) be this file."""
    opened = os.open(path, flags, 0o600)
    os.dup2(opened, target)
    os.close(opened)
