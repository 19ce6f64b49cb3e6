"""Several processes for one run: each test is run once a database, and nothing that goes wrong in one is lost."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import Executable, bindparam, column, create_engine, literal, select, table
from sqlalchemy.exc import IntegrityError

from collectifs.kernel.config import environment
from collectifs.kernel.extensions import db
from collectifs.kernel.queries.deployment import get_deployment
from tests.databases import bases_of
from tests.forks import Command, run
from tests.scheduling import MADE_ONCE, Dealer, Worker, unit_of
from tests.statements import Choice, Statements
from tests.worker_process import Reports

ROOT = Path(__file__).resolve().parents[1]
SCHEDULING = ("no:cacheprovider", "tests.databases", "tests.worker_process", "tests.scheduling")
SUITE = """
import os
from multiprocessing import forkserver
import pytest

@pytest.fixture(scope="session")
def shared():
    yield os.getpid()
    assert not os.environ.get("BAD_END"), "what is shared ends badly"

def test_that_holds(shared, process_name):
    assert process_name
    assert forkserver._forkserver._forkserver_pid is None, "the whole application is imported once more"

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


class Told(NamedTuple):
    """How a run ended, and what it said and complained of."""

    code: int
    said: str
    complained: str


def told(folder: Path, *options: str, **env: str) -> Told:
    """What a run of the small suite says."""
    (folder / "test_small.py").write_text(SUITE)
    plugins = [part for name in SCHEDULING for part in ("-p", name)]
    command = ["pytest", "-q", *plugins, f"--rootdir={folder}", "-c", "/dev/null", *options, str(folder)]
    env = environment(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", **env)
    said, complained = folder / "said", folder / "complained"
    code = run(Command(command, env, says=str(said), complains=str(complained)))
    return Told(code, said.read_text(), complained.read_text())


def test_a_failure_and_a_process_that_dies_are_named_and_all_the_rest_is_run_once(tmp_path: Path) -> None:
    done = told(tmp_path, "--jobs=3")
    assert done.code == 1
    assert "assert (1 + 1) == 3" in done.said
    assert set(re.findall(r"FAILED \S+::(\S+)", done.said)) == {"test_that_fails", "test_whose_process_dies[1]"}
    assert "its process ended with code 7" in done.said
    assert "2 failed, 24 passed" in done.said


def test_what_is_shared_and_ends_badly_fails_the_run(tmp_path: Path) -> None:
    done = told(tmp_path, "--jobs=2", "-k", "twenty", BAD_END="1")
    assert done.code == 1
    assert "20 passed" in done.said
    assert "what is shared ends badly" in done.complained


def test_the_first_failure_ends_the_run_where_that_is_asked(tmp_path: Path) -> None:
    done = told(tmp_path, "--jobs=1", "-x", "-k", "fails or twenty")
    assert done.code == 1
    assert "1 failed, 5 deselected in" in done.said


@pytest.mark.parametrize(
    ("what", "is_told"),
    [
        ({}, False),
        ({"when": "call"}, True),
        ({"outcome": "failed"}, True),
        ({"outcome": "skipped"}, True),
        ({"duration": 0.005}, True),
        ({"sections": [("Captured stdout setup", "ici")]}, True),
    ],
)
def test_what_passed_at_once_before_and_after_a_test_is_not_told_and_all_else_is(
    pytestconfig: pytest.Config, what: dict[str, Any], is_told: bool
) -> None:
    reports = Reports(pytestconfig)
    usual = {"outcome": "passed", "when": "setup", "duration": 0.004, "sections": []}
    report = pytest.TestReport("a.py::b", ("a.py", 1, "b"), {}, longrepr=None, **(usual | what))
    reports.pytest_runtest_logreport(report)
    assert bool(reports.taken()) == is_told


@pytest.mark.parametrize(
    ("place", "unit"),
    [
        ("tests/people/domain/test_people.py::test_a[1]", "tests/people/domain/test_people.py::test_a"),
        ("tests/browser/test_pages.py::test_a[1]", "tests/browser/test_pages.py"),
        ("tests/demo/test_pages.py::test_a", "tests/demo/"),
        *((f"{file}::test_a", file) for file in MADE_ONCE),
    ],
)
def test_what_a_file_or_a_folder_makes_once_is_made_by_one_process(place: str, unit: str) -> None:
    assert unit_of(place) == unit
    assert (ROOT / place.partition("::")[0]).is_file()


def test_two_processes_start_a_browser_and_one_of_them_the_demonstration() -> None:
    files = ["browser/test_a.py", "browser/test_b.py", "browser/test_c.py", "browser/test_d.py"]
    files += ["browser/test_e.py", "people/test_f.py", "people/test_g.py"]
    items = [SimpleNamespace(nodeid=f"tests/{name}::test_it", fixturenames=[]) for name in files]
    for item in items[:3]:
        item.fixturenames += ["stage"]
    session: Any = SimpleNamespace(items=items, config=SimpleNamespace(getoption=lambda _name: "sqlite"))
    dealer: Any = Dealer(session, 3)
    none: Any = None
    one, two, three = (Worker(pid, "sqlite", none) for pid in range(3))
    dealer.workers = dict(enumerate((one, two, three)))
    dealt = [(who, dealer._dealt(who)) for who in (one, two, three, one, two, three, three)]
    assert [files[place][-4] for _, (place,) in dealt] == ["a", "d", "f", "b", "e", "g", "c"]
    assert dealer._dealt(one) == []


@pytest.mark.parametrize(
    ("place", "bases"),
    [
        ("tests/people/queries/test_people.py::test_a", 2),
        ("tests/people/services/test_sign_in.py::test_a", 1),
        ("tests/blueprints/test_odd_inputs.py::test_a[1]", 2),
        ("tests/blueprints/test_home.py::test_a", 1),
        ("tests/test_migrations.py::test_a[1]", 2),
        ("tests/people/domain/test_person.py::test_a", 1),
        ("tests/browser/test_pages.py::test_a", 1),
    ],
)
def test_on_both_databases_is_run_what_could_be_answered_otherwise(place: str, bases: int) -> None:
    config: Any = SimpleNamespace(getoption=lambda _name: "both")
    assert len(bases_of(config, place)) == bases


def test_of_the_others_postgresql_hears_a_few_that_say_all_that_nobody_else_says() -> None:
    choice = Choice(candidates={3, 4, 5, 6}, heard_anyway={1, 2})
    said = {1: {10}, 6: {30, 40}, 5: {20, 30}, 3: {10, 20}, 2: set(), 7: {50}}
    assert [choice.note(place, statements) for place, statements in said.items()] == [[]] * 6  # 4 is awaited
    assert choice.note(4, {20}) == [5, 6]  # what 3 says, 5 says too


@pytest.fixture
def heard() -> Iterator[Callable[..., int]]:
    """Says a statement to a database, and counts what is new in how it was heard."""
    engine, statements, known = create_engine("sqlite://"), Statements(asking=Path(__file__)), set()
    with engine.connect() as connection:
        connection.exec_driver_sql("create table one (a integer not null)")  # settings of the connection come before

        def say(statement: Executable, values: Any) -> int:
            statements.taken()
            with suppress(IntegrityError):
                connection.execute(statement, values)
            new = statements.taken() - known
            known.update(new)
            return len(new)

        yield say
    engine.dispose()
    statements.stop()


def test_the_shape_of_a_statement_is_the_same_whatever_its_values(heard: Callable[..., int]) -> None:
    ask = select(literal(1)).where(literal(1).in_(bindparam("ids", expanding=True)))
    assert [heard(ask, {"ids": ids}) for ids in ([1], [2, 3], [4])] == [1, 0, 0]
    assert heard(select(literal(2)), {}) == 1


def test_what_a_test_alone_asks_is_not_heard_and_what_it_writes_is() -> None:
    """What a service left to be written may be flushed by the test; a question of ours is only how we see it."""
    engine, statements = create_engine("sqlite://"), Statements()
    with engine.connect() as connection:
        connection.exec_driver_sql("create table one (a integer not null)")
        statements.taken()
        connection.execute(select(literal(1)))
        assert not statements.taken()
        connection.execute(table("one", column("a")).insert(), {"a": 1})
        assert len(statements.taken()) == 1
    engine.dispose()
    statements.stop()


def test_what_the_application_asks_is_heard(app: Flask) -> None:
    statements = Statements()
    db.session.connection()
    statements.taken()
    assert get_deployment() is not None
    assert len(statements.taken()) == 1
    statements.stop()


def test_many_rows_at_once_and_a_refusal_are_other_statements(heard: Callable[..., int]) -> None:
    insert = table("one", column("a")).insert()
    assert [heard(insert, values) for values in ({"a": 1}, [{"a": 1}, {"a": 2}], {"a": 2})] == [1, 1, 0]
    assert heard(insert, {"a": None}) == 1  # said as before, and refused
