"""What submitted copies were filed under: rows of closed lists, read without opening a word."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from collectifs.kernel.extensions import db
from collectifs.meetings.domain.tags import NO_TAGS, Tags
from collectifs.sheets.models import SubmittedTag


def tags_of_copies(submitted_ids: Collection[UUID]) -> dict[UUID, Tags]:
    """The tags of each copy: one query, however many there are; none of one that was taken back or has perished."""
    query = select(SubmittedTag).where(SubmittedTag.submitted_id.in_(submitted_ids))
    found: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in db.session.scalars(query.order_by(SubmittedTag.submitted_id, SubmittedTag.axis, SubmittedTag.code)):
        found[row.submitted_id][row.axis.value].append(row.code)
    return {each: Tags.chosen(found[each]) if each in found else NO_TAGS for each in submitted_ids}
