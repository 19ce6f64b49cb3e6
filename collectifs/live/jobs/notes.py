"""Jobs about the notes of a meeting: what was removed leaves when undo ends, all of them perish."""

from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does
from collectifs.live.domain.work import EraseRemovedNotes
from collectifs.live.queries.events import notes_are_gone
from collectifs.live.services.live import erase_removed_notes
from collectifs.live.services.perishing import destroy_notes
from collectifs.meetings.domain.work import PerishNotes
from collectifs.meetings.queries.meetings import get_meeting


@does
def erase(work: EraseRemovedNotes) -> None:
    """The words of removed notes leave the server when undo ends."""
    found = get_meeting(work.meeting_id)
    if found is not None and not notes_are_gone(found.meeting, clock.now()):
        erase_removed_notes(found.meeting, now=clock.now())


@does
def perish_notes(work: PerishNotes) -> None:
    """The notes of a meeting: their rows and their key."""
    found = get_meeting(work.meeting_id)
    if found is not None:
        destroy_notes(found.meeting, now=clock.now())
