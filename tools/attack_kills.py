"""Processes and databases killed while people write: nothing that was acknowledged is lost, nothing is half there.

The application as gunicorn serves it, on a loopback port; two devices that send each gesture until it is taken, and as
many screens beside them as is asked, each as the page's own script does. On either database a web process is killed
again and again, now and then the whole server; or PostgreSQL itself.
"""

import asyncio
import http.client
import importlib
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
from collections import Counter, defaultdict
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
from tools.bench_live import (
    POSTGRESQL_SETTINGS,
    WARM_PER_SCREEN_S,
    WARM_S,
    database,
    databases,
    find_door,
    prepare,
    wait_until_healthy,
)
from tools.bench_rooms import Room
from tools.bench_screens import Door, Seen, live_together
from tools.processes import descendants, dying_with_us, end, is_alive
from tools.system_packages import postgresql_bin

# Forked from one that has imported everything: a process that was killed is back in tenths of a second.
WEB_PROCESS = "--worker-class=collectifs.web.process.WebProcess"
SERVE = ("--preload", "--workers=2", WEB_PROCESS, "--threads=4", "--no-control-socket")
DEVICES = 2
WHOLE = 50  # every so many kills, the whole server
PATIENCE_S = 5.0
KILLED_EVERY_S = (0.05, 0.3)
# Beside screens a process lives long enough to answer some, and the two devices leave them room.
KILLED_BESIDE_S, WRITTEN_BESIDE_S = (0.4, 1.6), 0.15


@dataclass
class Load:
    """Two devices that write; what was acknowledged, and every answer that was neither a yes nor silence."""

    room: Room
    door: Door
    others: list[Room] = field(default_factory=list)
    pause_s: float = 0.0  # of each device, between two gestures
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
            time.sleep(self.pause_s)

    def _gesture(self, device: int) -> dict[str, Any]:
        body = {"note": str(uuid4()), "lane": "collective", "step": self.room.steps[0], "text": f"Mot {device}."}
        at = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        return {"id": str(uuid4()), "kind": "note_written", "hand": 0, "happened_at": at, "body": body}

    def _send(self, gesture: dict[str, Any], device: int) -> bool:
        sent = json.dumps({"device": f"d{device}", "person": str(self.room.pilot), "events": [gesture]})
        connection = http.client.HTTPConnection(HOST, self.door.port, timeout=PATIENCE_S)
        cookies = f"{COOKIE}={self.room.secrets[0]}"
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
        return subprocess.Popen(
            dying_with_us([sys.executable, "-m", *command]),
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def forked(command: list[str], env: dict[str, str], log_path: Path) -> Any:
    """The same, forked from one that has imported everything: it answers in tenths of a second."""
    forks = importlib.import_module("tests.forks")
    return forks.started(forks.Command(command, env, says=str(log_path)))


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
        wait_until_healthy(self.port, self.process, self.log, 1)

    def kill_one(self, rng: random.Random) -> bool:
        """SIGKILL to one of its web processes; gunicorn forks another. Whether one was there."""
        found = [pid for pid in descendants(self.process.pid) if is_alive(pid)] if self.process else []
        if not found:
            return False
        try:
            os.kill(rng.choice(found), signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def kill_all(self) -> None:
        """SIGKILL to all of it, whom it is just forking included, and a new one."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE_S)
        self.start()


class Crowd:
    """So many screens beside them, in a thread; what the server took from each is noted. They come one by one."""

    def __init__(self, rooms: list[Room], number: int, door: Door) -> None:
        self.opened_s = WARM_S + number * WARM_PER_SCREEN_S if number else 0.0
        self.seen = Seen(time.perf_counter() + self.opened_s, float("inf"))
        self._thread = threading.Thread(target=self._live, args=(rooms, number, door))
        self._thread.start()

    def end(self) -> None:
        """No gesture any more; each screen ends what it has in hand."""
        self.seen.until = 0.0
        self._thread.join(timeout=60)

    def _live(self, rooms: list[Room], number: int, door: Door) -> None:
        asyncio.run(live_together(rooms, number, door, self.seen))


def on_web(
    base: str, number: int, seed: int, launch: Launch = as_a_process, screens: int = 0
) -> tuple[Counter[str], list[str]]:
    """So many SIGKILLs of web processes, and now and then of the whole server; beside so many screens."""
    rng = random.Random(seed)  # noqa: S311  to be drawn again, not to be secret
    with database(base) as address, _served(address, launch, screens) as (server, load, url):
        crowd = Crowd(load.others, screens, load.door)
        try:
            time.sleep(crowd.opened_s)
            _kill_web(server, number, rng, KILLED_BESIDE_S if screens else KILLED_EVERY_S)
        finally:
            crowd.end()
        tries, faults = verdict(load, url, f"SIGKILL on {base}: {number}", number)
        return tries + answers_to(crowd.seen), faults + faults_beside(crowd.seen, url)


def _kill_web(server: Server, number: int, rng: random.Random, every_s: tuple[float, float]) -> None:
    done = 0
    while done < number:
        time.sleep(rng.uniform(*every_s))
        if (done + 1) % WHOLE == 0:
            server.kill_all()
            done += 1
        else:
            done += server.kill_one(rng)


def answers_to(seen: Seen) -> Counter[str]:
    """What the screens beside met, counted."""
    tries = Counter({f"screens: {kind}": count for kind, count in seen.errors.items()})
    tries["screens: answered"] = len(seen.gestures) + len(seen.polls)
    tries["screens: acknowledged"] = len(seen.acknowledged)
    return tries


def faults_beside(seen: Seen, url: str) -> list[str]:
    """What the database lacks of what those screens were told is kept; a meeting whose numbers have holes."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id, meeting_id, sequence FROM meeting_events")).all()
        last = {row.id: row.sequence for row in connection.execute(text("SELECT id, sequence FROM meetings"))}
    engine.dispose()
    faults = [
        f"{seen.errors[code]} screens were answered {code}" for code in ("500", "403", "404") if code in seen.errors
    ]
    if lost := {UUID(each) for each in seen.acknowledged} - {UUID(str(row[0])) for row in rows}:
        faults.append(f"{len(lost)} gestures that screens were told are kept are lost")
    sequences = defaultdict(list)
    for _, meeting, sequence in rows:
        sequences[meeting].append(sequence)
    if any(sorted(found) != list(range(1, last[meeting] + 1)) for meeting, found in sequences.items()):
        faults.append("a meeting's sequence has holes, or numbers twice")
    return faults


def on_postgresql(number: int, seed: int) -> tuple[Counter[str], list[str]]:
    """So many times the whole PostgreSQL dies at once and comes back."""
    rng = random.Random(seed)  # noqa: S311
    cluster = databases().Cluster(Path(postgresql_bin()), POSTGRESQL_SETTINGS)
    cluster.start()
    try:
        address = databases().address(cluster.port, "postgres", "postgresql+psycopg")
        with _served(address) as (_server, load, url):
            for _ in range(number):
                time.sleep(rng.uniform(0.2, 0.8))
                cluster.crash()
                cluster.launch()
            return verdict(load, url, f"crash of PostgreSQL: {number}", number)
    finally:
        cluster.stop()
        shutil.rmtree(cluster.folder, ignore_errors=True)


@contextmanager
def _served(url: str, launch: Launch = as_a_process, screens: int = 0) -> Iterator[tuple[Server, Load, str]]:
    """A server of its own, and people who write; on SQLite in the file of a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        port = databases().free_port()
        env = environment(COLLECTIFS_DATA=folder, BIND=HOST, BASE_URL=f"http://{HOST}:{port}", DATABASE_URL=url)
        room, *others = prepare(env, screens)
        server = Server(env, port, Path(folder) / "server.log", launch)
        server.start()
        load = Load(room, find_door(port, room, env), others, WRITTEN_BESIDE_S if screens else 0.0)
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
