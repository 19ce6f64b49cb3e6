"""The statements by which the room numbers its gestures and writes them: services/numbering.py carries them out."""

from typing import Any

from sqlalchemy import bindparam, exists, insert, or_, select, update
from sqlalchemy.sql.dml import Update

from collectifs.collectives.models import Meeting, Pilotship
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
WRITTEN = insert(MeetingEvent).inline()
ROW = MeetingEvent.__table__.c


def _at_once(numbered: Update) -> Any:
    """A row with the number that is given to it; none where none is."""
    given = numbered.cte("numbered").c.sequence
    values = [given if each is ROW.sequence else bindparam(f"row_{each.key}", type_=each.type) for each in ROW]
    return insert(MeetingEvent).from_select([each.key for each in ROW], select(*values)).returning(ROW.sequence)


FOR_WHO_RUNS = _NUMBERED.where(_STILL_LEADS)
FOR_SECRETARY = _NUMBERED.where(_M.note_taker_id == bindparam("user_id"))
ALONE_FOR_WHO_RUNS, ALONE_FOR_SECRETARY = _at_once(FOR_WHO_RUNS), _at_once(FOR_SECRETARY)
