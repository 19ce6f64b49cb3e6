"""Several processes for one run, `--jobs=3`: the tests are read once, and forked processes are dealt what to run.

What is dealt in one go is a file that shares a demonstration (tests/browser shares one, put back to its first minute
for each file), the folder that writes one (tests/demo), a file that makes once what takes seconds (the trees of every
module, a press that is started, a book in its formats, papers that several tests look at, a database that is migrated:
on two processes it would be done twice), and elsewhere a test with all its cases.
The browser is dealt first, and to two processes of all: it waits while others compute, and each has to start it. One of
the two has the running demonstration, as long as there is something else for the other. With `--base=both`, PostgreSQL
has processes of its own beside the others (tests/databases.py, tests/statements.py).

A pytest plugin (named in conftest.py).
"""

import gc
import os
import signal
from collections import Counter, deque
from dataclasses import dataclass, field
from itertools import groupby
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Any

import pytest

from tests.databases import BASES, CHOSEN, ON_BOTH, bases_of
from tests.statements import Choice
from tests.worker_process import work

BROWSER = "tests/browser/"
WRITTEN = "tests/demo/"
SHARED_BY_FILE = (BROWSER, WRITTEN, "tests/test_architecture.py")
MADE_ONCE = ("tests/book/documents/test_binding.py", "tests/book/documents/test_formats.py")
MADE_ONCE += ("tests/kernel/documents/test_printing.py", "tests/test_migrations.py")
MADE_ONCE += ("tests/meetings/documents/test_step_sheet_paper.py", "tests/sheets/documents/test_sheet_paper.py")
MADE_ONCE += ("tests/sheets/documents/test_outputs.py", "tests/test_vocabulary.py")
LONG = ("tests/cli/", "tests/composition/", "tests/test_access.py", "tests/test_attack.py", "tests/test_conf")
LONG += MADE_ONCE
BROWSERS = 2  # processes that have one: two cores serve them, and what computes beside
STAGE = "stage"  # the running demonstration (tests/browser/demo_server.py)
Unit = list[int]  # places in session.items


def unit_of(nodeid: str) -> str:
    """What is run by one process, in one go: a folder, a file, or a test with its cases."""
    file, _, _ = nodeid.partition("::")
    if file.startswith(WRITTEN):
        return WRITTEN
    return file if file.startswith((*SHARED_BY_FILE, *MADE_ONCE)) else nodeid.partition("[")[0]


def turn_of(nodeid: str) -> int:
    """What is long comes first, then what PostgreSQL's share is chosen from, then the rest: nobody waits at the end."""
    feeds_the_choice = bool(CHOSEN.match(nodeid) or ON_BOTH.match(nodeid))
    turns = (nodeid.startswith(SHARED_BY_FILE), nodeid.startswith(LONG), feeds_the_choice, True)
    return next(turn for turn, is_its in enumerate(turns) if is_its)


def on_stage(item: pytest.Item) -> bool:
    """Whether a test is of the running demonstration."""
    return STAGE in getattr(item, "fixturenames", ())


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--jobs", type=int, default=0, help="how many processes share the tests (0: this one runs them)")


def pytest_configure() -> None:
    gc.disable()  # all that is read stays: a third of the time would be spent looking for what does not


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The sort keeps every other order."""
    items.sort(key=lambda item: (turn_of(item.nodeid), not on_stage(item)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    gc.collect()
    gc.freeze()  # what was read stays to the end: no collection goes through it again, no process copies it
    gc.enable()
    gc.set_threshold(20_000, 10, 10)  # what a request leaves behind goes by itself, nearly all of it
    jobs = session.config.getoption("jobs")
    if not jobs or session.testsfailed or session.config.option.collectonly:
        return None  # pytest's own
    Dealer(session, jobs).run()
    return True


@dataclass
class Worker:
    """A forked process, seen from the one that deals."""

    pid: int
    base: str
    line: Connection
    unit: Unit = field(default_factory=list)  # what it was dealt last, from the test that it has in hand
    started: set[str] = field(default_factory=set)  # what takes long to start, and lives as long as it does


class Dealer:
    """Deals the units to the workers, and hands on to pytest what they report."""

    def __init__(self, session: pytest.Session, jobs: int) -> None:
        self.session, self.config, self.jobs, self.forked = session, session.config, jobs, 0
        self.left: dict[str, deque[Unit]] = {}
        for _, together in groupby(enumerate(session.items), key=lambda placed: unit_of(placed[1].nodeid)):
            unit = [place for place, _ in together]
            for base in bases_of(self.config, session.items[unit[0]].nodeid):
                self.left.setdefault(base, deque()).append(unit)
        self.choice = self._choice()
        session.testscollected = sum(len(unit) for units in self.left.values() for unit in units)
        self.workers: dict[Connection, Worker] = {}

    def run(self) -> None:
        """Until everything is done, or the run is to stop."""
        self.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # made once for all
        try:
            self._fork_where_work_is_left()
            while self.workers:
                for line in wait(list(self.workers)):
                    self._hear(self.workers[line])
                if self.session.shouldfail or self.session.shouldstop:
                    raise self.session.Failed(self.session.shouldfail or self.session.shouldstop)
                self._fork_where_work_is_left()
        finally:
            self._stop()

    def _stop(self) -> None:
        for worker in self.workers.values():
            os.kill(worker.pid, signal.SIGTERM)
        for worker in self.workers.values():
            os.waitpid(worker.pid, 0)

    def _fork_where_work_is_left(self) -> None:
        while len(self.workers) < self.jobs and (waiting := [base for base, units in self.left.items() if units]):
            there = Counter(worker.base for worker in self.workers.values())
            self._fork(min(waiting, key=lambda base: there[base]))

    def _fork(self, base: str) -> None:
        ours, its = Pipe()
        self.forked += 1
        pid = os.fork()
        if not pid:
            for line in [ours, *self.workers]:
                line.close()
            work(self.session, its, base, f"{base}{self.forked}")
        its.close()
        self.workers[ours] = Worker(pid, base, ours)

    def _hear(self, worker: Worker) -> None:
        try:
            said = worker.line.recv()
        except (EOFError, ConnectionResetError):
            self._bury(worker)
            return
        if said is None:
            worker.unit = self._dealt(worker)
            worker.line.send(worker.unit)
        else:
            reports, statements = said
            self._note(worker, statements)
            self._hand_on(worker, reports)

    def _dealt(self, worker: Worker) -> Unit:
        """What to run next, the first of what waits that suits best: nothing, when nothing is left."""
        left = self.left[worker.base]
        at_hand = (unit for unit in left if not self._to_start(unit) or self._is_at_hand(worker, self._to_start(unit)))
        unit = next(at_hand, None) or next(iter(left), [])
        if unit:
            left.remove(unit)
            worker.started |= self._to_start(unit)
        return list(unit)

    def _is_at_hand(self, worker: Worker, needed: set[str]) -> bool:
        """Whether this process has started what a unit needs, or may: Chromium runs twice, a demonstration once."""
        others = Counter(each for other in self.workers.values() if other is not worker for each in other.started)
        most = {BROWSER: min(self.jobs - 1, BROWSERS), STAGE: 1}
        return all(others[each] < most[each] for each in needed - worker.started)

    def _to_start(self, unit: Unit) -> set[str]:
        """What the tests of the browser have started, each process for itself."""
        items = [self.session.items[place] for place in unit]
        browser = {BROWSER for item in items if item.nodeid.startswith(BROWSER)}
        return browser and browser | {STAGE for item in items if on_stage(item)}

    def _choice(self) -> Choice:
        """Nothing to choose where there is one database."""
        if len(self.left) < len(BASES):
            return Choice(set(), set())
        anyway = {place for unit in self.left[BASES[1]] for place in unit}
        candidates = {place for place, item in enumerate(self.session.items) if CHOSEN.match(item.nodeid)}
        return Choice(candidates - anyway, anyway)

    def _note(self, worker: Worker, statements: set[int]) -> None:
        """What the test in hand said to the main database; those chosen for the other, once that is known."""
        for chosen in self.choice.note(worker.unit[0], statements) if worker.base == BASES[0] else ():
            self.left[BASES[1]].append([chosen])
            self.session.testscollected += 1

    def _hand_on(self, worker: Worker, reports: list[dict[str, Any]]) -> None:
        """The reports of one test. That it began is not told: several run at once, and files would alternate."""
        item = self.session.items[worker.unit.pop(0)]
        hook, other = self.config.hook, "" if worker.base == BASES[0] else f" ({worker.base})"
        for data in reports:
            report = hook.pytest_report_from_serializable(config=self.config, data=data)
            report.nodeid += other
            hook.pytest_runtest_logreport(report=report)
        hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=report.location)

    def _bury(self, worker: Worker) -> None:
        """A process that has ended: in the middle of a test, that test has failed, and the others of its unit wait."""
        del self.workers[worker.line]
        worker.line.close()
        _, status = os.waitpid(worker.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        if not worker.unit and not code:
            return
        if not worker.unit:
            self._say_that_it_failed(f"the end of a process, on {worker.base}", ("", None, ""), code)
            return
        self._note(worker, set())
        item = self.session.items[worker.unit.pop(0)]
        self._say_that_it_failed(item.nodeid, item.location, code)
        if worker.unit:
            self.left[worker.base].appendleft(worker.unit)

    def _say_that_it_failed(self, nodeid: str, location: tuple[str, int | None, str], code: int) -> None:
        why = f"its process ended with code {code}"
        report = pytest.TestReport(nodeid, location, {}, outcome="failed", longrepr=why, when="call")
        self.config.hook.pytest_runtest_logreport(report=report)
