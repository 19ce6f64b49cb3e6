"""What is published: the latest edition of a book as it may be read at this instant, whatever was withdrawn since."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from collectifs.book.domain.comparing import without_pages
from collectifs.book.domain.edition import Edition, Entry
from collectifs.book.domain.themes import regrouped
from collectifs.book.models import Book, BookEdition, BookEntry, BookSource
from collectifs.book.queries.books import BookAccess, former_book, get_book
from collectifs.book.queries.sources import Source, sources_of
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import note_closed, open_text
from collectifs.network.models import WorkshopPage
from collectifs.sheets.models import SubmittedSheet


@dataclass(frozen=True)
class Published:
    """A book and its latest edition. `digest` is that of `edition`, what was withdrawn meanwhile left out."""

    access: BookAccess
    row: BookEdition
    edition: Edition

    @property
    def is_whole(self) -> bool:
        """Whether its files say the same: nothing was withdrawn since they were asked for."""
        return self.edition.digest() == self.row.digest


def latest_edition(book_id: UUID) -> BookEdition | None:
    """The edition that is read."""
    query = select(BookEdition).where(BookEdition.book_id == book_id).order_by(BookEdition.number.desc())
    return db.session.scalars(query.limit(1)).first()


def open_edition(row: BookEdition) -> Edition | None:
    """An edition as it was published; None once it has perished, or where it does not open."""
    try:
        return Edition.from_json(open_text(row, BookEdition.body))
    except Perished:
        return None
    except Tampered:
        note_closed(BookEdition.body)
        return None


def published(access: BookAccess) -> Published | None:
    """What anybody reads of a book now; None before its first edition, and once it is no longer published."""
    row = latest_edition(access.id)
    edition = open_edition(row) if row else None
    left = left_of(edition, access) if edition else None
    return Published(access, row, left) if row and left else None


def left_of(edition: Edition, access: BookAccess) -> Edition | None:
    """An edition without what was withdrawn since, under the headings that still stand; None where so few collectives
    are left that they would be recognised.
    """
    days = withdrawn_days(access)
    left = without(edition, days)
    if left == edition:
        return edition
    sources = _sources_behind(access, left)
    kept = regrouped(left, {key: frozenset(each.circle_id for each in found) for key, found in sources.items()})
    wrote = frozenset(each.circle_id for found in sources.values() for each in found if each.is_sheet)
    return replace(kept, collectives=len(wrote)) if kept else None


def _sources_behind(access: BookAccess, edition: Edition) -> dict[str, list[Source]]:
    """Of each page that an edition still says, what it was written from."""
    ids = list(db.session.scalars(select(BookEntry.id).where(BookEntry.book_id == access.id).order_by(BookEntry.id)))
    there = {each.id for each in edition.entries() if not each.is_withdrawn}
    return {str(key): found for key, found in sources_of(ids).items() if str(key) in there}


def is_unpublished(access: BookAccess) -> bool:
    """Whether a book was published, and is no more: too few collectives were left."""
    row = latest_edition(access.id)
    if row is None or row.body == ERASED:
        return row is not None
    edition = open_edition(row)
    return edition is not None and left_of(edition, access) is None


def former_edition(access: BookAccess) -> Published | None:
    """What anybody reads now of the book of the season before, if there was one."""
    book = former_book(access.book)
    before = get_book(book.id) if book else None
    return published(before) if before else None


def pages_to_continue(access: BookAccess) -> list[Entry]:
    """The pages of the former book that one of this book may take up: those still there and kept."""
    former = former_edition(access)
    if former is None:
        return []
    kept = db.session.scalars(select(BookEntry.id).where(BookEntry.book_id == former.access.id).order_by(BookEntry.id))
    ids = {str(each) for each in kept}
    return [each for each in former.edition.entries() if not each.is_withdrawn and each.id in ids]


def published_at(slug: str) -> Published | None:
    """The same, by the public address of the book."""
    book_id = db.session.scalars(select(Book.id).where(Book.slug == slug)).first()
    access = get_book(book_id) if book_id else None
    return published(access) if access else None


def was_published_at(slug: str) -> bool:
    """Whether a book that is no longer published stood at a public address."""
    book_id = db.session.scalars(select(Book.id).where(Book.slug == slug)).first()
    access = get_book(book_id) if book_id else None
    return access is not None and is_unpublished(access)


def published_books() -> list[BookAccess]:
    """Every book that has an edition, the latest season first."""
    printed = select(BookEdition.book_id).distinct()
    ids = db.session.scalars(select(Book.id).where(Book.id.in_(printed)).order_by(Book.season.desc(), Book.slug))
    return [access for each in ids if (access := get_book(each))]


def withdrawn_days(access: BookAccess) -> dict[str, date]:
    """Printed pages of a book that somebody took back, or whose sheet or workshop page was taken back, with the day.

    What says so is `withdrawn_at`, never an empty text: the page of a workshop is emptied with its season.
    """
    sources_gone_at = func.min(func.coalesce(SubmittedSheet.withdrawn_at, WorkshopPage.withdrawn_at))
    gone_at = func.coalesce(BookEntry.withdrawn_at, sources_gone_at)
    query = (
        select(BookEntry.id, BookEntry.withdrawn_at, sources_gone_at)
        .outerjoin(BookSource, BookSource.entry_id == BookEntry.id)
        .outerjoin(SubmittedSheet, SubmittedSheet.id == BookSource.submitted_id)
        .outerjoin(WorkshopPage, WorkshopPage.id == BookSource.workshop_page_id)
        .where(BookEntry.book_id == access.id, BookEntry.printed_at.is_not(None))
        .group_by(BookEntry.id, BookEntry.withdrawn_at)
        .having(gone_at.is_not(None))
        .order_by(BookEntry.id)
    )
    zone = ZoneInfo(access.territory.timezone)
    rows = db.session.execute(query).all()
    return {str(entry_id): (own or source or clock.now()).astimezone(zone).date() for entry_id, own, source in rows}


def without(edition: Edition, days: dict[str, date]) -> Edition:
    """The edition with « une fiche a été retirée » in the place of some pages; nothing leads to them any more."""
    if not days:
        return edition

    def left(entry: Entry) -> Entry:
        if entry.id not in days or entry.is_withdrawn:
            return entry
        return Entry(entry.id, entry.number, withdrawn_on=days[entry.id])

    themes = tuple(replace(each, entries=tuple(map(left, each.entries))) for each in edition.themes)
    kept = (replace(term, found=tuple(each for each in term.found if each not in days)) for term in edition.index)
    changes = without_pages(edition.changes, days) if edition.changes else None
    return replace(edition, themes=themes, index=tuple(term for term in kept if term.found), changes=changes)


def pages_without_source() -> list[UUID]:
    """Pages of which a sheet or the page of a workshop was taken back, and that still lie there."""
    query = (
        select(BookEntry.id)
        .join(BookSource, BookSource.entry_id == BookEntry.id)
        .outerjoin(SubmittedSheet, SubmittedSheet.id == BookSource.submitted_id)
        .outerjoin(WorkshopPage, WorkshopPage.id == BookSource.workshop_page_id)
        .where(BookEntry.withdrawn_at.is_(None))
        .where(or_(SubmittedSheet.withdrawn_at.is_not(None), WorkshopPage.withdrawn_at.is_not(None)))
        .distinct()
        .order_by(BookEntry.id)
    )
    return list(db.session.scalars(query))
