"""The parking lot: setting something aside for another meeting of the series, and taking it off."""

from datetime import datetime
from uuid import UUID

from collectifs.collectives.models import Meeting
from collectifs.collectives.queries.collectives import locked_collective
from collectifs.collectives.services.frame import series_key
from collectifs.kernel.audit import record
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.live.domain.parking import check_parked, check_series_lives
from collectifs.live.models import ParkedItem
from collectifs.live.queries.events import parked_events
from collectifs.live.queries.parking import parked_item
from collectifs.live.services.perishing import empty_words
from collectifs.meetings.queries.meetings import get_meeting
from collectifs.people.domain.person import Person


def park(meeting: Meeting, *, item_id: UUID, text: str, now: datetime, by: Person) -> None:
    """Set a line aside, sealed under the series. Sent again with the same id, nothing more happens."""
    if parked_item(item_id) is not None:
        return
    check_parked(text)
    collective = locked_collective(meeting.collective_id)
    check_series_lives(collective.season, now.date())
    row = ParkedItem(
        id=item_id,
        collective_id=collective.id,
        meeting_id=meeting.id,
        key_id=series_key(collective),
        parked_at=now,
    )
    seal_text(row, ParkedItem.text, text)
    db.session.add(row)
    db.session.flush()
    record("item_parked", row, by=by)


def unpark(item: ParkedItem, *, by: Person) -> None:
    """Take a line off for good: its words leave at once, in the gesture that brought them too."""
    found = get_meeting(item.meeting_id)
    if found is not None and found.meeting.notes_perished_at is None:
        for event in parked_events(item.meeting_id, item.id):
            empty_words(found.meeting, event, {"item": str(item.id)})
    record("item_unparked", item, by=by)
    db.session.delete(item)
    db.session.flush()
