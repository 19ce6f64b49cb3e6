"""What several people write at one instant, down to the disk at once.

On SQLite each transaction waits until the disk has it, and keeps the one write lock meanwhile: two hundred gestures a
second would stand behind one another. Whoever has the lock in this process also carries out what the others wait to
write, then commits once; each is answered after that. Nothing is less durable, and nobody's refusal is another's.
PostgreSQL does so by itself.
"""

from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Any

from collectifs.kernel.errors import MovedMeanwhile
from collectifs.kernel.extensions import begin_writing, db, is_only_reading, leave, writing_apart

Work = Callable[[], None]


class _Waiting:
    """Somebody's writing, and what became of it."""

    def __init__(self, work: Work) -> None:
        self.work, self.is_over = work, False
        self.failure: BaseException | None = None


class _SpoiltByOne(Exception):
    """One of them failed after it had begun to write."""


_turn = Lock()
_line: deque[_Waiting] = deque()


def write_together(work: Work) -> None:
    """Carry out `work`, which writes by extensions.writing() or by `db.session` and flushes; it is committed when this
    returns.

    The thread that carries it out may be another's, within its request: `work` brings what it needs. It may raise
    MovedMeanwhile before it writes. Where the present transaction writes already, it is part of it.
    """
    if not is_only_reading():
        work()
        return
    if db.engine.dialect.name != "sqlite":
        begin_writing(whole_picture=False)
        with writing_apart():
            work()
        return
    leave()
    mine = _Waiting(work)
    _line.append(mine)
    with _turn:
        if not mine.is_over:
            _carry_out_all(mine)
    if mine.failure:
        raise mine.failure


def _carry_out_all(mine: _Waiting) -> None:
    """All that waits in this process, in one transaction; what is mine is among it."""
    taken: list[_Waiting] = []
    try:
        begin_writing(whole_picture=False)
        with writing_apart() as connection:
            _take(taken)  # whoever comes until now is taken along
            for each in taken:
                _carry_out(each, connection.connection.dbapi_connection)
    except BaseException as failure:  # noqa: BLE001  whatever it is, nobody takes their writing for kept
        leave()
        _take(taken)
        _fail(taken, failure)
    finally:
        for each in taken:
            each.is_over = True


def _take(taken: list[_Waiting]) -> None:
    while _line:
        taken.append(_line.popleft())


def _carry_out(each: _Waiting, connection: Any) -> None:
    written = connection.total_changes
    try:
        each.work()
    except Exception as failure:
        each.failure = failure
        if connection.total_changes != written or (db.session.registry.has() and db.session.new):
            raise _SpoiltByOne from failure


def _fail(taken: list[_Waiting], failure: BaseException) -> None:
    """Nothing was kept. Whoever spoilt it is told why, the others begin again; a disk that refuses is told to all."""
    for each in taken:
        each.failure = each.failure or (MovedMeanwhile() if isinstance(failure, _SpoiltByOne) else failure)
