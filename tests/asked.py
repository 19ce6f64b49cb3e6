"""What was asked of the worker, read as values."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import work_of
from collectifs.kernel.models import Job
from collectifs.kernel.work import Mail, Work

W = TypeVar("W", bound=Work)


def rows_of(kind: type[Work]) -> list[Job]:
    """The rows that ask for this kind of work, or for the kinds under it (`Work`: all), oldest first."""
    rows = db.session.scalars(select(Job).order_by(Job.created_at, Job.id))
    return [row for row in rows if isinstance(work_of(row.kind, row.args), kind)]


def asked(kind: type[W]) -> list[W]:
    """What they ask for."""
    return [work_of(row.kind, row.args) for row in rows_of(kind)]


def told(kind: type[Mail]) -> set[UUID]:
    """Who the mails of this kind go to."""
    return {mail.user_id for mail in asked(kind)}


def row_of(work: Work) -> Job:
    """The one row that asks for it."""
    [row] = [row for row in rows_of(type(work)) if row.args == work.args()]
    return row
