"""A day as somebody who is registered for it lives it: slot by slot, what they have, what they wait for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from collectifs.network.domain.placing import Asked, line_for
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.models import EventSlot, Registration, SlotChoice, Workshop
from collectifs.network.queries.events import EventAccess, SlotFacts, programme_of
from collectifs.network.queries.registrations import asked_by_slot, choices_of


@dataclass(frozen=True)
class MyLine:
    """One slot. `is_second`: the seat is the second wish. `waits`: what is waited for, with the rank in its line."""

    slot: EventSlot
    seat: Workshop | None = None
    is_second: bool = False
    offer: Workshop | None = None
    offered_until: datetime | None = None
    waits: tuple[tuple[Workshop, int], ...] = ()
    came_at: datetime | None = None


def my_day(row: Registration) -> list[MyLine]:
    """The slots of the day, in their order; a slot in which nothing was asked is there, and empty."""
    chosen = {each.slot_id: each for each in choices_of(row.id)}
    has_a_rank = row.state is RegistrationState.CONFIRMED and any(_awaited(each) for each in chosen.values())
    asked = asked_by_slot(row.event_id) if has_a_rank else {}
    return [_line(row, slot, chosen.get(slot.slot.id), asked) for slot in programme_of(row.event_id)]


def next_place(lines: Sequence[MyLine], access: EventAccess, now: datetime) -> MyLine | None:
    """On the day itself: the workshop that one is in, or goes to next; nothing on other days, and once all are over."""
    today = now.astimezone(access.zone).date()
    ahead = (each for each in lines if each.seat is not None and each.slot.ends_at > now)
    first = next(ahead, None)
    return first if first is not None and first.slot.starts_at.astimezone(access.zone).date() == today else None


def _awaited(choice: SlotChoice) -> list[UUID]:
    wished = (choice.first_id, choice.second_id, choice.first_at, choice.second_at)
    mine = Asked(choice.registration_id, *wished, choice.seat_id, choice.offer_id)
    return [each for each in mine.waits_for if each != choice.offer_id]


def _line(
    row: Registration, slot: SlotFacts, choice: SlotChoice | None, asked: Mapping[UUID, Sequence[Asked]]
) -> MyLine:
    if choice is None:
        return MyLine(slot.slot)
    known, rows = {each.id: each for each in slot.workshops}, asked.get(slot.slot.id, ())
    return MyLine(
        slot.slot,
        known[choice.seat_id] if choice.seat_id else None,
        choice.seat_id is not None and choice.seat_id == choice.second_id,
        known[choice.offer_id] if choice.offer_id else None,
        choice.offered_until,
        tuple((known[each], _rank(row.id, each, rows)) for each in _awaited(choice) if rows),
        choice.came_at,
    )


def _rank(who: UUID, workshop: UUID, rows: Sequence[Asked]) -> int:
    return 1 + [each.id for each in line_for(workshop, rows)].index(who)
