"""Which process of pytest-xdist runs what: a file that shares a demonstration stays on one, and begins first.

A file of tests/browser shares one, put back to its first minute for it; a file of tests/demo writes one: on two
processes it would be done twice. Elsewhere a test with all its cases stays on one. What is short comes last, so that
all end together.

A pytest plugin (named in conftest.py).
"""

from typing import Any

import pytest

SHARED_BY_FILE = ("tests/browser/", "tests/demo/")


def unit_of(nodeid: str) -> str:
    """What is run by one process, in one go: a file, or a test with its cases."""
    file, _, _ = nodeid.partition("::")
    return file if file.startswith(SHARED_BY_FILE) else nodeid.partition("[")[0]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser first; the sort keeps every other order."""
    items.sort(key=lambda item: not item.nodeid.startswith(SHARED_BY_FILE))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return unit_of(nodeid)

    config.option.loadscopereorder = False  # it would begin with what has most cases
    return Scheduling(config, log) if config.getoption("dist") == "load" else None
