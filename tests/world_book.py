"""The book of the world: a page that waits for the answers of its circle, one that is printed, an edition."""

import base64
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from collectifs.book.domain.edition import Answer as Printed
from collectifs.book.domain.edition import BookFormat, Edition, Entry, Licence, Theme, WorkshopChapter
from collectifs.book.domain.page import Page
from collectifs.book.models import (
    Book,
    BookChangeRequest,
    BookChapter,
    BookConsent,
    BookEdition,
    BookEntry,
    BookRemovalRequest,
    BookRendering,
    BookSource,
    BookTheme,
)
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.network.queries.pages import get_workshop_page
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from tests import factories

ASKED = ("member", "presenter", "pilot", "former")
CANARIES: dict[str, tuple[str, ...]] = {
    "CanariRecueil": (*ASKED, "inspector"),
    "CanariLivre": ("inspector",),
    "CanariRetrait": ("inspector",),
    "CanariChangement": ("former", "inspector"),
}


def build(here: Any, season: int, people: dict[str, Any], submitted_id: Any, left_id: Any) -> dict[str, Any]:
    """The ids that its addresses take."""
    book = factories.add(
        Book(
            territory_id=here.id,
            season=season,
            slug="val-de-brume-essai",
            title="Ce que nous avons cherché",
            licence=Licence.BY_SA,
            opened_at=clock.now(),
        )
    )
    theme = factories.add(BookTheme(book_id=book.id, title="Parler, se taire", position=1))
    waiting = _page(book, theme, "Comment CanariRecueil, alors que tout presse ?", 1)
    factories.add(BookSource(entry_id=waiting.id, submitted_id=submitted_id))
    _ask(waiting, people)
    left = _page(book, theme, "Comment CanariLivre, alors que tout presse ?", 3)
    factories.add(BookSource(entry_id=left.id, workshop_page_id=left_id))
    _ask_those_there(left, left_id)
    printed = _page(book, theme, "Comment ouvrir un entretien ?", 2, printed_at=clock.now())
    chapter = factories.add(
        BookChapter(
            book_id=book.id, position=1, canvas_id="gapp-six-temps", title="Analyser une situation", aim="Chercher."
        )
    )
    edition = _edition(book, theme, printed, chapter)
    return {
        "book_id": book.id,
        "book_slug": book.slug,
        "book_digest": edition.digest,
        "theme_id": theme.id,
        "chapter_id": chapter.id,
        "entry_id": waiting.id,
        "left_entry_id": left.id,
        "removal_id": _removal(printed).id,
        "printed_id": printed.id,
        "edition_id": edition.id,
        "rendering_id": _file_of(edition),
    }


def _page(book: Book, theme: BookTheme, question: str, position: int, **values: Any) -> BookEntry:
    page = Page("", SheetContent(question, (Answer("Écouter.", AnswerKind.TRIED),)), ("entretien",))
    row = BookEntry(
        id=uuid4(),
        key_id=vault.make_key(),
        book_id=book.id,
        theme_id=theme.id,
        position=position,
        digest=page.digest(),
        edited_at=clock.now(),
        see=[],
        **values,
    )
    seal_text(row, BookEntry.body, page.to_json())
    return factories.add(row)


def _ask(entry: BookEntry, people: dict[str, Any]) -> None:
    entry.asked_at, entry.deadline_at = clock.now() - timedelta(days=1), clock.now() + timedelta(days=13)
    seal_text(entry, BookEntry.presenter, str(people["presenter"].id))
    seal_text(entry, BookEntry.kept_words, "[]")
    for role in ASKED:
        row = BookConsent(
            id=uuid4(),
            key_id=entry.key_id,
            entry_id=entry.id,
            user_id=people[role].id,
            digest=entry.digest,
            asked_at=entry.asked_at,
            deadline_at=entry.deadline_at,
        )
        if role == "pilot":
            seal_text(row, BookConsent.answer, f"oui {entry.digest}")
            row.answered_at = clock.now()
        factories.add(row)
        if role == "former":
            _wants_a_change(row)


def _wants_a_change(row: BookConsent) -> None:
    """Read by whoever edits, and by themselves."""
    wanted = BookChangeRequest(id=uuid4(), key_id=row.key_id, consent_id=row.id, said_at=clock.now())
    row.answered_at = clock.now()
    seal_text(wanted, BookChangeRequest.body, "CanariChangement : une phrase plus courte.")
    factories.add(wanted)


def _removal(entry: BookEntry) -> BookRemovalRequest:
    """Somebody asks that a printed page be withdrawn."""
    row = BookRemovalRequest(id=uuid4(), entry_id=entry.id, key_id=entry.key_id, asked_at=clock.now())
    seal_text(row, BookRemovalRequest.words, "CanariRetrait")
    return factories.add(row)


def _ask_those_there(entry: BookEntry, left_id: Any) -> None:
    """Whoever was at the workshop, who has no account, and whoever led it; nobody has answered."""
    page = get_workshop_page(left_id)
    assert page is not None
    entry.asked_at, entry.deadline_at = clock.now() - timedelta(days=1), clock.now() + timedelta(days=13)
    said = {"entry_id": entry.id, "digest": entry.digest, "asked_at": entry.asked_at, "deadline_at": entry.deadline_at}
    for known in (*({"registration_id": each} for each in page.came), {"workshop_id": page.workshop.id}):
        factories.add(BookConsent(id=uuid4(), key_id=entry.key_id, **said, **known))


def _edition(book: Book, theme: BookTheme, printed: BookEntry, chapter: BookChapter) -> BookEdition:
    entry = Entry(str(printed.id), 1, "Comment ouvrir un entretien ?", (Printed("Écouter.", AnswerKind.TRIED),))
    edition = Edition(
        book.title,
        "Val-de-Brume",
        f"{book.season}-{book.season + 1}",
        1,
        date(2027, 1, 12),
        book.licence,
        themes=(Theme(str(theme.id), theme.title, (entry,)),),
        workshops=(WorkshopChapter(str(chapter.id), 2, chapter.title, canvas=chapter.canvas_id),),
    )
    row = BookEdition(
        id=uuid4(),
        key_id=vault.make_key(),
        book_id=book.id,
        number=1,
        published_at=clock.now(),
        digest=edition.digest(),
        progress=100,
        ready_at=clock.now(),
    )
    seal_text(row, BookEdition.body, edition.to_json())
    factories.add(row)
    for each in BookFormat:
        made = BookRendering(id=uuid4(), key_id=row.key_id, edition_id=row.id, format=each, made_at=clock.now())
        seal_text(made, BookRendering.body, base64.b64encode(b"Comment ouvrir un entretien ?").decode())
        factories.add(made)
    return row


def _file_of(edition: BookEdition) -> UUID:
    """The id of one of its files."""
    made = db.session.query(BookRendering).filter_by(edition_id=edition.id, format=BookFormat.TEXT)
    return made.one().id
