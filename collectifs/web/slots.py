"""Work that nobody waits for: so many at a time on a machine, and left undone when all places are taken.

A place is a file, locked while the work lasts: the processes of a machine share them, and one that dies frees its own.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app


@contextmanager
def free_place(name: str, most: int) -> Iterator[bool]:
    """Within this block, one of the `most` places of `name` is held; False when none was free. Never waits."""
    folder = current_app.extensions["settings"].data / "places"
    folder.mkdir(mode=0o700, exist_ok=True)
    for number in range(most):
        with (folder / f"{name}-{number}").open("w") as place:
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield True
            return
    yield False
