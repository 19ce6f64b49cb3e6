"""Jobs that wait or were left, and when the worker last breathed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, and_, bindparam, func, or_, select

from collectifs.kernel.extensions import db
from collectifs.kernel.models import Job, JobState, WorkerBreath
from collectifs.kernel.work import MAILS

REFUSED = "MailRefused "  # how a job notes what a mail server answered, its code after it
UNFETCHED = timedelta(minutes=5)
IS_MAIL = Job.kind.startswith(MAILS, autoescape=True)
UNCLAIMED = timedelta(minutes=1)
STATES_TOLD = ((JobState.WAITING, JobState.RUNNING), (JobState.FAILED,), (JobState.DONE,))


class Turn(Enum):
    """What one worker does at a time, by the name of its lock: any number that nothing else of ours uses."""

    CLOCK = 1_702_004
    SWEEP = 1_702_005


@dataclass(frozen=True)
class Sending:
    """How the mails of a proposal fare. Those that left long ago may be forgotten: then nothing waits."""

    waiting: int
    failed: int
    sent: int

    @classmethod
    def counted(cls, waiting: int, failed: int, sent: int) -> "Sending":
        """From the columns of `mails_of()`; what has left is told only beside what could not leave."""
        return cls(waiting, failed, sent if failed else 0)

    @property
    def are_waiting(self) -> bool:
        """Whether somebody's mail has still to leave, or none could."""
        return self.waiting > 0 or (self.failed > 0 and self.sent == 0)


def mails_of(proposal_id: Any) -> tuple[ScalarSelect[int], ...]:
    """Of the mails that tell of a proposal, how many wait, cannot leave, have left: columns for the query of it."""
    about = select(func.count(Job.id)).where(Job.proposal_id == proposal_id)
    return tuple(about.where(Job.state.in_(states)).scalar_subquery() for states in STATES_TOLD)


def jobs_to_enqueue(now: datetime) -> list[Job]:
    """The jobs whose time has come, or whose lease ran out, and that are in no queue; or that nobody claimed, oldest
    first."""
    is_due = or_(
        and_(Job.state == JobState.WAITING, Job.run_after <= now),
        and_(Job.state == JobState.RUNNING, Job.lease_until < now),
    )
    query = select(Job).where(is_due, or_(Job.enqueued_at.is_(None), Job.enqueued_at < now - UNCLAIMED))
    return list(db.session.scalars(query.order_by(Job.run_after, Job.created_at)))


def oldest_late_job(now: datetime) -> datetime | None:
    """Since when the oldest job waits whose time has come, which failed before, or whose worker was lost."""
    waits = and_(Job.state == JobState.WAITING, or_(Job.run_after <= now, Job.attempts > 0))
    was_lost = and_(Job.state == JobState.RUNNING, Job.lease_until < now)
    return db.session.scalars(select(func.min(Job.created_at)).where(or_(waits, was_lost))).first()


def unsent_mails() -> int:
    """How many mails still wait."""
    count = db.session.scalar(
        select(func.count(Job.id)).where(IS_MAIL, Job.state.in_([JobState.WAITING, JobState.RUNNING]))
    )
    return count or 0


def refused_mails() -> dict[str, int]:
    """By code (« 553 5.7.1 »), how many people's mails a server refuses for another reason than their address."""
    query = (
        select(Job.error, Job.args)
        .where(IS_MAIL, Job.state != JobState.DONE, Job.error.startswith(REFUSED))
        .order_by(Job.created_at, Job.id)
    )
    people: dict[str, set[str]] = {}
    for error, args in db.session.execute(query):
        people.setdefault(error.partition(" ")[2], set()).add(str(args.get("user_id", args)))
    return {code: len(each) for code, each in people.items()}


@dataclass(frozen=True)
class HeldBack:
    """The latest mail of somebody, which a server did not take for a reason that passes; `again_at`: the next try."""

    code: str
    again_at: datetime | None


_MAILS_TO = (
    select(Job).where(Job.user_id.in_(bindparam("user_ids", expanding=True)), IS_MAIL).order_by(Job.created_at, Job.id)
)


def mails_to(user_ids: Collection[UUID]) -> dict[UUID, list[Job]]:
    """The mails of some people that are still written down, oldest first."""
    found: dict[UUID, list[Job]] = defaultdict(list)
    if user_ids:
        for job in db.session.scalars(_MAILS_TO, {"user_ids": list(user_ids)}):
            if job.user_id:
                found[job.user_id].append(job)
    return dict(found)


def held_back(mails: Sequence[Job]) -> HeldBack | None:
    """What holds back the latest of somebody's mails: it waits for another try, or was given up."""
    latest = mails[-1] if mails else None
    if latest is None or latest.state is JobState.DONE or not latest.error.startswith(REFUSED):
        return None
    return HeldBack(
        latest.error.removeprefix(REFUSED), latest.run_after if latest.state is not JobState.FAILED else None
    )


def mails_held_since(now: datetime) -> datetime | None:
    """Since when mails do not leave: the oldest that failed, or that nobody came for in five minutes; else None."""
    held = or_(Job.attempts > 0, Job.run_after < now - UNFETCHED)
    query = select(func.min(Job.created_at)).where(IS_MAIL, Job.state == JobState.WAITING, held)
    return db.session.scalars(query).first()


def last_breath() -> datetime | None:
    """When a worker last breathed."""
    return db.session.scalars(select(WorkerBreath.breathed_at).order_by(WorkerBreath.breathed_at.desc())).first()


def breaths_by_machine() -> dict[str, datetime]:
    """When each machine's worker last breathed; one that is started anew on a machine takes the place of another."""
    rows = db.session.execute(
        select(WorkerBreath.worker, WorkerBreath.breathed_at).order_by(WorkerBreath.breathed_at, WorkerBreath.worker)
    )
    return {worker.partition("/")[0]: breathed_at for worker, breathed_at in rows}


def builds_by_machine(since: datetime) -> dict[str, str]:
    """What each machine serves whose worker breathed since then; a worker that does not say it is left out."""
    query = select(WorkerBreath.worker, WorkerBreath.build).where(
        WorkerBreath.breathed_at >= since, WorkerBreath.build != ""
    )
    rows = db.session.execute(query.order_by(WorkerBreath.breathed_at, WorkerBreath.worker))
    return {worker.partition("/")[0]: build for worker, build in rows}


def get_breath(worker: str) -> WorkerBreath | None:
    """The breath of one worker."""
    return db.session.get(WorkerBreath, worker)


def has_the_turn(turn: Turn) -> bool:
    """Whether this transaction alone may do this, until it ends; it ends with whoever is killed.

    PostgreSQL lends a lock; on SQLite whoever began a transaction that may write is alone.
    """
    db.session.connection()
    if db.engine.dialect.name != "postgresql":
        return True
    return bool(db.session.scalar(select(func.pg_try_advisory_xact_lock(turn.value))))
