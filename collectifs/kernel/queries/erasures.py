"""What was erased of a collective: how many of each kind, on which day."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self
from uuid import UUID

from sqlalchemy import exists, func, or_, select

from collectifs.kernel.extensions import db
from collectifs.kernel.models import Erased, Erasure, Job, JobState, KeyEpoch
from collectifs.kernel.vault import keys_in_table
from collectifs.kernel.work import DestroyKey


@dataclass(frozen=True)
class Rotation:
    """One that has ended, and whose keys to destroy were all destroyed before it began."""

    began_at: datetime
    settled_at: datetime


@dataclass(frozen=True)
class ErasedThat:
    """So many of one kind, on a day."""

    day: date
    what: Erased
    number: int
    settled_on: date | None = None

    def settled(self, rotations: list[Rotation]) -> Self:
        """With the day since when it opens no more, not even from the database's log: a rotation that began later."""
        found = (each.settled_at.date() for each in rotations if each.began_at.date() > self.day)
        return replace(self, settled_on=next(found, None))


def erasures_of(collective_id: UUID) -> list[ErasedThat]:
    """Everything, the latest first; where the keys are in the table, since when each is gone for good."""
    rows = db.session.execute(
        select(Erasure.day, Erasure.what, func.count())
        .where(Erasure.collective_id == collective_id)
        .group_by(Erasure.day, Erasure.what)
        .order_by(Erasure.day.desc(), Erasure.what)
    )
    found = [ErasedThat(*row) for row in rows]
    rotations = _rotations() if keys_in_table() else []
    return [each.settled(rotations) for each in found]


def settles_later() -> bool:
    """Whether what is erased is gone for good at the next rotation only: where the keys are in the table."""
    return keys_in_table()


def _rotations() -> list[Rotation]:
    late = exists().where(
        Job.kind == DestroyKey.kind(),
        Job.created_at < KeyEpoch.began_at,
        or_(Job.state != JobState.DONE, Job.finished_at >= KeyEpoch.began_at),
    )
    asked = select(KeyEpoch.began_at, KeyEpoch.settled_at).where(KeyEpoch.settled_at.is_not(None), ~late)
    rows = db.session.execute(asked.order_by(KeyEpoch.number))
    return [Rotation(began_at, settled_at) for began_at, settled_at in rows if settled_at]
