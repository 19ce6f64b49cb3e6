"""Opening a book, its title and licence, its themes in their order, its workshops."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from collectifs.book.domain.edition import Licence
from collectifs.book.models import Book, BookChapter, BookTheme
from collectifs.book.queries.books import (
    BookAccess,
    ChapterAccess,
    ThemeAccess,
    book_of,
    chapters_of,
    slugs_like,
    themes_of,
)
from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.text.folding import folded
from collectifs.meetings.domain.canvas import library
from collectifs.people.domain.person import Person
from collectifs.people.models import Territory

MOST_THEMES, MOST_CHAPTERS = 30, 40


@dataclass(frozen=True)
class BookWords:
    """What a book says of itself."""

    title: str
    licence: Licence
    foreword: str = ""


@dataclass(frozen=True)
class ChapterWords:
    """What a workshop says beside its canvas."""

    canvas_id: str
    title: str
    aim: str = ""
    intro: str = ""
    material: str = ""
    before: str = ""
    audience: str = ""


def open_book(territory: Territory, season: int, words: BookWords, *, now: datetime, by: Person) -> Book:
    """The book of a season, once a territory."""
    if book_of(territory.id, season):
        raise RuleBroken("Le recueil de cette saison est déjà ouvert.")
    begins = f"{'-'.join(folded(territory.name).split())[:60]}-{season}-{season + 1}"
    taken = slugs_like(begins)
    slug = begins if begins not in taken else f"{begins}-{len(taken) + 1}"
    row = Book(id=uuid4(), territory_id=territory.id, season=season, slug=slug, opened_at=now)
    _say(row, words)
    db.session.add(row)
    record("book_opened", row, by=by)
    return row


def change_book(access: BookAccess, words: BookWords, *, by: Person) -> None:
    """Its title, its foreword, its licence: they are printed with the next edition."""
    _say(access.book, words)
    record("book_changed", access.book, by=by)


def _say(row: Book, words: BookWords) -> None:
    row.title, row.licence, row.foreword = words.title, words.licence, words.foreword


def add_theme(access: BookAccess, title: str) -> BookTheme:
    """A heading after the others."""
    themes = themes_of(access.id)
    if any(folded(each.title) == folded(title) for each in themes):
        raise RuleBroken("Ce thème existe déjà.", "title")
    if len(themes) >= MOST_THEMES:
        raise RuleBroken(f"{MOST_THEMES} thèmes au plus : un sommaire se lit d’un regard.", "title")
    row = BookTheme(id=uuid4(), book_id=access.id, title=title, position=len(themes) + 1)
    db.session.add(row)
    return row


def rename_theme(theme: ThemeAccess, title: str) -> None:
    """The same heading in other words."""
    others = [each for each in themes_of(theme.access.id) if each.id != theme.theme.id]
    if any(folded(each.title) == folded(title) for each in others):
        raise RuleBroken("Ce thème existe déjà.", "title")
    theme.theme.title = title


def raise_theme(theme: ThemeAccess) -> None:
    """One place earlier."""
    rows = themes_of(theme.access.id)
    place = rows.index(theme.theme)
    if place:
        rows.insert(place - 1, rows.pop(place))
    for number, row in enumerate(rows, 1):
        row.position = number


def drop_theme(theme: ThemeAccess) -> None:
    """Its pages stay in the book, under no heading."""
    db.session.delete(theme.theme)


def save_chapter(access: BookAccess, words: ChapterWords, chapter: ChapterAccess | None = None) -> BookChapter:
    """A workshop made from a canvas of the library, or another wording of it."""
    rows = chapters_of(access.id)
    if words.canvas_id not in library():
        raise RuleBroken("Choisissez un canevas de la bibliothèque.", "canvas_id")
    own = chapter.chapter if chapter else None
    if any(each.canvas_id == words.canvas_id and each is not own for each in rows):
        raise RuleBroken("Ce canevas a déjà son atelier dans ce recueil.", "canvas_id")
    if own is None and len(rows) >= MOST_CHAPTERS:
        raise RuleBroken(f"{MOST_CHAPTERS} ateliers au plus.")
    row = own or BookChapter(id=uuid4(), book_id=access.id, position=len(rows) + 1, see=[])
    for name in ("canvas_id", "title", "aim", "intro", "material", "before", "audience"):
        setattr(row, name, getattr(words, name))
    db.session.add(row)
    return row


def drop_chapter(chapter: ChapterAccess) -> None:
    """It is no longer in the next edition."""
    db.session.delete(chapter.chapter)
