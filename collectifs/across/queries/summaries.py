"""The collectives of a manager, one line each. Never a content."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from collectifs.collectives.queries.collectives import CollectiveFacts, MemberFacts
from collectifs.collectives.queries.rosters import Roster, rosters_on
from collectifs.meetings.queries.meetings import MeetingFacts, series_in
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
    rosters = rosters_on(frozenset(territory_ids), season)
    series = series_in([each.facts.id for each in rosters])
    return [_summary(each, series[each.facts.id].meetings, now) for each in rosters]


def _summary(roster: Roster, meetings: Sequence[MeetingFacts], now: datetime) -> CollectiveSummary:
    held = sum(1 for meeting in meetings if meeting.is_past(now))
    return CollectiveSummary(roster.facts, roster.degree, roster.members, held, len(meetings) - held)
