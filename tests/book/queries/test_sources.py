"""What a page was written from: copies that the institution received, pages that workshops left; as one thing."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from collectifs.book.models import Book, BookEntry, BookSource
from collectifs.book.queries import books, sources
from collectifs.book.queries.circles import asked_about, circles_of, context_for
from collectifs.book.queries.editions import pages_without_source, withdrawn_days
from collectifs.book.queries.pages import get_page
from collectifs.book.queries.perished import pages_over
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.people.models import Territory, User
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.models import SubmittedSheet
from tests import booking, eventing, factories
from tests.eventing import Day

JANUARY = date(2027, 1, 1)


@pytest.fixture
def book(place: Territory) -> Book:
    return booking.book(place)


def copy(place: Territory, name: str, by: User, **values: Any) -> SubmittedSheet:
    row = booking.copy_of_another(place, name, by=by)
    for key, value in values.items():
        setattr(row, key, value)
    db.session.flush()
    return row


def from_workshop(entry: BookEntry, page_id: Any) -> None:
    factories.add(BookSource(entry_id=entry.id, workshop_page_id=page_id))


def test_sources_come_oldest_first_copies_before_workshops_each_with_who_wrote_it(
    place: Territory, book: Book, helene: User
) -> None:
    later = copy(place, "Ajoncs", helene, month=date(2027, 3, 1), collective_name="Les Ajoncs")
    early = copy(place, "Bruyères", helene, month=JANUARY, withdrawn_at=clock.now())
    entry, other = booking.page(book, None, later.id), booking.page(book)
    factories.add(BookSource(entry_id=entry.id, submitted_id=early.id))
    left = eventing.page(Day(place).first)
    from_workshop(entry, left.id)
    found = sources.sources_of([entry.id, other.id])
    assert list(found) == [entry.id]
    one, two, workshop = found[entry.id]
    assert [each.id for each in (one, two, workshop)] == [early.id, later.id, left.id]
    assert [each.is_sheet for each in (one, two, workshop)] == [True, True, False]
    assert (one.label, two.label, workshop.label) == ("Collectif B1", "Les Ajoncs", "Atelier « Ouvrir un entretien »")
    assert (one.is_gone, two.is_gone, one.is_replaced, two.sheet_id) == (True, False, False, later.sheet_id)
    assert (workshop.circle_id, workshop.is_gone, workshop.is_replaced) == (left.workshop_id, False, False)
    assert (workshop.month.day, workshop.lost_at) == (1, None)
    assert workshop.ends_at is not None
    assert (workshop.ends_at.month, workshop.ends_at.day, workshop.ends_at.hour) == (8, 31, 23)
    page = get_page(entry.id)
    assert page is not None
    assert (page.circles, len(page.collectives)) == ({one.circle_id, two.circle_id, workshop.circle_id}, 2)
    assert (page.forgotten_at, page.life.source_gone, page.life.forgets) == (workshop.ends_at, True, True)
    assert sources.taken_ids(place.id) == {early.id, later.id, left.id}
    assert sources.taken_ids(factories.territory().id) == frozenset()


@pytest.mark.parametrize(
    ("values", "gone", "replaced"),
    [
        ({}, False, False),
        ({"withdrawn_at": 1}, True, False),
        ({"proposed_at": None}, False, True),  # it is being written again
        ({"proposed_at": None, "body": ERASED}, False, False),  # emptied with its season
    ],
)
def test_the_page_of_a_workshop_is_gone_or_replaced(
    place: Territory, book: Book, values: dict[str, Any], gone: bool, replaced: bool
) -> None:
    entry, left = booking.page(book), eventing.page(Day(place).first)
    for key, value in values.items():
        setattr(left, key, clock.now() if value == 1 else value)
    from_workshop(entry, left.id)
    [found] = sources.sources_of([entry.id])[entry.id]
    assert (found.is_gone, found.is_replaced) == (gone, replaced)


def test_what_sources_say_is_opened_as_long_as_it_is_there(place: Territory, book: Book, helene: User) -> None:
    entry = booking.page(book, None, copy(place, "Ajoncs", helene).id)
    alone = sources.sources_of([entry.id])[entry.id]
    gone = copy(place, "Bruyères", helene, withdrawn_at=clock.now())
    factories.add(BookSource(entry_id=entry.id, submitted_id=gone.id))
    left = eventing.page(Day(place).first, "Comment laisser chercher ?")
    from_workshop(entry, left.id)
    found = sources.opened_sources(sources.sources_of([entry.id])[entry.id])
    assert [content.question for _, content in found] == [factories.content().question, "Comment laisser chercher ?"]
    assert sources.changes_since(alone, factories.content()) == []
    [change] = sources.changes_since(alone, factories.content("Autrement ?")) or []
    assert (change.before, change.after) == (factories.content().question, "Autrement ?")
    assert sources.changes_since([each for each, _ in found], factories.content()) is None
    assert sources.changes_since(alone, None) is None
    assert sources.changes_since([], SheetContent()) is None


def test_pages_whose_source_was_taken_back_are_known_with_the_day(place: Territory, book: Book, helene: User) -> None:
    now, day = clock.now(), Day(place)
    back = now - timedelta(days=3)
    there = [copy(place, name, helene) for name in ("Ajoncs", "Callunes")]
    gone = [copy(place, name, helene, withdrawn_at=back) for name in ("Bruyères", "Droséras")]
    stays, left = eventing.page(day.first), eventing.page(day.second)
    left.withdrawn_at = now - timedelta(days=2)
    own, of_sheet, kept, unprinted = (
        booking.page(book, None, each.id) for each in (there[0], gone[0], there[1], gone[1])
    )
    of_workshop, kept_too = booking.page(book), booking.page(book)
    from_workshop(of_workshop, left.id)
    from_workshop(kept_too, stays.id)
    for each in (own, of_sheet, kept, of_workshop, kept_too):
        each.printed_at = now
    own.withdrawn_at = now - timedelta(days=1)
    db.session.flush()
    access = books.get_book(book.id)
    assert access is not None
    days = {own: 1, of_sheet: 3, of_workshop: 2}
    assert withdrawn_days(access) == {str(row.id): (now - timedelta(days=ago)).date() for row, ago in days.items()}
    assert set(pages_without_source()) == {of_sheet.id, of_workshop.id, unprinted.id}


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({}, True),
        ({"season": 2025}, False),
        ({"withdrawn_at": 1}, False),
        ({"replaced_at": 1}, False),
        ({"body": ERASED}, False),
        ({"territory_id": 1}, False),
    ],
)
def test_a_page_may_be_written_from_what_the_institution_reads_of_the_season(
    place: Territory, book: Book, helene: User, values: dict[str, Any], kept: bool
) -> None:
    taken = copy(place, "Ajoncs", helene)
    booking.page(book, None, taken.id)
    usual = {"withdrawn_at": clock.now(), "replaced_at": clock.now(), "territory_id": factories.territory().id}
    row = copy(place, "Bruyères", helene, **{key: usual[key] if value == 1 else value for key, value in values.items()})
    access = books.get_book(book.id)
    assert access is not None
    assert sources.candidates_for(access) == ([row] if kept else [])


@pytest.mark.parametrize(
    ("season", "values", "taken", "kept"),
    [(2026, {}, False, True), (2025, {}, False, False), (2026, {}, True, False), (2026, {"lost_at": 1}, False, False),
     (2026, {"proposed_at": None}, False, False)],
)  # fmt: skip
def test_a_page_may_be_written_from_what_a_workshop_agreed_to_when_all_can_still_be_asked(
    app: Flask, place: Territory, season: int, values: dict[str, Any], taken: bool, kept: bool
) -> None:
    day, book = Day(place), booking.book(place, season)
    day.event.season = 2026
    left = eventing.page(day.first, **{key: value for key, value in values.items() if key == "proposed_at"})
    if "lost_at" in values:
        day.first.lost_at = clock.now()
    if taken:
        from_workshop(booking.page(book), left.id)
    db.session.flush()
    access = books.get_book(book.id)
    assert access is not None
    assert [each.id for each in sources.workshop_candidates_for(access)] == ([left.id] if kept else [])


def test_a_page_of_a_workshop_to_which_not_all_agreed_is_over_with_its_season(place: Territory, book: Book) -> None:
    day = Day(place)
    day.event.season = 2026
    rows = [booking.page(book, agreed_at=at) for at in (None, clock.now())]
    for row, workshop in zip(rows, (day.first, day.second), strict=True):
        from_workshop(row, eventing.page(workshop).id)
    next_one = Day(place)
    next_one.event.season = 2027
    from_workshop(booking.page(book), eventing.page(next_one.first).id)
    db.session.flush()
    assert pages_over(date(2027, 8, 31)) == []
    assert pages_over(date(2027, 9, 1)) == [rows[0]]


def test_those_behind_a_page_are_asked_once_each(place: Territory, book: Book, helene: User) -> None:
    entry = booking.page(book, None, copy(place, "Ajoncs", helene).id)
    factories.add(BookSource(entry_id=entry.id, submitted_id=copy(place, "Bruyères", helene).id))
    db.session.flush()
    page = get_page(entry.id)
    assert page is not None
    found = circles_of(page)
    assert [each.is_agreed for each in found] == [True, True]
    assert [each.id for each in asked_about(found)] == [helene.id]
    assert ("helene",) in {each.given for each in context_for(page).members}
