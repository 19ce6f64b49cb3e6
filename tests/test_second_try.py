"""A test of the browser has a second try, never a third, and none in silence; no other test has one."""

import re
from pathlib import Path

import pytest

from tests.test_scheduling import told

SUITE = """
import os
import pytest

tries = []

@pytest.fixture(scope="session")
def machine():
    return os.getpid()

@pytest.fixture(scope="module")
def demo(machine):
    return []

def test_that_holds(demo):
    assert True

def test_that_is_late(demo):
    tries.append(1)
    demo.append("spoilt")
    assert demo == ["spoilt"], "what the file shares is made anew"
    assert len(tries) == 2, "too late"

def test_that_fails_twice(demo):
    assert 1 + 1 == 3

@pytest.mark.timeout(0)
def test_that_has_no_time_left(demo):
    tries.append(2)
    assert tries.count(2) == 2, "it hung"
"""
PLUGIN = ("-p", "tests.second_try", "-W", "ignore", "-p", "no:timeout")


def run(folder: Path, *options: str, place: str = "tests/browser", **env: str) -> tuple[int, str]:
    (folder / place).mkdir(parents=True)
    (folder / place / "test_pages.py").write_text(SUITE)
    done = told(folder, *PLUGIN, *options, f"--ignore={folder}/test_small.py", **env)
    return done.code, done.said


@pytest.mark.parametrize("jobs", ["--jobs=0", "--jobs=2"])
def test_what_fails_once_passes_and_is_named_with_its_reason(tmp_path: Path, jobs: str) -> None:
    code, said = run(tmp_path, jobs, "-k", "holds or is_late")
    assert code == 0, said
    assert "2 passed, 2 deselected, 1 rerun in" in said
    assert "AssertionError: too late" in said
    last = said.strip().splitlines()[-2:]
    assert last[0] == "Tried twice: tests/browser/test_pages.py::test_that_is_late"


def test_what_fails_twice_fails_the_run_and_what_took_its_time_is_not_tried_again(tmp_path: Path) -> None:
    code, said = run(tmp_path, "--jobs=1")
    assert code == 1
    assert set(re.findall(r"FAILED \S+::(\S+)", said)) == {"test_that_fails_twice", "test_that_has_no_time_left"}
    assert re.findall(r"Tried twice: \S+::(\S+)", said) == ["test_that_is_late", "test_that_fails_twice"]


@pytest.mark.parametrize(("place", "flag"), [("tests/browser", "0"), ("tests/people", "1")])
def test_out_of_the_browser_or_switched_off_there_is_one_try(tmp_path: Path, place: str, flag: str) -> None:
    code, said = run(tmp_path, "--jobs=1", "-k", "holds or is_late", place=place, RERUNS=flag)
    assert code == 1
    assert "1 failed, 1 passed, 2 deselected" in said
    assert "Tried twice" not in said
