"""A web process answers whoever speaks, and waits for nobody who does not (web/process.py)."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.databases import free_port
from tests.forks import ROOT
from tools.processes import dying_with_us

PATIENCE_S, AT_ONCE_S = 30.0, 1.5
SLOW_S = 3.0
# It reads nothing of what it is sent.
APPLICATION = f"""
import time

def app(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        time.sleep({SLOW_S})
    answer = environ["PATH_INFO"].encode() * 10
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(answer)))])
    return [answer]
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """One process of one thread: whoever takes it leaves nothing for others."""
    with served(tmp_path_factory.mktemp("served")) as (found, _):
        yield found


@contextmanager
def served(folder: Path, *more: str) -> "Iterator[tuple[int, subprocess.Popen[bytes]]]":
    """The application by processes of one thread; where, and the first of them."""
    (folder / "served.py").write_text(APPLICATION, encoding="utf-8")
    found = free_port()
    words = ["gunicorn", "served:app", f"--bind=127.0.0.1:{found}", "--threads=1", "--no-control-socket", *more]
    kind = "--worker-class=collectifs.web.process.WebProcess"
    env = {**os.environ, "PYTHONPATH": f"{folder}:{ROOT}"}
    process = subprocess.Popen(dying_with_us([sys.executable, "-m", *words, kind]), cwd=folder, env=env)
    try:
        until = time.monotonic() + PATIENCE_S
        while not _answers(found):
            assert time.monotonic() < until
            time.sleep(0.1)
        yield found, process
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _answers(port: int) -> bool:
    try:
        return ask(port, "/") == "/" * 10
    except OSError:
        return False


def ask(port: int, path: str) -> str:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)) as connection:
        connection.request("GET", path, headers={"Connection": "close"})
        return connection.getresponse().read().decode()


def is_answered_beside(port: int, words: bytes) -> bool:
    """Whether somebody is answered at once while another has sent `words` and does not hang up. Three times, for on a
    busy machine nothing is at once; whoever waits for the other does so each time."""
    return any(_beside(port, words) for _ in range(3))


def _beside(port: int, words: bytes) -> bool:
    with socket.create_connection(("127.0.0.1", port)) as other:
        other.sendall(words)
        assert not words or b"200 OK" in other.recv(1000)
        began = time.monotonic()
        return ask(port, "/b") == "/b" * 10 and time.monotonic() - began < AT_ONCE_S


@pytest.mark.parametrize("words", [b"", b"GET /a HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"])
def test_each_is_served_whatever_others_do(port: int, words: bytes) -> None:
    assert is_answered_beside(port, words)


def test_a_connection_stays_open_for_whoever_asks_again(port: int) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)) as connection:
        for path in ("/a", "/b"):
            connection.request("GET", path)
            assert connection.getresponse().read().decode() == path * 10
            assert connection.sock is not None


def test_an_answer_arrives_whole_though_nothing_was_read_of_what_was_sent(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as one:
        size = 300_000
        one.sendall(b"POST /a HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % size)
        one.sendall(b"." * 60_000)
        time.sleep(0.3)
        said = b""
        while more := one.recv(1000):
            said += more
    assert said.endswith(b"/a" * 10)


def test_nobody_is_let_in_to_wait_for_a_busy_thread_while_another_process_is_free(tmp_path: Path) -> None:
    with served(tmp_path, "--workers=2") as (port, _), ThreadPoolExecutor(1) as beside:
        slow = beside.submit(ask, port, "/slow")
        began = time.monotonic()
        for _ in range(20):
            assert ask(port, "/b") == "/b" * 10
        assert time.monotonic() - began < SLOW_S
        assert slow.result() == "/slow" * 10


def test_whoever_was_let_in_is_answered_though_the_process_is_to_end(tmp_path: Path) -> None:
    with served(tmp_path) as (port, process), ThreadPoolExecutor(1) as beside:
        slow = beside.submit(ask, port, "/slow")
        time.sleep(SLOW_S / 6)
        process.terminate()
        assert slow.result() == "/slow" * 10
        assert process.wait(PATIENCE_S) == 0


def test_gunicorn_reads_it_without_reading_the_application_before_its_time() -> None:
    code = "import sys, collectifs.web.process; print(*sorted({'sqlalchemy', 'collectifs.cli'} & {*sys.modules}))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True)
    assert ran.stdout.strip() == ""
