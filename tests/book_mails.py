"""Every mail of the book, for tests/every_mail.py."""

from typing import Any

from collectifs.book.domain.work import MailBookPageAsked, MailBookPageWithdrawn
from collectifs.book.models import BookEntry
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.work import Mail


def about_a_book(here: Any) -> list[Mail]:
    """A page that is asked about, one that was printed and withdrawn."""
    member = here.people["member"]
    db.session.get_one(BookEntry, here.ids["printed_id"]).withdrawn_at = clock.now()
    return [
        MailBookPageAsked(member.id, here.ids["entry_id"]),
        MailBookPageWithdrawn(member.id, here.ids["printed_id"]),
    ]
