"""Letting the notes of a meeting and the set-aside lines of a season perish.

An emptied column is what tells that a text is gone; the key's destruction holds for the backups too.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete

from collectifs.collectives.models import Collective, Meeting
from collectifs.collectives.queries.frame import adjustment_rows
from collectifs.kernel import clock
from collectifs.kernel.audit import ask, note_erasure
from collectifs.kernel.extensions import db
from collectifs.kernel.models import Erased
from collectifs.kernel.vault import destroy_key, has_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.kernel.work import DestroyKey
from collectifs.live.domain.gesture_table import OUTLIVING
from collectifs.live.models import HandOffer, PreparedDevice
from collectifs.live.queries.parking import parked_rows
from collectifs.meetings.models import MeetingEvent
from collectifs.sheets.queries.follow_ups import follow_ups_in


def empty_words(meeting: Meeting, event: MeetingEvent, body: Mapping[str, object]) -> None:
    """A gesture stays, without its words."""
    seal_text(event, MeetingEvent.body, json.dumps({**body, "text": ""}), under=meeting)


def destroy_notes(meeting: Meeting, *, now: datetime) -> None:
    """The job itself: no word is left, neither here nor under the key. When it was held and who came stay."""
    if has_key(meeting.key_id):  # done twice, it is told once
        note_erasure(Erased.NOTES, meeting.collective_id, now=now)
    meeting.notes_perished_at = meeting.notes_perished_at or now
    db.session.execute(
        delete(MeetingEvent).where(MeetingEvent.meeting_id == meeting.id, MeetingEvent.kind.not_in(OUTLIVING))
    )
    for left in (PreparedDevice, HandOffer):
        db.session.execute(delete(left).where(left.meeting_id == meeting.id))
    destroy_key(meeting.key_id)


def erase_series(collective: Collective) -> None:
    """The debriefs of a season that is over, what it had set aside, what it had added to its charter."""
    for row in (*follow_ups_in(collective.id), *parked_rows(collective.id), *adjustment_rows(collective.id)):
        db.session.delete(row)
    if collective.series_key_id is not None:
        note_erasure(Erased.SERIES, collective.id, now=clock.now())
        ask(DestroyKey(collective.series_key_id))
    collective.series_key_id = None
