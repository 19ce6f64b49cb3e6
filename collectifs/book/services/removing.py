"""Asking that a printed page be withdrawn, without a link; the editor withdraws it, or sets the request aside."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import delete

from collectifs.book.domain.asking import PageStatus
from collectifs.book.domain.removing import REQUEST_KEPT, check_editor_withdraws, check_may_ask_removal
from collectifs.book.domain.work import MailBookRemovalAsked
from collectifs.book.models import BookRemovalRequest
from collectifs.book.queries.pages import PageAccess
from collectifs.book.queries.removals import RemovalAccess, removals_of
from collectifs.book.services.answering import take_out
from collectifs.kernel.audit import ask, record
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.domain.person import Person
from collectifs.people.queries.people import failures_since
from collectifs.people.queries.roles import editors_of
from collectifs.people.services.sign_in import note_failure


def ask_removal(page: PageAccess, words: str, *, by_machine: bytes, now: datetime) -> None:
    """Those who edit the book are told by mail; nothing says who asks, and nothing is withdrawn yet.

    `by_machine`: a keyed hash, by which too many are refused.
    """
    is_printed, waiting = page.life.status(now) is PageStatus.PRINTED, len(removals_of(page.entry.id))
    sent = failures_since(by_machine, now - timedelta(days=1))
    check_may_ask_removal(is_printed, words, by_machine=sent, waiting=waiting)
    note_failure([by_machine], now=now)
    row = BookRemovalRequest(id=uuid4(), entry_id=page.entry.id, key_id=page.entry.key_id, asked_at=now)
    seal_text(row, BookRemovalRequest.words, words)
    db.session.add(row)
    for user_id in editors_of(page.territory_id, now.date()):
        ask(MailBookRemovalAsked(user_id, page.entry.id))
    record("book_removal_asked", page.entry, by=None)


def withdraw_as_editor(page: PageAccess, *, now: datetime, by: Person) -> None:
    """Who edits the book withdraws a printed page, for whoever has no link any more."""
    check_editor_withdraws(page.life, now)
    record("book_page_withdrawn_for_somebody", page.entry, by=by)
    take_out(page, now=now)


def set_removal_aside(removal: RemovalAccess, *, by: Person) -> None:
    """Nothing is kept of it; the page stays."""
    record("book_removal_set_aside", removal.page.entry, by=by)
    db.session.delete(removal.row)


def forget_removals(*, now: datetime) -> None:
    """Those that nobody answered in three months."""
    db.session.execute(delete(BookRemovalRequest).where(BookRemovalRequest.asked_at < now - REQUEST_KEPT))
