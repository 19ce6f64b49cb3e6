"""Processes and databases killed while people write: nothing that was acknowledged is lost, nothing is half there.

The application as gunicorn serves it, on a loopback port; two devices that send each gesture until it is taken. On
SQLite a web process is killed again and again, now and then the whole server; on PostgreSQL the database itself.
"""

import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import create_engine, text

from collectifs.cli.forks import ROOT
from collectifs.cli.serve import HOST
from collectifs.kernel.config import environment
from collectifs.web.devices import COOKIE
from tools.bench_live import POSTGRESQL_SETTINGS, databases, find_door, prepare, wait_until_healthy
from tools.bench_rooms import Room
from tools.bench_screens import Door
from tools.processes import descendants, end, kill
from tools.system_packages import postgresql_bin

# Forked from one that has imported everything: a process that was killed is back in tenths of a second.
SERVE = ("--preload", "--workers=2", "--worker-class=gthread", "--threads=4", "--no-control-socket")
DEVICES = 2
WHOLE = 50  # every so many kills, the whole server
PATIENCE_S = 5.0


@dataclass
class Load:
    """Two devices that write; what was acknowledged, and every answer that was neither a yes nor silence."""

    room: Room
    door: Door
    acknowledged: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    is_over: bool = False

    def start(self) -> list[threading.Thread]:
        """Begin; `is_over` ends it, each gesture in hand once taken."""
        threads = [threading.Thread(target=self._write, args=(number,)) for number in range(DEVICES)]
        for thread in threads:
            thread.start()
        return threads

    def _write(self, device: int) -> None:
        while not self.is_over:
            gesture = self._gesture(device)
            while not self._send(gesture, device):
                time.sleep(0.02)

    def _gesture(self, device: int) -> dict[str, Any]:
        body = {"note": str(uuid4()), "lane": "collective", "step": self.room.steps[0], "text": f"Mot {device}."}
        at = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        return {"id": str(uuid4()), "kind": "note_written", "hand": 0, "happened_at": at, "body": body}

    def _send(self, gesture: dict[str, Any], device: int) -> bool:
        sent = json.dumps({"device": f"d{device}", "person": str(self.room.pilot), "events": [gesture]})
        connection = http.client.HTTPConnection(HOST, self.door.port, timeout=PATIENCE_S)
        cookies = f"{COOKIE}={self.room.secrets[0]}; {self.door.session}"
        headers = {"Cookie": cookies, "X-CSRFToken": self.door.token, "Content-Type": "application/json"}
        try:
            connection.request("POST", f"/seance/{self.room.meeting}/gestes", sent, headers)
            answer = connection.getresponse()
            said = json.loads(answer.read() or b"{}")
        except (OSError, http.client.HTTPException, ValueError):
            self.answers["no answer"] += 1
            return False
        finally:
            connection.close()
        self.answers[str(answer.status)] += 1
        if answer.status == 200 and gesture["id"] in said["accepted"]:
            self.acknowledged.append(gesture["id"])
            return True
        return False


Launch = Callable[[list[str], dict[str, str], Path], Any]


def as_a_process(command: list[str], env: dict[str, str], log_path: Path) -> Any:
    """`python -m command`, what it says at the end of a file."""
    with log_path.open("ab") as log:
        return subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=env, stdout=log, stderr=log)


@dataclass
class Server:
    """gunicorn on a port, started again by `start()`."""

    env: dict[str, str]
    port: int
    log: Path
    launch: Launch
    process: Any = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = ["gunicorn", "wsgi:app", f"--bind={HOST}:{self.port}", *SERVE]
        self.process = self.launch(command, self.env, self.log)
        wait_until_healthy(self.port, self.process, self.log)

    def kill_one(self, rng: random.Random) -> None:
        """SIGKILL to one of its web processes; gunicorn forks another."""
        found = descendants(self.process.pid) if self.process else []
        if found:
            try:
                os.kill(rng.choice(found), signal.SIGKILL)
            except ProcessLookupError:
                return

    def kill_all(self) -> None:
        """SIGKILL to all of it, and a new one."""
        if self.process:
            kill(self.process)
        self.start()


def on_sqlite(number: int, seed: int, launch: Launch = as_a_process) -> tuple[Counter[str], list[str]]:
    """So many SIGKILLs of web processes, and now and then of the whole server."""
    rng = random.Random(seed)  # noqa: S311  to be drawn again, not to be secret
    with _served("", launch) as (server, load, url):
        for each in range(1, number + 1):
            time.sleep(rng.uniform(0.05, 0.3))
            if each % WHOLE == 0:
                server.kill_all()
            else:
                server.kill_one(rng)
        return verdict(load, url, f"SIGKILL on SQLite: {number}", number)


def on_postgresql(number: int, seed: int) -> tuple[Counter[str], list[str]]:
    """So many times the whole PostgreSQL dies at once and comes back."""
    rng = random.Random(seed)  # noqa: S311
    cluster = databases().Cluster(Path(postgresql_bin()), POSTGRESQL_SETTINGS)
    cluster.start()
    try:
        address = databases().address(cluster.port, "postgres", "postgresql+psycopg")
        with _served(address, as_a_process) as (_server, load, url):
            for _ in range(number):
                time.sleep(rng.uniform(0.2, 0.8))
                cluster.crash()
                cluster.launch()
            return verdict(load, url, f"crash of PostgreSQL: {number}", number)
    finally:
        cluster.stop()
        shutil.rmtree(cluster.folder, ignore_errors=True)


@contextmanager
def _served(url: str, launch: Launch) -> Iterator[tuple[Server, Load, str]]:
    """A server of its own, and people who write; on SQLite in the file of a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        port = databases().free_port()
        env = environment(COLLECTIFS_DATA=folder, BIND=HOST, BASE_URL=f"http://{HOST}:{port}", DATABASE_URL=url)
        room = prepare(env, 0)[0]
        server = Server(env, port, Path(folder) / "server.log", launch)
        server.start()
        load = Load(room, find_door(port, room))
        threads = load.start()
        try:
            yield server, load, url or f"sqlite:///{folder}/collectifs.db"
        finally:
            load.is_over = True
            for thread in threads:
                thread.join(timeout=60)
            if server.process:
                end(server.process)


def verdict(load: Load, url: str, what: str, number: int) -> tuple[Counter[str], list[str]]:
    """What the database holds, against what was acknowledged."""
    time.sleep(1.0)
    load.is_over = True
    time.sleep(1.0)
    acknowledged, faults = set(load.acknowledged), []
    rows, sequence, is_sound = _stored(url, load.room.meeting)
    stored = {UUID(str(row[0])) for row in rows if row[1] == "note_written"}
    if lost := {UUID(each) for each in acknowledged} - stored:
        faults.append(f"{what}: {len(lost)} acknowledged gestures are lost")
    if len(acknowledged) != len(load.acknowledged):
        faults.append(f"{what}: a gesture was acknowledged twice")
    if sorted(row[2] for row in rows) != list(range(rows[0][2], sequence + 1)):
        faults.append(f"{what}: the sequence has holes, or numbers twice")
    if not is_sound:
        faults.append(f"{what}: the database says that it is damaged")
    faults += [f"{what}: {load.answers[code]} answers {code}" for code in ("500", "403", "404") if load.answers[code]]
    tries = Counter({"kills": number, "acknowledged": len(acknowledged), "rows": len(rows)})
    tries.update({f"answers: {code}": count for code, count in load.answers.items()})
    return tries, faults


def _stored(url: str, meeting: UUID) -> tuple[list[Any], int, bool]:
    """The gestures of the meeting in their order, its last number, and whether the file is sound."""
    engine = create_engine(url)
    key = meeting.hex if url.startswith("sqlite") else meeting
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT id, kind, sequence FROM meeting_events WHERE meeting_id = :m ORDER BY sequence"), {"m": key}
        ).all()
        last = connection.execute(text("SELECT sequence FROM meetings WHERE id = :m"), {"m": key}).scalar_one()
        sound = not url.startswith("sqlite") or connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    engine.dispose()
    return list(rows), int(last), bool(sound)
