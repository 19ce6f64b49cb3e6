"""The Wednesday at 14 h: how many live screens this machine holds, on SQLite and on PostgreSQL.

`python -m tools.bench_live [--base sqlite|postgresql] [--most 1600] [--seconds 20]`, and `make bench`. The real
application (gunicorn as `make run` starts it, and its worker) in a folder of its own; screens that do what the page
does, made by one more process on the same machine, whose own share of the processor is told.

`--at 1600 3200 4800` puts these loads and no others; `--processes 4` by more of gunicorn's; `--neighbour` beside a
process that takes a core; `--against COMMIT` in turn with the application as it was then, twice; `--floor` in turn with
a bare application behind the same server (bench_floor.py). All is written to var/bench-live.json, with the ratios.
"""

import argparse
import asyncio
import http.client
import importlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collectifs import create_app
from collectifs.cli.forks import ROOT
from collectifs.cli.serve import GUNICORN, HOST
from collectifs.kernel import clock
from collectifs.kernel.config import environment, load_settings
from collectifs.kernel.migrations import upgrade_tables
from collectifs.web.devices import COOKIE
from tools.bench_against import FLOOR, former, neighbour, write_report
from tools.bench_rooms import Room, make_rooms
from tools.bench_scale import look_over
from tools.bench_screens import Door, Seen, put_load
from tools.processes import descendants, end
from tools.system_packages import postgresql_bin

STEPS = (100, 200, 400, 800, 1600, 3200, 4800)
NAMES = {ROOT: "now", FLOOR: "floor"}
AIM_SCREENS = 1600
AIM_MS = 250.0
FIRST = -10
PATIENCE_S = 120.0  # of a start beside a whole crowd that asks again
WARM_S, WARM_PER_SCREEN_S = 5.0, 0.01
TICKS = os.sysconf("SC_CLK_TCK")
# A real deployment's: what was acknowledged survives a power cut.
POSTGRESQL_SETTINGS = ("listen_addresses=127.0.0.1",)
OUR_THREADS = "collectifs/web/process.py"  # a former commit that has none is served by gunicorn's
served_by = [*GUNICORN]  # the last of two alike counts


@dataclass(frozen=True)
class Result:
    """What one load met. `shares` are parts of one processor: that of the screens, that of the application (with
    SQLite, which runs inside it), that of PostgreSQL's own processes. `late`: by how much the screens' program was."""

    number: int
    per_s: float
    gestures: list[float]
    polls: list[float]
    errors: dict[str, int]
    lost: int
    shares: tuple[float, float, float]
    late: list[float]

    @property
    def holds(self) -> bool:
        """Whether 95 gestures in a hundred came within the aim, and 95 questions too, and none failed."""
        return not self.errors and max(percentile(self.gestures, 95), percentile(self.polls, 95)) <= AIM_MS


def main(arguments: list[str] | None = None) -> None:
    """Measure one database or both, and say the greatest number held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", choices=("sqlite", "postgresql"))
    parser.add_argument("--most", type=int, default=AIM_SCREENS)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--at", type=int, nargs="+", default=[])
    parser.add_argument("--processes", type=int, help="of gunicorn, instead of two")
    parser.add_argument("--neighbour", action="store_true")
    parser.add_argument("--against", metavar="COMMIT", default="")
    parser.add_argument("--floor", action="store_true")
    options = parser.parse_args(arguments)
    if options.processes:
        served_by.append(f"--workers={options.processes}")
    rows: list[dict[str, Any]] = []
    with neighbour(options.neighbour), former(options.against) if options.against else nullcontext() as then:
        _measure_bases(options, then, rows)
    write_report(rows, vars(options))


def _measure_bases(options: argparse.Namespace, then: Path | None, rows: list[dict[str, Any]]) -> None:
    for base in (options.base,) if options.base else ("sqlite", "postgresql"):
        if base == "postgresql" and not postgresql_bin():
            print("\nPostgreSQL is not installed here: not measured")
            continue
        beside = [each for each in (then, FLOOR if options.floor else None) if each]
        loads = options.at or ([options.most] if beside else [])
        codes = [*beside, ROOT] * 2 if beside else [ROOT]
        rows += measure_base(base, max(loads or [options.most]), options.seconds, loads, codes)


def measure_base(
    base: str, most: int, seconds: float, loads: Sequence[int] = (), codes: Sequence[Path] = (ROOT,)
) -> list[dict[str, Any]]:
    """One database from the smallest load on, up to the first that it does not hold, or at these loads; by each of
    these folders of code in turn."""
    with tempfile.TemporaryDirectory() as folder, database(base) as url:
        env = environment(COLLECTIFS_DATA=folder, BIND=HOST, BASE_URL=f"http://{HOST}", DATABASE_URL=url)
        started = time.perf_counter()
        rooms = prepare(env, most)
        print(f"\nlive screens, {base}: {len(rooms)} meetings made in {time.perf_counter() - started:.0f} s")
        print_head()
        results = []
        for code in codes:
            if len(codes) > 1:
                print(f"{NAMES.get(code, 'former')}:", flush=True)
            with server(env, Path(folder) / "server.log", code) as (port, pids):
                door = find_door(port, rooms[0], env)
                steps = [load(rooms, each, door, pids, seconds) for each in loads] or climb(
                    rooms, door, pids, most, seconds
                )
            results += [{"base": base, "code": NAMES.get(code, "former"), **figures(each)} for each in steps]
        held = max((each["screens"] for each in results if each["holds"] and each["code"] == "now"), default=0)
        print(f"{base}: {held} screens held with p95 under {AIM_MS:.0f} ms (the aim is {AIM_SCREENS})", flush=True)
        return results


def climb(rooms: list[Room], door: Door, pids: list[int], most: int, seconds: float) -> list[Result]:
    """Each step of load, then once between the last one held and the first one not."""
    results: list[Result] = []
    for number in [step for step in STEPS if step <= most] or [most]:
        results.append(load(rooms, number, door, pids, seconds))
        if not results[-1].holds:
            break
    if len(results) > 1 and not results[-1].holds:
        between = (results[-2].number + results[-1].number) // 2
        results.append(load(rooms, between, door, pids, seconds))
    return results


def figures(result: Result) -> dict[str, Any]:
    """The same line as it is written: milliseconds, shares of one processor."""
    times = {
        f"{name}_p{rank}_ms": round(percentile(values, rank), 1)
        for name, values in (("gesture", result.gestures), ("question", result.polls))
        for rank in (50, 95, 99)
    }
    return {
        "screens": result.number,
        "holds": result.holds,
        "requests_per_s": round(result.per_s, 1),
        **times,
        "server_share": round(result.shares[1], 3),
        "bench_share": round(result.shares[0], 3),
        "postgresql_share": round(result.shares[2], 3),
        "bench_late_p95_ms": round(percentile(result.late, 95), 1),
        "server_ms_per_request": round(1000 * result.shares[1] / max(result.per_s, 0.1), 2),
        "errors": result.errors,
        "not_kept_yet": result.lost,
    }


def load(rooms: list[Room], number: int, door: Door, pids: list[int], seconds: float) -> Result:
    """One step of load, printed."""
    before, started = _used(pids), time.perf_counter()
    with going_first():
        seen = asyncio.run(put_load(rooms, number, door, WARM_S + number * WARM_PER_SCREEN_S, seconds))
    lasted = time.perf_counter() - started
    after = _used(pids)
    result = result_of(number, seen, seconds, tuple((b - a) / lasted for a, b in zip(before, after, strict=True)))
    print_line(result)
    return result


@contextmanager
def going_first() -> Iterator[None]:
    """Screens are other machines: their program waits for no processor of ours, where it may say so (root)."""
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, FIRST)
    try:
        yield
    finally:
        os.setpriority(os.PRIO_PROCESS, 0, usual)


def _used(pids: list[int]) -> tuple[float, float, float]:
    """Seconds of processor of this process, of the application, of the PostgreSQL that was started here."""
    here = os.getpid()
    theirs = {*pids, *(each for pid in pids for each in descendants(pid))}  # one may have been forked since
    return cpu_s([here]), cpu_s(theirs), cpu_s(pid for pid in descendants(here) if _name(pid) == "postgres")


def _name(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
    return ""


def result_of(number: int, seen: Seen, seconds: float, shares: tuple[float, ...]) -> Result:
    """The load in figures."""
    gestures, polls = ([each * 1000 for each in times] for times in (seen.gestures, seen.polls))
    per_s, late = (len(gestures) + len(polls)) / seconds, [each * 1000 for each in seen.late]
    lost, parts = seen.made - seen.kept, (shares[0], shares[1], shares[2])
    return Result(number, per_s, gestures, polls, seen.errors, lost, parts, late)


def percentile(values: list[float], rank: int) -> float:
    """The value under which so many in a hundred lie; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * rank // 100)] if ordered else 0.0


def print_head() -> None:
    """The columns."""
    print(f"{'':9}{'':>8}  {'gestures, ms':>21}  {'questions, ms':>21}  {'processors':>22}  {'bench':>7}")
    names = "".join(f"{name:>7}" for name in ("p50", "p95", "p99"))
    print(f"{'screens':>9}{'req/s':>8}  {names}  {names}  {'server':>8}{'base':>7}{'bench':>7}  {'late':>7}  errors")


def print_line(result: Result) -> None:
    """One load."""
    times = "  ".join(
        "".join(f"{percentile(values, rank):7.0f}" for rank in (50, 95, 99))
        for values in (result.gestures, result.polls)
    )
    errors = ", ".join(f"{name} × {count}" for name, count in sorted(result.errors.items())) or "none"
    screens, application, postgresql = result.shares
    parts = f"{application:8.2f}{postgresql:7.2f}{screens:7.2f}  {percentile(result.late, 95):7.0f}"
    line = f"{result.number:9}{result.per_s:8.1f}  {times}  {parts}  {errors}"
    print(line + ("" if result.holds else "  <- not held"), flush=True)


def cpu_s(pids: Iterable[int]) -> float:
    """Seconds of processor that some processes have used; one that has ended counts no more."""
    used = 0
    for pid in pids:
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            used += int(fields[11]) + int(fields[12])
    return used / TICKS


def prepare(env: dict[str, str], most: int) -> list[Room]:
    """Keys, tables and rooms enough for the largest load: four of five screens have one of their own."""
    settings = load_settings(env, make_keys=True)
    app = create_app(settings)
    with app.app_context():
        upgrade_tables()
        rooms = make_rooms(most * 4 // 5 + 4, clock.now())
    look_over(settings.database_url)
    return rooms


def find_door(port: int, room: Room, env: dict[str, str]) -> Door:
    """Open the live page once, as a browser does: its token is that of its device; the key of `env` makes the others'.

    A former commit's serves every screen, with its session.
    """
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    connection.request("GET", f"/seance/{room.meeting}?ouvrir=1", headers={"Cookie": f"{COOKIE}={room.secrets[0]}"})
    answer = connection.getresponse()
    page = answer.read().decode()
    token = re.search(r'name="csrf-token" content="([^"]+)"', page)
    session = re.search(r"\bsession=[^;]+", answer.headers.get("Set-Cookie", ""))
    if answer.status != 200 or token is None:
        raise SystemExit(f"the live page cannot be opened: {answer.status}")
    connection.close()
    return Door(port, session[0] if session else "", token[1], load_settings(env).secret_key)


@contextmanager
def server(env: dict[str, str], log_path: Path, code: Path = ROOT) -> Iterator[tuple[int, list[int]]]:
    """The application in this folder as `make run` serves it, on a free port, and the ids of its processes."""
    port = databases().free_port()
    served = "tools.bench_floor:make_app()" if code == FLOOR else "wsgi:app"
    former = [] if code == FLOOR or (code / OUR_THREADS).exists() else ["--worker-class=gthread"]
    web = ["-m", "gunicorn", served, f"--bind={HOST}:{port}", *served_by, *former]
    commands = (web,) if code == FLOOR else (web, ["-m", "flask", "--app", "wsgi", "worker"])
    with log_path.open("wb") as log:
        running = [
            subprocess.Popen(
                [sys.executable, *command], cwd=code.parent if code == FLOOR else code, env=env, stdout=log, stderr=log
            )
            for command in commands
        ]
        try:
            wait_until_healthy(port, running[0], log_path)
            yield port, [pid for process in running for pid in (process.pid, *descendants(process.pid))]
        finally:
            for process in running:
                end(process)


def wait_until_healthy(port: int, process: "subprocess.Popen[bytes]", log_path: Path, wanted: int = 8) -> None:
    """Until both web processes answer (so often that it is no chance); the log is shown when they do not."""
    end, answers = time.monotonic() + PATIENCE_S, 0
    while answers < wanted and time.monotonic() < end and process.poll() is None:
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", "/sante")
            answers += connection.getresponse().status == 200
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    if answers < wanted:
        raise SystemExit(f"the server did not start:\n{log_path.read_text(errors='replace')[-2000:]}")


@contextmanager
def database(base: str) -> Iterator[str]:
    """Where the rows go: "" for the file of the data folder, else a PostgreSQL of its own that syncs its disk."""
    if base == "sqlite":
        yield ""
        return
    cluster = databases().Cluster(Path(postgresql_bin()), POSTGRESQL_SETTINGS)
    cluster.start()
    try:
        yield databases().address(cluster.port, "postgres", "postgresql+psycopg")
    finally:
        cluster.stop()
        shutil.rmtree(cluster.folder, ignore_errors=True)


def databases() -> Any:
    """tests/databases.py knows how to start a PostgreSQL."""
    return importlib.import_module("tests.databases")


if __name__ == "__main__":
    main()
