"""What the projector may show of a meeting: how it goes on, and nothing of what is said in it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from collectifs.domain.beam import SHOWN, public_gesture
from collectifs.domain.gestures import Gesture
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import Perished
from collectifs.meetings.models import MeetingEvent
from collectifs.meetings.queries.meetings import MeetingAccess
from collectifs.queries.events import notes_are_gone, open_event


def public_events(meeting: MeetingAccess, sequence: int) -> list[Mapping[str, Any]]:
    """The gestures past `sequence` that steer, in order, each with what the room may see; none once perished."""
    row = meeting.meeting
    if notes_are_gone(row, clock.now()):
        return []
    events = db.session.scalars(
        select(MeetingEvent)
        .where(MeetingEvent.meeting_id == row.id, MeetingEvent.sequence > sequence, MeetingEvent.kind.in_(SHOWN))
        .order_by(MeetingEvent.sequence)
    )
    try:
        opened = [open_event(row, event) for event in events]
    except Perished:
        return []
    return [public_gesture(Gesture(str(each.id), each.kind, each.hand, each.happened_at, each.body)) for each in opened]
