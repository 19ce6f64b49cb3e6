"""A deployment takes up a new release while people use the former one (deploy/gunicorn.conf.py, `systemctl reload`)."""

import http.client
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.databases import free_port
from tests.forks import ROOT
from tools.processes import dying_with_us, is_alive

UNIT = ROOT / "deploy" / "systemd" / "collectifs-web.service"
PATIENCE_S = 30
RELEASE = """
import time
name = {name!r}
def app(environ, start_response):
    time.sleep(0.02)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [name.encode()]
"""


class Service:
    """What the unit starts and reloads, with an application that says which release it is."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.said = folder, free_port(), ""
        self.heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.heard.bind(str(folder / "notify"))
        self.heard.settimeout(PATIENCE_S)
        self.pids: list[int] = []

    def install(self, release: str) -> None:
        (self.folder / "wsgi.py").write_text(release, encoding="utf-8")

    def start(self) -> None:
        env = {**os.environ, "NOTIFY_SOCKET": str(self.folder / "notify"), "PYTHONPATH": f"{self.folder}:{ROOT}"}
        line = self._line("ExecStart").replace("deploy/", f"{ROOT}/deploy/").replace(":8000", f":{self.port}")
        command = [sys.executable, str(Path(sys.executable).with_name("gunicorn")), *shlex.split(line)[1:]]
        with (self.folder / "log").open("ab") as log:
            self.first = subprocess.Popen(dying_with_us(command), cwd=self.folder, env=env, stdout=log, stderr=log)
        self.follow()

    def follow(self) -> None:
        """Until systemd would know another main process."""
        while not (main := re.search(rb"MAINPID=(\d+)", self.heard.recv(1000))):
            pass
        self.pids.append(int(main[1]))

    def reload(self) -> None:
        kill = shlex.split(self._line("ExecReload").replace("$MAINPID", str(self.pids[-1])))
        subprocess.run(kill, check=True, timeout=PATIENCE_S)

    def ask(self) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.request("GET", "/")
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def stop(self) -> None:
        self.heard.close()
        for pid in filter(is_alive, self.pids):
            os.kill(pid, signal.SIGTERM)
        self.first.wait(PATIENCE_S)

    def _line(self, name: str) -> str:
        found = re.search(rf"^{name}=(.*)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)
        assert found
        return found[1]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    made = Service(tmp_path)
    made.install(RELEASE.format(name="former"))
    made.start()
    yield made
    made.stop()


def wait_for(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_new_release_is_taken_up_and_no_request_is_lost(service: Service) -> None:
    answers: list[str] = []
    over = Event()

    def go_on_asking() -> None:
        while not over.is_set():
            answers.append(service.ask())

    people = [Thread(target=go_on_asking) for _ in range(4)]
    for person in people:
        person.start()
    try:
        wait_for(lambda: len(answers) > 8)
        service.install(RELEASE.format(name="newer"))
        service.reload()
        service.follow()
        wait_for(lambda: not is_alive(service.pids[0]))
        assert service.ask() == "newer"
    finally:
        over.set()
        for person in people:
            person.join()
    assert set(answers) == {"former", "newer"}


def test_a_release_that_cannot_start_leaves_the_former_one_serving(service: Service) -> None:
    service.install("import sys\nsys.stderr.write('Il manque MASTER_KEY')\nsys.exit(3)")
    service.reload()
    wait_for(lambda: "Il manque MASTER_KEY" in (service.folder / "log").read_text(encoding="utf-8"))
    assert service.ask() == "former"
    service.install(RELEASE.format(name="mended"))
    wait_for(lambda: _reloads(service))
    assert service.ask() == "mended"


def _reloads(service: Service) -> bool:
    """Asked again until the release that could not start is forgotten."""
    service.heard.settimeout(1)
    service.reload()
    try:
        service.follow()
    except TimeoutError:
        return False
    wait_for(lambda: not is_alive(service.pids[-2]))
    return True
