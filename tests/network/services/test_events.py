"""What a manager changes of a day: fewer places, a workshop cancelled, a day moved or cancelled, who came."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.network.domain.event import EventKind, Hours
from collectifs.network.domain.registration import SeatNews
from collectifs.network.domain.work import MailEventCancelled, MailEventMoved, MailPlaceOffered, MailSeatChanged
from collectifs.network.models import EventSlot, SlotChoice
from collectifs.network.queries.events import get_slot
from collectifs.network.services.attendance import mark_who_came
from collectifs.network.services.events import (
    EventWords,
    WorkshopWords,
    add_slot,
    add_workshop,
    cancel_event,
    cancel_workshop,
    change_event,
    change_slot,
    change_workshop,
    create_event,
    drop_slot,
    losing_a_place,
    publish_event,
)
from collectifs.network.services.registrations import choose_again
from tests import factories
from tests.asked import asked
from tests.eventing import HOUR, Day

DAY = timedelta(days=1)


@pytest.fixture
def day(app: Flask, place) -> Day:
    return Day(place)


@pytest.fixture
def by(sylvie):
    return factories.person(sylvie)


def words_of(day: Day, **changed) -> EventWords:
    event = day.access.event
    words = EventWords(event.kind, event.title, day.access.hours, event.place, event.closes_on)
    return replace(words, **changed)


def test_from_a_blank_day_to_one_that_is_open(app: Flask, place, by) -> None:
    starts = clock.now() + 30 * DAY
    words = EventWords(
        EventKind.TRAINING, "Apprendre ensemble", Hours(starts, starts + 6 * HOUR), "lycée", starts.date()
    )
    first, second = (create_event(place, words, now=clock.now(), by=by) for _ in range(2))
    assert (first.slug, second.slug) == ("apprendre-ensemble", "apprendre-ensemble-2")
    day = Day(place)
    day.event = first
    with pytest.raises(RuleBroken, match="un créneau et un atelier"):
        publish_event(day.access, now=clock.now(), by=by)
    slot = add_slot(day.access, Hours(starts, starts + HOUR), now=clock.now(), by=by)
    add_workshop(get_slot(slot.id), WorkshopWords("Ouvrir", 20, room="B 12"), now=clock.now(), by=by)
    with pytest.raises(RuleBroken, match="a déjà un atelier"):
        add_workshop(get_slot(slot.id), WorkshopWords("Fermer", 20, room="B 12"), now=clock.now(), by=by)
    publish_event(day.access, now=clock.now(), by=by)
    assert first.published_at


def test_with_fewer_places_the_last_to_confirm_wait_again_first_in_line_and_are_told(day: Day, by) -> None:
    people = [day.comes(), day.comes(second=day.second)]
    waits = day.comes()
    assert losing_a_place(day.workshop(day.first), 1) == [people[1].id]
    assert change_workshop(day.workshop(day.first), WorkshopWords("Ouvrir", 1), now=clock.now(), by=by) == 1
    assert [day.seat(each) for each in (*people, waits)] == ["Ouvrir", "Une visite, trois faits", ""]
    assert asked(MailSeatChanged) == [MailSeatChanged(people[1].id, day.first.id, SeatNews.FEWER)]
    change_workshop(day.workshop(day.first), WorkshopWords("Ouvrir", 2), now=clock.now(), by=by)
    assert asked(MailPlaceOffered) == [MailPlaceOffered(people[1].id, day.slot.id)]


def test_more_places_are_offered_to_those_who_wait(day: Day, by) -> None:
    people = [day.comes() for _ in range(4)]
    change_workshop(day.workshop(day.first), WorkshopWords("Ouvrir", 4), now=clock.now(), by=by)
    assert [day.offer(each) for each in people] == ["", "", "Ouvrir", "Ouvrir"]


def test_a_workshop_that_is_cancelled_leaves_the_second_wish_or_a_choice_and_everybody_is_told(day: Day, by) -> None:
    keeps, has_none = day.comes(second=day.second), day.comes()
    begun = day.asks()
    assert cancel_workshop(day.workshop(day.first), now=clock.now(), by=by) == 2
    assert (day.seat(keeps), day.seat(has_none)) == ("Une visite, trois faits", "")
    assert day.choice(begun).first_id is None
    assert {each.registration_id for each in asked(MailSeatChanged)} == {keeps.id, has_none.id}
    choose_again(has_none, day.access, {day.slot.id: (day.second.id, None)}, now=clock.now())
    assert day.seat(has_none) == "Une visite, trois faits"
    assert cancel_workshop(day.workshop(day.first), now=clock.now(), by=by) == 0


def test_a_day_that_moves_takes_its_slots_along_and_tells_everybody_once(day: Day, by) -> None:
    row, before = day.comes(), day.slot.starts_at
    day.asks()
    later = Hours(day.event.starts_at + 7 * DAY, day.event.ends_at + 7 * DAY)
    assert change_event(day.access, words_of(day, hours=later), now=clock.now(), by=by)
    assert db.session.get_one(EventSlot, day.slot.id).starts_at == before + 7 * DAY
    assert asked(MailEventMoved) == [MailEventMoved(row.id)]
    assert day.access.event.calendar_sequence == 1
    assert not change_event(day.access, words_of(day, title="Un autre titre"), now=clock.now(), by=by)
    assert len(asked(MailEventMoved)) == 1


def test_other_hours_of_a_slot_are_told_as_well(day: Day, by) -> None:
    row = day.comes()
    found = get_slot(day.slot.id)
    assert change_slot(found, Hours(day.slot.starts_at + HOUR, day.slot.ends_at + HOUR), now=clock.now(), by=by)
    assert asked(MailEventMoved) == [MailEventMoved(row.id)]


def test_a_day_that_is_cancelled_is_told_and_changes_no_more(day: Day, by) -> None:
    row = day.comes()
    cancel_event(day.access, "Le collège ferme pour travaux.", now=clock.now(), by=by)
    assert asked(MailEventCancelled) == [MailEventCancelled(row.id)]
    assert day.access.event.calendar_sequence == 1
    with pytest.raises(RuleBroken, match="annulée"):
        change_event(day.access, words_of(day), now=clock.now(), by=by)


def test_a_slot_with_a_workshop_is_not_dropped(day: Day, by) -> None:
    with pytest.raises(RuleBroken, match="a un atelier"):
        drop_slot(get_slot(day.slot.id), now=clock.now(), by=by)
    empty = add_slot(
        day.access, Hours(day.event.starts_at + 4 * HOUR, day.event.starts_at + 5 * HOUR), now=clock.now(), by=by
    )
    drop_slot(get_slot(empty.id), now=clock.now(), by=by)
    assert db.session.query(EventSlot).count() == 1


def test_who_came_is_noted_from_the_beginning_of_the_day_and_may_be_put_right(day: Day, by, moment) -> None:
    there, away = day.comes(), day.comes()
    with pytest.raises(RuleBroken, match="à partir du début"):
        mark_who_came(day.workshop(day.first), {there.id}, (), now=clock.now(), by=by)
    moment.shift(21 * DAY + 3 * HOUR)
    for present in ({there.id, away.id}, {there.id}):
        mark_who_came(day.workshop(day.first), present, {there.id, away.id}, now=clock.now(), by=by)
    came = {row.registration_id for row in db.session.query(SlotChoice) if row.came_at}
    assert came == {there.id}


def test_a_list_opened_before_somebody_came_by_the_door_does_not_untick_them(day: Day, by, moment) -> None:
    ticked, by_door = day.comes(), day.comes()
    moment.shift(21 * DAY + 3 * HOUR)
    mark_who_came(day.workshop(day.first), {by_door.id}, (), now=clock.now(), by=by)
    mark_who_came(day.workshop(day.first), {ticked.id}, (), now=clock.now(), by=None)
    assert {row.registration_id for row in db.session.query(SlotChoice) if row.came_at} == {ticked.id, by_door.id}
