"""The worker outlives its database: a lock, a restart, another worker that writes at the same instant."""

import importlib
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
import structlog
import time_machine
from flask import Flask
from sqlalchemy.exc import OperationalError

from collectifs import create_app
from collectifs.across.jobs import worker
from collectifs.across.jobs.worker import Caretaker
from collectifs.across.services import tidying
from collectifs.collectives.queries.collectives import get_collective
from collectifs.kernel import clock, extensions, turns, vault
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs import registry
from collectifs.kernel.jobs.queue import prepare_store
from collectifs.kernel.jobs.running import run_job
from collectifs.kernel.models import Job, WorkerBreath
from collectifs.kernel.queries.deployment import get_deployment
from collectifs.kernel.queries.jobs import breaths_by_machine
from collectifs.kernel.work import DestroyKey
from collectifs.meetings.domain.work import MailMeetingReminder, PerishNotes
from tests import factories
from tests.asked import asked
from tests.conftest import make_settings, make_tables
from tests.databases import Cluster, address
from tests.workers import asked_to_destroy, running_worker, until
from tools.system_packages import postgresql_bin


@pytest.fixture
def house(tmp_path: Path, house_database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An installation of its own on this machine's clock, that waits a tenth of a second for a lock."""
    patient = tuple(pragma for pragma in extensions.PRAGMAS if not pragma.startswith("busy_timeout"))
    monkeypatch.setattr(extensions, "PRAGMAS", (*patient, "busy_timeout=100"))
    monkeypatch.setattr(turns, "PATIENCE_MS", 100)
    app = create_app(make_settings(tmp_path, house_database_url))
    with app.app_context():
        make_tables(app)
        get_deployment().tidied_at = clock.now()
        db.session.commit()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def no_giving_up() -> None:
    pytest.fail("the worker gave up")


def rounds(caretaker: Caretaker, number: int = 1) -> list[str]:
    """Rounds as if ten seconds had passed between them; what is said."""
    with structlog.testing.capture_logs() as logs:
        for _ in range(number):
            caretaker._last_breath = float("-inf")
            caretaker.round()
    return [line["event"] for line in logs]


def test_a_round_that_fails_is_said_and_the_next_one_does_the_work(house: Flask, monkeypatch) -> None:
    enqueued: list[object] = []
    with house.app_context():
        ask(DestroyKey(key_id=vault.make_key()))
        db.session.commit()
        db.session.query(Job).one().enqueued_at = None
        db.session.commit()
    house.extensions["enqueue"] = lambda job_id, _queue: enqueued.append(job_id)
    with monkeypatch.context() as broken:
        broken.setattr(worker, "breathe", lambda _name: 1 / 0)
        caretaker = Caretaker(house, no_giving_up)
        assert rounds(caretaker, 2) == ["round_failed", "round_failed"]
        assert enqueued == []
    assert rounds(caretaker) == []
    assert len(enqueued) == 1


def test_a_locked_database_stops_no_worker(tmp_path: Path, house: Flask, base: str) -> None:
    """Somebody holds the database for longer than one waits for it."""
    caretaker = Caretaker(house, no_giving_up)
    assert rounds(caretaker) == []
    before = breath_of(house, caretaker.worker)
    with locked(house, base):
        assert rounds(caretaker) == ["round_failed"]
    time.sleep(0.01)
    assert rounds(caretaker) == []
    assert breath_of(house, caretaker.worker) > before


@contextmanager
def locked(app: Flask, base: str) -> Iterator[None]:
    """All of a database held by somebody else: SQLite's write lock, or a table of PostgreSQL."""
    with app.app_context():
        url = db.engine.url
        db.engine.dispose()
    if base == "sqlite":
        held = sqlite3.connect(url.database)
        held.execute("BEGIN IMMEDIATE")
    else:
        where = address(url.port, url.database)
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {url.database} SET lock_timeout = '100ms'")
        held = psycopg.connect(where)
        held.execute("LOCK TABLE worker_breaths, jobs IN ACCESS EXCLUSIVE MODE")
    try:
        yield
    finally:
        held.rollback()
        held.close()


def breath_of(app: Flask, name: str) -> datetime:
    with app.app_context():
        return db.session.get_one(WorkerBreath, name).breathed_at


def test_after_too_many_failures_in_a_row_the_process_is_to_end_with_a_code(house: Flask, monkeypatch) -> None:
    told: list[str] = []
    caretaker = Caretaker(house, lambda: told.append("give up"))
    monkeypatch.setattr(worker, "MOST_FAILURES", 3)
    with monkeypatch.context() as broken:
        broken.setattr(worker, "breathe", lambda _name: 1 / 0)
        rounds(caretaker, 2)
    rounds(caretaker)  # one that is well begins the count anew
    monkeypatch.setattr(worker, "breathe", lambda _name: 1 / 0)
    rounds(caretaker, 2)
    assert (caretaker.code, told) == (0, [])
    rounds(caretaker)
    assert (caretaker.code, told) == (worker.GAVE_UP, ["give up"])


def test_the_command_ends_with_the_worker_s_code(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("collectifs.cli.worker"), "work", lambda _app: worker.GAVE_UP)
    assert app.test_cli_runner().invoke(args=["worker"]).exit_code == worker.GAVE_UP


def test_pauses_grow_between_failures_and_stay_bounded(house: Flask, monkeypatch) -> None:
    monkeypatch.setattr(worker, "breathe", lambda _name: 1 / 0)
    caretaker = Caretaker(house, no_giving_up)
    with structlog.testing.capture_logs():
        pauses = [caretaker.round() for _ in range(8)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (2.0, 30.0)


def test_a_worker_that_ends_by_itself_is_not_missed(house: Flask) -> None:
    caretaker = Caretaker(house, no_giving_up)
    rounds(caretaker)
    with house.app_context():
        assert len(breaths_by_machine()) == 1
    caretaker.leave()
    with house.app_context():
        assert breaths_by_machine() == {}


def test_two_workers_that_write_at_the_same_instant_both_live(house: Flask, monkeypatch) -> None:
    """Each has its own breath, one at a time does the clock's work, and a collision is only tried again."""
    spans: list[tuple[float, float]] = []
    tidy = worker.tidy_unless_in_doubt

    def watched(**values: object) -> str | None:
        """One that collided is not counted: its database gave the turn on before it heard of it."""
        begun = time.perf_counter()
        time.sleep(0.005)
        waits = tidy(**values)
        spans.append((begun, time.perf_counter()))
        return waits

    monkeypatch.setattr(worker, "tidy_unless_in_doubt", watched)
    workers = [Caretaker(house, no_giving_up) for _ in range(3)]
    for number, each in enumerate(workers):
        each.worker = f"machine-{number}/1"

    def work(caretaker: Caretaker, pause_s: float) -> None:
        tried = 0
        while tried < 12 or (len(spans) < 2 and tried < 200):  # on a slow database nearly all of them collide
            caretaker._last_breath = float("-inf")
            caretaker.round()
            tried += 1
            # Seconds on a server. In step with one another they would collide for ever: some draw back more and more.
            time.sleep(pause_s * max(1, tried - 11))

    threads = [threading.Thread(target=work, args=(each, 0.01 * nth)) for nth, each in enumerate(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    spans.sort()
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert len(spans) > 1, "nobody came after another"
    for each in workers:
        rounds(each)
    with house.app_context():
        assert set(breaths_by_machine()) == {"machine-0", "machine-1", "machine-2"}
    assert [each.code for each in workers] == [0, 0, 0]


def test_each_duty_of_time_is_kept_by_itself_and_nobody_waits_for_all_of_them(house: Flask, monkeypatch) -> None:
    def asks(*, now: datetime) -> None:
        ask(DestroyKey(vault.make_key()))

    def fails(*, now: datetime) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(worker, "remind", asks)
    monkeypatch.setattr(worker, "tell_candidates", fails)
    assert rounds(Caretaker(house, no_giving_up)) == ["round_failed"]
    with house.app_context():
        assert len(asked(DestroyKey)) == 1


def test_the_list_of_communes_is_read_before_anybody_has_to_wait(house: Flask, monkeypatch) -> None:
    begun: list[bool] = []
    monkeypatch.setattr(tidying, "bring", lambda: begun.append(db.session().in_transaction()))
    caretaker = Caretaker(house, no_giving_up)
    with house.app_context():
        factories.meeting(factories.collective(), commune="Agen")
        db.session.commit()
    rounds(caretaker)
    assert begun == []  # it was tidied today
    with house.app_context():
        get_deployment().tidied_at = clock.now() - timedelta(days=1)
        db.session.commit()
    caretaker._last_breath = float("-inf")
    rounds(caretaker)
    assert begun == [False]


@pytest.fixture
def cluster(base: str) -> Iterator[Cluster]:
    """A PostgreSQL of the test's own, that it may kill: what was committed outlives it."""
    if base != "postgresql":
        pytest.skip("kills a PostgreSQL: runs with --base=postgresql")
    made = Cluster(Path(postgresql_bin()), ("fsync=off", "listen_addresses=127.0.0.1"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def served(cluster: Cluster, tmp_path: Path) -> Iterator[Flask]:
    """An installation on that PostgreSQL, and `flask worker` running for it."""
    with installed(cluster, tmp_path, testing=False) as app, running_worker(app):
        yield app
        for huey in app.extensions["queues"].values():
            huey.storage.close()


@contextmanager
def installed(cluster: Cluster, folder: Path, **settings: bool) -> Iterator[Flask]:
    """An installation on that PostgreSQL."""
    url = address(cluster.port, "postgres", "postgresql+psycopg")
    app = create_app(make_settings(folder, url, **settings))
    with app.app_context():
        make_tables(app)
        get_deployment().tidied_at = clock.now()
        db.session.commit()
    if not app.testing:
        prepare_store(app)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_postgresql_killed_under_a_running_worker_stops_neither_jobs_nor_breath(
    cluster: Cluster, served: Flask, tmp_path: Path
) -> None:
    until(lambda key: key not in served.extensions["vault"].key_ids(), asked_to_destroy(served))
    cluster.crash()
    until(lambda log: b"round_failed" in log.read_bytes(), tmp_path / "worker.log")
    cluster.launch()
    with served.app_context():
        db.engine.dispose()
    back_at = datetime.now(UTC)
    until(lambda key: key not in served.extensions["vault"].key_ids(), asked_to_destroy(served))
    until(lambda since: newest_breath(served) > since, back_at)


def newest_breath(app: Flask) -> datetime:
    with app.app_context():
        newest = max(breaths_by_machine().values(), default=datetime.min.replace(tzinfo=UTC))  # it has not breathed yet
        db.session.rollback()
    return newest


def test_postgresql_killed_in_the_middle_of_a_job_leaves_it_to_be_done_once(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[UUID] = []

    def work(notes: PerishNotes) -> None:
        tries.append(notes.meeting_id)
        db.session.add(WorkerBreath(worker=f"effect {len(tries)}", breathed_at=clock.now()))
        db.session.flush()
        if len(tries) == 1:
            cluster.crash()

    with installed(cluster, tmp_path) as app, app.app_context(), structlog.testing.capture_logs():
        monkeypatch.setitem(registry._DONE_BY, PerishNotes, work)
        ask(PerishNotes(uuid4()))
        db.session.commit()
        job_id = db.session.query(Job.id).scalar()
        db.session.rollback()
        with pytest.raises(OperationalError):
            run_job(job_id)
        db.session.remove()
        cluster.launch()
        assert run_job(job_id) is False  # until the lease is over it belongs to the one that was hurt
        with time_machine.travel(clock.now() + timedelta(minutes=3)):
            assert run_job(job_id) is True
            assert run_job(job_id) is False
        assert [breath.worker for breath in db.session.query(WorkerBreath)] == ["effect 2"]


def test_postgresql_killed_in_the_middle_of_time_s_work_doubles_no_reminder(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remind, rounds_begun = worker.remind, []

    def killed(*, now: datetime) -> None:
        remind(now=now)
        db.session.flush()
        rounds_begun.append(now)
        if len(rounds_begun) == 1:
            cluster.crash()

    monkeypatch.setattr(worker, "remind", killed)
    with installed(cluster, tmp_path) as app:
        with app.app_context():
            collective = factories.collective(members=[factories.user("Maud"), factories.user("Odile")])
            factories.meeting(collective, starts_at=clock.now() + timedelta(days=7) - timedelta(minutes=1))
            members = len(get_collective(collective.id).member_ids)
            db.session.commit()
        caretaker = Caretaker(app, no_giving_up)
        assert rounds(caretaker) == ["round_failed"]
        cluster.launch()
        with app.app_context():
            db.engine.dispose()
        assert rounds(caretaker, 3) == []
        with app.app_context():
            assert len(asked(MailMeetingReminder)) == members


def test_a_job_that_finds_the_database_locked_is_done_afterwards(house: Flask, base: str) -> None:
    with house.app_context():
        ask(DestroyKey(vault.make_key()))
        db.session.commit()
        job_id = db.session.query(Job.id).scalar()
        db.session.remove()
    with locked(house, base), house.app_context(), pytest.raises(OperationalError):
        run_job(job_id)
    with house.app_context():
        assert run_job(job_id) is True
        assert db.session.get_one(Job, job_id).attempts == 1
