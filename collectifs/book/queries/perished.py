"""What of the book has perished and still lies there, and which keys its texts still need."""

from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select

from collectifs.book.models import Book, BookEdition, BookEntry, BookSource
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.seasons import season_of
from collectifs.network.models import Event, EventSlot, Workshop, WorkshopPage

NEEDED = (
    select(BookEntry.key_id).where(BookEntry.body != ERASED),
    select(BookEdition.key_id).where(BookEdition.body != ERASED),
)


def pages_over(today: date) -> list[BookEntry]:
    """Pages that were never printed, a year after their season; with it, those of workshops to which not all agreed.

    Whoever was at a workshop is forgotten with the season: nobody could say yes any more, so the book never asks again.
    """
    season = season_of(today)
    of_workshops = (
        select(BookSource.entry_id)
        .join(WorkshopPage, WorkshopPage.id == BookSource.workshop_page_id)
        .join(Workshop, Workshop.id == WorkshopPage.workshop_id)
        .join(EventSlot, EventSlot.id == Workshop.slot_id)
        .join(Event, Event.id == EventSlot.event_id)
        .where(Event.season < season)
    )
    never_agreed = and_(BookEntry.agreed_at.is_(None), BookEntry.id.in_(of_workshops))
    query = select(BookEntry).join(Book, Book.id == BookEntry.book_id)
    over = query.where(
        BookEntry.printed_at.is_(None), BookEntry.body != ERASED, or_(Book.season < season - 1, never_agreed)
    )
    return list(db.session.scalars(over.order_by(BookEntry.edited_at, BookEntry.id)))


def pages_of_seasons_before(season: int) -> list[BookEntry]:
    """The pages of the books of earlier seasons, printed or not."""
    query = select(BookEntry).join(Book, Book.id == BookEntry.book_id).where(Book.season < season)
    return list(db.session.scalars(query.order_by(BookEntry.edited_at, BookEntry.id)))


def editions_of(book_id: UUID) -> list[BookEdition]:
    """The editions of a book, the latest first."""
    query = select(BookEdition).where(BookEdition.book_id == book_id)
    return list(db.session.scalars(query.order_by(BookEdition.number.desc())))
