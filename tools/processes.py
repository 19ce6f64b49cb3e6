"""Ending the processes that tests and tools start: asked first, then by force, each wait bounded."""

import ctypes
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PATIENCE_S = 20.0
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def end(process: "subprocess.Popen[Any]", patience_s: float = PATIENCE_S) -> None:
    """Ask by SIGTERM: SIGINT is ignored by whatever was started in the background. Whoever does not end in time is
    killed, with all that it started."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(timeout=patience_s)
    except subprocess.TimeoutExpired:
        kill(process, patience_s)


def kill(process: "subprocess.Popen[Any]", patience_s: float = PATIENCE_S) -> None:
    """End a process and all that it started at once; nobody is asked."""
    if process.poll() is not None:
        return
    for pid in [process.pid, *descendants(process.pid)]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue  # it ended by itself meanwhile
    process.wait(timeout=patience_s)


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    try:
        said = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except FileNotFoundError:
        return []
    children = [int(each) for each in said.split()]
    return children + [each for child in children for each in descendants(child)]


def is_alive(pid: int) -> bool:
    """Whether a process runs, and does not only wait to be told of as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def dying_with_us(command: Sequence[str | Path], by: str = "TERM") -> list[str | Path]:
    """The same command, told to end when whoever starts it is killed: a run cut short leaves no server behind."""
    return [*(["setpriv", "--pdeathsig", by] if shutil.which("setpriv") else []), *command]


def end_with_parent() -> None:
    """Tell this process to end, by SIGTERM, when the one that forked it ends."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
