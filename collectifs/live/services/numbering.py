"""Under the lock: the next numbers of a meeting, and the rows that have them.

The number is given only if all is still as it was read: nobody wrote since, nothing perished, and who sends is still
there and may still do it. A gesture that stands alone is numbered and written by one statement on PostgreSQL, which
commits by itself: three exchanges the less, and the row of the meeting is locked for as long as that one lasts.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import Update

from collectifs.collectives.domain.piloting import local_day
from collectifs.collectives.models import Meeting, Pilotship
from collectifs.kernel.errors import MovedMeanwhile
from collectifs.kernel.extensions import db, is_only_reading, reading
from collectifs.live.queries.door import Door
from collectifs.meetings.models import MeetingEvent
from collectifs.people.models import Device

_M = Meeting.__table__.c
_NUMBERED = (
    update(Meeting)
    .where(
        _M.id == bindparam("meeting_id"),
        _M.sequence == bindparam("seen"),
        _M.notes_perished_at.is_(None),
        _M.cancelled_at.is_(None),
        exists().where(Device.id == bindparam("device_id"), Device.closed_at.is_(None)),
    )
    .values(sequence=_M.sequence + bindparam("more"))
    .returning(_M.sequence)
)
_STILL_LEADS = exists().where(
    Pilotship.id == bindparam("leads_by"), or_(Pilotship.ends_on.is_(None), Pilotship.ends_on >= bindparam("today"))
)
_WRITTEN = insert(MeetingEvent).inline()
_E = MeetingEvent.__table__.c


def _at_once(numbered: Update) -> Any:
    """A row with the number that is given to it; none where none is."""
    given = numbered.cte("numbered").c.sequence
    values = [given if each is _E.sequence else bindparam(f"row_{each.key}", type_=each.type) for each in _E]
    return insert(MeetingEvent).from_select([each.key for each in _E], select(*values)).returning(_E.sequence)


_FOR_WHO_RUNS = _NUMBERED.where(_STILL_LEADS)
_FOR_SECRETARY = _NUMBERED.where(_M.note_taker_id == bindparam("user_id"))
_ALONE_FOR_WHO_RUNS, _ALONE_FOR_SECRETARY = _at_once(_FOR_WHO_RUNS), _at_once(_FOR_SECRETARY)


def number(door: Door, seen: int, more: int) -> int:
    """The number of the last gesture, once `more` were added to those that were `seen`. Raises MovedMeanwhile."""
    statement = _FOR_WHO_RUNS if door.leads_by else _FOR_SECRETARY
    found: int | None = db.session.connection().execute(statement, _relied_on(door, seen, more)).scalar()
    if found is None:
        raise MovedMeanwhile
    return found


def write_rows(rows: Sequence[MeetingEvent]) -> None:
    """Write what has its number. Raises MovedMeanwhile."""
    values = [_plain(row) for row in rows]
    try:
        db.session.connection().execute(_WRITTEN, values if values[1:] else values[0])
    except IntegrityError:
        raise MovedMeanwhile from None  # one of the ids arrived at the same instant, in another meeting


def can_stand_alone() -> bool:
    """Whether one statement may number, write and commit: on PostgreSQL, before anything else was written."""
    return is_only_reading() and db.engine.dialect.name == "postgresql"


def write_alone(door: Door, seen: int, row: MeetingEvent) -> int:
    """Number a gesture, write it and commit; its number. Raises MovedMeanwhile."""
    statement = _ALONE_FOR_WHO_RUNS if door.leads_by else _ALONE_FOR_SECRETARY
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
    return {each.key: getattr(row, each.key) for each in _E}
