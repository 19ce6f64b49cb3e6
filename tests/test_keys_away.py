"""The folder of keys is not there: nobody reads, nothing is erased, nothing is taken for erased, and all comes back."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from flask import Flask

from collectifs.across.jobs.worker import Caretaker, keys_missing
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.running import run_job
from collectifs.kernel.models import Job
from collectifs.kernel.vault import KeysAway, Vault
from collectifs.meetings.domain.work import PerishNotes
from collectifs.meetings.services.notes import let_notes_perish
from tests.asked import rows_of
from tests.circle import Circle


@pytest.fixture
def unmounted(app: Flask) -> Iterator[Path]:
    """An empty folder stands where the keys were, as a mount point without its disk; the disk comes back at the end."""
    folder: Path = app.extensions["settings"].keys_dir
    disk = folder.with_name("disk")
    folder.rename(disk)
    folder.mkdir(mode=0o700)
    yield folder
    if disk.exists():
        remount(folder)


def remount(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.with_name("disk").rename(folder)


PATHS = ("/", "/entrer", "/sante", "/pret", "/lien/anything", "/no/such/address")


@pytest.mark.parametrize("path", PATHS)
def test_every_page_says_that_the_keys_are_awaited_and_that_nothing_is_erased(
    visit, circle: Circle, unmounted: Path, path: str
) -> None:
    page = visit(circle.pilot).open(path)
    assert page.status == 503
    assert "Le service attend ses clés" in page.text
    assert "Rien n’est effacé" in page.text
    assert "mise à jour" not in page.text


def test_the_page_comes_back_with_the_disk(visit, circle: Circle, unmounted: Path) -> None:
    visitor = visit(circle.pilot)
    assert visitor.open(f"/regroupements/{circle.meeting.id}").status == 503
    remount(unmounted)
    assert visitor.open(f"/regroupements/{circle.meeting.id}").status == 200


def test_no_key_is_made_where_the_disk_should_be(circle: Circle, unmounted: Path) -> None:
    with pytest.raises(KeysAway):
        vault.make_key()
    assert list(unmounted.iterdir()) == []


def test_an_erasure_waits_for_the_disk_and_is_then_done(circle: Circle, unmounted: Path) -> None:
    meeting = circle.meeting
    let_notes_perish(meeting, now=clock.now())
    db.session.commit()
    job = rows_of(PerishNotes)[0]
    assert run_job(job.id) is False
    waiting = db.session.get_one(Job, job.id)
    assert (waiting.state, waiting.attempts) == ("waiting", 0)  # it may wait for days without being given up
    waiting.run_after = clock.now()
    key_id = meeting.key_id
    db.session.commit()
    remount(unmounted)
    assert run_job(job.id) is True
    assert key_id not in vault.key_ids()


def test_the_worker_runs_nothing_and_says_why_once(app: Flask, circle: Circle, unmounted: Path) -> None:
    enqueued: list[object] = []
    let_notes_perish(circle.meeting, now=clock.now() - timedelta(seconds=1))
    db.session.commit()
    rows_of(PerishNotes)[0].enqueued_at = None
    db.session.commit()
    app.extensions["enqueue"] = lambda job_id, _queue: enqueued.append(job_id)
    caretaker = Caretaker(app, give_up=lambda: pytest.fail("a disk that is away is no reason to give up"))
    with structlog.testing.capture_logs() as logs:
        caretaker.round()
        caretaker.round()
    assert enqueued == []
    assert [line["event"] for line in logs] == ["work_waits"]
    assert "n’a pas son témoin" in logs[0]["why"]
    remount(unmounted)
    caretaker.round()
    assert len(enqueued) == 1
    del app.extensions["enqueue"]


def test_a_wrong_master_key_seals_nothing_and_opens_no_page(app: Flask, visit, circle: Circle) -> None:
    db.session.commit()
    right = app.extensions["vault"]
    app.extensions["vault"] = Vault(app.extensions["settings"].keys_dir, b"w" * 32)
    try:
        assert "MASTER_KEY" in (keys_missing() or "")
        page = visit(circle.pilot).open("/")
        assert page.status == 503
        assert "Le service attend ses clés" in page.text
        with pytest.raises(KeysAway, match="MASTER_KEY"):
            vault.make_key()
    finally:
        app.extensions["vault"] = right
    assert keys_missing() is None
    assert visit(circle.pilot).open("/").status == 200
