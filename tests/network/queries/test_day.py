"""A day as somebody lives it: what they have in each slot, what they wait for and at which rank, where they go next."""

from datetime import timedelta

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.models import SlotChoice
from collectifs.network.queries.day import MyLine, my_day, next_place
from collectifs.people.models import Territory
from tests import eventing, factories
from tests.eventing import Day

SECOND = timedelta(seconds=1)


@pytest.fixture
def day(app: Flask, place: Territory) -> Day:
    return Day(place)


def chosen(day: Day, rank: int, state: RegistrationState = RegistrationState.CONFIRMED, **has: object):
    row, at = eventing.registration(day.event, state=state), clock.now() + rank * SECOND
    usual = {"first_id": day.first.id, "second_id": day.second.id, "first_at": at, "second_at": at}
    factories.add(SlotChoice(registration_id=row.id, slot_id=day.slot.id, **(usual | has)))
    return row


def line(day: Day, row) -> MyLine:
    (found,) = [each for each in my_day(row) if each.slot.id == day.slot.id]
    return found


def test_a_slot_in_which_nothing_was_asked_is_there_and_empty(day: Day) -> None:
    later = eventing.slot(day.event, 4)
    first, second = my_day(chosen(day, 1, seat_id=day.first.id))
    assert (first.slot, first.seat, first.waits, first.is_second) == (day.slot, day.first, (), False)
    assert second == MyLine(later)


def test_a_second_wish_is_told_as_such_and_the_first_is_waited_for_at_its_rank(day: Day) -> None:
    chosen(day, 1, seat_id=day.second.id)
    mine = line(day, chosen(day, 2, seat_id=day.second.id))
    assert (mine.seat, mine.is_second, mine.waits) == (day.second, True, ((day.first, 2),))


def test_whoever_has_nothing_waits_for_both_wishes(day: Day) -> None:
    chosen(day, 1, first_id=day.second.id, second_id=None)
    mine = line(day, chosen(day, 2))
    assert (mine.seat, mine.is_second, mine.waits) == (None, False, ((day.first, 1), (day.second, 2)))


def test_what_is_offered_is_not_waited_for_any_more(day: Day) -> None:
    until = clock.now() + timedelta(hours=48)
    mine = line(day, chosen(day, 1, second_id=None, offer_id=day.first.id, offered_until=until))
    assert (mine.offer, mine.offered_until, mine.waits) == (day.first, until, ())


def test_before_they_confirm_nobody_has_a_rank(day: Day) -> None:
    chosen(day, 0)
    assert line(day, chosen(day, 1, RegistrationState.STARTED)).waits == ()


def test_the_door_saw_them(day: Day) -> None:
    mine = line(day, chosen(day, 1, seat_id=day.first.id, came_at=clock.now()))
    assert mine.came_at == clock.now()


def test_on_the_day_itself_one_is_told_where_to_go_next(day: Day) -> None:
    later = eventing.slot(day.event, 4)
    other = eventing.workshop(later, "Observer")
    row, at = chosen(day, 1, seat_id=day.first.id), clock.now()
    factories.add(SlotChoice(registration_id=row.id, slot_id=later.id, seat_id=other.id, first_at=at, second_at=at))
    db.session.flush()
    lines, morning = my_day(row), day.event.starts_at
    for now, seat in (
        (morning - timedelta(hours=8), day.first),  # half past one in Paris, that day
        (morning - timedelta(hours=10), None),  # half past eleven, the evening before
        (day.slot.ends_at - SECOND, day.first),
        (day.slot.ends_at, other),
        (later.ends_at, None),
    ):
        found = next_place(lines, day.access, now)
        assert (found.seat if found else None) is seat, now
    assert next_place([MyLine(day.slot)], day.access, morning) is None
