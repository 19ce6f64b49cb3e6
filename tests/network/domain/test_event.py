"""A day: when it is open, which hours, slots and rooms can be."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.network.domain.event import (
    EventKind,
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
        (datetime(2027, 4, 3, 14, 29, tzinfo=UTC), True, False, EventState.CLOSED),
        (datetime(2027, 4, 3, 14, 30, tzinfo=UTC), True, False, EventState.OVER),
        (datetime(2027, 4, 4, tzinfo=UTC), False, False, EventState.DRAFT),
        (datetime(2027, 3, 1, tzinfo=UTC), True, True, EventState.CANCELLED),
    ],
)
def test_registrations_are_open_on_their_last_day_as_the_place_counts_days(now, published, cancelled, state) -> None:
    flags = {"is_published": published, "is_cancelled": cancelled}
    assert state_of_event(DAY, date(2027, 3, 31), **flags, now=now, zone=PARIS) is state


def test_nobody_registers_once_the_day_has_begun() -> None:
    flags = {"is_published": True, "is_cancelled": False}
    for seconds, state in ((-1, EventState.OPEN), (0, EventState.CLOSED)):
        now = DAY.starts_at + timedelta(seconds=seconds)
        assert state_of_event(DAY, date(2027, 4, 3), **flags, now=now, zone=PARIS) is state


def test_hours_are_those_of_the_place_and_may_end_on_another_day() -> None:
    hours = hours_of(date(2027, 4, 3), time(9, 30), time(16), PARIS, date(2027, 4, 4))
    assert hours.starts_at == DAY.starts_at
    assert hours.ends_at == datetime(2027, 4, 4, 14, tzinfo=UTC)
    same_day = hours_of(date(2027, 4, 3), time(9, 30), time(9, 31), PARIS)
    assert same_day.ends_at - same_day.starts_at == timedelta(minutes=1)


@pytest.mark.parametrize(
    ("last", "ends", "field"),
    [
        (None, time(9), "ends"),
        (None, time(9, 30), "ends"),
        (date(2027, 4, 3), time(9), "ends"),
        (date(2027, 4, 2), time(16), "last_day"),
    ],
)
def test_an_end_before_the_beginning_is_told_beside_what_was_typed(last, ends, field) -> None:
    with pytest.raises(RuleBroken, match="après le début") as refused:
        hours_of(date(2027, 4, 3), time(9, 30), ends, PARIS, last)
    assert refused.value.field == field


NOW = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "closes", "words", "field"),
    [
        (Hours(NOW - HOUR, NOW + HOUR), date(2027, 1, 1), "est passé", "day"),
        (Hours(NOW, NOW + HOUR), date(2027, 1, 1), "est passé", "day"),
        (Hours(DAY.starts_at, DAY.starts_at + timedelta(days=4, minutes=1)), date(2027, 4, 1), "Quatre", "last_day"),
        (DAY, date(2027, 4, 4), "se ferment avant", "closes_on"),
    ],
)
def test_days_that_cannot_be(hours, closes, words, field) -> None:
    with pytest.raises(RuleBroken, match=words) as refused:
        check_event_hours(hours, closes, now=NOW, zone=PARIS)
    assert refused.value.field == field


def test_a_day_lasts_four_at_most_and_its_registrations_may_end_with_its_first() -> None:
    check_event_hours(DAY, date(2027, 4, 3), now=NOW, zone=PARIS)
    check_event_hours(Hours(NOW + HOUR, NOW + HOUR + timedelta(days=4)), date(2027, 3, 1), now=NOW, zone=PARIS)


def minutes_after(starts: int, ends: int) -> Hours:
    return Hours(DAY.starts_at + timedelta(minutes=starts), DAY.starts_at + timedelta(minutes=ends))


@pytest.mark.parametrize(
    ("slot", "words"),
    [
        (minutes_after(0, 60), ""),
        (minutes_after(120, 420), ""),  # to the last minute of the day
        (minutes_after(-1, 60), "sort des heures"),
        (minutes_after(120, 421), "sort des heures"),
        (minutes_after(0, 61), "recouvre"),
        (minutes_after(119, 180), "recouvre"),
        (minutes_after(0, 180), "recouvre"),
        (minutes_after(70, 80), "recouvre"),
        (minutes_after(60, 120), "recouvre"),
    ],
)
def test_a_slot_stands_within_its_day_and_over_no_other(slot: Hours, words: str) -> None:
    others = [minutes_after(60, 120)]
    if not words:
        check_slot(slot, DAY, others)
        return
    with pytest.raises(RuleBroken, match=words) as refused:
        check_slot(slot, DAY, others)
    assert refused.value.field == "starts"


def test_a_day_does_not_shrink_under_its_slots() -> None:
    slots = [minutes_after(0, 60), minutes_after(60, 120)]
    check_slots_fit(slots, minutes_after(0, 120))
    for shorter in (minutes_after(1, 120), minutes_after(0, 119)):
        with pytest.raises(RuleBroken, match="sortirait") as refused:
            check_slots_fit(slots, shorter)
        assert refused.value.field == "ends"


def test_slots_move_with_their_day_on_the_clocks_of_the_place() -> None:
    before = hours_of(date(2027, 3, 20), time(9), time(16), PARIS)
    after = hours_of(date(2027, 4, 3), time(10), time(17), PARIS)  # the clocks have changed meanwhile
    slot = hours_of(date(2027, 3, 20), time(14), time(15), PARIS)
    assert shifted(slot, before, after, PARIS) == hours_of(date(2027, 4, 3), time(15), time(16), PARIS)


@pytest.mark.parametrize(("capacity", "can_be"), [(-1, False), (0, False), (1, True), (500, True), (501, False)])
def test_from_one_to_five_hundred_places(capacity: int, can_be: bool) -> None:
    if can_be:
        check_capacity(capacity)
        return
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
    [
        (EventState.DRAFT, "sont closes"),
        (EventState.CLOSED, "sont closes"),
        (EventState.CANCELLED, "annulée"),
        (EventState.OVER, "passée"),
    ],
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
    check_offer(DAY.starts_at, DAY.starts_at - timedelta(seconds=1))
    for until in (None, DAY.starts_at, DAY.starts_at - HOUR):
        with pytest.raises(RuleBroken, match="n’est plus offerte"):
            check_offer(until, DAY.starts_at)


def test_what_a_day_is_and_where_it_stands_are_said_in_words() -> None:
    assert EventKind.BETWEEN_SCHOOLS.label == "journée inter-écoles"
    assert [each.label for each in EventState] == [
        "pas encore publiée", "inscriptions ouvertes", "inscriptions closes", "passée", "annulée",
    ]  # fmt: skip


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
