"""What of the book has perished and still lies there, and which keys its texts still need."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from collectifs.book.models import Book, BookEdition, BookEntry
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.seasons import season_of

NEEDED = (
    select(BookEntry.key_id).where(BookEntry.body != ERASED),
    select(BookEdition.key_id).where(BookEdition.body != ERASED),
)


def pages_over(today: date) -> list[BookEntry]:
    """Pages that were never printed, a year after their season."""
    query = select(BookEntry).join(Book, Book.id == BookEntry.book_id)
    over = query.where(BookEntry.printed_at.is_(None), BookEntry.body != ERASED, Book.season < season_of(today) - 1)
    return list(db.session.scalars(over.order_by(BookEntry.edited_at, BookEntry.id)))


def pages_of_seasons_before(season: int) -> list[BookEntry]:
    """The pages of the books of earlier seasons, printed or not."""
    query = select(BookEntry).join(Book, Book.id == BookEntry.book_id).where(Book.season < season)
    return list(db.session.scalars(query.order_by(BookEntry.edited_at, BookEntry.id)))


def editions_of(book_id: UUID) -> list[BookEdition]:
    """The editions of a book, the latest first."""
    query = select(BookEdition).where(BookEdition.book_id == book_id)
    return list(db.session.scalars(query.order_by(BookEdition.number.desc())))
