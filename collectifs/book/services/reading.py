"""Each reading by the institution is noted: a page of the book is one of the sheets that it was written from.

The page of a workshop has no collective to tell: those who were there know that the inspection reads it.
"""

from collections.abc import Iterable

from collectifs.book.queries.books import BookAccess
from collectifs.book.queries.pages import PageAccess, pages_of
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Person
from collectifs.sheets.models import ReadingTrace


def record_page_reading(page: PageAccess, *, by: Person) -> None:
    """Somebody opens a page that is being edited: its collectives see it, as they see each reading of their sheet."""
    _record([page], by)


def record_book_reading(book: BookAccess, *, by: Person) -> None:
    """The same, of every page that a preview shows."""
    _record(pages_of(book), by)


def _record(pages: Iterable[PageAccess], by: Person) -> None:
    now, read = clock.now(), (each for page in pages for each in page.sources if each.is_sheet)
    db.session.add_all(ReadingTrace(submitted_id=each.id, reader_id=by.id, read_at=now) for each in read)
    db.session.flush()
