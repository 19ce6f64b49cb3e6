"""Under the lock: the next numbers of a meeting, and the rows that have them.

The number is given only if all is still as it was read: nobody wrote since, nothing perished, and who sends is still
there and may still do it. A gesture that stands alone is numbered and written by one statement on PostgreSQL, which
commits by itself: three exchanges the less, and the row of the meeting is locked for as long as that one lasts.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from collectifs.collectives.domain.piloting import local_day
from collectifs.kernel.errors import MovedMeanwhile
from collectifs.kernel.extensions import db, is_only_reading, reading, writing
from collectifs.live.queries.door import Door
from collectifs.live.queries.numbering import (
    ALONE_FOR_SECRETARY,
    ALONE_FOR_WHO_RUNS,
    FOR_SECRETARY,
    FOR_WHO_RUNS,
    ROW,
    WRITTEN,
)
from collectifs.meetings.models import MeetingEvent


def number(door: Door, seen: int, more: int) -> int:
    """The number of the last gesture, once `more` were added to those that were `seen`. Raises MovedMeanwhile."""
    statement = FOR_WHO_RUNS if door.leads_by else FOR_SECRETARY
    found: int | None = writing().execute(statement, _relied_on(door, seen, more)).scalar()
    if found is None:
        raise MovedMeanwhile
    return found


def write_rows(rows: Sequence[MeetingEvent]) -> None:
    """Write what has its number. Raises MovedMeanwhile."""
    values = [_plain(row) for row in rows]
    try:
        writing().execute(WRITTEN, values if values[1:] else values[0])
    except IntegrityError:
        raise MovedMeanwhile from None  # one of the ids arrived at the same instant, in another meeting


def can_stand_alone() -> bool:
    """Whether one statement may number, write and commit: on PostgreSQL, before anything else was written."""
    return is_only_reading() and db.engine.dialect.name == "postgresql"


def write_alone(door: Door, seen: int, row: MeetingEvent) -> int:
    """Number a gesture, write it and commit; its number. Raises MovedMeanwhile."""
    statement = ALONE_FOR_WHO_RUNS if door.leads_by else ALONE_FOR_SECRETARY
    values = {f"row_{name}": value for name, value in _plain(row).items()}  # a name of its own: `id` is both tables'
    try:
        found: int | None = reading().execute(statement, values | _relied_on(door, seen, 1)).scalar()
    except IntegrityError:
        raise MovedMeanwhile from None
    if found is None:
        raise MovedMeanwhile
    return found


def _relied_on(door: Door, seen: int, more: int) -> dict[str, Any]:
    values = {"meeting_id": door.meeting.id, "seen": seen, "device_id": door.person.device_id, "more": more}
    if door.leads_by:
        return {**values, "leads_by": door.leads_by, "today": local_day(door.at, door.zone)}
    return {**values, "user_id": door.person.id}


def _plain(row: MeetingEvent) -> dict[str, Any]:
    return {each.key: getattr(row, each.key) for each in ROW}
