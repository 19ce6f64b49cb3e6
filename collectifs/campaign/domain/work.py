"""What is asked of the worker for a campaign."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.kernel.work import Work


@dataclass(frozen=True)
class ComposeDraft(Work):
    """Look for collectives, a slice at a time: each slice asks for the next, so that a lost worker loses one."""

    draft_id: UUID


@dataclass(frozen=True)
class PublishDraft(Work):
    """Make the collectives of a draft to which somebody said yes, unless they took it back."""

    draft_id: UUID
