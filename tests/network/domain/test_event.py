"""A day: when it is open, which hours, slots and rooms can be."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.network.domain.event import (
    EventState,
    Hours,
    check_capacity,
    check_event_hours,
    check_room,
    check_slot,
    check_slots_fit,
    hours_of,
    is_reminder_due,
    shifted,
    state_of_event,
)
from collectifs.network.domain.registration import check_may_choose, check_may_register, check_offer

PARIS = ZoneInfo("Europe/Paris")
DAY = Hours(datetime(2027, 4, 3, 7, 30, tzinfo=UTC), datetime(2027, 4, 3, 14, 30, tzinfo=UTC))
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "published", "cancelled", "state"),
    [
        (datetime(2027, 3, 1, tzinfo=UTC), False, False, EventState.DRAFT),
        (datetime(2027, 3, 1, tzinfo=UTC), True, False, EventState.OPEN),
        (datetime(2027, 3, 31, 21, 59, tzinfo=UTC), True, False, EventState.OPEN),
        (datetime(2027, 3, 31, 22, 1, tzinfo=UTC), True, False, EventState.CLOSED),
        (datetime(2027, 4, 3, 14, 30, tzinfo=UTC), True, False, EventState.OVER),
        (datetime(2027, 3, 1, tzinfo=UTC), True, True, EventState.CANCELLED),
    ],
)
def test_registrations_are_open_on_their_last_day_as_the_place_counts_days(now, published, cancelled, state) -> None:
    flags = {"is_published": published, "is_cancelled": cancelled}
    assert state_of_event(DAY, date(2027, 3, 31), **flags, now=now, zone=PARIS) is state


def test_nobody_registers_once_the_day_has_begun() -> None:
    flags = {"is_published": True, "is_cancelled": False}
    assert state_of_event(DAY, date(2027, 4, 3), **flags, now=DAY.starts_at, zone=PARIS) is EventState.CLOSED


def test_hours_are_those_of_the_place_and_may_end_on_another_day() -> None:
    hours = hours_of(date(2027, 4, 3), time(9, 30), time(16), PARIS, date(2027, 4, 4))
    assert hours.starts_at == DAY.starts_at
    assert hours.ends_at == datetime(2027, 4, 4, 14, tzinfo=UTC)
    for last, ends in ((None, time(9)), (date(2027, 4, 2), time(16))):
        with pytest.raises(RuleBroken, match="après le début"):
            hours_of(date(2027, 4, 3), time(9, 30), ends, PARIS, last)


@pytest.mark.parametrize(
    ("hours", "closes", "words"),
    [
        (Hours(datetime(2027, 2, 1, tzinfo=UTC), datetime(2027, 2, 1, 3, tzinfo=UTC)), date(2027, 1, 1), "est passé"),
        (Hours(DAY.starts_at, DAY.starts_at + timedelta(days=5)), date(2027, 4, 1), "Quatre jours"),
        (DAY, date(2027, 4, 4), "se ferment avant"),
    ],
)
def test_days_that_cannot_be(hours, closes, words) -> None:
    with pytest.raises(RuleBroken, match=words):
        check_event_hours(hours, closes, now=datetime(2027, 3, 1, tzinfo=UTC), zone=PARIS)


def test_a_slot_stands_within_its_day_and_over_no_other() -> None:
    first = Hours(DAY.starts_at, DAY.starts_at + HOUR)
    check_slot(Hours(first.ends_at, first.ends_at + HOUR), DAY, [first])
    with pytest.raises(RuleBroken, match="recouvre"):
        check_slot(Hours(first.ends_at - HOUR / 2, first.ends_at + HOUR), DAY, [first])
    with pytest.raises(RuleBroken, match="sort des heures"):
        check_slot(Hours(DAY.starts_at - HOUR, DAY.starts_at), DAY, [])
    with pytest.raises(RuleBroken, match="sortirait"):
        check_slots_fit([first], Hours(DAY.starts_at + HOUR / 2, DAY.ends_at))


def test_slots_move_with_their_day_on_the_clocks_of_the_place() -> None:
    before = hours_of(date(2027, 3, 20), time(9), time(16), PARIS)
    after = hours_of(date(2027, 4, 3), time(10), time(17), PARIS)  # the clocks have changed meanwhile
    slot = hours_of(date(2027, 3, 20), time(14), time(15), PARIS)
    assert shifted(slot, before, after, PARIS) == hours_of(date(2027, 4, 3), time(15), time(16), PARIS)


@pytest.mark.parametrize("capacity", [0, -1, 501])
def test_from_one_to_five_hundred_places(capacity) -> None:
    with pytest.raises(RuleBroken, match="De 1 à 500"):
        check_capacity(capacity)


def test_a_room_has_one_workshop_in_a_slot() -> None:
    taken = [(UUID(int=1), "B 12"), (UUID(int=2), "")]
    check_room("B 14", taken)
    check_room("", taken)
    check_room("b 12", taken, UUID(int=1))
    with pytest.raises(RuleBroken, match="a déjà un atelier"):
        check_room("b 12", taken)


@pytest.mark.parametrize(
    ("state", "words"),
    [(EventState.CLOSED, "sont closes"), (EventState.CANCELLED, "annulée"), (EventState.OVER, "passée")],
)
def test_one_registers_while_it_is_open(state, words) -> None:
    check_may_register(EventState.OPEN)
    with pytest.raises(RuleBroken, match=words):
        check_may_register(state)


def test_choices_change_until_the_end_registrations_closed_or_not() -> None:
    for state in (EventState.OPEN, EventState.CLOSED):
        check_may_choose(state)
    for state in (EventState.CANCELLED, EventState.OVER, EventState.DRAFT):
        with pytest.raises(RuleBroken):
            check_may_choose(state)


def test_an_offer_is_taken_while_it_lasts() -> None:
    check_offer(DAY.starts_at, DAY.starts_at - HOUR)
    for until in (None, DAY.starts_at):
        with pytest.raises(RuleBroken, match="n’est plus offerte"):
            check_offer(until, DAY.starts_at)


@pytest.mark.parametrize(
    ("zone", "now", "is_due"),
    [
        ("Europe/Paris", datetime(2027, 4, 2, 6, 59, tzinfo=UTC), False),
        ("Europe/Paris", datetime(2027, 4, 2, 7, 0, tzinfo=UTC), True),  # nine in the morning there
        ("Europe/Paris", datetime(2027, 4, 3, 7, 29, tzinfo=UTC), True),
        ("Europe/Paris", datetime(2027, 4, 3, 7, 30, tzinfo=UTC), False),  # it begins
        ("Indian/Reunion", datetime(2027, 4, 2, 4, 59, tzinfo=UTC), False),
        ("Indian/Reunion", datetime(2027, 4, 2, 5, 0, tzinfo=UTC), True),
    ],
)
def test_the_reminder_leaves_on_the_eve_from_nine_as_the_place_counts_until_the_day_begins(zone, now, is_due) -> None:
    assert is_reminder_due(DAY, now, ZoneInfo(zone)) is is_due
