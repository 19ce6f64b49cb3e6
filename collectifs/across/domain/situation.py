"""What somebody stands before: their collectives, meetings and sheets, and what each lets them do. Plain values.

Permissions are asked where it is built; a rule that reads it offers nothing that they refuse.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from collectifs.meetings.domain.planning import reviewed_from
from collectifs.sheets.domain.life import SheetLife

SOON = timedelta(hours=12)


@dataclass(frozen=True)
class SheetSeen:
    """The sheet of a meeting, as this person is shown it. `put`: the proposal that stands, if one does."""

    id: UUID
    life: SheetLife
    put: UUID | None = None
    may_write: bool = False
    may_read: bool = False
    may_object: bool = False
    was_there: bool = False
    has_objected: bool = False
    has_read: bool = False
    is_asked: bool = False  # they presented, and their own answer is awaited


@dataclass(frozen=True)
class MeetingSeen:
    """A meeting of a collective that is not cancelled. `leads`: runs it on that day, and nobody stands in for them."""

    id: UUID
    number: int
    starts_at: datetime
    ends_at: datetime
    place: str
    sheet: SheetSeen
    is_started: bool = False
    is_closed: bool = False
    reopened_at: datetime | None = None
    notes_gone: bool = False
    may_see: bool = True
    may_run: bool = False
    leads: bool = False
    stands_in: bool = False
    takes_notes: bool = False
    led_by: tuple[str, ...] = ()  # who stands in for the pilot, by name

    def is_left_open(self, now: datetime) -> bool:
        """« À relire »: started, and nobody closed it."""
        return self.is_started and not self.is_closed and now >= reviewed_from(self.ends_at, self.reopened_at)

    def is_running(self, now: datetime) -> bool:
        """Begun and not closed, past its hours too: rooms overrun."""
        return self.is_started and not self.is_closed and not self.is_left_open(now)

    def is_past(self, now: datetime) -> bool:
        """Whether it was held, or its hours are over."""
        return self.is_closed or (self.ends_at < now and not self.is_running(now))

    def is_soon(self, now: datetime) -> bool:
        """Within twelve hours, or under way."""
        return not self.is_past(now) and (self.is_running(now) or self.starts_at - now <= SOON)


@dataclass(frozen=True)
class ProposedMember:
    """Somebody proposed to the collective, whose pilot has not answered."""

    id: UUID
    name: str
    proposed_at: datetime


@dataclass(frozen=True)
class DatesSeen:
    """Dates that the collective is asked about. `awaits`: how many this person has still to answer, while they may.

    `is_ready`: nobody is awaited any more, or the answers have ended.
    """

    id: UUID
    closes_at: datetime
    proposed: int
    awaits: int = 0
    is_ready: bool = False
    answered: int = 0
    asked: int = 0
    meeting_id: UUID | None = None


@dataclass(frozen=True)
class CollectiveSeen:
    """One of the person's collectives.

    `accepted_once`: a former charter, which asked less. `frame_asked_at`: since when their yes to its frame is awaited.
    """

    id: UUID
    name: str
    zone: ZoneInfo
    has_accepted: bool
    accepted_once: bool = False
    frame_asked_at: datetime | None = None
    pilots: bool = False
    pilot_names: tuple[str, ...] = ()
    meetings: tuple[MeetingSeen, ...] = ()
    proposed: tuple[ProposedMember, ...] = ()
    situations_waiting: int = 0
    dates: DatesSeen | None = None
    asks_questionnaire: bool = False  # the six questions of the end of the season, not answered yet


@dataclass(frozen=True)
class Entrusted:
    """What the person's roles lay before them; None where they have no such role."""

    to_review: int | None = None
    candidacies: int | None = None
    collectives: int | None = None
    not_accepted: int = 0
    has_territory: bool | None = None
    has_manager: bool = True


@dataclass(frozen=True)
class PageSeen:
    """A page of the book that awaits their own yes or no, until an instant."""

    id: UUID
    until: datetime


class HasCollective(Protocol):
    """A task, seen from here: about one of the collectives, or none."""

    @property
    def collective_id(self) -> UUID | None:
        """Which collective."""


@dataclass(frozen=True)
class Situation:
    """Everything that may ask something of somebody."""

    collectives: tuple[CollectiveSeen, ...] = ()
    entrusted: Entrusted = Entrusted()
    pages: tuple[PageSeen, ...] = ()  # of the book, that await their yes or no

    def collective(self, collective_id: UUID | None) -> CollectiveSeen:
        """One of them."""
        return next(each for each in self.collectives if each.id == collective_id)

    def name_of(self, task: HasCollective) -> str:
        """The collective of a task, by name, for whoever is in several; empty for the others."""
        if len(self.collectives) < 2 or task.collective_id is None:
            return ""
        return self.collective(task.collective_id).name

    def meeting(self, meeting_id: UUID | None) -> MeetingSeen:
        """One of their meetings."""
        return next(row for each in self.collectives for row in each.meetings if row.id == meeting_id)
