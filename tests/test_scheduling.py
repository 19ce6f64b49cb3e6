"""Several processes for one run: each test is run once a database, and nothing that goes wrong in one is lost."""

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from collectifs.kernel.config import environment
from tests.databases import bases_of

ROOT = Path(__file__).resolve().parents[1]
SCHEDULING = ("no:cacheprovider", "tests.databases", "tests.worker_process", "tests.scheduling")
PATIENCE_S = 60.0
SUITE = """
import os
import pytest

@pytest.fixture(scope="session")
def shared():
    yield os.getpid()
    assert not os.environ.get("BAD_END"), "what is shared ends badly"

def test_that_holds(shared, process_name):
    assert process_name

def test_that_fails():
    assert 1 + 1 == 3

@pytest.mark.parametrize("number", range(4))
def test_whose_process_dies(number):
    if number == 1:
        os._exit(7)

@pytest.mark.parametrize("number", range(20))
def test_of_twenty(number, shared, tmp_path):
    (tmp_path / "alone").touch()
"""


def told(folder: Path, *options: str, **env: str) -> "subprocess.CompletedProcess[str]":
    """What a run of the small suite says."""
    (folder / "test_small.py").write_text(SUITE)
    plugins = [part for name in SCHEDULING for part in ("-p", name)]
    command = ["-m", "pytest", "-q", *plugins, f"--rootdir={folder}", "-c", "/dev/null", *options, "."]
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", PYTHONPATH=str(ROOT), **env),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def test_a_failure_and_a_process_that_dies_are_named_and_all_the_rest_is_run_once(tmp_path: Path) -> None:
    done = told(tmp_path, "--jobs=3")
    assert done.returncode == 1
    assert "assert (1 + 1) == 3" in done.stdout
    assert set(re.findall(r"FAILED \S+::(\S+)", done.stdout)) == {"test_that_fails", "test_whose_process_dies[1]"}
    assert "its process ended with code 7" in done.stdout
    assert "2 failed, 24 passed" in done.stdout


def test_what_is_shared_and_ends_badly_fails_the_run(tmp_path: Path) -> None:
    done = told(tmp_path, "--jobs=2", "-k", "twenty", BAD_END="1")
    assert done.returncode == 1
    assert "20 passed" in done.stdout
    assert "what is shared ends badly" in done.stderr


def test_the_first_failure_ends_the_run_where_that_is_asked(tmp_path: Path) -> None:
    done = told(tmp_path, "--jobs=1", "-x", "-k", "fails or twenty")
    assert done.returncode == 1
    assert "1 failed, 5 deselected in" in done.stdout


@pytest.mark.parametrize(
    ("place", "bases"),
    [
        ("tests/people/services/test_sign_in.py::test_a", 2),
        ("tests/blueprints/test_home.py::test_a", 2),
        ("tests/test_migrations.py::test_a[1]", 2),
        ("tests/people/domain/test_person.py::test_a", 1),
        ("tests/browser/test_pages.py::test_a", 1),
    ],
)
def test_on_both_databases_is_run_what_talks_to_one(place: str, bases: int) -> None:
    config: Any = SimpleNamespace(getoption=lambda _name: "both")
    assert len(bases_of(config, place)) == bases

