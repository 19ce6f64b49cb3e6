"""What was erased of a collective: how many of each kind, on which day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from collectifs.kernel.extensions import db
from collectifs.kernel.models import Erased, Erasure


@dataclass(frozen=True)
class ErasedThat:
    """So many of one kind, on a day."""

    day: date
    what: Erased
    number: int


def erasures_of(collective_id: UUID) -> list[ErasedThat]:
    """Everything, the latest first."""
    rows = db.session.execute(
        select(Erasure.day, Erasure.what, func.count())
        .where(Erasure.collective_id == collective_id)
        .group_by(Erasure.day, Erasure.what)
        .order_by(Erasure.day.desc(), Erasure.what)
    )
    return [ErasedThat(*row) for row in rows]
