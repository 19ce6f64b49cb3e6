"""Several processes for one run: each test is run once a database, and nothing that goes wrong in one is lost."""

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine, bindparam, create_engine, event, literal, select

from collectifs.kernel.config import environment
from tests.databases import bases_of
from tests.statements import Choice, Statements

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
        ("tests/blueprints/test_odd_inputs.py::test_a[1]", 2),
        ("tests/blueprints/test_home.py::test_a", 1),
        ("tests/test_migrations.py::test_a[1]", 2),
        ("tests/people/domain/test_person.py::test_a", 1),
        ("tests/browser/test_pages.py::test_a", 1),
    ],
)
def test_on_both_databases_is_run_what_talks_to_one(place: str, bases: int) -> None:
    config: Any = SimpleNamespace(getoption=lambda _name: "both")
    assert len(bases_of(config, place)) == bases


def test_of_the_pages_postgresql_hears_those_that_say_what_nobody_else_says() -> None:
    choice = Choice(pages={3, 4, 5, 6}, heard_anyway={1, 2})
    said = {1: {10}, 6: {30, 40}, 5: {20, 30}, 3: {10, 20}, 2: set(), 7: {50}}
    assert [choice.note(place, statements) for place, statements in said.items()] == [[]] * 6  # 4 is awaited
    assert choice.note(4, {20}) == [3, 5, 6]


def test_the_shape_of_a_statement_is_the_same_whatever_its_values() -> None:
    engine, statements = create_engine("sqlite://"), Statements()
    ask = select(literal(1)).where(literal(1).in_(bindparam("ids", expanding=True)))
    with engine.connect() as connection:
        connection.exec_driver_sql("select 1")  # the settings of a new connection are said before
        statements.taken()
        shapes = []
        for ids in ([1], [2, 3], []):
            connection.execute(ask, {"ids": ids})
            shapes.append(statements.taken())
        connection.exec_driver_sql("select 2")
    engine.dispose()
    event.remove(Engine, "before_cursor_execute", statements.hear)
    assert shapes[0] == shapes[1] == shapes[2]
    assert [len(each) for each in (shapes[0], statements.taken())] == [1, 1]
