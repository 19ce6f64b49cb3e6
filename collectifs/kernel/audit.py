"""Writing down what was done: ids only."""

from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent, Erased, Erasure, Job
from collectifs.kernel.work import Work

NEW_JOBS = "new_jobs"  # what the session keeps to hand over once it is committed


class Actor(Protocol):
    """Whoever does something: the signed-in person, for one."""

    @property
    def id(self) -> UUID:
        """The id of their account."""


def record(kind: str, row: Any, *, by: Actor | None) -> None:
    """Add an audit event about a row; `by` is None when nobody may know who."""
    db.session.add(AuditEvent(**_told(kind, row, by)))


def record_by(connection: Connection, kind: str, row: Any, *, by: Actor) -> None:
    """The same, written at once: where a session would be made for it alone."""
    connection.execute(_RECORDED, {"id": uuid4(), **_told(kind, row, by)})


_RECORDED = insert(AuditEvent).inline()


def _told(kind: str, row: Any, by: Actor | None) -> dict[str, Any]:
    actor_id = by.id if by else None
    return {
        "kind": kind, "object_kind": row.__tablename__, "object_id": row.id, "actor_id": actor_id, "at": clock.now(),
    }  # fmt: skip


def note_erasure(what: Erased, collective_id: UUID, *, now: datetime) -> None:
    """Tell the collective that something of theirs was erased today."""
    db.session.add(Erasure(what=what, collective_id=collective_id, day=now.date()))


def ask(work: Work, *, after_s: float = 0) -> None:
    """Add a job: work to do once this transaction is committed (`after_s` seconds later at the earliest)."""
    now = clock.now()
    run_after = now + timedelta(seconds=after_s)
    job = Job(id=uuid4(), kind=work.kind(), args=work.args(), created_at=now, run_after=run_after)
    db.session.add(job)
    if run_after <= now:  # handed to its queue when this is committed (kernel/jobs/queue.py)
        job.enqueued_at = now
        db.session().info.setdefault(NEW_JOBS, []).append((job.id, work.queue))


def ask_later_by(connection: Connection, work: Work, *, after_s: float) -> None:
    """The same for later, of a work that is no mail, written at once: where a session would be made for it alone."""
    now = clock.now()
    run_after = now + timedelta(seconds=after_s)
    asked = {"id": uuid4(), "kind": work.kind(), "args": work.args(), "created_at": now, "run_after": run_after}
    connection.execute(_ASKED, asked)


_ASKED = insert(Job).inline()
