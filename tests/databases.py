"""The databases of the tests: SQLite files, or a private PostgreSQL started from Debian's package.

A pytest plugin (named in conftest.py). `--base=postgresql`, or BASE=postgresql, chooses PostgreSQL: one cluster per
run, in a temporary folder, on a free loopback port, under the account `postgres` when root (initdb refuses root),
shared by the processes of the run, stopped at the end. Each process has databases of its own. `--base=both`, for
several processes (tests/scheduling.py): everything on SQLite, and on PostgreSQL too what could be answered otherwise;
of services, mails and pages, those that say something new to it (tests/statements.py).
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import compress
from pathlib import Path
from typing import ClassVar

import psycopg
import pytest
from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, event

from collectifs.kernel.extensions import begin_and_end_our_way
from tools.processes import dying_with_us, kill
from tools.system_packages import postgresql_bin

BASES = ("sqlite", "postgresql")
# Where an answer, a lock or a limit may differ from one database to the other.
ON_BOTH = re.compile(
    r"tests/\w+/(queries|jobs)/|tests/test_(migrations|transactions)\.py"
    r"|tests/blueprints/test_odd_inputs\.py|tests/cli/(epochs/|test_(restore|move)\.py)"
)
CHOSEN = re.compile(r"tests/\w+/(services|mails)/|tests/blueprints/")  # by what they say: tests/statements.py
PORT_KEY = pytest.StashKey[int]()
CLUSTER_KEY = pytest.StashKey["Cluster"]()
# Nothing of the tests has to survive a power cut.
# Looking which tables are empty reads all of them, in a serializable transaction, in several processes at once.
LOCKS = "max_pred_locks_per_transaction=2048"
# Tables are joined as they are written: to plan the one statement that asks fifty tables about a person takes 40 ms.
AS_WRITTEN = ("join_collapse_limit=1", "from_collapse_limit=1")
CAREFREE = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=127.0.0.1", LOCKS),
    *AS_WRITTEN,
)


class Cluster:
    """A PostgreSQL server for the time of one test run, careless of power cuts unless told otherwise."""

    new: ClassVar[Path | None] = None

    def __init__(self, programs: Path, settings: tuple[str, ...] = CAREFREE) -> None:
        self.programs = programs
        self.settings = settings
        self.folder = Path(tempfile.mkdtemp(prefix="collectifs-postgresql-"))
        self.account = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        self.port = free_port()
        self.server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make the cluster, start it and wait until it answers."""
        self._make()
        self.launch()

    def start_first(self) -> None:
        """The first of a run leaves its data, as they were made, to those that tests start: a tenth of the cost."""
        self._make()
        self._run(["cp", "-a", self.folder / "data", self.folder / "new"])
        Cluster.new = self.folder / "new"
        self.launch()

    def _make(self) -> None:
        if self.account:
            shutil.chown(self.folder, "postgres", "postgres")
        data = self.folder / "data"
        if self.new is not None:
            self._run(["cp", "-a", self.new, data])
            return
        settings = ["-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync"]
        self._run([self.programs / "initdb", "-D", data, *settings])

    def launch(self) -> None:
        """Start the server on its data, and wait until it answers."""
        options = [part for setting in self.settings for part in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            where = ["-D", self.folder / "data", "-p", str(self.port), "-k", self.folder]
            self.server = subprocess.Popen(
                dying_with_us([self.programs / "postgres", *where, *options], "INT"),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **self.account,
            )
        self._wait()

    def crash(self) -> None:
        """End the server at once, with all that it had in hand; `launch()` starts it again on its data."""
        self.server.send_signal(signal.SIGQUIT)  # its "immediate shutdown"
        self.server.wait(timeout=20)

    def stop(self) -> None:
        """End the server, open connections included, and forget its folder."""
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)  # its "fast shutdown"
            try:
                self.server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                kill(self.server)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, command: list[object]) -> None:
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, **self.account)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")

    def _wait(self) -> None:
        for _ in range(300):
            try:
                psycopg.connect(address(self.port, "postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                if self.server.poll() is not None:
                    break
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("PostgreSQL did not start:\n" + (self.folder / "log").read_text(errors="replace"))


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def address(port: int, database: str, scheme: str = "postgresql") -> str:
    """Where a database of the cluster is reached."""
    return f"{scheme}://postgres@127.0.0.1:{port}/{database}"


def empty_all_tables(engine: Engine, metadata: MetaData) -> None:
    """Remove every row but the installation's own, as it was when new.

    Few tables have rows: they are asked for at once, and no other is touched, nor looked at for what refers to them."""
    names, as_when_new, which_have_rows = _emptying(metadata)
    with references_unseen(engine) as connection:
        execute = connection.connection.driver_connection.execute  # a thousand tests begin so: no layer between
        execute(as_when_new)
        if connection.dialect.name != "sqlite":
            _empty_by_function(connection, names)
            return
        for name in compress(names, execute(which_have_rows).fetchone()):
            execute(f'DELETE FROM "{name}"')


def _empty_by_function(connection: Connection, names: list[str]) -> None:
    """To plan the question costs PostgreSQL six times what asking costs: it keeps the plans of a function, made once a
    connection."""
    if "empties" not in connection.info:
        each = "".join(f'IF EXISTS (SELECT 1 FROM "{name}") THEN DELETE FROM "{name}"; END IF;' for name in names)
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION pg_temp.empty_all() RETURNS void LANGUAGE plpgsql AS $$BEGIN {each} END$$"
        )
        connection.info["empties"] = True
    connection.connection.driver_connection.execute("SELECT pg_temp.empty_all()")


@cache
def _emptying(metadata: MetaData) -> tuple[list[str], str, str]:
    """The tables, and two statements: the installation's row as when new, then for each table whether it has rows."""
    installation = metadata.tables["deployments"]
    names = [name for name in metadata.tables if name != installation.name]
    since = ", ".join(f"{column.name} = NULL" for column in installation.columns if column.nullable)
    asked = ", ".join(f'EXISTS (SELECT 1 FROM "{name}")' for name in names)
    return names, f"UPDATE deployments SET {since}", f"SELECT {asked}"


@contextmanager
def references_unseen(engine: Engine) -> Iterator[Connection]:
    """A transaction in which a row may go or come whatever refers to it: nothing is refused, nothing goes with it."""
    with careless(engine.url).connect() as connection:
        try:
            with connection.begin():
                yield connection
        except BaseException:
            connection.info.clear()  # what was made in it went with it
            raise


@cache
def careless(url: URL) -> Engine:
    """The same database by a connection that never looks at what refers to what. One that begins to, or ceases, forgets
    all that it had prepared: on both databases each statement of the next test would be planned anew."""
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_size=1, connect_args={"options": "-c session_replication_role=replica"})
    made = create_engine(url, pool_size=1)
    begin_and_end_our_way(made.dialect)
    event.listen(made, "connect", lambda connection, _record: connection.execute("pragma foreign_keys=off"))
    return made


def bases_of(config: pytest.Config, nodeid: str) -> tuple[str, ...]:
    """The databases that a test is run on, whatever the others say to them."""
    chosen = config.getoption("base")
    if chosen != "both":
        return (chosen,)
    return BASES if ON_BOTH.match(nodeid) else BASES[:1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--base", choices=(*BASES, "both"), default=os.environ.get("BASE", BASES[0]), help="what the tests run on"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[PORT_KEY] = 0
    if config.getoption("base") == BASES[0] or config.option.collectonly:
        return
    if config.getoption("base") == "both" and not config.getoption("jobs"):
        raise pytest.UsageError("--base=both is for several processes: --jobs=3")
    programs = postgresql_bin()
    if not programs:
        pytest.exit("PostgreSQL is missing: apt-get install postgresql", returncode=1)
    cluster = config.stash[CLUSTER_KEY] = Cluster(Path(programs))
    cluster.start_first()
    config.stash[PORT_KEY] = cluster.port


def pytest_unconfigure(config: pytest.Config) -> None:
    if cluster := config.stash.get(CLUSTER_KEY, None):
        cluster.stop()


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {config.getoption('base')}"


@pytest.fixture(scope="session")
def base(pytestconfig: pytest.Config) -> str:
    """ "sqlite" or "postgresql"."""
    return pytestconfig.getoption("base")


@pytest.fixture(scope="session")
def new_database(
    base: str, pytestconfig: pytest.Config, process_name: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., str]:
    """Makes a database each time it is called, empty or (PostgreSQL) like another, and gives its URL for SQLAlchemy."""
    made: list[str] = []
    port = pytestconfig.stash[PORT_KEY]

    def make(like: str = "template1") -> str:
        name = f"collectifs_{process_name}_{len(made)}"
        made.append(name)
        if base == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp(name) / 'collectifs.db'}"
        with psycopg.connect(address(port, "postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        return address(port, name, "postgresql+psycopg")

    return make


def made_once(port: int, name: str, statements: list[str]) -> str:
    """A database of the cluster to make others like, made by the first process of the run that asks for it."""
    with psycopg.connect(address(port, "postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")  # until this connection ends
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f"CREATE DATABASE {name}_begun")
            with psycopg.connect(address(port, f"{name}_begun")) as begun:
                begun.execute(";".join(statements))
            connection.execute(f"ALTER DATABASE {name}_begun RENAME TO {name}")
    return name


@pytest.fixture
def empty_database_url(new_database: Callable[[], str]) -> str:
    """A database of the test's own, without any table."""
    return new_database()
