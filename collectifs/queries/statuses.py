"""The statuses of accompanied people that may be chosen."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from collectifs.kernel.extensions import db
from collectifs.models import AccompaniedStatus


@dataclass(frozen=True)
class StatusFacts:
    """One line of the list; a withdrawn one is no longer offered."""

    id: UUID
    label: str
    is_withdrawn: bool


def statuses() -> list[StatusFacts]:
    """The whole list, in its order."""
    rows = db.session.scalars(select(AccompaniedStatus).order_by(AccompaniedStatus.position, AccompaniedStatus.label))
    return [_facts(row) for row in rows]


def statuses_offered(chosen: Collection[UUID] = ()) -> list[StatusFacts]:
    """What somebody may choose: the list without what was withdrawn, save what they chose before."""
    return [each for each in statuses() if not each.is_withdrawn or each.id in chosen]


def get_status(status_id: UUID) -> StatusFacts | None:
    """A status by id."""
    row = db.session.get(AccompaniedStatus, status_id)
    return _facts(row) if row else None


def status_row(status_id: UUID) -> AccompaniedStatus:
    """The row of a status."""
    return db.session.get_one(AccompaniedStatus, status_id)


def next_position() -> int:
    """Where a new status stands: last."""
    return (db.session.scalar(select(func.max(AccompaniedStatus.position))) or 0) + 1


def _facts(row: AccompaniedStatus) -> StatusFacts:
    return StatusFacts(row.id, row.label, row.withdrawn_at is not None)
