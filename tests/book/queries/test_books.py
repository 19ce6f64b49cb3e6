"""Books by season and by address, their pages as they stand, what is asked for about them, what has perished."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from collectifs.book.domain.asking import Asked, Known, PageStatus
from collectifs.book.domain.page import Page
from collectifs.book.models import (
    Book,
    BookChangeRequest,
    BookChapter,
    BookConsent,
    BookEntry,
    BookPresenterAnswer,
    BookRemovalRequest,
)
from collectifs.book.queries import books, pages, perished, removals, requests
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED, SealedText
from collectifs.kernel.queries.short_lines import ShortLine, read_lines, together
from collectifs.kernel.text.typed import CLOSED
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.models import Territory, User
from collectifs.sheets.domain.sheet import SheetContent
from tests import booking, factories
from tests.closed import flip

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def book(place: Territory) -> Book:
    return booking.book(place)


@pytest.fixture
def now(app: Flask) -> datetime:
    return clock.now()


@pytest.fixture
def maud(app: Flask) -> User:
    return factories.user("Maud")


def test_books_follow_one_another_by_season_on_their_territory(place: Territory) -> None:
    beside = factories.territory(code="00")
    old, new, last = (booking.book(place, season) for season in (2024, 2026, 2027))
    other = booking.book(beside, 2025, slug="ailleurs_2025")
    assert [each.id for each in books.books_on([place.id, beside.id])] == [last.id, new.id, other.id, old.id]
    assert [each.id for each in books.books_on([beside.id])] == [other.id]
    assert (books.book_of(place.id, 2026), books.book_of(place.id, 2025)) == (new, None)
    assert [books.former_book(each) for each in (old, new, last, other)] == [None, old, new, None]
    assert [books.following_book(each) for each in (old, new, last, other)] == [new, last, None, None]
    assert books.slugs_like("recueil") == ["recueil-2024", "recueil-2026", "recueil-2027"]
    assert books.slugs_like("ailleurs-") == books.slugs_like("%") == []
    found = books.get_book(new.id)
    assert found is not None
    assert (found.book, found.territory, found.territory_id, found.zone.key) == (new, place, place.id, "Europe/Paris")
    assert books.get_book(uuid4()) is None


def test_themes_and_workshops_stand_in_their_order(book: Book) -> None:
    second, first = (booking.theme(book, position=each) for each in (2, 1))
    booking.theme(booking.book(factories.territory(), slug="b"))
    assert books.themes_of(book.id) == [first, second]
    theme = books.get_theme(first.id)
    assert theme is not None
    assert (theme.theme, theme.territory_id) == (first, book.territory_id)
    then, before = (
        factories.add(BookChapter(book_id=book.id, position=each, canvas_id=f"c{each}", title="T")) for each in (2, 1)
    )
    assert books.chapters_of(book.id) == [before, then]
    chapter = books.get_chapter(then.id)
    assert chapter is not None
    assert (chapter.chapter, chapter.territory_id) == (then, book.territory_id)
    assert (books.get_theme(uuid4()), books.get_chapter(uuid4())) == (None, None)


def test_pages_stand_in_their_order_without_empty_shells(book: Book, now: datetime) -> None:
    second, first = (booking.page(book, position=each) for each in (2, 1))
    shell, printed, withdrawn = (booking.page(book, position=each) for each in (3, 4, 5))
    for each in (shell, printed, withdrawn):
        each.body = ERASED
    printed.printed_at = withdrawn.withdrawn_at = now
    booking.page(booking.book(factories.territory(), slug="b"))
    db.session.flush()
    found = pages.pages_of(books.get_book(book.id))  # type: ignore[arg-type]
    assert [each.entry for each in found] == [first, second, printed, withdrawn]
    statuses = [each.life.status(now) for each in found]
    assert statuses == [PageStatus.WRITING, PageStatus.WRITING, PageStatus.PRINTED, PageStatus.WITHDRAWN]
    assert (found[0].territory_id, found[0].circles, found[0].forgotten_at) == (book.territory_id, frozenset(), None)
    assert pages.get_page(uuid4()) is None


def test_answers_are_opened_one_by_one_and_what_does_not_open_is_none(book: Book, maud: User, now: datetime) -> None:
    row, others = booking.page(book), [factories.user() for _ in range(3)]
    for who, answer in ((maud, "oui"), (others[0], "non"), (others[1], "")):
        booking.asked(row, who, answer=answer)
    booking.asked(row, others[2], answer="oui")
    db.session.flush()
    broken = pages.consent_of(row.id, others[2].id)
    assert broken is not None
    broken.answer = SealedText(flip(broken.answer or b""))
    db.session.flush()
    found = pages.get_page(row.id)
    assert found is not None
    said = {each.asked.id: (each.agreed, each.digest) for each in found.life.said}
    assert said == {
        maud.id: (True, row.digest),
        others[0].id: (False, row.digest),
        others[1].id: (None, ""),
        others[2].id: (None, ""),
    }
    assert found.asked_ids == {each.id for each in (maud, *others)}
    assert found.asked == {Asked(Known.MEMBER, each.id) for each in (maud, *others)}
    assert pages.consent_of(row.id, uuid4()) is None
    assert [each.entry for each in pages.pages_asked_of(maud.id)] == [row]
    assert pages.pages_asked_of(uuid4()) == []


@pytest.mark.parametrize(("agreed", "to", "said"), [(True, "", True), (False, "", False), (True, "before", None)])
def test_whoever_presented_answers_apart_to_these_very_words(
    book: Book, maud: User, now: datetime, agreed: bool, to: str, said: bool | None
) -> None:
    row = booking.page(book)
    seal_text(row, BookEntry.presenter, f"{maud.id}")
    kept = BookPresenterAnswer(entry_id=row.id, digest=to or row.digest, agreed=agreed, answered_at=now)
    factories.add(kept)
    found = pages.get_page(row.id)
    assert found is not None
    assert (found.life.presenter_asked, found.life.presenter_said) == (True, said)
    assert pages.open_presenters(row) == {maud.id}
    assert pages.presenter_answer_of(row.id) is kept
    assert pages.presenter_answer_of(uuid4()) is None


def test_what_a_page_says_is_opened_until_it_perishes_and_what_is_altered_is_said_to_be_closed(book: Book) -> None:
    row, other = booking.page(book), booking.page(book)
    seal_text(row, BookEntry.kept_words, '["a", "b"]')
    assert (pages.open_page(row), pages.open_kept(row)) == (booking.text(), {"a", "b"})
    assert (pages.open_kept(other), pages.open_presenters(other)) == (frozenset(), frozenset())
    other.body = row.body
    assert pages.open_page(other) == Page(CLOSED, SheetContent(CLOSED))
    vault.destroy_key(row.key_id)
    assert (pages.open_page(row), pages.open_kept(row), pages.open_presenters(row)) == (None, frozenset(), frozenset())


def request(consent: BookConsent, body: str) -> BookChangeRequest:
    row = BookChangeRequest(id=uuid4(), key_id=vault.make_key(), consent_id=consent.id, said_at=clock.now())
    seal_text(row, BookChangeRequest.body, body)
    return factories.add(row)


def test_changes_that_are_asked_for_are_read_without_a_name_in_the_order_of_letters(book: Book, maud: User) -> None:
    row, other, yann = booking.page(book), booking.page(book), factories.user("Yann")
    booking.asked(row, maud, yann)
    booking.asked(other, maud)
    consents = [pages.consent_of(row.id, each.id) for each in (maud, yann)]
    assert consents[0] is not None
    assert consents[1] is not None
    mine = request(consents[0], "Plus court.")
    assert requests.request_of(consents[0].id) is mine
    assert requests.request_of(consents[1].id) is None
    theirs = request(consents[1], "Écrire « on ».")
    assert requests.sentences_on(row.id) == ["Écrire « on ».", "Plus court."]
    assert set(requests.requests_on(row.id)) == {mine, theirs}
    assert (requests.sentence_of(row.id, maud.id), requests.sentence_of(other.id, maud.id)) == ("Plus court.", "")
    assert requests.sentence_of(row.id, uuid4()) == requests.open_request(None) == ""
    assert requests.requests_counted([row.id, other.id]) == {row.id: 2}
    vault.destroy_key(mine.key_id)
    assert requests.sentences_on(row.id) == ["Écrire « on »."]
    assert requests.open_request(mine) == ""


@pytest.mark.parametrize(
    ("values", "answered", "is_silent"),
    [
        ({}, None, True),
        ({}, -1, True),  # asked again since
        ({}, 0, False),
        ({"digest": "other"}, None, False),
        ({"asked_at": None}, None, False),
        ({"deadline_at": 0}, None, False),
        ({"deadline_at": 1}, None, True),
        ({"withdrawn_at": 0}, None, False),
        ({"set_aside_at": 0}, None, False),
        ({"printed_at": 0}, None, False),
    ],
)
def test_whoever_has_not_answered_about_a_page_that_is_asked_is_silent(
    book: Book, maud: User, now: datetime, values: dict[str, Any], answered: int | None, is_silent: bool
) -> None:
    row = booking.page(book)
    booking.asked(row, maud)
    consent = pages.consent_of(row.id, maud.id)
    assert consent is not None
    consent.answered_at = None if answered is None else now + answered * SECOND
    for name, value in values.items():
        setattr(row, name, now + value * SECOND if isinstance(value, int) else value)
    db.session.flush()
    found = requests.silent_consents(book.id, now)
    assert dict(found) == ({Asked(Known.MEMBER, maud.id): [consent]} if is_silent else {})
    assert not requests.silent_consents(uuid4(), now)
    if row.asked_at is not None:
        lines = read_lines(together(*pages.PAGES_WAITING_LINES), {"user_id": maud.id, "now": now})
        found_too = pages.pages_waiting_among([ShortLine("another list", uuid4(), None, now, None), *lines])
        assert found_too == ([pages.PageWaiting(row.id, row.deadline_at)] if is_silent else [])


def removal(entry: BookEntry, words: str, at: datetime) -> BookRemovalRequest:
    row = BookRemovalRequest(id=uuid4(), key_id=vault.make_key(), entry_id=entry.id, asked_at=at)
    seal_text(row, BookRemovalRequest.words, words)
    return factories.add(row)


def test_requests_to_withdraw_a_page_come_oldest_first_with_their_words(book: Book, now: datetime) -> None:
    row, other = booking.page(book), booking.page(book)
    late, early = removal(row, "On me reconnaît.", now), removal(row, "", now - DAY)
    removal(other, "Ailleurs.", now)
    found = removals.removals_of(row.id)
    assert [(each.id, each.asked_at, each.words) for each in found] == [
        (early.id, now - DAY, ""), (late.id, now, "On me reconnaît."),
    ]  # fmt: skip
    assert removals.removals_waiting([row.id]) == {row.id: 2}
    access = removals.get_removal(late.id)
    assert access is not None
    assert (access.row, access.page.entry, access.territory_id) == (late, row, book.territory_id)
    assert removals.get_removal(uuid4()) is None
    vault.destroy_key(late.key_id)
    assert [each.words for each in removals.removals_of(row.id)] == ["", ""]


@pytest.mark.parametrize(
    ("season", "values", "is_over"),
    [
        (2024, {}, True),
        (2025, {}, False),
        (2026, {}, False),
        (2024, {"printed_at": 0}, False),
        (2024, {"body": ERASED}, False),
    ],
)
def test_a_page_that_was_never_printed_is_over_a_year_after_its_season(
    place: Territory, now: datetime, season: int, values: dict[str, Any], is_over: bool
) -> None:
    row = booking.page(booking.book(place, season))
    for name, value in values.items():
        setattr(row, name, now if value == 0 else value)
    db.session.flush()
    assert perished.pages_over(date(2026, 11, 18)) == ([row] if is_over else [])
    assert perished.pages_of_seasons_before(2026) == ([row] if season < 2026 else [])


def test_editions_come_the_latest_first(book: Book) -> None:
    first, second = (booking.edition(book, each) for each in (1, 2))
    booking.edition(booking.book(factories.territory(), slug="b"))
    assert perished.editions_of(book.id) == [second, first]
    page, shell = booking.page(book), booking.page(book)
    needed: set[UUID | str] = {each for query in perished.NEEDED for each in db.session.scalars(query)}
    assert {first.key_id, second.key_id, page.key_id, shell.key_id} <= needed
    second.body = shell.body = ERASED
    db.session.flush()
    still = {each for query in perished.NEEDED for each in db.session.scalars(query)}
    assert needed - still == {second.key_id, shell.key_id}
