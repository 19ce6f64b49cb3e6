"""Books, their themes and workshops, and what the rules on access need of them."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from collectifs.book.models import Book, BookChapter, BookTheme
from collectifs.kernel.extensions import db
from collectifs.people.models import Territory


@dataclass(frozen=True)
class BookAccess:
    """A book with its territory."""

    book: Book
    territory: Territory

    @property
    def id(self) -> UUID:
        """Its id."""
        return self.book.id

    @property
    def territory_id(self) -> UUID:
        """Where it is edited."""
        return self.book.territory_id

    @property
    def zone(self) -> ZoneInfo:
        """How hours are told there."""
        return ZoneInfo(self.territory.timezone)


def get_book(book_id: UUID) -> BookAccess | None:
    """A book."""
    book = db.session.get(Book, book_id)
    return BookAccess(book, db.session.get_one(Territory, book.territory_id)) if book else None


def books_on(territory_ids: Collection[UUID]) -> list[BookAccess]:
    """The books of some territories, the latest season first."""
    query = select(Book, Territory).join(Territory, Territory.id == Book.territory_id)
    mine = query.where(Book.territory_id.in_(territory_ids)).order_by(Book.season.desc(), Territory.code)
    return [BookAccess(book, territory) for book, territory in db.session.execute(mine).all()]


def book_of(territory_id: UUID, season: int) -> Book | None:
    """The book of a territory for a season."""
    return db.session.scalars(select(Book).where(Book.territory_id == territory_id, Book.season == season)).first()


def former_book(book: Book) -> Book | None:
    """The latest book of an earlier season of the same territory."""
    query = select(Book).where(Book.territory_id == book.territory_id, Book.season < book.season)
    return db.session.scalars(query.order_by(Book.season.desc())).first()


def following_book(book: Book) -> Book | None:
    """The first book of a later season of the same territory: it says what changed since this one."""
    query = select(Book).where(Book.territory_id == book.territory_id, Book.season > book.season)
    return db.session.scalars(query.order_by(Book.season)).first()


def slugs_like(begins: str) -> list[str]:
    """Public addresses that begin alike."""
    query = select(Book.slug).where(Book.slug.startswith(begins, autoescape=True))
    return list(db.session.scalars(query.order_by(Book.slug)))


def themes_of(book_id: UUID) -> list[BookTheme]:
    """In their order."""
    query = select(BookTheme).where(BookTheme.book_id == book_id)
    return list(db.session.scalars(query.order_by(BookTheme.position, BookTheme.id)))


@dataclass(frozen=True)
class ThemeAccess:
    """A theme with its book."""

    theme: BookTheme
    access: BookAccess

    @property
    def territory_id(self) -> UUID:
        """Where it is edited."""
        return self.access.territory_id


def get_theme(theme_id: UUID) -> ThemeAccess | None:
    """A theme, with its book."""
    theme = db.session.get(BookTheme, theme_id)
    access = get_book(theme.book_id) if theme else None
    return ThemeAccess(theme, access) if theme and access else None


def chapters_of(book_id: UUID) -> list[BookChapter]:
    """In their order."""
    query = select(BookChapter).where(BookChapter.book_id == book_id)
    return list(db.session.scalars(query.order_by(BookChapter.position, BookChapter.id)))


@dataclass(frozen=True)
class ChapterAccess:
    """A workshop of a book."""

    chapter: BookChapter
    access: BookAccess

    @property
    def territory_id(self) -> UUID:
        """Where it is edited."""
        return self.access.territory_id


def get_chapter(chapter_id: UUID) -> ChapterAccess | None:
    """A workshop of a book, with its book."""
    chapter = db.session.get(BookChapter, chapter_id)
    access = get_book(chapter.book_id) if chapter else None
    return ChapterAccess(chapter, access) if chapter and access else None
