"""What a book keeps of people, for test_retention.py."""

from datetime import timedelta
from uuid import uuid4

from collectifs.book.domain.removing import REQUEST_KEPT
from collectifs.book.models import BookConsent, BookEdition, BookEntry, BookRemovalRequest
from collectifs.book.services.perishing import erase_edition
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.vault.texts import seal_text
from tests import booking, factories
from tests.across.services.lasting import SEASON_OVER, YEAR_AFTER, Case, any_row
from tests.circle import Circle


def book_pages(circle: Circle, moment) -> Case:
    entry = booking.page(booking.book(circle.territory))
    booking.asked(entry, circle.maud)
    entry_id = entry.id

    def is_there() -> bool:
        left = {db.session.get_one(BookEntry, entry_id).body != ERASED, any_row(BookConsent)}
        assert len(left) == 1
        return left.pop()

    return is_there, YEAR_AFTER


def book_editions(circle: Circle, moment) -> Case:
    edition = booking.edition(booking.book(circle.territory))

    def is_there() -> bool:
        row = db.session.get_one(BookEdition, edition.id)
        if clock.now() >= SEASON_OVER:
            erase_edition(row)
        return row.body != ERASED

    return is_there, SEASON_OVER


def book_removals(circle: Circle, moment) -> Case:
    entry = booking.page(booking.book(circle.territory), printed_at=clock.now())
    row = BookRemovalRequest(id=uuid4(), entry_id=entry.id, key_id=entry.key_id, asked_at=clock.now())
    seal_text(row, BookRemovalRequest.words, "On m’y reconnaît.")
    factories.add(row)
    return (lambda: any_row(BookRemovalRequest)), clock.now() + REQUEST_KEPT + timedelta(days=1)


BOOK = (book_pages, book_editions, book_removals)
