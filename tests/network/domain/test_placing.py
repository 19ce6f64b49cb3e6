"""Who sits where: first wish, second wish, the line, offers, fewer places."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.network.domain.placing import (
    Asked,
    best_of,
    check_is_meant,
    check_wishes,
    left_in,
    line_for,
    next_for,
    offer_ends_at,
    put_out,
)

A, B, C = (UUID(int=each) for each in (101, 102, 103))
SLOT, OTHER = UUID(int=201), UUID(int=202)
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def asked(
    number: int, first: UUID | None = A, second: UUID | None = None, seat: UUID | None = None, offer: UUID | None = None
) -> Asked:
    at = NOON + timedelta(minutes=number)
    return Asked(UUID(int=number), first, second, at, at, seat, offer)


@pytest.mark.parametrize(
    ("left", "wishes", "seat"),
    [
        ({A: 1, B: 1}, (A, B), A),
        ({A: 0, B: 1}, (A, B), B),
        ({A: 0, B: 0}, (A, B), None),
        ({A: 1}, (), None),
        ({}, (A,), None),
    ],
)
def test_the_first_wish_then_the_second_then_none(left, wishes, seat) -> None:
    assert best_of(wishes, left) == seat


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ([], 2),
        ([asked(1, seat=A)], 1),
        ([asked(1, seat=A), asked(2, offer=A)], 0),
        ([asked(1, seat=A), asked(2, seat=A), asked(3, seat=A)], 0),
        ([asked(1, seat=B)], 2),
    ],
)
def test_a_place_that_is_offered_is_given_to_nobody_else(rows, left) -> None:
    assert left_in(2, A, rows) == left


@pytest.mark.parametrize(
    ("row", "waits"),
    [
        (asked(1, A, B), (A, B)),
        (asked(1, A, B, seat=B), (A,)),
        (asked(1, A, B, seat=A), ()),
        (asked(1, A), (A,)),
        (asked(1, None), ()),
    ],
)
def test_whoever_has_less_than_their_first_wish_waits_for_what_they_would_rather_have(row, waits) -> None:
    assert row.waits_for == waits


def test_the_line_is_in_the_order_of_asking_and_an_offer_stands_in_front() -> None:
    rows = [asked(3), asked(1), asked(2, A, B, seat=B, offer=A), asked(4, B)]
    assert [each.id.int for each in line_for(A, rows)] == [2, 1, 3]
    assert next_for(A, rows).id.int == 1


def test_a_second_wish_added_later_does_not_pass_those_who_waited_before() -> None:
    late = Asked(UUID(int=1), B, A, NOON, NOON + timedelta(hours=1))
    assert next_for(A, [late, asked(5)]).id.int == 5


def test_whoever_thinks_about_an_offer_gets_no_other_meanwhile() -> None:
    assert next_for(A, [asked(1, A, B, offer=B), asked(2)]).id.int == 2
    assert next_for(A, [asked(1, A, B, offer=B)]) is None


def test_with_fewer_places_offers_end_first_then_the_last_to_have_asked() -> None:
    rows = [asked(1, seat=A), asked(2, seat=A), asked(3, seat=A), asked(0, offer=A), asked(4, seat=B)]
    assert [each.id.int for each in put_out(A, 2, rows)] == [3, 0]
    assert put_out(A, 4, rows) == []


def test_an_offer_lasts_48_hours_and_ends_with_the_beginning_of_the_day() -> None:
    assert offer_ends_at(NOON, NOON + timedelta(days=9)) == NOON + timedelta(hours=48)
    assert offer_ends_at(NOON, NOON + timedelta(hours=5)) == NOON + timedelta(hours=5)


@pytest.mark.parametrize(
    ("wishes", "words", "slot"),
    [
        ({SLOT: (A, A)}, "le même atelier", SLOT),
        ({SLOT: (None, B)}, "d’abord un premier choix", SLOT),
        ({SLOT: (C, None)}, "n’a pas lieu dans ce créneau", SLOT),
        ({SLOT: (A, C)}, "n’a pas lieu dans ce créneau", SLOT),
        ({SLOT: (A, None), OTHER: (A, None)}, "n’a pas lieu dans ce créneau", OTHER),
        ({SLOT: (None, None)}, "un atelier au moins", None),
        ({}, "un atelier au moins", None),
    ],
)
def test_wishes_that_cannot_be_are_refused_beside_their_slot(wishes, words, slot) -> None:
    with pytest.raises(RuleBroken, match=words) as refused:
        check_wishes(wishes, {SLOT: {A, B}, OTHER: {C}})
    assert refused.value.field == (f"first-{slot}" if slot else None)


def test_wishes_that_can_be() -> None:
    check_wishes({SLOT: (A, B), OTHER: (None, None)}, {SLOT: {A, B}, OTHER: {C}})
    check_wishes({SLOT: (A, None), OTHER: (C, None)}, {SLOT: {A, B}, OTHER: {C}})


@pytest.mark.parametrize(
    ("losing", "capacity", "words"),
    [
        (["Maud"], 1, "Avec une place, Maud passe en liste d’attente, et un message le lui dira."),
        (
            ["Maud", "Karim"],
            12,
            "Avec douze places, Maud et Karim passent en liste d’attente, et un message le leur dira.",
        ),
    ],
)
def test_whoever_would_lose_their_place_is_named_before_it_is_done(losing, capacity, words) -> None:
    check_is_meant([], capacity)
    with pytest.raises(RuleBroken) as refused:
        check_is_meant(losing, capacity)
    assert refused.value.sentence == f"{words} Enregistrez de nouveau si c’est bien ce que vous voulez."
    assert refused.value.field == "capacity"
