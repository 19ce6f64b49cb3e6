"""The filters that people keep for themselves."""

from uuid import UUID

from sqlalchemy import select

from collectifs.kernel.extensions import db
from collectifs.review.models import SavedFilter


def filters_of(user_id: UUID) -> list[SavedFilter]:
    """What somebody keeps, by name."""
    mine = select(SavedFilter).where(SavedFilter.user_id == user_id)
    return list(db.session.scalars(mine.order_by(SavedFilter.name, SavedFilter.id)))


def get_filter(filter_id: UUID) -> SavedFilter | None:
    """A filter, whoever keeps it."""
    return db.session.get(SavedFilter, filter_id)
