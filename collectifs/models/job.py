"""Work that outlives a request. This table is the truth; the queue only carries ids."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.extensions import Base
from collectifs.models.base import HasId, Instant, UtcDateTime


class Job(HasId, Base):
    """A kind and ids: never a text, an address or a token. `state` is waiting, running, done or failed."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_state_run_after", "state", "run_after"),)

    kind: Mapped[str] = mapped_column(String(40))
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[Instant]
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    token: Mapped[str] = mapped_column(String(32), default="")
    error: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[Instant]
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class WorkerBreath(Base):
    """When each worker last breathed: `worker` names the machine and the process."""

    __tablename__ = "worker_breaths"

    worker: Mapped[str] = mapped_column(String(80), primary_key=True)
    breathed_at: Mapped[Instant]
