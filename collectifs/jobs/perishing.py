"""Jobs that destroy what has perished."""

from uuid import UUID

from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import job
from collectifs.meetings.queries.meetings import get_meeting
from collectifs.services.perishing import destroy_notes


@job("perish_notes")
def perish_notes(meeting_id: str) -> None:
    """The notes of a meeting: their rows and their key."""
    found = get_meeting(UUID(meeting_id))
    if found is not None:
        destroy_notes(found.meeting, now=clock.now())
