"""What an administration may keep of a submitted sheet when the software destroys it: plain values, as they were read.

Never notes, never drafts, never what a collective took back; no name but the one that a collective agreed to.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class ArchivedSheet:
    """A submitted version, under its code or the name that was agreed to."""

    id: UUID
    territory: str
    season: int
    collective: str
    month: date
    degree: str
    version: int
    submitted_on: date
    read_on: date | None
    content: dict[str, object]


@dataclass(frozen=True)
class ArchivedCounts:
    """What left the collectives of a territory in a season, in numbers alone."""

    territory: str
    season: int
    submitted: int
    read: int
    withdrawn: int
    replaced: int
