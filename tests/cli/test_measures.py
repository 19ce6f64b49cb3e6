"""Two processes of one machine count together, and begin again with none when the service was stopped."""

import base64
import http.client
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from collectifs.kernel.config import environment
from tests.databases import free_port
from tests.forks import Command, run, started

PAGES, PATIENCE_S = 24, 60
COUNTED = re.compile(r'^collectifs_request_seconds_count\{endpoint="home.legal_notice"\} (\S+)$', re.MULTILINE)


def ask(port: int, path: str) -> tuple[int, str]:
    """A new connection each time: either process may be the one that answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@contextmanager
def served(env: dict[str, str]) -> Iterator[int]:
    port = free_port()
    words = ["gunicorn", "wsgi:app", "--no-control-socket", "--workers=2", "--worker-class=gthread", "--threads=2"]
    process = started(Command([*words, f"--bind=127.0.0.1:{port}", "--reuse-port"], env))
    try:
        until = time.monotonic() + PATIENCE_S
        while not answers(port):
            assert time.monotonic() < until
            time.sleep(0.1)
        yield port
        process.terminate()  # its two processes first, then itself
        process.join(PATIENCE_S)
    finally:
        process.kill()
        process.join()


def answers(port: int) -> bool:
    try:
        return ask(port, "/sante")[0] == 200
    except OSError:
        return False


def counted(port: int) -> set[float]:
    """What each of the two processes says, asked often enough to hear both."""
    told = [COUNTED.search(ask(port, "/mesures")[1]) for _ in range(8)]
    return {float(found[1]) if found else 0.0 for found in told}


def test_whichever_process_is_asked_tells_what_both_have_answered(tmp_path: Path) -> None:
    key = base64.urlsafe_b64encode(b"k" * 32).decode()
    env = {"COLLECTIFS_DATA": str(tmp_path / "data"), "MASTER_KEY": key, "SECRET_KEY": "only for tests"}
    env |= {"INDEX_DIR": str(tmp_path / "index")}
    assert run(Command(["flask", "--app", "wsgi", "db", "upgrade"], environment(**env))) == 0
    with served(environment(**env)) as port:
        assert {ask(port, "/mentions-legales")[0] for _ in range(PAGES)} == {200}
        assert counted(port) == {PAGES}
        assert len(list((tmp_path / "index-mesures").glob("histogram_*.db"))) == 2, "each counts in a file of its own"
    with served(environment(**env)) as port:
        assert ask(port, "/mentions-legales")[0] == 200
        assert counted(port) == {1}
