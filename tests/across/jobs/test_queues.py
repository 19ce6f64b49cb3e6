"""The queues: one hint a job, mails apart from the rest, and a store that may be away."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
import time_machine
from flask import Flask

from collectifs import create_app
from collectifs.across.jobs.worker import sweep
from collectifs.kernel import clock, vault
from collectifs.kernel.audit import ask
from collectifs.kernel.config import SettingsError
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.queue import open_store, prepare_store
from collectifs.kernel.jobs.running import run_job
from collectifs.kernel.models import Job
from collectifs.kernel.queries.deployment import get_deployment
from collectifs.kernel.work import DestroyKey, Queue
from collectifs.people.domain.work import MailSignInLink
from tests import factories
from tests.conftest import make_settings, make_tables
from tests.workers import asked_to_destroy, running_worker, until

WAITING = 100
SWEEPS = 30


@pytest.fixture
def house(tmp_path: Path, house_database_url: str) -> Iterator[Flask]:
    """An installation with its queues, as it runs for real; nobody works."""
    app = create_app(make_settings(tmp_path, house_database_url, testing=False))
    with app.app_context():
        make_tables(app)
        get_deployment().tidied_at = clock.now()
        db.session.commit()
    prepare_store(app)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for huey in app.extensions["queues"].values():
        huey.storage.close()


def waiting(app: Flask) -> dict[Queue, int]:
    return {queue: huey.pending_count() for queue, huey in app.extensions["queues"].items()}


def left_behind(number: int) -> None:
    """Jobs that no hint told of."""
    for _ in range(number):
        ask(DestroyKey("0" * 32))
    db.session.query(Job).update({"enqueued_at": None})
    db.session.info.clear()
    db.session.commit()


def test_a_hundred_jobs_that_wait_cost_a_hundred_entries_however_often_they_are_swept(house: Flask) -> None:
    with house.app_context():
        left_behind(WAITING)
        for _ in range(SWEEPS):
            sweep()
    assert waiting(house) == {Queue.MAILS: 0, Queue.REST: WAITING}


def test_what_nobody_claimed_for_a_minute_is_enqueued_again_once_its_queue_is_empty(house: Flask) -> None:
    with house.app_context():
        left_behind(3)
        sweep()
        with time_machine.travel(clock.now() + timedelta(seconds=61)):
            sweep()
            assert waiting(house)[Queue.REST] == 3  # they are in the queue still: it is only slow
            house.extensions["queues"][Queue.REST].flush()
            sweep()
            sweep()
        assert waiting(house)[Queue.REST] == 3


def test_whoever_commits_hands_over_each_job_once_to_its_own_queue(house: Flask) -> None:
    with house.app_context():
        ask(DestroyKey("0" * 32))
        ask(MailSignInLink(uuid4()))
        assert waiting(house) == {Queue.MAILS: 0, Queue.REST: 0}
        db.session.commit()
        sweep()
        db.session.commit()
    assert waiting(house) == {Queue.MAILS: 1, Queue.REST: 1}


def test_a_hint_read_by_a_clock_that_runs_behind_loses_no_time(house: Flask) -> None:
    with house.app_context():
        ask(DestroyKey("0" * 32))
        db.session.commit()
        job_id = db.session.query(Job).one().id
        db.session.rollback()
        house.extensions["queues"][Queue.REST].flush()
        with time_machine.travel(clock.now() - timedelta(milliseconds=400)):
            assert not run_job(job_id)
        db.session.expire_all()
        assert db.session.get_one(Job, job_id).enqueued_at is None
        db.session.rollback()
        sweep()
    assert waiting(house)[Queue.REST] == 1


def test_what_is_taken_back_and_what_is_for_later_is_not_handed_over(house: Flask) -> None:
    with house.app_context():
        ask(DestroyKey("0" * 32))
        db.session.rollback()
        ask(DestroyKey("0" * 32), after_s=60)
        db.session.commit()
        sweep()
        assert waiting(house)[Queue.REST] == 0
        with time_machine.travel(clock.now() + timedelta(seconds=60)):
            sweep()
        assert waiting(house)[Queue.REST] == 1


def test_a_job_that_failed_is_enqueued_again_when_its_time_comes(house: Flask) -> None:
    with house.app_context():
        ask(MailSignInLink(factories.user().id))
        db.session.commit()
        house.extensions["queues"][Queue.MAILS].flush()
        job_id = db.session.query(Job.id).scalar()
        db.session.rollback()
        with structlog.testing.capture_logs():
            assert run_job(job_id) is False  # no mail server
        sweep()
        assert waiting(house)[Queue.MAILS] == 0
        with time_machine.travel(clock.now() + timedelta(minutes=2)):
            sweep()
        assert waiting(house)[Queue.MAILS] == 1


def test_a_store_that_is_away_loses_no_job_and_refuses_no_act(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with house.app_context():
        with structlog.testing.capture_logs() as logs, monkeypatch.context() as broken:
            broken.setitem(house.extensions, "enqueue", lambda _job_id, _queue: 1 / 0)
            ask(DestroyKey("0" * 32))
            db.session.commit()
        assert [line["event"] for line in logs] == ["not_enqueued"]
        assert waiting(house)[Queue.REST] == 0
        with time_machine.travel(clock.now() + timedelta(seconds=61)):
            sweep()
        assert waiting(house)[Queue.REST] == 1


def test_two_workers_that_sweep_at_once_enqueue_each_job_once(house: Flask) -> None:
    def sweeping() -> None:
        with house.app_context():
            for _ in range(5):
                sweep()

    with house.app_context():
        left_behind(20)
    threads = [threading.Thread(target=sweeping) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert waiting(house)[Queue.REST] == 20


@contextmanager
def silent_mail_server() -> Iterator[str]:
    """Takes every connection and says nothing; its SMTP_URL."""
    with socket.create_server(("127.0.0.1", 0), backlog=16) as server:
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}"


def test_a_mail_server_that_keeps_silent_delays_no_erasure_and_no_ending(house: Flask) -> None:
    """A hundred and one seconds, when mails and erasures waited in one queue."""
    vaulted = house.extensions["vault"]
    with silent_mail_server() as smtp_url, running_worker(house, SMTP_URL=smtp_url) as process:
        until(lambda key: key not in vaulted.key_ids(), asked_to_destroy(house))  # it works
        with house.app_context():
            for number in range(3):
                ask(MailSignInLink(factories.user(f"Personne {number}").id))
            db.session.commit()
        until(is_running, house)
        seconds = until(lambda key: key not in vaulted.key_ids(), asked_to_destroy(house))
        assert seconds < 5
        process.terminate()
        assert process.wait(timeout=15) == 0


def is_running(app: Flask) -> bool:
    with app.app_context():
        found = db.session.query(Job).filter_by(state="running").count()
        db.session.rollback()
    return found > 0


def test_after_a_quiet_time_a_job_is_taken_within_a_second_or_so(house: Flask) -> None:
    vaulted = house.extensions["vault"]
    with running_worker(house):
        until(lambda key: key not in vaulted.key_ids(), asked_to_destroy(house))
        time.sleep(3)
        with house.app_context():
            key = vault.make_key()
            ask(DestroyKey(key))
            db.session.commit()
        assert until(lambda key: key not in vaulted.key_ids(), key) < 3


def test_redis_without_its_package_is_refused_at_once_in_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huey.storage.Redis", None)
    with pytest.raises(SettingsError, match="paquet redis"):
        open_store(make_settings(tmp_path, "sqlite://", queue_url="redis://127.0.0.1:1/0"), "any")
