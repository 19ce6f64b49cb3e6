"""Writing down what was done: ids only."""

from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent, Job


class Actor(Protocol):
    """Whoever does something: the signed-in person, for one."""

    @property
    def id(self) -> UUID:
        """The id of their account."""


def record(kind: str, row: Any, *, by: Actor | None) -> None:
    """Add an audit event about a row; `by` is None when nobody may know who."""
    db.session.add(
        AuditEvent(
            kind=kind,
            object_kind=row.__tablename__,
            object_id=row.id,
            actor_id=by.id if by else None,
            at=clock.now(),
        )
    )


def ask_job(kind: str, *, after_s: float = 0, **ids: UUID | str | int | None) -> None:
    """Add a job to do once this transaction is committed (`after_s` seconds later at the earliest)."""
    now = clock.now()
    args = {name: str(value) if isinstance(value, UUID) else value for name, value in ids.items()}
    job = Job(id=uuid4(), kind=kind, args=args, created_at=now, run_after=now + timedelta(seconds=after_s))
    db.session.add(job)
    db.session().info.setdefault("new_jobs", []).append(job.id)
