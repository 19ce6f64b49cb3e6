"""What anybody reads of a published book: by the id of one of its pages, of one of its files."""

import base64
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from collectifs.book.domain.edition import BookFormat, Entry, Theme, WorkshopChapter
from collectifs.book.models import Book, BookChapter, BookEdition, BookEntry, BookRendering, BookTheme
from collectifs.book.queries.books import get_book
from collectifs.book.queries.editions import Published, is_unpublished, published
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import note_closed, open_text


def _published(book_id: UUID | None) -> Published | None:
    access = get_book(book_id) if book_id else None
    return published(access) if access else None


def published_slugs(slugs: list[str]) -> list[Published]:
    """The published books of some addresses, in their order."""
    ids = db.session.scalars(select(Book.id).where(Book.slug.in_(slugs)).order_by(Book.season.desc(), Book.slug))
    return [found for each in ids if (found := _published(each))]


@dataclass(frozen=True)
class ReadEntry:
    """An entry of a published book, under its theme."""

    published: Published
    entry: Entry
    theme: Theme


def read_entry(entry_id: UUID) -> ReadEntry | None:
    """An entry as it may be read now."""
    row = db.session.get(BookEntry, entry_id)
    found = _published(row.book_id) if row else None
    entry = found.edition.named.get(str(entry_id)) if found else None
    theme = found.edition.theme_of(str(entry_id)) if found else None
    return ReadEntry(found, entry, theme) if found and theme and isinstance(entry, Entry) else None


@dataclass(frozen=True)
class Unpublished:
    """In the place of an entry or of a theme whose book left the site."""


def read_or_unpublished(entry_id: UUID) -> ReadEntry | Unpublished | None:
    """An entry as it may be read now, or that its book is no longer published."""
    if found := read_entry(entry_id):
        return found
    row = db.session.get(BookEntry, entry_id)
    access = get_book(row.book_id) if row and row.printed_at else None
    return Unpublished() if access and is_unpublished(access) else None


@dataclass(frozen=True)
class ReadTheme:
    """A theme of a published book."""

    published: Published
    theme: Theme


@dataclass(frozen=True)
class Regrouped:
    """In the place of a theme that pages left: those that stay go with other ones of the same book."""

    slug: str


def read_theme(theme_id: UUID) -> ReadTheme | Regrouped | Unpublished | None:
    """A theme under its own name; after a withdrawal, that it went with others, or that its book left the site."""
    row = db.session.get(BookTheme, theme_id)
    access = get_book(row.book_id) if row else None
    found = published(access) if access else None
    if access and found is None:
        return Unpublished() if is_unpublished(access) else None
    return _under(found, str(theme_id)) or (regrouped_in(found) if found else None)


def regrouped_in(found: Published) -> Regrouped | None:
    """That themes of a book may have gone with others: something was withdrawn from it since it was first published."""
    is_the_first = found.edition.number == 1 and found.is_whole
    return None if is_the_first else Regrouped(found.access.book.slug)


def read_others(found: Published) -> ReadTheme | None:
    """What was gathered under no theme of the editor's: the first theme that has no row."""
    return next((ReadTheme(found, each) for each in found.edition.themes if not _is_row(each.id)), None)


def _under(found: Published | None, theme_id: str) -> ReadTheme | None:
    themes = found.edition.themes if found else ()
    return next((ReadTheme(found, each) for each in themes if each.id == theme_id), None) if found else None


def _is_row(theme_id: str) -> bool:
    try:
        UUID(theme_id)
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class ReadWorkshop:
    """A workshop of a published book."""

    published: Published
    workshop: WorkshopChapter


def read_workshop(chapter_id: UUID) -> ReadWorkshop | None:
    """A workshop as it may be read now."""
    row = db.session.get(BookChapter, chapter_id)
    found = _published(row.book_id) if row else None
    workshop = found.edition.named.get(str(chapter_id)) if found else None
    return ReadWorkshop(found, workshop) if found and isinstance(workshop, WorkshopChapter) else None


def files_of(found: Published) -> dict[BookFormat, BookRendering]:
    """Its files, as long as they say what the site says."""
    if not found.is_whole:
        return {}
    query = select(BookRendering).where(BookRendering.edition_id == found.row.id).order_by(BookRendering.format)
    return {row.format: row for row in db.session.scalars(query)}


@dataclass(frozen=True)
class ReadFile:
    """A file of the edition that is read."""

    published: Published
    form: BookFormat
    content: bytes


def read_file(rendering_id: UUID) -> ReadFile | None:
    """A file of the latest edition; nothing of an edition that something was withdrawn from."""
    row = db.session.get(BookRendering, rendering_id)
    edition = db.session.get(BookEdition, row.edition_id) if row else None
    found = _published(edition.book_id) if edition else None
    if row is None or found is None or files_of(found).get(row.format) is not row:
        return None
    try:
        return ReadFile(found, row.format, base64.b64decode(open_text(row, BookRendering.body)))
    except Perished:
        return None
    except Tampered:
        note_closed(BookRendering.body)
        return None


def edition_row(edition_id: UUID) -> BookEdition | None:
    """An edition whose files are to be made."""
    return db.session.get(BookEdition, edition_id)


def made_forms(edition_id: UUID) -> set[BookFormat]:
    """Which of its files are there."""
    return set(db.session.scalars(select(BookRendering.format).where(BookRendering.edition_id == edition_id)))
