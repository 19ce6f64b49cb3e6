"""`python -m collectifs.kernel.documents.pressroom SOCKET SECONDS`: what prints; `printing.py` starts it."""

import gc
import importlib
import os
import pickle
import signal
import socket
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from collectifs.kernel.collector import collect_as_usual
from collectifs.kernel.documents.printing import Task, short_name

LOOKS_EVERY_S = 1.0
MAY_WAIT = 16


def main(place: Path, idle_s: float) -> None:
    """Print what is asked, until nothing was for a while, or whoever started it has gone."""
    os.umask(0o077)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent, heard = os.getppid(), listen(place)
    importlib.import_module("collectifs.kernel.documents.typesetter")
    collect_as_usual()
    gc.freeze()
    mine, last = place.stat().st_ino, time.monotonic()
    while os.getppid() == parent and time.monotonic() - last < idle_s and _is_at(place, mine):
        try:
            link, _ = heard.accept()
        except TimeoutError:
            continue
        answer(Connection(link.detach()))
        last = time.monotonic()
    if _is_at(place, mine):
        place.unlink()


def listen(place: Path) -> socket.socket:
    """A socket that takes its place at once, over one that nobody hears any more."""
    heard, draft = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM), place.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with short_name(draft) as name:
        heard.bind(name)
    heard.listen(MAY_WAIT)
    heard.settimeout(LOOKS_EVERY_S)
    draft.replace(place)
    return heard


def answer(asker: Connection) -> None:
    """One paper. Whoever gave up meanwhile is not waited for."""
    try:
        os.set_blocking(asker.fileno(), True)
        found = printed_now(pickle.loads(asker.recv_bytes()))  # noqa: S301
        asker.send_bytes(found)
    except (ConnectionError, EOFError):
        return
    finally:
        asker.close()


def printed_now(task: Task) -> bytes:
    """What came of it: a paper, or the exception that its maker raised; nothing of it is said anywhere else."""
    module, name, what, how = task
    try:
        made: Any = getattr(importlib.import_module(module), name)(*what, **how)
        return pickle.dumps((True, made))
    except Exception as error:  # noqa: BLE001  it is raised where the paper was asked for
        try:
            return pickle.dumps((False, error))
        except (pickle.PicklingError, TypeError, AttributeError):
            return pickle.dumps((False, RuntimeError(type(error).__name__)))


def _is_at(place: Path, inode: int) -> bool:
    try:
        return place.stat().st_ino == inode
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
