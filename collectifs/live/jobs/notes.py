"""Jobs about the notes of a meeting: what was removed leaves when undo ends, all of them perish."""

from uuid import UUID

from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import job
from collectifs.live.queries.events import notes_are_gone
from collectifs.live.services.live import erase_removed_notes
from collectifs.live.services.perishing import destroy_notes
from collectifs.meetings.queries.meetings import get_meeting


@job("erase_removed_notes")
def erase(meeting_id: str) -> None:
    """The words of removed notes leave the server when undo ends."""
    found = get_meeting(UUID(meeting_id))
    if found is not None and not notes_are_gone(found.meeting, clock.now()):
        erase_removed_notes(found.meeting, now=clock.now())


@job("perish_notes")
def perish_notes(meeting_id: str) -> None:
    """The notes of a meeting: their rows and their key."""
    found = get_meeting(UUID(meeting_id))
    if found is not None:
        destroy_notes(found.meeting, now=clock.now())
