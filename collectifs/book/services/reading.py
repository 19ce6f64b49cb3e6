"""Each reading by the institution is noted: a page of the book is one of the sheets that it was written from."""

from collectifs.book.queries.books import BookAccess
from collectifs.book.queries.pages import PageAccess, pages_of
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Person
from collectifs.sheets.models import ReadingTrace


def record_page_reading(page: PageAccess, *, by: Person) -> None:
    """Somebody opens a page that is being edited: its collectives see it, as they see each reading of their sheet."""
    now = clock.now()
    db.session.add_all(
        ReadingTrace(submitted_id=each.submitted_id, reader_id=by.id, read_at=now) for each in page.sources
    )
    db.session.flush()


def record_book_reading(book: BookAccess, *, by: Person) -> None:
    """The same, of every page that a preview shows."""
    for page in pages_of(book):
        record_page_reading(page, by=by)
