"""The installation of `make operations`: two machines behind nginx, what they share, and what is asked of them."""

import base64
import http.client
import re
import secrets
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from collectifs.cli.forks import ROOT
from collectifs.cli.serve import HOST
from collectifs.kernel.config import environment
from tools.attack_kills import Server, as_a_process, forked
from tools.bench_live import databases
from tools.processes import descendants, dying_with_us, end
from tools.system_packages import nginx

PATIENCE_S = 200.0  # a job that was taken by whoever is killed is free again after two minutes
AROUND = """user root; daemon off; pid {folder}/nginx.pid; error_log {folder}/start.log crit;
events {{ worker_connections 512; }}
http {{ {temporary}
{servers} }}
"""


class Fault(Exception):
    """What did not hold, in a few words."""


@dataclass
class Front:
    """nginx with the lines of deploy/nginx.conf, without TLS; a machine can be put aside."""

    folder: Path
    port: int
    machines: tuple[int, int]
    process: Any = None

    def write(self, aside: int | None = None) -> None:
        """Its settings; `aside` is the port of the machine that nobody is sent to."""
        said = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        patience = re.search(r"server \S+( [^;]*);", said)[1]  # type: ignore[index]  # how long one that fails is left alone
        lines = [f"server {HOST}:{port}{patience}{' down' * (port == aside)};" for port in self.machines]
        said = re.sub(r"(upstream collectifs \{).*?\n\}", rf"\1 {' '.join(lines)} }}", said, flags=re.DOTALL)
        said = re.sub(r"ssl_certificate[^;]+;", "", said).replace("listen 443 ssl http2", f"listen {HOST}:{self.port}")
        said = re.sub(r"^server \{ listen 80;.*$", "", said, flags=re.MULTILINE)
        said = said.replace("collectifs.academie.example", HOST).replace("/var/log/nginx", str(self.folder))
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = " ".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in kinds)
        whole = AROUND.format(folder=self.folder, temporary=temporary, servers=said)
        (self.folder / "nginx.conf").write_text(whole, encoding="utf-8")

    def start(self) -> None:
        """Start it."""
        self.write()
        command = [nginx(), "-e", f"{self.folder}/start.log", "-c", f"{self.folder}/nginx.conf"]
        self.process = subprocess.Popen(dying_with_us(command))
        wait_for(lambda: asked(self.port, "/sante") == 200, "nginx does not answer")

    def put_aside(self, port: int | None) -> None:
        """Send nobody to this machine, and let what it has in hand end; None: send people to both."""
        self.write(port)
        before = set(descendants(self.process.pid))
        self.process.send_signal(signal.SIGHUP)
        wait_for(lambda: not before & set(descendants(self.process.pid)), "nginx does not let go of what it had")


@dataclass
class House:
    """Two machines with a data folder each and one database; and what was seen of them.

    They share a folder of keys; once the keys are in the table, each has a folder of its own for the epochs.
    """

    folder: Path
    url: str
    figures: dict[str, Any] = field(default_factory=dict)
    workers: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        port = databases().free_port()
        self.keys = {"MASTER_KEY": new_key(), "SECRET_KEY": new_key()}
        self.shared = {"DATABASE_URL": self.url, "PROXIES": "1", "BIND": HOST}
        self.shared |= {"BASE_URL": f"http://{HOST}:{port}"}
        ports = (databases().free_port(), databases().free_port())
        self.front = Front(self.folder, port, ports)
        self.web = [
            Server(self.env(name), at, self.folder / "web.log", as_a_process)
            for name, at in zip("ab", ports, strict=True)
        ]

    @property
    def is_table(self) -> bool:
        """Whether the keys are rows."""
        return self.shared.get("KEYS") == "table"

    def keys_of(self, machine: str) -> Path:
        """The KEYS_DIR of a machine."""
        return self.folder / f"keys-{machine if self.is_table else 'a'}"

    def env(self, machine: str) -> dict[str, str]:
        """The settings of one machine."""
        own = {"COLLECTIFS_DATA": str(self.folder / machine), "KEYS_DIR": str(self.keys_of(machine))}
        return environment(**self.shared, **self.keys, **own)

    def start_worker(self, number: int) -> None:
        """A worker on one of the machines, and wait for its first breath: it is at work."""
        command = ["flask", "--app", "wsgi", "worker"]
        worker = self.workers[number] = forked(command, self.env("ab"[number]), self.folder / "worker.log")
        asked = "SELECT 1 FROM worker_breaths WHERE worker LIKE %s"
        wait_for(lambda: bool(self.rows(asked, f"%/{worker.pid}")), "a worker does not breathe")

    def command(self, *words: str) -> str:
        """What a command of the application says. Raises Fault."""
        said = self.folder / "command.log"
        said.write_text("", encoding="utf-8")
        process = forked(["flask", "--app", "wsgi", *words], self.env("a"), said)
        if process.wait(PATIENCE_S):
            raise Fault(f"{' '.join(words[:2])}: {said.read_text(encoding='utf-8')[-600:]}")
        return said.read_text(encoding="utf-8").strip()

    def rows(self, statement: str, *values: object) -> list[Any]:
        """What the database answers."""
        with psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True) as connection:
            return connection.execute(statement, values).fetchall()

    def said(self) -> list[str]:
        """What the web processes wrote down: ids and routes alone."""
        return (self.folder / "web.log").read_text(encoding="utf-8", errors="replace").splitlines()

    def roll(self) -> None:
        """Upgrade both machines, one after the other: aside, stopped, started, ready, back."""
        for name, machine in zip("ab", self.web, strict=True):
            self.front.put_aside(machine.port)
            end(machine.process)
            machine.env = self.env(name)
            machine.start()
            wait_for(partial(is_ready, machine.port), "a machine does not become ready")
            self.front.put_aside(None)
        for number in range(len(self.workers)):
            end(self.workers[number])
            self.start_worker(number)

    def stop(self) -> None:
        """End both machines and their workers."""
        for process in (*self.workers, *(machine.process for machine in self.web)):
            end(process)

    def start(self) -> None:
        """Start both, with their settings of now, and their workers."""
        for name, machine in zip("ab", self.web, strict=True):
            machine.env = self.env(name)
            machine.start()
        self.workers = [None, None]
        for number in range(2):
            self.start_worker(number)


def new_key() -> str:
    """32 bytes, as the settings want them."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def asked(port: int, path: str) -> int:
    """The status that is answered; 0 for none."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def is_ready(port: int) -> bool:
    """Whether people may be sent to this machine."""
    return asked(port, "/pret") == 200


def wait_for(holds: Callable[[], bool], otherwise: str) -> None:
    """Until it holds, within a bound. Raises Fault."""
    until = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > until:
            raise Fault(otherwise)
        time.sleep(0.05)
