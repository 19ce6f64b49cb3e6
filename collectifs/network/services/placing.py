"""Who sits where, once asked of the database: seats are given, freed and offered one day at a time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import begin_writing, db
from collectifs.network.domain.event import EventState
from collectifs.network.domain.placing import best_of, left_in, left_of, next_for, offer_ends_at
from collectifs.network.domain.work import MailPlaceOffered
from collectifs.network.models import Event, EventSlot, SlotChoice
from collectifs.network.queries.events import EventAccess, SlotFacts, get_event, programme_of
from collectifs.network.queries.registrations import asked_in, choice_for, lapsed_offers, taken_in


def lock_event(event_id: UUID) -> None:
    """Before anything that changes a seat: whoever else does waits, or begins anew. Only what is read after counts.

    What came before (whose link it is, what the form says) was only read, and held nobody up.
    """
    begin_writing(whole_picture=False)
    one_more = update(Event).where(Event.id == event_id).values(revision=Event.revision + 1)
    db.session.execute(one_more, execution_options={"synchronize_session": False})


def seat(choice: SlotChoice, slot: SlotFacts) -> None:
    """Give the best place that is left among the wishes; a seat that is as good already is kept."""
    db.session.flush()
    taken = taken_in(slot.slot.id, but=choice.registration_id)
    left = {each.id: left_of(each.capacity, taken[each.id]) for each in slot.held}
    wishes = [each for each in (choice.first_id, choice.second_id) if each is not None]
    if choice.seat_id in wishes:
        left[choice.seat_id] = 1  # their own
    choice.offer_id = choice.offered_until = None  # whoever chooses anew has an answer at once
    choice.seat_id = best_of(wishes, left)


def offer_places(access: EventAccess, *, now: datetime) -> None:
    """Every free place for which somebody waits is offered, each to the first in its line."""
    if access.state(now) not in (EventState.OPEN, EventState.CLOSED) or now >= access.event.starts_at:
        return
    db.session.flush()
    for slot in programme_of(access.id):
        for workshop in slot.held:
            while _offer_one(access, slot.slot, workshop.id, workshop.capacity, now):
                db.session.flush()


def _offer_one(access: EventAccess, slot: EventSlot, workshop_id: UUID, capacity: int, now: datetime) -> bool:
    rows = asked_in(slot.id)
    who = next_for(workshop_id, rows) if left_in(capacity, workshop_id, rows) else None
    choice = choice_for(who.id, slot.id) if who else None
    if choice is None:
        return False
    choice.offer_id = workshop_id
    choice.offered_until = offer_ends_at(now, access.event.starts_at)
    ask(MailPlaceOffered(choice.registration_id, slot.id))
    return True


def drop_wish(choice: SlotChoice, workshop_id: UUID) -> None:
    """A workshop is no longer wished for: its offer and its seat end; a second wish becomes the first."""
    if choice.offer_id == workshop_id:
        choice.offer_id = choice.offered_until = None
    if choice.seat_id == workshop_id:
        choice.seat_id = None
    if choice.first_id == workshop_id:
        choice.first_id, choice.first_at, choice.second_id = choice.second_id, choice.second_at, None
    if choice.second_id == workshop_id:
        choice.second_id = None


def let_offers_lapse(*, now: datetime) -> None:
    """An offer without an answer goes to the next in line; whoever did not answer waits for it no more."""
    for event_id in dict.fromkeys(day for day, _, _ in lapsed_offers(now)):
        lock_event(event_id)
        for _, who, slot_id in [each for each in lapsed_offers(now) if each[0] == event_id]:
            choice = choice_for(who, slot_id)
            if choice is not None and choice.offer_id is not None:
                drop_wish(choice, choice.offer_id)
        access = get_event(event_id)
        if access is not None:
            offer_places(access, now=now)
