"""SQLite's one write lock, waited for in a line.

SQLite waits by sleeping, longer and longer, up to a tenth of a second: who came first may be last, and a lock that is
free is not seen. Here the threads of a process stand in line, and whoever is first in it looks every millisecond: a
gesture waits for those before it, and for nothing else.
"""

import sqlite3
import time
from threading import Lock

PATIENCE_MS = 10_000
LOOKS_EVERY_S = 0.001
_line = Lock()


def begin_immediate(connection: sqlite3.Connection) -> None:
    """Begin a transaction that holds the write lock. Raises OperationalError when it was waited for in vain."""
    until = time.monotonic() + PATIENCE_MS / 1000
    has_come = _line.acquire(timeout=PATIENCE_MS / 1000)
    connection.execute("pragma busy_timeout=0")
    try:
        if not (has_come and _begins(connection, until)):
            connection.execute("BEGIN IMMEDIATE")  # once more: its refusal is said as any other
    finally:
        connection.execute(f"pragma busy_timeout={PATIENCE_MS}")
        if has_come:
            _line.release()


def _begins(connection: sqlite3.Connection, until: float) -> bool:
    """Whether it has the lock now; False when the time is over, or for any other refusal."""
    while time.monotonic() < until:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as refusal:
            if refusal.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                return False
            time.sleep(LOOKS_EVERY_S)
        else:
            return True
    return False
