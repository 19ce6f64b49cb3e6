"""What three subjects keep for somebody, a few lines each: read in one statement for their first page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from collectifs.book.queries.pages import PageWaiting, pages_waiting_among, pages_waiting_lines
from collectifs.kernel.queries.short_lines import read_together
from collectifs.report.queries.questionnaire import returns_among, returns_lines
from collectifs.tutoring.queries.own import OwnTutoring, tutoring_among, tutoring_lines


@dataclass(frozen=True)
class ShortLists:
    """Their notebooks and programmes; pages of the book that await their answer; for which territories and seasons
    they answered the questionnaire."""

    tutoring: tuple[OwnTutoring, ...]
    pages: tuple[PageWaiting, ...]
    answered: frozenset[tuple[UUID, int]]


def short_lists_of(user_id: UUID, now: datetime) -> ShortLists:
    """All three."""
    lists = [*tutoring_lines(user_id), *pages_waiting_lines(user_id, now), *returns_lines(user_id)]
    lines = read_together(lists)
    return ShortLists(tuple(tutoring_among(lines)), tuple(pages_waiting_among(lines)), returns_among(lines))
