"""The collectives of a manager, one line each. Never a content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from collectifs.collectives.queries.lines import CollectiveLine, lines_on
from collectifs.meetings.queries.meetings import Counted, counts_on


@dataclass(frozen=True)
class CollectiveSummary:
    """A collective in one line of the manager's list; `meetings`: how many are held, how many are to come."""

    line: CollectiveLine
    meetings: Counted


def summaries_on(
    territory_ids: Iterable[UUID], season: int, now: datetime, page: int | None = None
) -> list[CollectiveSummary]:
    """The collectives of some territories in a season, or one page of them: four queries, however many there are."""
    lines = lines_on(territory_ids, season, now, page)
    counts = counts_on(territory_ids, season, now, page)
    return [CollectiveSummary(each, counts.get(each.facts.id, Counted())) for each in lines]
