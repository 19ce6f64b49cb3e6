"""A process that serves pages: gunicorn's own of several threads, where one request wakes fewer of them.

In gunicorn's, each request has a future with its lock, a poller of its own to wait for the first byte, and wakes the
first thread twice: to be accepted, and by a pipe to be closed. That thread then waits until the other side has closed
as well, two seconds at most, and nobody is accepted meanwhile. Here whoever answered closes, without waiting for those
who said that they ask nothing more; the system hands over a connection with its first words; the first thread accepts,
watches over connections that stay open or say nothing, and reckons up when it wakes.

gunicorn reads this before the application: nothing of it is imported here.
"""

import select
import socket
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

SILENT_S = 5  # until what says nothing is handed over all the same
SOON_MS = 100  # and is watched as gunicorn does, by a thread and then by the first one

Answer = Callable[[TConn], None]


class Threads:
    """Those who answer, started as they are needed, and the line before them."""

    def __init__(self, number: int) -> None:
        self._number, self._started = number, 0
        self._line: SimpleQueue[tuple[Answer, TConn] | None] = SimpleQueue()

    def submit(self, answer: Answer, connection: TConn) -> None:
        """Have one of them answer; the first thread alone asks for it."""
        self._line.put((answer, connection))
        if self._started < self._number:
            self._started += 1
            Thread(target=self._answer_all).start()

    def shutdown(self, *, wait: bool) -> None:
        """Each ends when the line is empty; nobody waits for it."""
        del wait
        for _ in range(self._started):
            self._line.put(None)

    def _answer_all(self) -> None:
        while found := self._line.get():
            answer, connection = found
            answer(connection)
            del answer, connection, found  # a connection that is over is not kept until the next one


class WebProcess(ThreadWorker):  # type: ignore[misc]
    """gunicorn's process of several threads, with these."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._closed: deque[TConn] = deque()

    def init_process(self) -> None:
        """As gunicorn does, at a door that waits for the first words."""
        for door in self.sockets:
            with suppress(OSError, AttributeError):  # one of the file system, or another system, has no such thing
                door.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SILENT_S)
        super().init_process()

    def get_thread_pool(self) -> Threads:
        """Who answers."""
        return Threads(self.cfg.threads)

    def enqueue_req(self, conn: TConn) -> None:
        """Have it answered."""
        self.tpool.submit(self._answer, conn)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """As gunicorn does; then those count no more that were closed."""
        super().wait_for_and_dispatch_events(timeout)
        while self._closed:
            self._closed.popleft()
            self.nr_conns -= 1

    def _answer(self, conn: TConn) -> None:
        over: Future[Any] = Future()
        try:
            over.set_result(self._handled(conn))
        except BaseException as failure:  # noqa: BLE001  gunicorn's first thread closes it; this one serves others
            over.set_exception(failure)
        if over.exception() or over.result():  # it stays open, or has said nothing yet
            self.method_queue.defer(self.finish_request, conn, over)
            return
        conn.close(graceful=not _has_said_all(conn))
        self._closed.append(conn)
        if not (self.alive and self._accepting):  # whoever waits for the last one to be over
            self.method_queue.defer(lambda: None)

    def _handled(self, conn: TConn) -> Any:
        if not conn.initialized and not conn.data_ready:
            conn.data_ready = _speaks(conn.sock)
        return self.handle(conn)


def _has_said_all(connection: TConn) -> bool:
    """Whether they asked for the end themselves, and what they sent was read: nothing of theirs crosses the answer."""
    asked = getattr(connection.parser, "mesg", None)
    return asked is not None and asked.should_close() and getattr(asked.body.reader, "length", None) == 0


def _speaks(connection: socket.socket) -> bool:
    """Whether its first words are there, within a moment."""
    looking = select.poll()
    looking.register(connection, select.POLLIN)
    return bool(looking.poll(SOON_MS))
