"""Changes that are asked for instead of an answer, read without a name; who has not answered yet."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select

from collectifs.book.domain.asking import Asked
from collectifs.book.models import BookChangeRequest, BookConsent, BookEntry
from collectifs.book.queries.pages import asked_by, consent_of
from collectifs.kernel.extensions import db
from collectifs.kernel.text.folding import folded
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.texts import text_or_closed


def request_of(consent_id: UUID) -> BookChangeRequest | None:
    """What somebody asked for."""
    query = select(BookChangeRequest).where(BookChangeRequest.consent_id == consent_id)
    return db.session.scalars(query).first()


def open_request(row: BookChangeRequest | None) -> str:
    """Its sentence; nothing once it has perished."""
    try:
        return text_or_closed(row, BookChangeRequest.body) if row else ""
    except Perished:
        return ""


def sentence_of(entry_id: UUID, asked_id: UUID) -> str:
    """What somebody asked for about a page, for themselves, by the id that they are known by."""
    consent = consent_of(entry_id, asked_id)
    return open_request(request_of(consent.id)) if consent else ""


def requests_on(entry_id: UUID) -> list[BookChangeRequest]:
    """What is asked for about a page."""
    query = select(BookChangeRequest).join(BookConsent, BookConsent.id == BookChangeRequest.consent_id)
    return list(db.session.scalars(query.where(BookConsent.entry_id == entry_id).order_by(BookChangeRequest.id)))


def sentences_on(entry_id: UUID) -> list[str]:
    """The same in words, in the order of the letters: the order of arrival could tell who."""
    return sorted((said for row in requests_on(entry_id) if (said := open_request(row))), key=folded)


def requests_counted(entry_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """How many changes are asked for, by page; nothing of a page without any."""
    query = (
        select(BookConsent.entry_id, func.count(BookChangeRequest.id))
        .join(BookChangeRequest, BookChangeRequest.consent_id == BookConsent.id)
        .where(BookConsent.entry_id.in_(entry_ids))
        .group_by(BookConsent.entry_id)
        .order_by(BookConsent.entry_id)
    )
    counted = db.session.execute(query).all()
    return {row[0]: row[1] for row in counted}


def silent_consents(book_id: UUID, now: datetime) -> Mapping[Asked, list[BookConsent]]:
    """By person, the questions of a book that still await an answer: neither yes, nor no, nor a change asked for."""
    is_silent = or_(BookConsent.answered_at.is_(None), BookConsent.answered_at < BookConsent.asked_at)
    query = (
        select(BookConsent)
        .join(BookEntry, BookEntry.id == BookConsent.entry_id)
        .where(
            BookEntry.book_id == book_id,
            is_silent,
            BookConsent.digest == BookEntry.digest,
            BookEntry.asked_at.is_not(None),
            BookEntry.deadline_at > now,
            BookEntry.withdrawn_at.is_(None),
            BookEntry.set_aside_at.is_(None),
            BookEntry.printed_at.is_(None),
        )
        .order_by(BookConsent.entry_id, BookConsent.id)
    )
    found: dict[Asked, list[BookConsent]] = defaultdict(list)
    for row in db.session.scalars(query):
        found[asked_by(row)].append(row)
    return found
