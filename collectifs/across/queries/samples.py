"""Whether sealed texts still open: one of each column, for `flask check`."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import QueryableAttribute

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import Base, db
from collectifs.kernel.models import HasKey, SealedColumn
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import open_text
from collectifs.meetings.models import MeetingEvent

TRIED = 5  # rows of a column, until one is found whose key was not destroyed


def sealed_columns() -> list[QueryableAttribute[Any]]:
    """Every column that holds sealed texts, by its name."""
    found = [
        getattr(mapper.class_, each.key)
        for mapper in Base.registry.mappers
        for each in mapper.column_attrs
        if isinstance(each.columns[0].type, SealedColumn)
    ]
    return sorted(found, key=str)


def sealed_samples() -> dict[str, bool]:
    """By the name of each column that holds a text: whether one of its texts opens. Raises KeysAway."""
    found = {str(column): _opens(column) for column in sealed_columns()}
    return {name: opens for name, opens in found.items() if opens is not None}


def _opens(column: QueryableAttribute[Any]) -> bool | None:
    """None where there is no text whose key is there."""
    table = column.class_
    query = select(table).where(func.length(column) > 0).order_by(table.id.desc()).limit(TRIED)
    for row in db.session.scalars(query):
        try:
            if isinstance(row, HasKey):
                open_text(row, column)
            elif isinstance(row, MeetingEvent):
                open_text(row, column, under=db.session.get_one(Meeting, row.meeting_id))
        except Perished:
            continue
        except Tampered:
            return False
        else:
            return True
    return None
