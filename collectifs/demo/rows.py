"""How the demonstration writes: rows added in order, acts noted at their instant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from collectifs.demo.records import DemoData
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.people.models import Territory, User

Row = TypeVar("Row")


@dataclass(frozen=True)
class Stage:
    """What every part of the demonstration needs: the data, and the rows already written, by their names."""

    data: DemoData
    territories: dict[str, Territory]
    people: dict[str, User]

    @property
    def now(self) -> datetime:
        """The demonstration's first instant."""
        return self.data.now


def add(row: Row) -> Row:
    """Write a row at once: those that follow refer to it."""
    db.session.add(row)
    db.session.flush()
    return row


def note(kind: str, row: Any, *, by: User | None, at: datetime) -> None:
    """An audit event of the past; `by` is None when nobody may know who."""
    actor_id = by.id if by else None
    db.session.add(AuditEvent(kind=kind, object_kind=row.__tablename__, object_id=row.id, actor_id=actor_id, at=at))
