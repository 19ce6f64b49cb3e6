"""The book of the year: its themes, its pages with what each person asked said of them, its workshops, its editions.

What a page says is sealed under the page until it is printed; an edition is sealed too, so that what is withdrawn
perishes with its key, backups included.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.book.domain.edition import BookFormat, Licence
from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, HasKey, Instant, Sealed, UtcDateTime, words

ONE_PERSON = (
    "(user_id IS NOT NULL AND registration_id IS NULL AND workshop_id IS NULL)"
    " OR (user_id IS NULL AND registration_id IS NOT NULL AND workshop_id IS NULL)"
    " OR (user_id IS NULL AND registration_id IS NULL AND workshop_id IS NOT NULL)"
)


class Book(HasId, Base):
    """What a territory prints of a season. `slug`: its public address. `revision` grows with each edition and each
    withdrawal: who changes what is printed writes it first, so that they come one by one.
    """

    __tablename__ = "books"
    __table_args__ = (UniqueConstraint("territory_id", "season"), CheckConstraint("title <> ''", name="title"))

    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"))
    season: Mapped[int]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    foreword: Mapped[str] = mapped_column(String(1200), default="")
    licence: Mapped[Licence] = mapped_column(words(Licence))
    opened_at: Mapped[Instant]
    revision: Mapped[int] = mapped_column(default=0)


class BookTheme(HasId, Base):
    """Pages that go together, at a place among the others."""

    __tablename__ = "book_themes"
    __table_args__ = (CheckConstraint("title <> ''", name="title"),)

    book_id: Mapped[UUID] = mapped_column(ForeignKey("books.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]


class BookEntry(HasKey, Base):
    """A page of the book; its id never changes. `body`: its text (JSON, sealed), known by `digest`: yes is said to it.

    `presenter`: the id of whoever presented, sealed as in its sheet; nothing where that is no longer known.
    `kept_words`: hashes of the passages that the guard asked about and that the editor kept. `continues_id`: the page
    of a former book that it takes up; `change`: what became of it, in a sentence. `see`: ids of other pages or
    workshops. `asked_at`, `deadline_at`: of the text as it stands; none while it is being written. `agreed_at`: the
    last of those asked said yes to it; recorded then, since those without an account are forgotten with their season.
    `set_aside_at`: the editor left it out; `withdrawn_at`: somebody of its circle took it back; `printed_at`: it first
    stood in an edition.
    """

    __tablename__ = "book_entries"

    book_id: Mapped[UUID] = mapped_column(ForeignKey("books.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[UUID | None] = mapped_column(ForeignKey("book_themes.id", ondelete="SET NULL"), index=True)
    position: Mapped[int]
    body: Mapped[Sealed]
    digest: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int] = mapped_column(default=0)
    presenter: Mapped[Sealed | None]
    kept_words: Mapped[Sealed | None]
    see: Mapped[list[Any]] = mapped_column(JSON, default=list)
    continues_id: Mapped[UUID | None] = mapped_column(ForeignKey("book_entries.id", ondelete="SET NULL"))
    change: Mapped[str] = mapped_column(String(200), default="")
    edited_at: Mapped[Instant]
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    deadline_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    set_aside_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    printed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class BookSource(HasId, Base):
    """What a page was written from: a copy that the institution received, or the page of a workshop. One or several."""

    __tablename__ = "book_sources"
    __table_args__ = (CheckConstraint("(submitted_id IS NULL) <> (workshop_page_id IS NULL)", name="one_source"),)

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("book_entries.id", ondelete="CASCADE"), index=True)
    submitted_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("submitted_sheets.id", ondelete="CASCADE"), unique=True
    )
    workshop_page_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("workshop_pages.id", ondelete="CASCADE"), unique=True
    )


class BookConsent(HasKey, Base):
    """Somebody was asked about a text, known by its digest, until a deadline. Silence is no yes.

    They have an account, or are known by their registration to a day, or led the workshop (`workshop_id`). `answer`:
    « oui » or « non » to that digest, sealed under the page: who said no is read by nobody.
    """

    __tablename__ = "book_consents"
    __table_args__ = (
        UniqueConstraint("entry_id", "user_id"),
        UniqueConstraint("entry_id", "registration_id"),
        UniqueConstraint("entry_id", "workshop_id"),
        CheckConstraint(ONE_PERSON, name="one_person"),
    )

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("book_entries.id", ondelete="CASCADE"))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"), index=True)
    workshop_id: Mapped[UUID | None] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[Instant]
    deadline_at: Mapped[Instant]
    answer: Mapped[Sealed | None]
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class BookChangeRequest(HasKey, Base):
    """What somebody asks to be said otherwise, instead of answering: one sentence, sealed under the page.

    It is read without a name, and dies as they answer, or as the question is put again.
    """

    __tablename__ = "book_change_requests"

    consent_id: Mapped[UUID] = mapped_column(ForeignKey("book_consents.id", ondelete="CASCADE"), unique=True)
    body: Mapped[Sealed]
    said_at: Mapped[Instant]


class BookPresenterAnswer(HasId, Base):
    """The own answer of whoever presented, to a digest; it does not say who that is."""

    __tablename__ = "book_presenter_answers"

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("book_entries.id", ondelete="CASCADE"), unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    agreed: Mapped[bool]
    answered_at: Mapped[Instant]


class BookRemovalRequest(HasKey, Base):
    """Somebody asks that a printed page be withdrawn: nothing of them is kept but a sentence, sealed under the page."""

    __tablename__ = "book_removal_requests"

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("book_entries.id", ondelete="CASCADE"), index=True)
    words: Mapped[Sealed]
    asked_at: Mapped[Instant]


class BookChapter(HasId, Base):
    """A key-in-hand workshop: a canvas of the library with its aim, its material and for whom it is.

    `see`: ids of the pages it comes from.
    """

    __tablename__ = "book_chapters"
    __table_args__ = (UniqueConstraint("book_id", "canvas_id"),)

    book_id: Mapped[UUID] = mapped_column(ForeignKey("books.id", ondelete="CASCADE"))
    position: Mapped[int]
    canvas_id: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(160))
    aim: Mapped[str] = mapped_column(String(400), default="")
    intro: Mapped[str] = mapped_column(String(600), default="")
    material: Mapped[str] = mapped_column(String(400), default="")
    before: Mapped[str] = mapped_column(String(400), default="")
    audience: Mapped[str] = mapped_column(String(200), default="")
    see: Mapped[list[Any]] = mapped_column(JSON, default=list)


class BookEdition(HasKey, Base):
    """One edition of a book (`domain/edition.py`, its JSON, sealed), known by its digest. The latest is the one read.

    The one that it replaces is erased with its files. `progress`, `ready_at`: how its files fare.
    """

    __tablename__ = "book_editions"
    __table_args__ = (UniqueConstraint("book_id", "number"),)

    book_id: Mapped[UUID] = mapped_column(ForeignKey("books.id", ondelete="CASCADE"))
    number: Mapped[int]
    published_at: Mapped[Instant]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    body: Mapped[Sealed]
    progress: Mapped[int] = mapped_column(default=0)
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class BookRendering(HasKey, Base):
    """One file of an edition, in base64, sealed under the key of the edition."""

    __tablename__ = "book_renderings"
    __table_args__ = (UniqueConstraint("edition_id", "format"),)

    edition_id: Mapped[UUID] = mapped_column(ForeignKey("book_editions.id", ondelete="CASCADE"))
    format: Mapped[BookFormat] = mapped_column(words(BookFormat, 16))
    body: Mapped[Sealed]
    made_at: Mapped[Instant]
