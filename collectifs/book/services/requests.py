"""Asking for another wording instead of answering; reminding the silent. Nobody is told who asks or is silent."""

from datetime import datetime
from uuid import uuid4

from collectifs.book.domain.asking import Asked, Known, check_can_answer
from collectifs.book.domain.requests import check_may_remind, check_sentence, due_for_reminder
from collectifs.book.domain.work import MailBookReminder
from collectifs.book.models import BookChangeRequest
from collectifs.book.queries.books import BookAccess
from collectifs.book.queries.circles import context_for
from collectifs.book.queries.pages import PageAccess, consent_of
from collectifs.book.queries.requests import request_of, silent_consents
from collectifs.book.services.asking import MAILS
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.domain.person import Person


def ask_for_change(page: PageAccess, said: str, *, digest: str, now: datetime, by: Person | Asked) -> None:
    """One sentence about the text that was read. It is no yes: the page does not appear meanwhile.

    It takes the place of an answer already given, and of a sentence already written. The audit does not say who.
    """
    check_can_answer(page.life, by.id, digest, True, now)
    said = " ".join(said.split())
    check_sentence(said, context_for(page))
    row = consent_of(page.entry.id, by.id)
    if row is None:
        raise RuleBroken("Cette question ne vous est pas posée.")
    wanted = request_of(row.id) or BookChangeRequest(id=uuid4(), consent_id=row.id, key_id=row.key_id)
    wanted.said_at = row.answered_at = now
    row.answer = page.entry.agreed_at = None
    seal_text(wanted, BookChangeRequest.body, said)
    db.session.add(wanted)
    record("book_change_asked", page.entry, by=None)


def remind_silent(book: BookAccess, *, now: datetime, by: Person) -> int:
    """One mail to each person who owes an answer and was not written to within a week; how many they are.

    Whoever has no account is sent the question again, with a link of their own.
    """
    silent = silent_consents(book.id, now)
    due = {
        asked: rows
        for asked, rows in silent.items()
        if due_for_reminder([at for row in rows for at in (row.asked_at, row.reminded_at) if at], now)
    }
    check_may_remind(len(silent), len(due))
    for asked, rows in due.items():
        for row in rows:
            row.reminded_at = now
            if asked.known is not Known.MEMBER:
                ask(MAILS[asked.known](asked.id, row.entry_id))
        if asked.known is Known.MEMBER:
            ask(MailBookReminder(asked.id, book.id))
    record("book_silent_reminded", book.book, by=by)
    return len(due)
