"""Requests that a printed page be withdrawn: those about a page, one with its book, how often they come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from collectifs.book.models import BookRemovalRequest
from collectifs.book.queries.pages import PageAccess, get_page
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.texts import text_or_closed


@dataclass(frozen=True)
class Removal:
    """A request, opened: when, and the sentence that came with it, if one did."""

    id: UUID
    asked_at: datetime
    words: str


@dataclass(frozen=True)
class RemovalAccess:
    """A request with its page."""

    row: BookRemovalRequest
    page: PageAccess

    @property
    def territory_id(self) -> UUID:
        """Where the book is edited."""
        return self.page.territory_id


def removals_of(entry_id: UUID) -> list[Removal]:
    """Those about a page, the oldest first."""
    query = select(BookRemovalRequest).where(BookRemovalRequest.entry_id == entry_id)
    rows = db.session.scalars(query.order_by(BookRemovalRequest.asked_at, BookRemovalRequest.id))
    return [Removal(row.id, row.asked_at, _words(row)) for row in rows]


def _words(row: BookRemovalRequest) -> str:
    try:
        return text_or_closed(row, BookRemovalRequest.words)
    except Perished:
        return ""


def get_removal(removal_id: UUID) -> RemovalAccess | None:
    """One request."""
    row = db.session.get(BookRemovalRequest, removal_id)
    page = get_page(row.entry_id) if row else None
    return RemovalAccess(row, page) if row and page else None


def removals_waiting(entry_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many wait, by page; nothing where none does."""
    query = select(BookRemovalRequest.entry_id, func.count()).where(BookRemovalRequest.entry_id.in_(entry_ids))
    rows = db.session.execute(query.group_by(BookRemovalRequest.entry_id)).all()
    return {row[0]: row[1] for row in rows}
