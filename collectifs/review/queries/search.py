"""Searching the submitted sheets: what an index is made from, and the ids that answer a question."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from uuid import UUID

from sqlalchemy import func, select

from collectifs.kernel.endings import first_submission_kept
from collectifs.kernel.extensions import db
from collectifs.kernel.word_index import WordIndex
from collectifs.review.domain.search import Search
from collectifs.review.domain.stems import APART, VERSION, stems
from collectifs.sheets.models import SubmittedSheet
from collectifs.sheets.queries.sheets import submitted_content

MOST_FOUND = 1000
LIVES = (SubmittedSheet.withdrawn_at.is_(None), SubmittedSheet.replaced_at.is_(None))


def drawer_name(territory_id: UUID, season: int) -> str:
    """One drawer for the sheets of a territory in a season."""
    return f"{territory_id.hex}-{season}"


def drawers_wanted(now: datetime) -> dict[tuple[UUID, int], str]:
    """Each drawer that there should be, with the mark of what it is made from: it changes with every sheet."""
    query = (
        select(
            SubmittedSheet.territory_id,
            SubmittedSheet.season,
            func.count(),
            func.max(SubmittedSheet.submitted_at),
            func.sum(SubmittedSheet.version_number),
        )
        .where(*LIVES, SubmittedSheet.submitted_at >= first_submission_kept(now))
        .group_by(SubmittedSheet.territory_id, SubmittedSheet.season)
        .order_by(SubmittedSheet.territory_id, SubmittedSheet.season)
    )
    return {(row[0], row[1]): "/".join(map(str, (VERSION, *row[2:]))) for row in db.session.execute(query)}


def words_of(territory_id: UUID, season: int) -> Iterator[tuple[str, list[str]]]:
    """The stems of each sheet of a drawer, the oldest first; a text that no longer opens is left out."""
    here = (SubmittedSheet.territory_id == territory_id, SubmittedSheet.season == season, *LIVES)
    query = select(SubmittedSheet).where(*here).order_by(SubmittedSheet.submitted_at, SubmittedSheet.id)
    for row in db.session.scalars(query.execution_options(yield_per=500)):
        content = submitted_content(row)
        if content:
            yield str(row.id), list(chain.from_iterable((*stems(text), APART) for text in content.texts()))


def found_by(index: WordIndex, search: Search, territory_ids: frozenset[UUID], season: int) -> frozenset[UUID]:
    """The ids of the sheets of these territories that answer; the latest thousand of each at most."""
    drawers = [drawer_name(each, season) for each in territory_ids]
    return frozenset(
        UUID(id_)
        for drawer in drawers
        for id_ in (index.find(drawer, search.wanted, search.unwanted, MOST_FOUND) if search.wanted else ())
    )
