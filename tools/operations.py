"""`make operations`: an installation of two machines, kept going while everything that happens to one is done to it.

On the loopback, with PostgreSQL and nginx from Debian: two web machines and two workers behind the lines of
deploy/nginx.conf, two devices that write some times a second. Releases are rolled, workers killed, PostgreSQL crashed,
keys wrapped anew, copies made and drilled. What was answered in each part, what was lost and how long it took is
printed, and written to var/operations.json. A few minutes; one fault makes it fail.
"""

import base64
import http.client
import json
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from collectifs import create_app
from collectifs.cli.forks import ROOT
from collectifs.cli.serve import HOST
from collectifs.kernel.audit import ask
from collectifs.kernel.config import environment, load_settings
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import make_key
from collectifs.kernel.work import DestroyKey
from tools.attack_kills import Load, Server, as_a_process, verdict
from tools.bench_live import POSTGRESQL_SETTINGS, databases, find_door, prepare
from tools.processes import dying_with_us, end, kill
from tools.system_packages import nginx, postgresql_bin

RELEASES, WORKER_KILLS, CRASHES, JOBS = 3, 10, 3, 20
DRAINED_S, PATIENCE_S = 1.0, 200.0  # a job that was taken by whoever is killed is free again after two minutes
FIGURES = ROOT / "var" / "operations.json"
AROUND = """user root; daemon off; pid {folder}/nginx.pid; error_log {folder}/start.log crit;
events {{ worker_connections 512; }}
http {{ {temporary}
{servers} }}
"""


class Writers(Load):
    """Two devices of one meeting that write some times a second, each gesture sent until it is taken."""

    def _write(self, device: int) -> None:
        while not self.is_over:
            gesture = self._gesture(device)
            while not self._send(gesture, device):
                time.sleep(0.02)
            time.sleep(0.15)


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
        lines = [f"server {HOST}:{port}{' down' * (port == aside)};" for port in self.machines]
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
        self.process.send_signal(signal.SIGHUP)
        time.sleep(DRAINED_S)


@dataclass
class House:
    """Two machines with a data folder each, one database, one folder of keys; and what was seen of them."""

    folder: Path
    url: str
    figures: dict[str, Any] = field(default_factory=dict)
    workers: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        port = databases().free_port()
        self.keys = {"MASTER_KEY": new_key(), "SECRET_KEY": new_key()}
        self.shared = {"DATABASE_URL": self.url, "KEYS_DIR": str(self.folder / "keys"), "PROXIES": "1", "BIND": HOST}
        self.shared |= {"BASE_URL": f"http://{HOST}:{port}"}
        ports = (databases().free_port(), databases().free_port())
        self.front = Front(self.folder, port, ports)
        self.web = [
            Server(self.env(name), at, self.folder / "web.log", as_a_process)
            for name, at in zip("ab", ports, strict=True)
        ]

    def env(self, machine: str) -> dict[str, str]:
        """The settings of one machine."""
        return environment(**self.shared, **self.keys, COLLECTIFS_DATA=str(self.folder / machine))

    def start_worker(self, number: int) -> Any:
        """A worker on one of the machines."""
        return as_a_process(["flask", "--app", "wsgi", "worker"], self.env("ab"[number]), self.folder / "worker.log")

    def command(self, *words: str) -> str:
        """What a command of the application says. Raises Fault."""
        said = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words],
            cwd=ROOT, env=self.env("a"), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if said.returncode:
            raise Fault(f"{' '.join(words[:2])}: {said.stdout[-300:]} {said.stderr[-300:]}")
        return said.stdout.strip()

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
        time.sleep(0.2)


@contextmanager
def part(house: House, load: Load, name: str, *, answers_all: bool) -> Iterator[None]:
    """One part, timed; every answer of it counted. Where it `answers_all`, any other than 200 is a fault."""
    before, began = Counter(load.answers), time.monotonic()
    yield
    seen = dict(load.answers - before)
    house.figures[name] = {"seconds": round(time.monotonic() - began, 1), "answers": seen}
    print(f"{name:28} {house.figures[name]['seconds']:6} s  {seen}", flush=True)
    if answers_all and set(seen) != {"200"}:
        raise Fault(f"{name}: {seen}")


def ask_for_work(house: House) -> Callable[[], bool]:
    """Ask for keys to be destroyed; returns whether all of it is done."""
    app = create_app(load_settings(house.env("a")))
    with app.app_context():
        for _ in range(JOBS):
            ask(DestroyKey(key_id=make_key()))
        db.session.commit()
        db.engine.dispose()
    left = "SELECT count(*) FROM jobs WHERE kind = %s AND state <> 'done'"

    def is_done() -> bool:
        with psycopg.connect(house.url.replace("+psycopg", ""), autocommit=True) as connection:
            return connection.execute(left, [DestroyKey.kind()]).fetchone() == (0,)

    return is_done


def kill_workers(house: House) -> None:
    """One after the other, at once, while there is work; all of it is done in the end, by whoever is there."""
    is_done = ask_for_work(house)
    for number in range(WORKER_KILLS):
        kill(house.workers[number % 2])
        house.workers[number % 2] = house.start_worker(number % 2)
        time.sleep(0.5)
    wait_for(is_done, "work was lost with a worker")


def wrap_anew(house: House) -> None:
    """Another master key: both open, all is wrapped anew, the former is forgotten; nobody notices."""
    house.keys |= {"MASTER_KEY": new_key(), "MASTER_KEY_FORMER": house.keys["MASTER_KEY"]}
    house.roll()
    house.figures["rotated"] = house.command("keys", "rotate").splitlines()[0]
    del house.keys["MASTER_KEY_FORMER"]
    house.roll()


def copy_and_drill(house: House) -> None:
    """Both copies, and their drill."""
    house.command("backup", "--database", str(house.folder / "copies" / "night.copy"))
    house.command("backup", "--keys", str(house.folder / "copied-keys"))
    drill = (
        "restore",
        "--drill",
        "--database",
        str(house.folder / "copies"),
        "--keys",
        str(house.folder / "copied-keys"),
    )
    house.figures["drilled"] = house.command(*drill)


def play(house: House, load: Load, cluster: Any) -> None:
    """All that happens to an installation. Raises Fault."""
    for number in range(1, RELEASES + 1):
        with part(house, load, f"release {number} rolled", answers_all=True):
            house.roll()
    with part(house, load, f"workers killed {WORKER_KILLS} times", answers_all=True):
        kill_workers(house)
    with part(house, load, "copied and drilled", answers_all=True):
        copy_and_drill(house)
    with part(house, load, "keys wrapped anew", answers_all=True):
        wrap_anew(house)
    with part(house, load, f"PostgreSQL crashed {CRASHES} times", answers_all=False):
        for _ in range(CRASHES):
            cluster.crash()
            cluster.launch()
            wait_for(lambda: asked(house.front.port, "/sante") == 200, "nobody comes back after PostgreSQL")
            time.sleep(1.0)


@contextmanager
def running(house: House) -> Iterator[Load]:
    """Machines, workers, nginx, and two devices that write through it."""
    for name in "ab":
        (house.folder / name).mkdir(mode=0o700)
    room = prepare(house.env("a"), 0)[0]
    try:
        for machine in house.web:
            machine.start()
        house.workers = [house.start_worker(number) for number in range(2)]
        house.front.start()
        load = Writers(room, find_door(house.front.port, room))
        threads = load.start()
        try:
            yield load
        finally:
            load.is_over = True
            for thread in threads:
                thread.join(timeout=60)
    finally:
        for process in (house.front.process, *house.workers, *(machine.process for machine in house.web)):
            if process:
                end(process)


def main() -> None:
    """Play it, say it, and end with a code."""
    cluster = databases().Cluster(Path(postgresql_bin()), POSTGRESQL_SETTINGS)
    cluster.start()
    faults: list[str] = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            url = databases().address(cluster.port, "postgres", "postgresql+psycopg")
            house = House(Path(folder), url)
            with running(house) as load:
                try:
                    play(house, load, cluster)
                except Fault as fault:
                    faults.append(str(fault))
                tries, lost = verdict(load, url, "operations", CRASHES)
                errors = [line for line in house.said() if '"level": "error"' in line]
            house.figures |= {"errors said": errors[:20], "written": tries["acknowledged"], "faults": [*faults, *lost]}
    finally:
        cluster.stop()
        shutil.rmtree(cluster.folder, ignore_errors=True)
    FIGURES.parent.mkdir(exist_ok=True)
    FIGURES.write_text(json.dumps(house.figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(*house.figures["faults"] or ["no fault"], f"{house.figures['written']} gestures acknowledged", sep="\n")
    sys.exit(1 if house.figures["faults"] else 0)


if __name__ == "__main__":
    main()
