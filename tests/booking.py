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
from collectifs.sheets.models import SubmittedSheet
from collectifs.sheets.queries.sheets import sheet_of_meeting
from tests import factories

QUESTION = "Comment ouvrir un entretien sans que la première phrase décide de tout ?"


def book(territory: Territory, season: int = 2026, **values: Any) -> Book:
    """A book that was opened."""
    usual = {"title": "Ce que nous avons cherché", "licence": Licence.BY_SA, "opened_at": clock.now()}
    usual["slug"] = f"recueil-{season}"
    return factories.add(Book(territory_id=territory.id, season=season, **usual | values))


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


def copy_of_another(territory: Territory, name: str, *, by: User) -> SubmittedSheet:
    """What another collective of the territory transmitted."""
    collective = factories.collective(territory, pilot=by, members=[], name=name, code=f"{name[0]}1")
    sheet = sheet_of_meeting(factories.meeting(collective, starts_at=clock.now() - timedelta(days=9)).id)
    row = SubmittedSheet(
        id=uuid4(),
        sheet_id=sheet.id,
        version_number=1,
        territory_id=territory.id,
        season=collective.season,
        collective_code=collective.code,
        month=clock.now().date().replace(day=1),
        key_id=vault.make_key(),
        submitted_at=clock.now(),
        submitted_by_id=by.id,
    )
    seal_text(row, SubmittedSheet.body, factories.content().to_json())
    return factories.add(row)


def asked(entry: BookEntry, *people: User, answer: str = "") -> None:
    """These people are asked about the page as it stands, since now, for two weeks."""
    entry.asked_at, entry.deadline_at = clock.now(), clock.now() + timedelta(days=14)
    entry.agreed_at = clock.now() if answer == "oui" else None
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
            seal_text(row, BookConsent.answer, f"{answer} {entry.digest}")
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
