"""A process that serves pages: gunicorn's own of several threads, where one request wakes fewer of them.

In gunicorn's, a connection wakes the first thread of each process; one of them accepts it and hands it to another
thread, which makes a poller to wait for the first byte and wakes the first thread again to have it closed. That thread
then waits until the other side has closed as well, two seconds at most, and nobody is accepted meanwhile. Here each
thread waits at the door itself, and the system hands it a connection with its first words; whoever answered closes,
without waiting for those who said that they ask nothing more. While all threads of a process are busy with those whom
they let in, as behind a proxy, nobody comes in there who would wait though another process is free. The first thread
watches over connections that stay open or say nothing, and reckons up when it wakes; what is said later on those is
answered by threads of their own, never more at a time in all than the process has: it stays with its process.

gunicorn reads this before the application: nothing of it is imported here.
"""

import select
import socket
import struct
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from threading import Semaphore, Thread
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

SILENT_S = 5  # until what says nothing is handed over all the same
SOON_MS = 100  # and is watched as gunicorn does, by a thread and then by the first one
AT_THE_DOOR_US = 250_000  # until a thread sees that it is to leave
LEAVING_S = 2  # until nobody waits any more for one that has not seen it
AT_MOST, FOR_EVER = (struct.pack("ll", 0, microseconds) for microseconds in (AT_THE_DOOR_US, 0))

Answer = Callable[[TConn], None]
LetIn = Callable[[socket.socket, Any, Any], TConn]


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


class AtTheDoor(Thread):
    """Lets somebody in, answers them, and comes back."""

    def __init__(self, door: socket.socket, let_in: LetIn, answer: Answer) -> None:
        super().__init__(daemon=True)
        self._door, self._let_in, self._answer = door, let_in, answer
        self.is_over, self.waits = False, True

    def run(self) -> None:
        """Until it is over."""
        name = self._door.getsockname()
        while not self.is_over:
            try:
                connection, whose = self._door.accept()
            except BlockingIOError:
                self._door.setblocking(True)  # another process at this door, of a former release, does otherwise
            except OSError:  # they left before they were let in; or no more files can be opened
                time.sleep(SOON_MS / 1000)
            else:
                found = self._let_in(connection, whose, name)
                self.waits = False
                self._answer(found)
                self.waits = True
                del connection, found


class WebProcess(ThreadWorker):  # type: ignore[misc]
    """gunicorn's process of several threads, with these."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._opened: deque[None] = deque()
        self._closed: deque[None] = deque()
        self._at_the_door: list[AtTheDoor] = []
        self._accepting: bool
        self._turns = Semaphore(self.cfg.threads)

    def init_process(self) -> None:
        """As gunicorn does, at a door that waits for the first words, and where nobody waits for ever."""
        for door in self.sockets:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, AT_MOST)
            with suppress(OSError, AttributeError):  # one of the file system, or another system, has no such thing
                door.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SILENT_S)
        super().init_process()

    def get_thread_pool(self) -> Threads:
        """Who answers what is said later on a connection that stays open."""
        return Threads(self.cfg.threads)

    def enqueue_req(self, conn: TConn) -> None:
        """Have it answered."""
        self.tpool.submit(self._answer, conn)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Send threads to the door, or call them back: whoever was let in is counted then."""
        if enabled == self._accepting:
            return
        self._accepting = enabled
        if enabled:
            for door in self.sockets:
                door.setblocking(True)
                self._at_the_door += [AtTheDoor(door, self._let_in, self._answer) for _ in range(self.cfg.threads)]
            for each in self._at_the_door:
                each.start()
            return
        for each in self._at_the_door:
            each.is_over = True
        until = time.monotonic() + LEAVING_S
        while any(each.waits and each.is_alive() for each in self._at_the_door) and time.monotonic() < until:
            time.sleep(SOON_MS / 1000 / 2)
        self._at_the_door.clear()
        self._reckon()

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """As gunicorn does; then those count who were let in, and no more those that were closed."""
        super().wait_for_and_dispatch_events(timeout)
        self._reckon()

    def _reckon(self) -> None:
        closed, opened = len(self._closed), len(self._opened)  # in this order: it was opened before
        for _ in range(closed):
            self._closed.popleft()
        for _ in range(opened):
            self._opened.popleft()
        self.nr_conns += opened - closed

    def _let_in(self, connection: socket.socket, whose: Any, name: Any) -> TConn:
        self._opened.append(None)
        with suppress(OSError):  # it is theirs no more
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, FOR_EVER)
        return TConn(self.cfg, connection, whose, name)

    def _answer(self, conn: TConn) -> None:
        over: Future[Any] = Future()
        try:
            with self._turns:
                over.set_result(self._handled(conn))
        except BaseException as failure:  # noqa: BLE001  gunicorn's first thread closes it; this one serves others
            over.set_exception(failure)
        if over.exception() or over.result():  # it stays open, or has said nothing yet
            self.method_queue.defer(self.finish_request, conn, over)
            return
        conn.close(graceful=not _has_said_all(conn))
        self._closed.append(None)
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
