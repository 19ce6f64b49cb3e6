"""Mails about the page of a workshop in the book, to those without an account: by the link that each has, made as it
goes. Which workshop, until when. Never a word of what is said.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from collectifs.book.domain.asking import PageStatus
from collectifs.book.domain.work import (
    MailBookPageAskedHost,
    MailBookPageAskedRegistered,
    MailBookPageWithdrawnHost,
    MailBookPageWithdrawnRegistered,
)
from collectifs.book.queries.pages import PageAccess, get_page
from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.text.typography import long_date, weekday_and_month
from collectifs.network.mails.registrations import found_for, send_about_day
from collectifs.network.queries.events import WorkshopAccess, get_workshop
from collectifs.network.services.pages import mint_host_link
from collectifs.network.services.registrations import mint_registration_link
from collectifs.people.mails.letters import Addressee, answers_on, page_url, send_letter


@does
def page_asked_of_registered(mail: MailBookPageAskedRegistered) -> None:
    """To somebody who was at the workshop, while the page is asked."""
    row, page = found_for(mail.registration_id), _asked(mail.entry_id, mail.registration_id)
    if row is not None and page is not None:
        words = _words(page)
        words["url"] = page_url("events.book_pages", token=mint_registration_link(row[0], now=clock.now()))
        send_about_day("book_workshop_asked", *row, words.pop("subject"), is_host=False, **words)


@does
def page_asked_of_host(mail: MailBookPageAskedHost) -> None:
    """To whoever led the workshop: their own yes is asked for apart."""
    workshop, page = get_workshop(mail.workshop_id), _asked(mail.entry_id, mail.workshop_id)
    if workshop is not None and page is not None:
        words = _words(page)
        words["url"] = page_url("events.host_book", token=mint_host_link(workshop.workshop, now=clock.now()))
        _send_to_host("book_workshop_asked", workshop, words.pop("subject"), **words)


@does
def page_withdrawn_for_registered(mail: MailBookPageWithdrawnRegistered) -> None:
    """To somebody who was there: by whom it was withdrawn is nobody's business."""
    row, page = found_for(mail.registration_id), get_page(mail.entry_id)
    if row is not None and page is not None and page.entry.withdrawn_at is not None:
        send_about_day("book_workshop_withdrawn", *row, WITHDRAWN, with_link=False, is_host=False, **_named(page))


@does
def page_withdrawn_for_host(mail: MailBookPageWithdrawnHost) -> None:
    """To whoever led the workshop."""
    workshop, page = get_workshop(mail.workshop_id), get_page(mail.entry_id)
    if workshop is not None and page is not None and page.entry.withdrawn_at is not None:
        _send_to_host("book_workshop_withdrawn", workshop, WITHDRAWN, **_named(page))


WITHDRAWN = "{name} : la page du recueil est retirée"


def _asked(entry_id: UUID, asked_id: UUID) -> PageAccess | None:
    page = get_page(entry_id)
    if page is None or page.life.status(clock.now()) is not PageStatus.ASKED or page.life.said_by(asked_id) is None:
        return None
    return page


def _named(page: PageAccess) -> dict[str, Any]:
    return {"book_place": page.access.territory.name}


def _words(page: PageAccess) -> dict[str, Any]:
    until, ends = _local(page, page.entry.deadline_at), _local(page, page.forgotten_at)
    day = weekday_and_month(until) if until else ""
    subject = f"{{name}} : une page à lire avant le {day}, pour le recueil"
    return _named(page) | {"subject": subject, "until": day, "ends": long_date(ends) if ends else ""}


def _local(page: PageAccess, instant: datetime | None) -> datetime | None:
    return instant.astimezone(page.access.zone) if instant else None


def _send_to_host(kind: str, found: WorkshopAccess, subject: str, **words: Any) -> None:
    workshop = found.workshop
    if not workshop.host_address:
        return
    given, _, family = workshop.host.partition(" ")
    send_letter(
        kind,
        Addressee(workshop.id, given, family, workshop.host_address),
        subject_with(subject, workshop.title),
        territory=found.access.territory.name,
        event=found.access.event.title,
        is_host=True,
        workshop=workshop.title,
        answers=answers_on(found.territory_id),
        **words,
    )
