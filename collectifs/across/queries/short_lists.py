"""What three subjects keep for somebody, a few lines each: read in one statement for their first page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from collectifs.book.queries.pages import PAGES_WAITING_LINES, PageWaiting, pages_waiting_among
from collectifs.kernel.queries.short_lines import read_lines, together
from collectifs.kernel.seasons import season_of
from collectifs.report.queries.questionnaire import RETURNS_LINES, returns_among
from collectifs.tutoring.queries.own import TUTORING_LINES, OwnTutoring, tutoring_among


@dataclass(frozen=True)
class ShortLists:
    """Their notebooks and programmes; pages of the book that await their answer; for which territories and seasons
    they answered the questionnaire."""

    tutoring: tuple[OwnTutoring, ...]
    pages: tuple[PageWaiting, ...]
    answered: frozenset[tuple[UUID, int]]


_LISTS = together(*TUTORING_LINES, *PAGES_WAITING_LINES, *RETURNS_LINES)
_RETURNS = together(*RETURNS_LINES)


def short_lists_of(user_id: UUID, now: datetime) -> ShortLists:
    """All three."""
    lines = read_lines(_LISTS, {"user_id": user_id, "now": now, "season": season_of(now.date())})
    return ShortLists(tuple(tutoring_among(lines)), tuple(pages_waiting_among(lines)), returns_among(lines))


def answered_by(user_id: UUID) -> frozenset[tuple[UUID, int]]:
    """For which territories and seasons somebody answered the questionnaire."""
    return returns_among(read_lines(_RETURNS, {"user_id": user_id}))
