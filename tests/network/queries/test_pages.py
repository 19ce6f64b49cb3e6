"""The pages that workshops leave: who is asked, what may be shown of objections, which ones were agreed to."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.guard.domain.context import context_of
from collectifs.kernel import clock, vault
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.domain.work import MailPageProposed
from collectifs.network.models import HostLink, PageObjection, Registration, SlotChoice, Workshop, WorkshopPage
from collectifs.network.queries import pages as found
from collectifs.people.models import Territory
from collectifs.people.queries.people import hashed
from collectifs.sheets.domain.life import SheetStatus
from tests import eventing, factories
from tests.eventing import Day

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def day(app: Flask, place: Territory) -> Day:
    return Day(place)


def seated(day: Day, where: Workshop | None = None, came: bool = True, **values: object) -> Registration:
    """Somebody with a place in a workshop, whose presence was noted or not."""
    row = eventing.registration(day.event, **values)
    at = clock.now()
    choice = {"seat_id": (where or day.first).id, "came_at": at if came else None}
    factories.add(SlotChoice(registration_id=row.id, slot_id=day.slot.id, first_at=at, second_at=at, **choice))
    return row


def seen(row: WorkshopPage) -> found.PageAccess:
    page = found.get_workshop_page(row.id)
    assert page is not None
    return page


def objects(to: WorkshopPage, who: Registration | None, sentence: str = "", ago: timedelta = 0 * DAY) -> PageObjection:
    row = PageObjection(id=uuid4(), page_id=to.id, key_id=to.key_id, raised_at=clock.now() - ago)
    seal_text(row, PageObjection.member, str(who.id if who else uuid4()))
    seal_text(row, PageObjection.sentence, sentence)
    return factories.add(row)


def test_a_hosts_link_opens_their_workshop(day: Day) -> None:
    for row, token in ((day.second, "autre"), (day.first, "jeton")):
        factories.add(HostLink(workshop_id=row.id, token_hash=hashed(token), minted_at=clock.now()))
    assert found.workshop_for_token("jeton").workshop is day.first
    assert found.workshop_for_token("perdu") is None


def test_a_page_is_found_by_its_workshop_once_somebody_began_it(day: Day) -> None:
    eventing.page(day.second)
    assert found.page_left_by(day.workshop(day.first)) is None
    row = eventing.page(day.first)
    page = found.page_left_by(day.workshop(day.first))
    assert (page.id, page.workshop, page.territory_id) == (row.id, day.first, day.event.territory_id)
    assert page == seen(row)
    assert page.calendar.zone == "A"
    assert found.get_workshop_page(day.first.id) is None


def test_those_who_confirmed_and_were_seen_in_the_workshop_are_asked(day: Day) -> None:
    there = [seated(day), seated(day)]
    seated(day, came=False)
    seated(day, day.second)
    seated(day, state=RegistrationState.WITHDRAWN)
    assert seen(eventing.page(day.first)).came == {each.id for each in there}


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"proposed_at": None}, SheetStatus.DRAFT),
        ({"proposal_id": None}, SheetStatus.DRAFT),
        ({"deadline_at": "later"}, SheetStatus.PROPOSED),
        ({}, SheetStatus.AGREED),
        ({"withdrawn_at": "now"}, SheetStatus.WITHDRAWN),
        ({"proposed_at": None, "withdrawn_at": "now"}, SheetStatus.WITHDRAWN),
    ],
)
def test_where_a_page_stands_follows_from_its_instants(day: Day, values, status) -> None:
    at = {"later": clock.now() + MINUTE, "now": clock.now(), None: None}
    page = seen(eventing.page(day.first, **{key: at[value] for key, value in values.items()}))
    assert page.status(clock.now()) is status
    assert page.is_agreed is (status is SheetStatus.AGREED)


@pytest.mark.parametrize(("ago", "waits"), [(10 * MINUTE, False), (11 * MINUTE, True)])
def test_past_ten_minutes_a_mail_that_has_not_left_holds_the_delay(day: Day, ago: timedelta, waits: bool) -> None:
    who, deadline = seated(day), clock.now() + DAY
    row = eventing.page(day.first, proposed_at=clock.now() - ago, deadline_at=deadline)
    ask(MailPageProposed(who.id, day.first.id, row.proposal_id))
    db.session.flush()
    life = seen(row).life
    assert (life.mails_waiting, life.deadline_at) == (waits, None if waits else deadline)


def test_objections_are_shown_at_eighteen_and_at_eight_and_hold_the_page_at_once(day: Day) -> None:
    now, mine = clock.now(), seated(day)  # ten to two in the afternoon: shown since eight
    row = eventing.page(day.first, proposed_at=now - DAY, deadline_at=now + DAY)
    early = objects(row, None, "Trop reconnaissable.", ago=timedelta(hours=5, minutes=50))
    late = objects(row, mine, "Pas encore lu.", ago=timedelta(hours=5, minutes=49))
    silent = objects(row, None, ago=6 * 60 * MINUTE)
    page = seen(row)
    assert page.objections == (silent, early, late)
    assert (page.life.text_objections, page.seen_life(now).text_objections) == (3, 2)
    assert page.sentences(now) == ["Trop reconnaissable."]
    assert page.objection_of(mine.id) is late
    assert page.objection_of(day.first.id) is None
    assert found.objections_of(mine.id) == ["Pas encore lu."]
    assert found.objections_of(day.first.id) == []


def test_whoever_was_there_reads_what_was_put_to_them_and_what_was_withdrawn(day: Day) -> None:
    who, absent = seated(day), seated(day, came=False)
    row = eventing.page(day.first, proposed_at=None)
    eventing.page(day.second)
    assert found.pages_for(who) == []
    row.withdrawn_at = clock.now()
    db.session.flush()
    assert [each.page for each in found.pages_for(who)] == [row]
    row.withdrawn_at, row.proposed_at = None, clock.now()
    db.session.flush()
    assert [each.page for each in found.pages_for(who)] == [row]
    assert found.pages_for(absent) == []


def test_pages_that_were_agreed_to_come_latest_day_first(day: Day, place: Territory) -> None:
    former = Day(place)
    former.event.starts_at -= 100 * DAY
    first, second = eventing.page(former.first), eventing.page(day.first)
    eventing.page(day.second, proposed_at=None)
    eventing.page(former.second, deadline_at=clock.now() + DAY)
    elsewhere = eventing.page(Day(factories.territory()).first)
    assert [each.page for each in found.pages_on([place.id])] == [second, first]
    assert {each.id for each in found.pages_on([place.id, elsewhere.id])} == {first.id, second.id}
    assert found.pages_on([]) == []


def test_the_book_may_ask_for_the_pages_of_a_season_with_their_words(day: Day, place: Territory) -> None:
    former = Day(place)
    former.event.season = 2025
    eventing.page(former.first)
    erased = eventing.page(day.second)
    vault.destroy_key(erased.key_id)
    row = eventing.page(day.first)
    (agreed,) = found.agreed_workshop_pages(2026, place.id)
    assert (agreed.id, agreed.title, agreed.is_lost) == (row.id, day.first.title, False)
    assert (agreed.day, agreed.agreed_at) == (day.slot.starts_at.date(), row.deadline_at)
    assert agreed.content.question == "Comment ouvrir ?"
    day.first.lost_at = clock.now()
    assert found.agreed_workshop_pages(2026, place.id)[0].is_lost is True
    assert found.content_left(seen(erased)).is_blank


def test_pages_of_earlier_seasons_that_still_hold_words_are_to_be_emptied(day: Day, place: Territory) -> None:
    former = Day(place)
    former.event.season = 2025
    row, empty = eventing.page(former.first), eventing.page(former.second)
    empty.body = b""
    eventing.page(day.first)
    db.session.flush()
    assert found.pages_before(2026) == [row]
    assert found.pages_before(2025) == []


@pytest.mark.parametrize(
    ("host", "address", "is_known"),
    [
        ("Maelle AUBRY", "m@ac.example", True),
        ("Denis Aubry", "m@ac.example", False),
        ("Maëlle Aubry", "d@ac.example", False),
        ("Maëlle Aubry", "", False),
    ],
)
def test_whoever_led_the_workshop_is_known_by_address_and_name(
    day: Day, host: str, address: str, is_known: bool
) -> None:
    who = seated(day, given="Maëlle", family_name="Aubry", address="m@ac.example")
    seated(day, came=False, given="Maëlle", family_name="Aubry", address="m@ac.example")
    day.first.host, day.first.host_address = host, address
    page = seen(eventing.page(day.first))
    assert found.registered_as_host(page) == ({who.id} if is_known else frozenset())


def test_the_guard_knows_everybody_who_has_a_place_the_host_and_the_school(day: Day) -> None:
    seated(day, given="Solène", family_name="Rocher", address="s@ac.example", came=False)
    seated(day, day.second, given="Denis", family_name="Kermeur")
    day.first.host, day.first.host_address = "Maëlle Aubry", "m@ac.example"
    db.session.flush()
    there = [("Solène", "Rocher"), ("Maëlle", "Aubry")]
    expected = context_of(there, ["collège de la Brume"], addresses=["s@ac.example", "m@ac.example"])
    assert found.guarded_in(day.workshop(day.first)) == expected
