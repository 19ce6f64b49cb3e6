"""A day as somebody who is registered for it lives it: slot by slot, what they have, what they wait for."""

from dataclasses import dataclass
from datetime import datetime

from collectifs.network.domain.placing import Asked, line_for
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.models import EventSlot, Registration, SlotChoice, Workshop
from collectifs.network.queries.events import SlotFacts, programme_of
from collectifs.network.queries.registrations import asked_in, choices_of


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
    return [_line(row, slot, chosen.get(slot.slot.id)) for slot in programme_of(row.event_id)]


def _line(row: Registration, slot: SlotFacts, choice: SlotChoice | None) -> MyLine:
    if choice is None:
        return MyLine(slot.slot)
    known = {each.id: each for each in slot.workshops}
    mine = Asked(
        row.id, choice.first_id, choice.second_id, choice.first_at, choice.second_at, choice.seat_id, choice.offer_id
    )
    awaited = [each for each in mine.waits_for if each != choice.offer_id]
    is_confirmed = row.state is RegistrationState.CONFIRMED
    rows = asked_in(slot.slot.id) if awaited and is_confirmed else []
    return MyLine(
        slot.slot,
        known[choice.seat_id] if choice.seat_id else None,
        choice.seat_id is not None and choice.seat_id == choice.second_id,
        known[choice.offer_id] if choice.offer_id else None,
        choice.offered_until,
        tuple((known[each], 1 + [one.id for one in line_for(each, rows)].index(row.id)) for each in awaited if rows),
        choice.came_at,
    )
