"""A process of a run (tests/scheduling.py): forked once all is read, it runs what it is dealt and says how it went.

A pytest plugin (named in conftest.py).
"""

import io
import os
import signal
import sys
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

import pytest
from _pytest import runner

from tests.statements import Statements
from tools.processes import end_with_parent

NAME_KEY = pytest.StashKey[str]()
SHOWN_S = 0.005  # as pytest has it, among the longest
GONE = (KeyboardInterrupt, BrokenPipeError, EOFError)  # told to stop, or whoever deals is no more


@pytest.fixture(scope="session")
def process_name(pytestconfig: pytest.Config) -> str:
    """The name of this process of the run, for what must not be shared; "" when it runs everything."""
    return pytestconfig.stash.get(NAME_KEY, "")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, process_name: str) -> Path:
    """A folder that the processes of this run share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if process_name else folder


class Reports:
    """What pytest reports of the test in hand, but for what passed at once before and after it: nobody is shown it."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.made: list[dict[str, Any]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and report.passed and report.duration < SHOWN_S and not report.sections:
            return
        self.made.append(self.config.hook.pytest_report_to_serializable(config=self.config, report=report))

    def taken(self) -> list[dict[str, Any]]:
        taken, self.made = self.made, []
        return taken


def work(session: pytest.Session, line: Connection, base: str, name: str) -> NoReturn:
    """Ask for places in `session.items`, run those tests, send their reports and what they said to the
    database; end when there are no more."""
    try:
        try:
            settle_in(session.config, base, name)
            _run(session, line)
        finally:
            runner.pytest_sessionfinish(session)  # takes down what the session shared
    finally:
        fault = sys.exception()
        if fault and not isinstance(fault, GONE):
            traceback.print_exception(fault, file=sys.__stderr__)
        os._exit(1 if fault else 0)


def settle_in(config: pytest.Config, base: str, name: str) -> None:
    """What a process may not share with the others: its name, its folder, its database, its output."""
    end_with_parent()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if forks := sys.modules.get("tests.forks"):
        forks.share()
    config.option.base = base
    config.stash[NAME_KEY] = name
    folders = config._tmp_path_factory  # type: ignore[attr-defined]
    folders._basetemp = folders.getbasetemp() / name
    folders._basetemp.mkdir(mode=0o700)
    capture = config.pluginmanager.getplugin("capturemanager")
    capture.stop_global_capturing()
    capture.start_global_capturing()
    capture.suspend_global_capture()
    config.get_terminal_writer()._file = io.StringIO()  # whoever deals tells the reader


def _run(session: pytest.Session, line: Connection) -> None:
    reports, statements = Reports(session.config), Statements()
    session.config.pluginmanager.register(reports)
    line.send(None)
    while places := line.recv():
        for item, following in zip(places, [*places[1:], None], strict=True):
            _run_one(session, session.items[item], None if following is None else session.items[following])
            line.send((reports.taken(), statements.taken()))
        line.send(None)


def _run_one(session: pytest.Session, item: pytest.Item, following: pytest.Item | None) -> None:
    """What comes after a unit is not known: all is taken down but what the whole session shares."""
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following or session)
