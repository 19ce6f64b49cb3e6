"""Jobs that wait or were left, and when the worker last breathed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from collectifs.extensions import db
from collectifs.models import Job, WorkerBreath


def jobs_to_carry(now: datetime) -> list[UUID]:
    """The jobs whose time has come, or whose lease ran out, oldest first."""
    query = select(Job.id).where(
        or_(
            and_(Job.state == "waiting", Job.run_after <= now),
            and_(Job.state == "running", Job.lease_until < now),
        )
    )
    return list(db.session.scalars(query.order_by(Job.run_after, Job.created_at)))


def jobs_of(kind: str) -> list[Job]:
    """The jobs of a kind, oldest first."""
    return list(db.session.scalars(select(Job).where(Job.kind == kind).order_by(Job.created_at, Job.id)))


def unsent_mails() -> int:
    """How many mails still wait."""
    count = db.session.scalar(
        select(func.count(Job.id)).where(Job.kind.like("mail_%"), Job.state.in_(["waiting", "running"]))
    )
    return count or 0


def last_breath() -> datetime | None:
    """When the worker last breathed."""
    return db.session.scalars(select(WorkerBreath.breathed_at).order_by(WorkerBreath.id)).first()
