"""What each person answers about a page, and what they take back once it is printed. Nobody is told whose no it is."""

from datetime import datetime

from collectifs.book.domain.asking import (
    CHANGED,
    NO,
    YES,
    Asked,
    Known,
    check_can_answer,
    check_can_be_withdrawn,
)
from collectifs.book.domain.work import (
    MailBookPageWithdrawn,
    MailBookPageWithdrawnHost,
    MailBookPageWithdrawnRegistered,
)
from collectifs.book.models import BookConsent, BookPresenterAnswer
from collectifs.book.queries.editions import pages_without_source
from collectifs.book.queries.pages import (
    PageAccess,
    consent_of,
    get_page,
    open_presenters,
    presenter_answer_of,
)
from collectifs.book.services.asking import agree_if_all_say_yes
from collectifs.book.services.perishing import erase_page, forget_request
from collectifs.book.services.publishing import reprint, reprint_following
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.domain.person import Person

MAILS = {
    Known.MEMBER: MailBookPageWithdrawn,
    Known.REGISTERED: MailBookPageWithdrawnRegistered,
    Known.HOST: MailBookPageWithdrawnHost,
}


def answer_page(page: PageAccess, *, digest: str, agreed: bool, now: datetime, by: Person | Asked) -> None:
    """Yes or no to the text that was read, changeable until it is printed. The audit does not say who."""
    check_can_answer(page.life, by.id, digest, agreed, now)
    row = consent_of(page.entry.id, by.id)
    if row is None:
        raise RuleBroken("Cette question ne vous est pas posée.")
    seal_text(row, BookConsent.answer, f"{YES if agreed else NO} {digest}")
    row.answered_at = now
    forget_request(row.id)
    _follow(page, agreed, now)
    record("book_page_answered", page.entry, by=None)


def _follow(page: PageAccess, agreed: bool, now: datetime) -> None:
    """The last yes is recorded as the agreement of all; a no takes it back."""
    db.session.flush()
    if not agreed:
        page.entry.agreed_at = None
    elif page.entry.agreed_at is None:
        agree_if_all_say_yes(page, now=now)


def answer_page_as_presenter(page: PageAccess, *, digest: str, agreed: bool, now: datetime, by: Person) -> None:
    """The own answer of whoever presented; it does not say who that is."""
    check_can_answer(page.life, by.id, digest, agreed, now)
    if by.id not in open_presenters(page.entry):
        raise RuleBroken("Cette question ne vous est pas posée.")
    if digest != page.entry.digest:
        raise RuleBroken(CHANGED)
    row = presenter_answer_of(page.entry.id) or BookPresenterAnswer(entry_id=page.entry.id)
    row.digest, row.agreed, row.answered_at = digest, agreed, now
    db.session.add(row)
    _follow(page, agreed, now)
    record("book_presenter_answered", page.entry, by=None)


def withdraw_page(page: PageAccess, *, now: datetime, by: Person | Asked) -> None:
    """A printed page leaves the site at once, and the next edition is made without it. Nobody is told who."""
    check_can_be_withdrawn(page.life, by.id, now)
    take_out(page, now=now)


def follow_withdrawals(*, now: datetime) -> None:
    """What was taken back, a sheet or the page of a workshop, takes its page along: printed, the next edition is made
    without it.
    """
    for each in pages_without_source():
        page = get_page(each)
        if page and page.life.printed_at:
            take_out(page, now=now)
        elif page:
            page.entry.withdrawn_at = now
            erase_page(page.entry)


def take_out(page: PageAccess, *, now: datetime) -> None:
    """What a withdrawal does, whoever asked for it, or when its source was taken back."""
    people = sorted(page.asked)
    page.entry.withdrawn_at = now
    record("book_page_withdrawn", page.entry, by=None)
    for each in people:
        ask(MAILS[each.known](each.id, page.entry.id))
    erase_page(page.entry)
    db.session.flush()
    reprint(page.access, now=now)
    reprint_following(page.access, now=now)
