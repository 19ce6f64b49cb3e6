"""A test of the browser that fails is tried a second time, and said to have been: two hundred of them meet a machine
that does other things besides, and one that comes too late once must not refuse a delivery.

What it shares with its file is made anew, as for a first time. One that fails twice fails the run. One that took more
than half of its time limit is not tried again: the limit is for both. `RERUNS=0`: nothing is tried twice.

A pytest plugin (named in conftest.py).
"""

import os
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

FLAG = "RERUNS"
BROWSER = "tests/browser/"
TRIED = "rerun"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    if os.environ.get(FLAG) == "0" or not item.nodeid.startswith(BROWSER):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, log=False, nextitem=nextitem)
    if any(report.failed for report in reports) and sum(report.duration for report in reports) < _limit_s(item) / 2:
        for report in reports:
            report.outcome = TRIED if report.failed else report.outcome
        tries = [report for report in reports if report.outcome == TRIED]
        item.session._setupstate.teardown_exact(item.session)  # what the file shares, but not the session
        reports = [*tries, *runtestprotocol(item, log=False, nextitem=nextitem)]
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def _limit_s(item: pytest.Item) -> float:
    mark = item.get_closest_marker("timeout")
    return mark.args[0] if mark else float("inf")


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    return (TRIED, "R", "RERUN") if report.outcome == TRIED else None


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Why it failed at first, then the names, last of all: a name seen three times is a fault to mend."""
    tries = terminalreporter.stats.get(TRIED, [])
    for report in tries:
        terminalreporter.section(f"tried twice: {report.nodeid}")
        terminalreporter.write_line(report.longreprtext)
    for nodeid in dict.fromkeys(report.nodeid for report in tries):
        terminalreporter.write_line(f"Tried twice: {nodeid}")
