"""The queues: huey carries the ids of jobs as hints; the `jobs` table is the truth, and a sweep finds the rest.

One for mails and one for everything else, so that a mail server that keeps silent delays no erasure. Whoever commits
hands over: a request, a command, a job that asks for another.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy import event, make_url
from sqlalchemy.orm import Session

from collectifs.kernel.audit import NEW_JOBS
from collectifs.kernel.config import Settings, SettingsError
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.hueys import (
    ConfigurationError,
    Huey,
    PostgresHuey,
    RedisHuey,
    SqliteHuey,
    on_postgresql,
)
from collectifs.kernel.jobs.running import run_job
from collectifs.kernel.journal import structlog
from collectifs.kernel.work import Queue

NAMES = {Queue.MAILS: "collectifs-mails", Queue.REST: "collectifs"}

log = structlog.get_logger()


def set_up_queues(app: Flask) -> None:
    """Open the queues of a deployment; tests run jobs themselves. Raises SettingsError."""
    if app.testing:
        return
    hueys = {queue: _huey(app, name) for queue, name in NAMES.items()}
    app.extensions["queues"] = hueys
    app.extensions["enqueue"] = lambda job_id, queue: hueys[queue].run_job(str(job_id))


def _huey(app: Flask, name: str) -> Huey:
    settings: Settings = app.extensions["settings"]
    huey = open_store(settings, name)

    @huey.task(name="run_job")  # type: ignore[untyped-decorator]
    def run(job_id: str) -> None:
        with app.test_request_context(base_url=settings.base_url):
            run_job(UUID(job_id))

    huey.run_job = run
    return huey


def open_store(settings: Settings, name: str) -> Huey:
    """Where ids wait: Redis when it is set; else PostgreSQL beside the tables, or a file in the data folder."""
    if settings.queue_url:
        try:
            return RedisHuey(name, url=settings.queue_url, results=False)
        except ConfigurationError as error:
            raise SettingsError("COLLECTIFS_QUEUE : le paquet redis n’est pas installé (pip install redis).") from error
    url = make_url(settings.database_url)
    if url.get_backend_name() == "postgresql":
        dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        return on_postgresql(name, dsn=dsn, table_prefix="queue", create_tables=False, results=False)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return SqliteHuey(name, filename=str(settings.data / "queue.db"), results=False)


def prepare_store(app: Flask) -> None:
    """Make the tables of a store on PostgreSQL, which opens without looking at it: the worker does, when it starts."""
    for huey in app.extensions["queues"].values():
        if isinstance(huey, PostgresHuey):
            huey.storage.initialize_schema()


def enqueue(hints: Iterable[tuple[UUID, Queue]]) -> None:
    """Hand ids to their queues. A store that is away is said, and no more: the sweep hands them over later."""
    hand_over = current_app.extensions.get("enqueue", _to_nobody)
    try:
        for job_id, queue in hints:
            try:
                hand_over(job_id, queue)
            except Exception:  # noqa: BLE001  a connection that broke is known by using it: once more
                hand_over(job_id, queue)
    except Exception as error:  # noqa: BLE001  each store has its own; the row is there, nothing is lost
        log.warning("not_enqueued", error=type(error).__name__)


def _to_nobody(_job_id: UUID, _queue: Queue) -> None:
    """Tests run jobs themselves."""


def is_empty(queue: Queue) -> bool:
    """Whether no id waits in a queue: then what was handed to it and was not claimed is lost."""
    hueys: dict[Queue, Any] = current_app.extensions.get("queues", {})
    return queue not in hueys or hueys[queue].pending_count() == 0


@event.listens_for(db.session, "after_commit")
def _hand_over(session: Session) -> None:
    enqueue(session.info.pop(NEW_JOBS, []))


@event.listens_for(db.session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(NEW_JOBS, None)
