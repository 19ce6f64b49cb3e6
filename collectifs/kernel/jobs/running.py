"""Running one job: taken by one worker only, held by a lease, fenced by a token, tried again later."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Update, update

from collectifs.kernel import clock
from collectifs.kernel.extensions import committed, db
from collectifs.kernel.jobs.registry import do, work_of
from collectifs.kernel.journal import structlog
from collectifs.kernel.mail.smtp import AddressRefused, MailRefused
from collectifs.kernel.models import Job, JobState
from collectifs.kernel.vault import KeysAway
from collectifs.kernel.work import Work

LEASE = timedelta(minutes=2)
ATTEMPTS = 30
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)

log = structlog.get_logger()


def run_job(job_id: UUID) -> bool:
    """Run a job if it is free; True when it was run to its end. Its effects are committed with its state.

    A mail whose address is refused for good ends there: trying again would change nothing.
    """
    token = uuid4().hex
    if not _take(job_id, token):
        _leave_to_the_sweep(job_id)
        return False
    job = db.session.get_one(Job, job_id)
    kind, args = job.kind, dict(job.args)
    db.session.rollback()
    try:
        _run(work_of(kind, args))
    except AddressRefused as refused:
        db.session.rollback()
        log.warning("address_refused", job=str(job_id), kind=kind, code=refused.code)
        _end(job_id, token, state=JobState.FAILED, error=f"AddressRefused {refused.code}", finished_at=clock.now())
        return False
    except Exception as error:  # noqa: BLE001  a worker outlives any job
        db.session.rollback()
        _put_back(job_id, token, error)
        return False
    _end(job_id, token, state=JobState.DONE, finished_at=clock.now())
    return True


def _run(work: Work) -> None:
    do(work)
    db.session.commit()


def _take(job_id: UUID, token: str) -> bool:
    now = clock.now()
    free = (Job.state == JobState.WAITING) | ((Job.state == JobState.RUNNING) & (Job.lease_until < now))
    return _write(
        update(Job)
        .where(Job.id == job_id, free, Job.run_after <= now)
        .values(state=JobState.RUNNING, token=token, attempts=Job.attempts + 1, lease_until=now + LEASE)
    )


def _leave_to_the_sweep(job_id: UUID) -> None:
    """A hint that comes too early, by a clock that runs behind the asker's: the job is in no queue any more.

    Whatever the time has become meanwhile: a job that still waits was not taken.
    """
    _write(update(Job).where(Job.id == job_id, Job.state == JobState.WAITING).values(enqueued_at=None))


def _put_back(job_id: UUID, token: str, error: Exception) -> None:
    """Try again later. Waiting for the folder of keys is no attempt: it may be away for days."""
    job = db.session.get_one(Job, job_id)
    attempts, kind = job.attempts, job.kind
    db.session.rollback()
    log.warning("job_failed", job=str(job_id), kind=kind, attempts=attempts, error=_name_of(error))
    wait = min(FIRST_WAIT * 2 ** min(attempts, 12), LONGEST_WAIT)
    again: dict[str, Any] = {"state": JobState.WAITING, "run_after": clock.now() + wait, "enqueued_at": None}
    if isinstance(error, KeysAway):
        _end(job_id, token, **again | {"attempts": attempts - 1, "run_after": clock.now() + FIRST_WAIT})
        return
    state = JobState.FAILED if attempts >= ATTEMPTS else JobState.WAITING
    _end(job_id, token, **again | {"state": state, "error": _name_of(error)})


def _name_of(error: Exception) -> str:
    """What is noted of an error: its kind, and the code of a mail server; never a text, which may hold an address."""
    code = f" {error.code}" if isinstance(error, MailRefused) else ""
    return f"{type(error).__name__}{code}"[:80]


def _end(job_id: UUID, token: str, **values: Any) -> None:
    _write(update(Job).where(Job.id == job_id, Job.token == token).values(lease_until=None, **values))


def _write(statement: Update) -> bool:
    """Whether a row was there to change; written again when it met the sweep, or another worker, on PostgreSQL."""
    changed = committed(lambda: db.session.execute(statement))
    return bool(changed.rowcount)  # type: ignore[attr-defined]
