"""What anybody reads of a published book: its pages, themes, workshops and files, and what is said once it left."""

import base64
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.book.domain.edition import (
    BookFormat,
    Changes,
    Edition,
    Entry,
    IndexTerm,
    Licence,
    Reworded,
    Theme,
    WorkshopChapter,
)
from collectifs.book.models import BookChapter, BookEdition, BookRendering
from collectifs.book.queries import books, editions, reading
from collectifs.book.queries.editions import Published, is_unpublished, published, published_at, was_published_at
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED, SealedText
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.models import Territory
from tests import booking, factories
from tests.closed import flip

GONE = date(2027, 1, 13)


class Shelf:
    """A book of two themes and a workshop, of which one edition is printed; a page and a theme that are not in it."""

    def __init__(self, place: Territory) -> None:
        self.book = booking.book(place)
        self.pages = [booking.page(self.book, position=each) for each in range(3)]
        for each in self.pages[:2]:
            each.printed_at = clock.now()
        self.theme, self.left = booking.theme(self.book), booking.theme(self.book, "Ailleurs", 2)
        self.workshop, self.aside = (
            factories.add(BookChapter(book_id=self.book.id, position=each, canvas_id=f"c{each}", title="T"))
            for each in (1, 2)
        )
        self.row = self.prints(1)

    @property
    def edition(self) -> Edition:
        one, other, _ = (Entry(str(each.id), number, "Un ?") for number, each in enumerate(self.pages, 1))
        themes = (Theme(str(self.theme.id), "Parler", (one,)), Theme("autres", "Autres questions", (other,)))
        workshops = (WorkshopChapter(str(self.workshop.id), 3, "T"),)
        return Edition("T", "V", "2026-2027", 1, GONE, Licence.BY_SA, themes=themes, workshops=workshops)

    def prints(self, number: int, said: Edition | None = None) -> BookEdition:
        said = said or self.edition
        row = BookEdition(
            id=uuid4(), key_id=vault.make_key(), book_id=self.book.id, number=number,
            published_at=clock.now(), digest=said.digest(),
        )  # fmt: skip
        seal_text(row, BookEdition.body, said.to_json())
        return factories.add(row)

    def file(self, form: BookFormat, body: bytes, of: BookEdition | None = None) -> BookRendering:
        row = BookRendering(
            id=uuid4(), key_id=vault.make_key(), edition_id=(of or self.row).id, format=form, made_at=clock.now()
        )
        seal_text(row, BookRendering.body, base64.b64encode(body).decode())
        return factories.add(row)

    @property
    def published(self) -> Published:
        access = books.get_book(self.book.id)
        assert access is not None
        found = published(access)
        assert found is not None
        return found


@pytest.fixture
def shelf(place: Territory) -> Shelf:
    return Shelf(place)


def erased(shelf: Shelf) -> None:
    shelf.row.body = ERASED
    db.session.flush()


def test_a_page_is_read_under_its_theme_once_it_is_printed(shelf: Shelf) -> None:
    one, other, unprinted = (each.id for each in shelf.pages)
    found = [reading.read_entry(each) for each in (one, other)]
    assert [(each.entry.number, each.theme.title) for each in found if each] == [(1, "Parler"), (2, "Autres questions")]
    assert [reading.read_entry(each) for each in (unprinted, uuid4())] == [None, None]
    assert reading.read_or_unpublished(one) == found[0]
    assert reading.read_or_unpublished(unprinted) is None
    erased(shelf)
    assert reading.read_entry(one) is None
    assert reading.read_or_unpublished(one) == reading.Unpublished()
    assert [reading.read_or_unpublished(each) for each in (unprinted, uuid4())] == [None, None]


def test_a_theme_is_read_under_its_name_or_told_to_have_gone_with_others(shelf: Shelf) -> None:
    found = reading.read_theme(shelf.theme.id)
    assert isinstance(found, reading.ReadTheme)
    assert found.theme.title == "Parler"
    assert [reading.read_theme(each) for each in (shelf.left.id, uuid4())] == [None, None]
    others = reading.read_others(shelf.published)
    assert others is not None
    assert others.theme.title == "Autres questions"
    shelf.row = shelf.prints(2, Edition("T", "V", "2026-2027", 2, GONE, Licence.BY_SA, themes=shelf.edition.themes[:1]))
    assert reading.read_theme(shelf.left.id) == reading.Regrouped(shelf.book.slug)
    assert reading.read_others(shelf.published) is None
    erased(shelf)
    assert reading.read_theme(shelf.theme.id) == reading.Unpublished()


def test_of_a_book_that_was_not_published_yet_nothing_is_read(shelf: Shelf) -> None:
    db.session.delete(shelf.row)
    db.session.flush()
    assert reading.read_theme(shelf.theme.id) is None
    assert reading.read_or_unpublished(shelf.pages[0].id) is None
    assert reading.read_workshop(shelf.workshop.id) is None
    assert (published_at(shelf.book.slug), was_published_at(shelf.book.slug)) == (None, False)


def test_a_workshop_is_read_once_it_is_printed(shelf: Shelf) -> None:
    found = reading.read_workshop(shelf.workshop.id)
    assert found is not None
    assert found.workshop.number == 3
    assert [reading.read_workshop(each) for each in (shelf.aside.id, uuid4())] == [None, None]


def test_the_files_of_the_edition_that_is_read_are_given_as_long_as_they_say_the_same(shelf: Shelf) -> None:
    epub, text = shelf.file(BookFormat.EPUB, b"\x00epub"), shelf.file(BookFormat.TEXT, b"texte")
    assert reading.files_of(shelf.published) == {BookFormat.EPUB: epub, BookFormat.TEXT: text}
    assert reading.made_forms(shelf.row.id) == {BookFormat.EPUB, BookFormat.TEXT}
    assert reading.edition_row(shelf.row.id) is shelf.row
    found = reading.read_file(epub.id)
    assert found is not None
    assert (found.content, found.form) == (b"\x00epub", BookFormat.EPUB)
    assert reading.read_file(uuid4()) is None
    text.body = SealedText(flip(text.body))
    vault.destroy_key(epub.key_id)
    db.session.flush()
    assert [reading.read_file(each.id) for each in (epub, text)] == [None, None]
    kept = shelf.file(BookFormat.A4, b"pdf")
    shelf.row.digest = "another"
    db.session.flush()
    assert reading.files_of(shelf.published) == {}
    assert reading.read_file(kept.id) is None


def test_files_of_a_former_edition_are_given_no_more(shelf: Shelf) -> None:
    former = shelf.file(BookFormat.EPUB, b"epub")
    new = shelf.prints(2)
    assert reading.read_file(former.id) is None
    assert editions.latest_edition(shelf.book.id) is new
    assert editions.latest_edition(uuid4()) is None


def test_published_books_are_found_by_their_address_the_latest_season_first(shelf: Shelf, place: Territory) -> None:
    older, never = booking.book(place, 2025), booking.book(place, 2024)
    booking.edition(older)
    booking.edition(older, 2)
    slugs = [never.slug, older.slug, shelf.book.slug]
    assert [each.access.id for each in reading.published_slugs(slugs)] == [shelf.book.id, older.id]
    assert [each.access.id for each in reading.published_slugs(slugs[:2])] == [older.id]
    assert [each.id for each in editions.published_books()] == [shelf.book.id, older.id]
    found = published_at(older.slug)
    assert found is not None
    assert (found.access.id, found.row.number) == (older.id, 2)
    assert (published_at("nulle-part"), was_published_at("nulle-part")) == (None, False)
    former = editions.former_edition(shelf.published.access)
    assert former is not None
    assert former.access.id == older.id
    assert editions.former_edition(found.access) is None


@pytest.mark.parametrize("how", ["erased", "altered", "perished"])
def test_an_edition_that_does_not_open_is_not_read(shelf: Shelf, how: str) -> None:
    if how == "perished":
        vault.destroy_key(shelf.row.key_id)
    else:
        shelf.row.body = ERASED if how == "erased" else SealedText(flip(shelf.row.body))
    db.session.flush()
    access = books.get_book(shelf.book.id)
    assert access is not None
    assert (published(access), is_unpublished(access)) == (None, how == "erased")
    assert was_published_at(shelf.book.slug) is (how == "erased")


def test_only_pages_that_are_still_there_may_be_taken_up(app: Flask, shelf: Shelf, place: Territory) -> None:
    one, two = shelf.edition.themes[0].entries[0], Entry(str(uuid4()), 2, "Deux ?")
    gone = Entry(str(shelf.pages[1].id), 3, withdrawn_on=GONE)
    themes = (Theme("t", "T", (one, two, gone)),)
    shelf.prints(2, Edition("T", "V", "2026-2027", 2, GONE, Licence.BY_SA, themes=themes))
    following = books.get_book(booking.book(place, 2027).id)
    assert following is not None
    assert editions.pages_to_continue(following) == [one]
    assert editions.pages_to_continue(shelf.published.access) == []


A, B, C = (Entry(each, number, "Un ?", see=("a",)) for number, each in enumerate("abc", 1))


def test_nothing_leads_any_more_to_what_was_withdrawn() -> None:
    said = Edition(
        "T", "V", "2026-2027", 1, GONE, Licence.BY_SA,
        themes=(Theme("t", "T", (A, B)), Theme("u", "U", (Entry("c", 3, withdrawn_on=GONE),))),
        index=(IndexTerm("dire", ("a", "b")), IndexTerm("taire", ("b",))),
        changes=Changes("2025-2026", ("a", "b"), (Reworded("b", "Mieux."),)),
    )  # fmt: skip
    later = date(2027, 2, 1)
    found = editions.without(said, {"b": later, "c": later})
    assert [each for theme in found.themes for each in theme.entries] == [
        A, Entry("b", 2, withdrawn_on=later), Entry("c", 3, withdrawn_on=GONE),
    ]  # fmt: skip
    assert found.index == (IndexTerm("dire", ("a",)),)
    assert found.changes == Changes("2025-2026", ("a",), ())
    assert editions.without(said, {}) is said
