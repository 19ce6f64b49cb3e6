"""Jobs about the notes of a meeting."""

from uuid import UUID

from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import job
from collectifs.meetings.queries.meetings import get_meeting
from collectifs.queries.events import notes_are_gone
from collectifs.services.live import erase_removed_notes


@job("erase_removed_notes")
def erase(meeting_id: str) -> None:
    """The words of removed notes leave the server when undo ends."""
    found = get_meeting(UUID(meeting_id))
    if found is not None and not notes_are_gone(found.meeting, clock.now()):
        erase_removed_notes(found.meeting, now=clock.now())
