"""Registrations to a day: whose they are, how workshops fill, what perishes with whom."""

from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.models import EventPartner, Registration, SlotChoice
from collectifs.network.queries import registrations as found
from collectifs.network.queries.registrations import Filling
from collectifs.people.models import Territory
from tests import eventing, factories
from tests.eventing import Day

STARTED, WITHDRAWN = RegistrationState.STARTED, RegistrationState.WITHDRAWN
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def day(app: Flask, place: Territory) -> Day:
    return Day(place)


def choose(day: Day, row: Registration, rank: int = 0, **has: object) -> SlotChoice:
    """What somebody asked of the slot of the day, `rank` seconds after the first."""
    at = clock.now() + rank * SECOND
    usual = {"first_id": day.first.id, "second_id": None, "first_at": at, "second_at": at}
    return factories.add(SlotChoice(registration_id=row.id, slot_id=day.slot.id, **(usual | has)))


def somebody(day: Day, family: str, **values: object) -> Registration:
    return eventing.registration(day.event, "Solène", family_name=family, **values)


def test_a_registration_is_found_by_its_link_and_by_its_person(day: Day) -> None:
    row, other = somebody(day, "Rocher", address="s@ac.example"), somebody(day, "Le Goff", address="s@ac.example")
    somebody(day, "Morvan", address="m@ac.example")
    gone = somebody(day, "Kermeur", address="s@ac.example", state=WITHDRAWN)
    eventing.registration(eventing.event(), "Solène", family_name="Rocher", address="m@ac.example")
    eventing.link(other, "autre")
    eventing.link(row, "jeton")
    assert found.registration_for_token("jeton") is row
    assert found.get_registration(other.id) is other
    assert found.registration_for_token("perdu") is None
    assert found.same_registration(day.event.id, "s@ac.example", "solene ROCHER") is row
    for address, name in (("s@ac.example", "Solène Kermeur"), ("m@ac.example", "Solène Rocher")):
        assert found.same_registration(day.event.id, address, name) is None
    assert set(found.registrations_at("s@ac.example")) == {row, other, gone}


def test_those_at_an_address_come_oldest_first(day: Day) -> None:
    new, old = (somebody(day, "Rocher", address="s@ac.example", started_at=clock.now() - each * DAY) for each in (1, 2))
    assert found.registrations_at("s@ac.example") == [old, new]


def test_what_somebody_chose_comes_in_the_order_of_the_day(day: Day) -> None:
    row, other = somebody(day, "Rocher"), somebody(day, "Morvan")
    later, mine = eventing.slot(day.event, 4), choose(day, row)
    choose(day, other)
    late = factories.add(
        SlotChoice(registration_id=row.id, slot_id=later.id, first_at=clock.now(), second_at=clock.now())
    )
    early = factories.add(
        SlotChoice(
            registration_id=row.id,
            slot_id=eventing.slot(day.event, -4).id,
            first_at=clock.now(),
            second_at=clock.now(),
        )
    )
    assert found.choices_of(row.id) == [early, mine, late]
    assert found.choice_for(row.id, day.slot.id) is mine
    assert found.choice_for(other.id, later.id) is None


def test_those_who_did_not_confirm_ask_for_nothing_and_take_no_place(day: Day) -> None:
    second = choose(day, somebody(day, "B"), rank=1, second_id=day.second.id, seat_id=day.second.id)
    first = choose(day, somebody(day, "A"), seat_id=day.first.id)
    choose(day, somebody(day, "C", state=STARTED, confirmed_at=None), seat_id=day.first.id)
    choose(day, somebody(day, "D", state=WITHDRAWN), seat_id=day.first.id)
    elsewhere = Day(factories.territory())
    choose(elsewhere, somebody(elsewhere, "E"), seat_id=elsewhere.first.id)
    asked = found.asked_in(day.slot.id)
    assert [each.id for each in asked] == [first.registration_id, second.registration_id]
    assert (asked[1].first, asked[1].second, asked[1].seat) == (day.first.id, day.second.id, day.second.id)
    assert found.asked_by_slot(day.event.id) == {day.slot.id: asked}
    assert found.event_choices(day.event.id) == {(each.registration_id, each.slot_id): each for each in (first, second)}
    assert found.filling_of(day.event.id) == {day.first.id: Filling(1, 0, 1), day.second.id: Filling(1, 0, 0)}
    assert set(found.seated_by_workshop(day.event.id)) == {day.first.id, day.second.id}
    assert found.confirmed_counts([day.event.id, elsewhere.event.id]) == {day.event.id: 2, elsewhere.event.id: 1}
    assert found.confirmed_counts([]) == {}
    assert set(found.confirmed_ids(day.event.id)) == {first.registration_id, second.registration_id}
    assert [each.family_name for each in found.confirmed_of(day.event.id)] == ["A", "B"]


def test_a_workshop_fills_with_seats_and_offers_and_has_its_line(day: Day) -> None:
    sits, is_offered = {"seat_id": day.first.id}, {"offer_id": day.first.id}
    for rank, has in enumerate((sits, sits, is_offered, {}, {})):
        choose(day, somebody(day, f"P{rank}"), rank, **has)
    assert found.filling_of(day.event.id) == {day.first.id: Filling(2, 1, 3)}


def test_what_another_request_wrote_meanwhile_is_read(day: Day) -> None:
    row = choose(day, somebody(day, "A"))
    theirs = update(SlotChoice).values(seat_id=day.first.id).execution_options(synchronize_session=False)
    for read in (
        lambda: found.choices_of(row.registration_id),
        lambda: found.choice_for(row.registration_id, row.slot_id),
        lambda: found.choices_naming(day.first.id),
    ):
        db.session.execute(theirs)
        read()
        assert row.seat_id == day.first.id
        row.seat_id = None
        db.session.flush()


@pytest.mark.parametrize(("filling", "left"), [(Filling(), 4), (Filling(1, 1), 2), (Filling(3, 1), 0), (Filling(5), 0)])
def test_what_is_offered_is_left_to_nobody_else(filling: Filling, left: int) -> None:
    assert filling.left(4) == left


def test_places_are_counted_without_those_of_whoever_asks(day: Day) -> None:
    mine, theirs = somebody(day, "A"), somebody(day, "B")
    choose(day, mine, seat_id=day.first.id)
    choose(day, theirs, seat_id=day.first.id, offer_id=day.second.id)
    choose(day, somebody(day, "C"), seat_id=day.first.id)
    assert found.taken_in(day.slot.id, mine.id) == Counter({day.first.id: 2, day.second.id: 1, None: 1})
    assert found.taken_in(day.slot.id, theirs.id)[day.first.id] == 2


def test_whoever_sits_in_a_workshop_comes_by_name(day: Day) -> None:
    rows = [
        eventing.registration(day.event, given, family_name=family)
        for given, family in (("Solène", "Évrard"), ("Anne", "EVRARD"), ("Denis", "Aubry"))
    ]
    for rank, row in enumerate(rows):
        choose(day, row, rank, seat_id=day.first.id)
    choose(day, somebody(day, "Sans place"))
    seated = found.seated_by_workshop(day.event.id)
    assert [each.registration for each in seated[day.first.id]] == [rows[2], rows[1], rows[0]]
    assert set(seated) == {day.first.id}
    assert [row.given_name for row in found.confirmed_of(day.event.id)[:3]] == ["Denis", "Anne", "Solène"]


def test_a_workshop_is_named_wherever_it_is_wished_for_held_or_offered(day: Day) -> None:
    other = eventing.workshop(day.slot, "Un autre")
    ways = (
        {"first_id": other.id},
        {"second_id": other.id},
        {"seat_id": other.id},
        {"offer_id": other.id},
        {"second_id": day.second.id},
    )
    rows = [choose(day, somebody(day, "Nom"), rank, **has) for rank, has in enumerate(ways)]
    assert found.choices_naming(other.id) == rows[:4]


def test_an_offer_lapses_at_its_instant(day: Day) -> None:
    now, row = clock.now(), somebody(day, "A")
    choose(day, row, offer_id=day.first.id, offered_until=now)
    choose(day, somebody(day, "B"), offer_id=day.first.id, offered_until=now + SECOND)
    choose(day, somebody(day, "C"))
    assert found.lapsed_offers(now) == [(day.event.id, row.id, day.slot.id)]
    assert found.lapsed_offers(now - SECOND) == []


def test_each_programme_is_told_how_many_confirmed_ones_it_brought(day: Day) -> None:
    partner = factories.add(EventPartner(event_id=day.event.id, name="Embruns", slug="k7mq2r", made_at=clock.now()))
    for state, by in ((RegistrationState.CONFIRMED, partner.id), (STARTED, partner.id), (WITHDRAWN, None)):
        somebody(day, "Nom", state=state, partner_id=by)
    elsewhere = eventing.event()
    eventing.registration(elsewhere)
    assert found.brought_by(day.event.id) == {partner.id: 1}
    somebody(day, "Nom")
    assert found.brought_by(day.event.id) == {partner.id: 1, None: 1}


def test_what_nobody_confirmed_and_an_address_that_should_be_gone_are_found_after_their_time(day: Day) -> None:
    now = clock.now()
    stale = somebody(day, "A", state=STARTED, started_at=now - SECOND)
    somebody(day, "B", state=STARTED, started_at=now)
    somebody(day, "C", started_at=now - DAY)
    assert list(db.session.scalars(found.ids_unconfirmed(now))) == [stale.id]
    kept = somebody(day, "D", state=WITHDRAWN, withdrawn_at=now - SECOND, address="d@ac.example")
    somebody(day, "E", state=WITHDRAWN, withdrawn_at=now - SECOND, address="")
    somebody(day, "F", state=WITHDRAWN, withdrawn_at=now, address="f@ac.example")
    assert found.withdrawn_with_address(now) == [kept]


def test_registrations_and_workshops_of_earlier_seasons_are_found_by_their_day(day: Day) -> None:
    now = somebody(day, "A")
    former = Day(factories.territory())
    former.event.season = 2025
    row = somebody(former, "B")
    assert list(db.session.scalars(found.ids_of_registrations_before(2026))) == [row.id]
    assert set(db.session.scalars(found.ids_of_workshops_before(2026))) == {former.first.id, former.second.id}
    assert set(db.session.scalars(found.ids_of_registrations_before(2027))) == {row.id, now.id}
    assert list(db.session.scalars(found.ids_of_workshops_before(2025))) == []


def test_a_presence_that_was_noted_names_its_workshop(day: Day) -> None:
    row, other = somebody(day, "A"), somebody(day, "B")
    choose(day, row, seat_id=day.first.id, came_at=clock.now())
    choose(day, other, seat_id=day.second.id)
    assert list(db.session.scalars(found.ids_of_workshops_seen_in(row.id))) == [day.first.id]
    assert list(db.session.scalars(found.ids_of_workshops_seen_in(other.id))) == []
