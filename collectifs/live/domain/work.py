"""What is asked of the worker about the room."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.kernel.work import Work


@dataclass(frozen=True)
class EraseRemovedNotes(Work):
    """Erase the words of the notes that were removed from a meeting, when undo ends."""

    meeting_id: UUID
