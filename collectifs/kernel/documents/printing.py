"""Papers are printed by one process apart, which alone loads WeasyPrint and pikepdf: fifty megabytes, held once.

It is started by whoever first has something to print, hears the others of its machine by a socket of the data folder,
prints one paper after the other, and ends when it has had nothing to do for a while, or when whoever started it ends.
What goes there are plain values: the function that makes a paper, by its name, and what that paper says.
"""

import fcntl
import os
import pickle
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import wraps
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from collectifs.kernel.config import without_secrets

P = ParamSpec("P")
R = TypeVar("R")
ROOT = Path(__file__).resolve().parents[3]
STARTS_WITHIN_S, LOOKS_EVERY_S = 30.0, 0.02
Task = tuple[str, str, tuple[Any, ...], dict[str, Any]]


class PressBusy(Exception):
    """Too many papers wait, or one takes too long: it may be asked again in a moment."""


class _Place:
    """Where this process has its papers printed; none: by itself."""

    socket: Path | None = None
    patience_s = 0.0
    idle_s = 0.0
    started: dict[int, "subprocess.Popen[bytes]"] = {}  # noqa: RUF012  by the process that started it


_at_most: ContextVar[float] = ContextVar("waiting_at_most", default=float("inf"))


def print_apart(place: Path | None, *, patience_s: float = 0, idle_s: float = 600) -> None:
    """From now on this process has its papers printed by the one that hears at `place`; None: it prints by itself.

    `patience_s`: how long it waits for a paper; `idle_s`: how long the one that prints stays with nothing to do.
    """
    _Place.socket, _Place.patience_s, _Place.idle_s = place, patience_s, idle_s


def printed(makes: Callable[P, R]) -> Callable[P, R]:
    """Declare a function of a module that prints: plain values in, plain values out. It raises PressBusy too."""

    @wraps(makes)
    def at_press(*what: P.args, **how: P.kwargs) -> R:
        place = _Place.socket
        if place is None:
            return makes(*what, **how)
        found: R = _asked(place, (makes.__module__, makes.__qualname__, what, how))
        return found

    return at_press


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """Within this block a paper is waited for no longer, where somebody's own words wait with it. Raises PressBusy."""
    token = _at_most.set(seconds)
    try:
        yield
    finally:
        _at_most.reset(token)


def _asked(place: Path, task: Task) -> Any:
    until = time.monotonic() + min(_Place.patience_s, _at_most.get())
    said = pickle.dumps(task)
    for _ in range(3):  # it may end just as it is asked
        try:
            with _connected(place, until) as press:
                press.send_bytes(said)
                if not press.poll(max(0.0, until - time.monotonic())):
                    raise PressBusy
                done, found = pickle.loads(press.recv_bytes())  # noqa: S301
        except (ConnectionError, EOFError):
            continue
        if done:
            return found
        raise found
    raise PressBusy


@contextmanager
def _connected(place: Path, until: float) -> Iterator[Connection]:
    link = _call(place) or _call_whoever_starts(place, until)
    press = Connection(link.detach())
    try:
        yield press
    finally:
        press.close()


def _call(place: Path) -> socket.socket | None:
    """A line to the press; None when there is none. Raises PressBusy."""
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.setblocking(False)
    try:
        with short_name(place) as name:
            link.connect(name)
    except BlockingIOError:  # as many wait as may wait
        link.close()
        raise PressBusy from None
    except (FileNotFoundError, ConnectionRefusedError):
        link.close()
        return None
    link.setblocking(True)
    return link


def _call_whoever_starts(place: Path, until: float) -> socket.socket:
    """One process starts it, the others wait. Raises PressBusy."""
    with place.with_suffix(".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        link, began, process = _call(place), time.monotonic(), None
        while link is None:
            process = process or _start(place)
            if process.poll() is not None or time.monotonic() > min(until, began + STARTS_WITHIN_S):
                raise PressBusy
            time.sleep(LOOKS_EVERY_S)
            link = _call(place)
        return link


def _start(place: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "collectifs.kernel.documents.pressroom", str(place), str(_Place.idle_s)]
    former = _Place.started.pop(os.getpid(), None)
    if former is not None:
        former.poll()
    process = subprocess.Popen(  # noqa: S603  our own module, no shell
        command, cwd=ROOT, env=without_secrets(), stdin=subprocess.DEVNULL, start_new_session=True
    )
    _Place.started[os.getpid()] = process
    return process


@contextmanager
def short_name(place: Path) -> Iterator[str]:
    """A name for a socket that is never too long, wherever the data folder is."""
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{place.name}"
    finally:
        with suppress(OSError):
            os.close(folder)
