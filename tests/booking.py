"""A book, its pages and who is asked, as the tests make them."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from collectifs.book.domain.edition import Answer as Printed
from collectifs.book.domain.edition import Edition, Entry, Licence, Theme
from collectifs.book.domain.page import Page
from collectifs.book.models import Book, BookConsent, BookEdition, BookEntry, BookSource, BookTheme
from collectifs.kernel import clock, vault
from collectifs.kernel.seasons import season_label
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.models import Territory, User
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from tests import factories

QUESTION = "Comment ouvrir un entretien sans que la première phrase décide de tout ?"


def book(territory: Territory, season: int = 2026, **values: Any) -> Book:
    """A book that was opened."""
    usual = {"title": "Ce que nous avons cherché", "licence": Licence.BY_SA, "opened_at": clock.now()}
    slug = f"recueil-{season}"
    return factories.add(Book(territory_id=territory.id, season=season, slug=slug, **usual | values))


def theme(of: Book, title: str = "Parler, se taire", position: int = 1) -> BookTheme:
    """One of its themes."""
    return factories.add(BookTheme(book_id=of.id, title=title, position=position))


def text(question: str = QUESTION, **values: Any) -> Page:
    """What a page says."""
    answers = (Answer("Demander ce qui a été vu.", AnswerKind.TRIED), Answer("Se taire.", AnswerKind.CONSIDERED))
    return Page(**{"content": SheetContent(question, answers), "words": ("entretien",)} | values)


def page(of: Book, said: Page | None = None, submitted_id: Any = None, **values: Any) -> BookEntry:
    """A page that is being written, from a copy when one is given."""
    said = said or text()
    row = BookEntry(
        id=uuid4(),
        key_id=vault.make_key(),
        book_id=of.id,
        digest=said.digest(),
        edited_at=clock.now(),
        **{"position": 1, "see": []} | values,
    )
    seal_text(row, BookEntry.body, said.to_json())
    factories.add(row)
    if submitted_id:
        factories.add(BookSource(entry_id=row.id, submitted_id=submitted_id))
    return row


def asked(entry: BookEntry, *people: User, answer: str = "") -> None:
    """These people are asked about the page as it stands, since now, for two weeks."""
    entry.asked_at, entry.deadline_at = clock.now(), clock.now() + timedelta(days=14)
    for who in people:
        row = BookConsent(
            id=uuid4(),
            key_id=entry.key_id,
            entry_id=entry.id,
            user_id=who.id,
            digest=entry.digest,
            asked_at=entry.asked_at,
            deadline_at=entry.deadline_at,
        )
        if answer:
            seal_text(row, BookConsent.answer, answer)
            row.answered_at = clock.now()
        factories.add(row)


def edition(of: Book, number: int = 1, entries: tuple[Entry, ...] | None = None, territory: str = "") -> BookEdition:
    """An edition that was published, without its files."""
    printed = entries or (Entry("e1", 1, QUESTION, (Printed("Se taire.", AnswerKind.CONSIDERED),)),)
    themes = (Theme("t1", "Parler, se taire", printed),)
    said = Edition(of.title, territory, season_label(of.season), number, date(2027, 9, 15), of.licence, themes=themes)
    row = BookEdition(
        id=uuid4(),
        key_id=vault.make_key(),
        book_id=of.id,
        number=number,
        published_at=clock.now(),
        digest=said.digest(),
    )
    seal_text(row, BookEdition.body, said.to_json())
    return factories.add(row)
