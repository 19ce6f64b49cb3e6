"""Mails about pages of the book: which collective, which day, until when. Never a word of what is said."""

from datetime import datetime
from typing import Any

from collectifs.book.domain.asking import Asked, Known, PageStatus
from collectifs.book.domain.work import (
    MailBookPageAsked,
    MailBookPageWithdrawn,
    MailBookReminder,
    MailBookRemovalAsked,
    MailBookUnpublished,
)
from collectifs.book.queries.books import get_book
from collectifs.book.queries.editions import is_unpublished
from collectifs.book.queries.pages import PageAccess, get_page
from collectifs.book.queries.requests import silent_consents
from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.seasons import season_label
from collectifs.kernel.text.typography import weekday_and_month
from collectifs.people.mails.letters import answers_on, page_url, send_letter
from collectifs.people.models import User
from collectifs.people.queries.people import get_user


@does
def page_asked(mail: MailBookPageAsked) -> None:
    """A page waits for somebody's yes or no, while it is asked."""
    user, page = get_user(mail.user_id), get_page(mail.entry_id)
    if user is None or page is None or page.entry.deadline_at is None:
        return
    if page.life.status(clock.now()) is not PageStatus.ASKED or user.id not in page.asked_ids:
        return
    until = weekday_and_month(_local(page, page.entry.deadline_at))
    _send("book_page_asked", f"une page à lire avant le {until}, pour le recueil", user, page, until=until)


@does
def page_withdrawn(mail: MailBookPageWithdrawn) -> None:
    """A printed page was withdrawn: by whom is nobody's business."""
    user, page = get_user(mail.user_id), get_page(mail.entry_id)
    if user is not None and page is not None and page.entry.withdrawn_at is not None:
        _send("book_page_withdrawn", "une page du recueil est retirée", user, page)


@does
def removal_asked(mail: MailBookRemovalAsked) -> None:
    """To whoever edits the book, while the page is there; the sentence is read on the page alone."""
    user, page = get_user(mail.user_id), get_page(mail.entry_id)
    if user is not None and page is not None and page.life.status(clock.now()) is PageStatus.PRINTED:
        _send("book_removal_asked", "le retrait d’une page est demandé", user, page)


@does
def book_unpublished(mail: MailBookUnpublished) -> None:
    """To whoever edits it, while it is not published again: why, and what would bring it back."""
    user, book = get_user(mail.user_id), get_book(mail.book_id)
    if user is None or book is None or not is_unpublished(book):
        return
    send_letter(
        "book_unpublished",
        user,
        subject_with("{name} : un recueil n’est plus publié", book.territory.name),
        territory=book.territory.name,
        season=season_label(book.book.season),
        answers=answers_on(book.territory_id),
        url=page_url("book.manage", book_id=book.id),
    )


PAGES = {"book_page_asked": "book.consent", "book_removal_asked": "book.page"}


@does
def book_reminder(mail: MailBookReminder) -> None:
    """To whoever still owes an answer to pages of a book: how many wait, nothing of what they say."""
    user, book = get_user(mail.user_id), get_book(mail.book_id)
    waiting = silent_consents(mail.book_id, clock.now()).get(Asked(Known.MEMBER, mail.user_id), []) if book else []
    if user is None or book is None or not waiting:
        return
    until = weekday_and_month(min(row.deadline_at for row in waiting).astimezone(book.zone))
    send_letter(
        "book_reminder",
        user,
        subject_with(f"{{name}} : votre réponse manque, avant le {until}, pour le recueil", book.territory.name),
        territory=book.territory.name,
        answers=answers_on(book.territory_id),
        url=page_url("book.mine"),
        number=len(waiting),
        until=until,
    )


def _local(page: PageAccess, instant: datetime) -> datetime:
    return instant.astimezone(page.access.zone)


def _send(kind: str, what: str, user: User, page: PageAccess, **words: Any) -> None:
    place = page.access.territory.name
    send_letter(
        kind,
        user,
        subject_with(f"{{name}} : {what}", place),
        territory=place,
        answers=answers_on(page.access.territory_id),
        url=page_url(PAGES[kind], entry_id=page.entry.id) if kind in PAGES else page_url("book.mine"),
        **words,
    )
