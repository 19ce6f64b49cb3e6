"""Asking about a page: its text, as it will be printed, is put to each person who was there."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete

from collectifs.book.domain.asking import Asked, Known, answers_until, check_can_be_asked
from collectifs.book.domain.page import check_page
from collectifs.book.domain.strict import check_names_nobody, found_in, together
from collectifs.book.domain.work import MailBookPageAsked, MailBookPageAskedHost, MailBookPageAskedRegistered
from collectifs.book.models import BookConsent, BookEntry
from collectifs.book.queries.circles import Circle, asked_about, circles_of
from collectifs.book.queries.pages import COLUMNS, PageAccess, consent_of, get_page, open_kept, open_page
from collectifs.book.services.perishing import forget_requests
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.domain.person import Person

MAILS = {
    Known.MEMBER: MailBookPageAsked,
    Known.REGISTERED: MailBookPageAskedRegistered,
    Known.HOST: MailBookPageAskedHost,
}


def check_ready_to_ask(page: PageAccess, now: datetime) -> list[Circle]:
    """Those behind a text that is whole and names nobody, all of whom can be asked."""
    said = open_page(page.entry)
    if said is None or said.is_closed:
        raise RuleBroken("Le texte de cette page ne s’ouvre plus.")
    circles = circles_of(page)
    check_can_be_asked(page.life, asked_about(circles), now)
    _check_reaches_all(circles)
    answers_until(now, page.forgotten_at)
    check_page(said)
    check_names_nobody(found_in(said, together(each.guarded for each in circles)), open_kept(page.entry))
    return circles


def _check_reaches_all(circles: Sequence[Circle]) -> None:
    """Each workshop still has its page as it was agreed to, and a host who can be written to."""
    if not all(each.is_agreed for each in circles):
        raise RuleBroken("La page de l’atelier s’écrit de nouveau : attendez qu’elle soit acceptée, puis demandez.")
    if any(each.has_no_link for each in circles):
        raise RuleBroken(
            "Qui anime l’atelier n’a pas encore son lien : le service de formation l’envoie depuis la journée. Son oui "
            "compte à part."
        )


def ask_about_page(page: PageAccess, *, now: datetime, by: Person) -> None:
    """The text is put to each person who was there; whoever presented, or led the workshop, answers apart too."""
    circles = check_ready_to_ask(page, now)
    page.entry.asked_at, page.entry.deadline_at = now, answers_until(now, page.forgotten_at)
    remember_presenter(page.entry, circles)
    forget_requests(page.entry.id)
    people = asked_about(circles)
    _drop_others(page, people)
    put_to(page, people, now=now)
    db.session.flush()
    agree_if_all_say_yes(page, now=now)
    record("book_page_asked", page.entry, by=by)


def remember_presenter(entry: BookEntry, circles: Sequence[Circle]) -> None:
    """Of one sheet, while its drafts tell who presented (thirty days); of several, each answers with the others."""
    if len(circles) > 1:
        entry.presenter = None
    elif circles and circles[0].presenter is not None:
        seal_text(entry, BookEntry.presenter, str(circles[0].presenter))


def _drop_others(page: PageAccess, people: Sequence[Asked]) -> None:
    """Whoever was asked about a former text and, as it was put right since, was not there."""
    for each in page.asked - set(people):
        column = getattr(BookConsent, COLUMNS[each.known])
        db.session.execute(delete(BookConsent).where(BookConsent.entry_id == page.entry.id, column == each.id))


def put_to(page: PageAccess, people: Sequence[Asked], *, now: datetime) -> None:
    """A row and a mail for each; who answered to this very text is not asked twice."""
    for each in people:
        said = page.life.said_by(each.id)
        if said is None or said.to(page.entry.digest) is None:
            _ask(page.entry, each, now)
            ask(MAILS[each.known](each.id, page.entry.id))


def _ask(entry: BookEntry, asked: Asked, now: datetime) -> None:
    row = consent_of(entry.id, asked.id) or BookConsent(
        id=uuid4(), entry_id=entry.id, key_id=entry.key_id, **{COLUMNS[asked.known]: asked.id}
    )
    row.digest, row.asked_at, row.deadline_at = entry.digest, now, entry.deadline_at or now
    db.session.add(row)


def agree_if_all_say_yes(page: PageAccess, *, now: datetime) -> None:
    """The last yes makes the page agreed, and that is recorded: those without an account are forgotten with the season.

    Whoever's presence at the workshop was noted since is asked first, with a whole delay.
    """
    found = get_page(page.entry.id)
    if found is None or not found.life.all_say_yes or found.life.is_lost:
        return
    late = [each for each in asked_about(circles_of(found)) if each.known is not Known.MEMBER]
    if missing := [each for each in late if each not in found.asked]:
        found.entry.deadline_at = answers_until(now, found.forgotten_at)
        put_to(found, missing, now=now)
    else:
        found.entry.agreed_at = now
