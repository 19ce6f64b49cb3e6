"""`make operations`: an installation of two machines, kept going while everything that happens to one is done to it.

On the loopback, with PostgreSQL and nginx from Debian: two web machines and two workers behind the lines of
deploy/nginx.conf, two devices that write some times a second and live screens beside them. Workers are killed,
releases rolled, copies made and drilled, keys wrapped anew in their folder; then the keys move to the table and are
rotated there, from one machine that the other follows; then PostgreSQL is crashed. What was answered in each part, what
was lost and how long it took is printed, and written to var/operations.json. One fault makes it fail.

`python -m tools.operations [--worker-kills 50] [--crashes 10] [--releases 3] [--rotations 3] [--screens 200]`.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from collectifs import create_app
from collectifs.cli.forks import ROOT
from collectifs.kernel.audit import ask
from collectifs.kernel.config import load_settings
from collectifs.kernel.extensions import committed, db
from collectifs.kernel.vault import make_key
from collectifs.kernel.work import DestroyKey
from tools.attack_kills import WRITTEN_BESIDE_S, Crowd, Load, faults_beside, verdict
from tools.bench_live import POSTGRESQL_SETTINGS, databases, find_door, prepare
from tools.operations_house import Fault, House, new_key, wait_for
from tools.processes import end, kill
from tools.system_packages import postgresql_bin

JOBS_A_KILL = 4
SEED = 14
FIGURES = ROOT / "var" / "operations.json"


class Play:
    """All that happens to an installation, part after part; `figures` says what was seen of each."""

    def __init__(self, house: House, load: Load, crowd: Crowd, options: argparse.Namespace) -> None:
        self.house, self.load, self.crowd, self.options = house, load, crowd, options
        self.rng = random.Random(SEED)  # noqa: S311  to be drawn again, not to be secret
        self.app = create_app(load_settings(house.env("a")))

    def all(self, cluster: Any) -> None:
        """From the first to the last. Raises Fault."""
        options = self.options
        with self.part(f"workers killed {options.worker_kills} times", answers_all=True):
            self.kill_workers()
        for number in range(1, options.releases + 1):
            with self.part(f"release {number} rolled", answers_all=True):
                self.house.roll()
        with self.part("copied and drilled", answers_all=True):
            self.copy_and_drill()
        with self.part("the work of those killed", answers_all=True):  # a key half destroyed would stop a rotation
            wait_for(self.is_work_done, "work was lost with a worker")
        with self.part("another master key, folder", answers_all=True):
            self.change_master()
        with self.part("keys moved to the table", answers_all=False):
            self.move_keys()
        for number in range(1, options.rotations + 1):
            with self.part(f"epoch {number} rotated", answers_all=True):
                self.rotate()
        with self.part("another master key, table", answers_all=True):
            self.change_master()
        with self.part("copied and drilled, table", answers_all=True):
            self.copy_and_drill()
        with self.part(f"PostgreSQL crashed {options.crashes} times", answers_all=False):
            for _ in range(options.crashes):
                self.crash(cluster)

    @contextmanager
    def part(self, name: str, *, answers_all: bool) -> Iterator[None]:
        """One part, timed; every answer of it counted. Where it `answers_all`, any other than 200 is a fault."""
        before, beside, began = Counter(self.load.answers), Counter(self.crowd.seen.errors), time.monotonic()
        screens = self.answered()
        yield
        seen, errors = dict(self.load.answers - before), dict(Counter(self.crowd.seen.errors) - beside)
        said = {"seconds": round(time.monotonic() - began, 1), "answers": seen, "screens": self.answered() - screens}
        self.house.figures[name] = said | ({"screens met": errors} if errors else {})
        print(f"{name:30} {said['seconds']:6} s  {seen}, screens {said['screens']} {errors or ''}", flush=True)
        if answers_all and (set(seen) != {"200"} or errors):
            raise Fault(f"{name}: {seen} {errors}")

    def answered(self) -> int:
        """How many times the screens beside were answered."""
        return len(self.crowd.seen.gestures) + len(self.crowd.seen.polls)

    def kill_workers(self) -> None:
        """One after the other, each at work for a moment, with jobs in its queue."""
        for number in range(self.options.worker_kills):
            with self.app.app_context():
                committed(ask_for_work)
            time.sleep(self.rng.uniform(0.0, 0.3))
            kill(self.house.workers[number % 2])
            self.house.start_worker(number % 2)
        with self.app.app_context():
            db.engine.dispose()

    def is_work_done(self) -> bool:
        """Whether all that was asked for is done; a job that somebody had in hand is free after two minutes."""
        left = "SELECT count(*) FROM jobs WHERE kind = %s AND state <> 'done'"
        return self.house.rows(left, DestroyKey.kind()) == [(0,)]

    def change_master(self) -> None:
        """Another master key: both open, all is wrapped anew, the former is forgotten; nobody notices."""
        keys = self.house.keys
        keys |= {"MASTER_KEY": new_key(), "MASTER_KEY_FORMER": keys["MASTER_KEY"]}
        self.house.roll()
        self.rotate()
        del keys["MASTER_KEY_FORMER"]
        self.house.roll()

    def rotate(self) -> None:
        """`flask keys rotate`; in the table the next epoch's file travels first, and the other machine follows."""
        house = self.house
        if house.is_table:
            house.command("keys", "rotate", "--prepare")
            shutil.copytree(house.keys_of("a") / "epochs", house.keys_of("b") / "epochs", dirs_exist_ok=True)
        said = house.command("keys", "rotate").splitlines()[0]
        house.figures.setdefault("rotated", []).append(said)
        if house.is_table:
            wait_for(self.is_followed, "the other machine keeps the file of an epoch that ended")

    def is_followed(self) -> bool:
        """Whether both machines hold the file of the same one epoch."""
        held = [sorted(each.name for each in (self.house.keys_of(m) / "epochs").iterdir()) for m in "ab"]
        return held[0] == held[1] and len(held[0]) == 1

    def move_keys(self) -> None:
        """From files to rows, the service stopped for it; then each machine has its own folder of epochs."""
        house = self.house
        house.stop()
        breath = "SELECT 1 FROM worker_breaths WHERE breathed_at > now() - interval '1 minute'"
        wait_for(lambda: not house.rows(breath), "a worker still breathes")
        house.figures["moved"] = house.command("keys", "move", "--to", "table").splitlines()[0]
        house.shared["KEYS"] = "table"
        shutil.copytree(house.keys_of("a"), house.keys_of("b"))
        house.start()
        self.await_a_gesture()

    def copy_and_drill(self) -> None:
        """Both copies, and their drill."""
        place = self.house.folder / ("copies-table" if self.house.is_table else "copies")
        database, keys = place / "database", place / "keys"
        self.house.command("backup", "--database", str(database / "night.copy"))
        self.house.command("backup", "--keys", str(keys))
        said = self.house.command("restore", "--drill", "--database", str(database), "--keys", str(keys))
        self.house.figures.setdefault("drilled", []).append(said)

    def crash(self, cluster: Any) -> None:
        """PostgreSQL ends at once and comes back; until somebody's gesture is taken again, and how long that took."""
        cluster.crash()
        cluster.launch()
        began = time.monotonic()
        self.await_a_gesture()
        self.house.figures.setdefault("seconds until kept again", []).append(round(time.monotonic() - began, 1))

    def await_a_gesture(self) -> None:
        """Until a device was told that what it sent is kept."""
        before = len(self.load.acknowledged)
        wait_for(lambda: len(self.load.acknowledged) > before + 1, "nobody is answered any more")


def ask_for_work() -> None:
    """Some keys to destroy."""
    for _ in range(JOBS_A_KILL):
        ask(DestroyKey(key_id=make_key()))


@contextmanager
def running(house: House, screens: int) -> Iterator[tuple[Load, Crowd]]:
    """Machines, workers, nginx, and two devices that write through it, beside so many screens."""
    for name in "ab":
        (house.folder / name).mkdir(mode=0o700)
    room, *others = prepare(house.env("a"), screens)
    try:
        house.start()
        house.front.start()
        load = Load(room, find_door(house.front.port, room, house.env("a")), pause_s=WRITTEN_BESIDE_S)
        threads, crowd = load.start(), Crowd(others, screens, load.door)
        try:
            yield load, crowd
        finally:
            crowd.end()
            load.is_over = True
            for thread in threads:
                thread.join(timeout=60)
    finally:
        for process in (house.front.process, *house.workers, *(machine.process for machine in house.web)):
            if process:
                end(process)


def main(arguments: list[str] | None = None) -> int:
    """Play it, say it, and return a code."""
    options, began = _options(arguments), time.monotonic()
    cluster = databases().Cluster(Path(postgresql_bin()), POSTGRESQL_SETTINGS)
    cluster.start()
    faults: list[str] = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            url = databases().address(cluster.port, "postgres", "postgresql+psycopg")
            house = House(Path(folder), url)
            with running(house, options.screens) as (load, crowd):
                try:
                    Play(house, load, crowd, options).all(cluster)
                except (Fault, SystemExit, DBAPIError, OSError, subprocess.SubprocessError) as fault:
                    faults.append(f"{type(fault).__name__}: {fault}")
                tries, lost = verdict(load, url, "operations", options.crashes)
                crowd.end()
                lost += faults_beside(crowd.seen, url)
                errors = [line for line in house.said() if '"level": "error"' in line]
    finally:
        cluster.stop()
        shutil.rmtree(cluster.folder, ignore_errors=True)
    told = tries["acknowledged"] + len(crowd.seen.acknowledged)
    house.figures |= {"errors said": errors[:20], "written": told, "faults": [*faults, *lost]}
    house.figures["seconds"] = round(time.monotonic() - began)
    return _say(house.figures)


def _say(figures: dict[str, Any]) -> int:
    FIGURES.parent.mkdir(exist_ok=True)
    FIGURES.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(*figures.get("rotated", []), *figures.get("drilled", []), sep="\n")
    print(f"{figures['written']} gestures acknowledged, {figures['seconds']} s in all")
    print(*figures["faults"] or ["no fault"], sep="\n")
    return 1 if figures["faults"] else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worker-kills", type=int, default=50)
    parser.add_argument("--crashes", type=int, default=10)
    parser.add_argument("--releases", type=int, default=3)
    parser.add_argument("--rotations", type=int, default=3)
    parser.add_argument("--screens", type=int, default=200)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
