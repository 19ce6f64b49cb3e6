"""The notes of a meeting, from the moment nobody may read them."""

from datetime import datetime

from collectifs.collectives.models import Meeting
from collectifs.kernel.audit import ask, record
from collectifs.meetings.domain.work import PerishNotes


def let_notes_perish(meeting: Meeting, *, now: datetime) -> None:
    """From now on nobody reads the notes of a meeting; a job destroys them."""
    if meeting.notes_perished_at is not None:
        return
    meeting.notes_perished_at = now
    record("notes_perished", meeting, by=None)
    ask(PerishNotes(meeting.id))
