"""The collectives of a manager, one line each. Never a content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from collectifs.across.queries.gathered import gather_lists
from collectifs.collectives.queries.collectives import (
    CollectiveFacts,
    MemberFacts,
    collectives_on,
    degree_of,
    members_of,
)
from collectifs.meetings.queries.meetings import meetings_of
from collectifs.people.domain.person import Degree


@dataclass(frozen=True)
class CollectiveSummary:
    """A collective in one line of the manager's list."""

    facts: CollectiveFacts
    degree: Degree | None
    members: tuple[MemberFacts, ...]
    held: int
    planned: int

    @property
    def pilots(self) -> list[str]:
        """The names of those who pilot."""
        return [member.name for member in self.members if member.is_pilot]

    @property
    def waiting(self) -> list[str]:
        """The names of those who have not accepted the charter yet."""
        return [member.name for member in self.members if not member.has_accepted]


def summaries_on(territory_ids: Iterable[UUID], season: int, now: datetime) -> list[CollectiveSummary]:
    """The collectives of some territories in a season, one line each."""
    found = collectives_on(frozenset(territory_ids), season)
    gather_lists([facts.id for facts in found])
    return [_summary(facts, now) for facts in found]


def _summary(facts: CollectiveFacts, now: datetime) -> CollectiveSummary:
    meetings = meetings_of(facts.id)
    held = sum(1 for meeting in meetings if meeting.is_past(now))
    return CollectiveSummary(facts, degree_of(facts.id), tuple(members_of(facts.id)), held, len(meetings) - held)
