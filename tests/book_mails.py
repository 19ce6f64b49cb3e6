"""Every mail of the book, for tests/every_mail.py."""

from typing import Any

from collectifs.book.domain.work import (
    MailBookPageAsked,
    MailBookPageAskedHost,
    MailBookPageAskedRegistered,
    MailBookPageWithdrawn,
    MailBookPageWithdrawnHost,
    MailBookPageWithdrawnRegistered,
    MailBookReminder,
    MailBookRemovalAsked,
    MailBookUnpublished,
)
from collectifs.book.models import Book, BookConsent, BookEntry
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.work import Mail
from collectifs.people.models import Territory
from tests import booking


def about_a_book(here: Any) -> list[Mail]:
    """A page that is asked about, one that was printed and withdrawn; the same to those who were at a workshop."""
    member, left_id, gone_id = here.people["member"], here.ids["left_entry_id"], here.ids["printed_id"]
    printed = booking.page(db.session.get_one(Book, here.ids["book_id"]), printed_at=clock.now())
    rows = db.session.query(BookConsent).filter_by(entry_id=left_id).all()
    registration_id = next(each.registration_id for each in rows if each.registration_id)
    workshop_id = next(each.workshop_id for each in rows if each.workshop_id)
    db.session.get_one(BookEntry, here.ids["printed_id"]).withdrawn_at = clock.now()
    book = db.session.get_one(Book, here.ids["book_id"])
    left = booking.book(db.session.get_one(Territory, book.territory_id), book.season - 3)
    booking.edition(left).body = ERASED
    return [
        MailBookPageAsked(member.id, here.ids["entry_id"]),
        MailBookRemovalAsked(here.people["inspector"].id, printed.id),
        MailBookPageWithdrawn(member.id, here.ids["printed_id"]),
        MailBookPageAskedRegistered(registration_id, left_id),
        MailBookPageAskedHost(workshop_id, left_id),
        MailBookPageWithdrawnRegistered(registration_id, gone_id),
        MailBookPageWithdrawnHost(workshop_id, gone_id),
        MailBookReminder(member.id, here.ids["book_id"]),
        MailBookUnpublished(here.people["inspector"].id, left.id),
    ]
