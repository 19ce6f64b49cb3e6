"""The installation: which one the database belongs to, when time's work was last done, how much it holds."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from collectifs.kernel import clock
from collectifs.kernel.extensions import Base, db
from collectifs.kernel.models import Deployment, KeyEpoch
from collectifs.kernel.vault import keys_in_table

LATE = timedelta(hours=1)  # the worker does it every ten seconds


def get_deployment() -> Deployment | None:
    """The row of this installation; None before its first tables are complete."""
    return db.session.scalars(select(Deployment).order_by(Deployment.made_at, Deployment.id)).first()


def deployment_id() -> UUID | None:
    """Which installation this database belongs to."""
    return db.session.scalars(select(Deployment.id).order_by(Deployment.made_at, Deployment.id)).first()


def erasures_late_since(now: datetime) -> datetime | None:
    """Since when nobody has erased what is due; None while it is done, and where the clock is moved by hand."""
    done = get_deployment()
    last = (done.tidied_at or done.made_at) if done else now
    return last if now - last > LATE and not clock.is_moved_by_hand() else None


def rotated_at() -> datetime | None:
    """When the last rotation of the keys began that has ended; none where they are files."""
    asked = select(func.max(KeyEpoch.began_at)).where(KeyEpoch.settled_at.is_not(None))
    return db.session.scalar(asked) if keys_in_table() else None


def rows_by_table() -> dict[str, int]:
    """How many rows each table holds."""
    return dict(db.session.execute(_counts()).mappings().one())


@cache
def _counts() -> Select[Any]:
    """All in one question: a hundred of them took three times as long."""
    tables = Base.metadata.sorted_tables
    return select(*(select(func.count()).select_from(each).scalar_subquery().label(each.name) for each in tables))
