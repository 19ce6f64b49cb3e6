"""What ends of the book: a page with its answers, the edition that another replaces, pages of seasons long past."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete

from collectifs.book.models import (
    BookConsent,
    BookEdition,
    BookEntry,
    BookPresenterAnswer,
    BookRemovalRequest,
    BookRendering,
)
from collectifs.book.queries.perished import pages_of_seasons_before
from collectifs.book.queries.requests import request_of, requests_on
from collectifs.kernel.audit import ask, record
from collectifs.kernel.endings import first_season_kept
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.work import DestroyKey


def forget_request(consent_id: UUID) -> None:
    """Whoever asked for a change answers: it is read by nobody any more."""
    row = request_of(consent_id)
    if row is not None:
        db.session.delete(row)


def forget_requests(entry_id: UUID) -> None:
    """The question is put again: what was asked for before is read by nobody any more."""
    for row in requests_on(entry_id):
        db.session.delete(row)


def erase_page(entry: BookEntry) -> None:
    """Its words, who presented, who was asked and what they said, requests to withdraw it: all under one key."""
    if entry.body:
        ask(DestroyKey(entry.key_id))
    entry.body = ERASED
    entry.presenter = entry.kept_words = None
    entry.asked_at = entry.deadline_at = entry.agreed_at = None
    for table in (BookConsent, BookPresenterAnswer, BookRemovalRequest):
        db.session.execute(delete(table).where(table.entry_id == entry.id))
    record("book_page_perished", entry, by=None)


def erase_edition(edition: BookEdition) -> None:
    """An edition that another replaces: its words and its files."""
    if edition.body:
        ask(DestroyKey(edition.key_id))
    edition.body = ERASED
    db.session.execute(delete(BookRendering).where(BookRendering.edition_id == edition.id))


def forget_pages(*, today: date) -> None:
    """Five years after their season, what the pages of a book came from goes; the edition stays, that names nobody."""
    for entry in pages_of_seasons_before(first_season_kept(today)):
        erase_page(entry)
        db.session.delete(entry)
