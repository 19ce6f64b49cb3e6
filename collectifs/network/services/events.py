"""What a manager does with a day: write it, its slots and workshops; publish, move or cancel it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from collectifs.campaign.domain.call import CODE_LETTERS
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.kernel.text.folding import folded
from collectifs.network.domain.event import (
    EventKind,
    Hours,
    check_capacity,
    check_event_hours,
    check_room,
    check_slot,
    check_slots_fit,
    is_reminder_due,
    shifted,
)
from collectifs.network.domain.placing import put_out
from collectifs.network.domain.registration import RegistrationState, SeatNews
from collectifs.network.domain.work import MailEventCancelled, MailEventMoved, MailSeatChanged
from collectifs.network.models import Event, EventPartner, EventSlot, SlotChoice, Workshop
from collectifs.network.queries.events import (
    EventAccess,
    EventPartnerAccess,
    SlotAccess,
    SlotFacts,
    WorkshopAccess,
    event_slugs_taken,
    programme_of,
)
from collectifs.network.queries.registrations import (
    asked_in,
    choice_for,
    choices_naming,
    confirmed_ids,
    get_registration,
)
from collectifs.network.services.placing import drop_wish, lock_event, offer_places, seat
from collectifs.people.domain.person import Person
from collectifs.people.models import Territory

CODE_LENGTH = 6


@dataclass(frozen=True)
class EventWords:
    """What a day says of itself."""

    kind: EventKind
    title: str
    hours: Hours
    place: str
    closes_on: date
    invitation: str = ""


@dataclass(frozen=True)
class WorkshopWords:
    """What a workshop says of itself."""

    title: str
    capacity: int
    summary: str = ""
    host: str = ""
    room: str = ""
    canvas_id: str = ""


def create_event(territory: Territory, words: EventWords, *, now: datetime, by: Person) -> Event:
    """A day to come; nobody reads it before it is published."""
    row = Event(id=uuid4(), territory_id=territory.id, calendar_sequence=0, revision=0, said_at=now)
    _write(row, territory, words, now)
    row.slug = _free_slug(words.title)
    db.session.add(row)
    db.session.flush()
    record("event_created", row, by=by)
    return row


def _write(row: Event, territory: Territory, words: EventWords, now: datetime) -> None:
    zone = EventAccess(row, territory).zone
    check_event_hours(words.hours, words.closes_on, now=now, zone=zone)
    row.kind, row.title, row.invitation, row.place = words.kind, words.title, words.invitation, words.place
    row.starts_at, row.ends_at, row.closes_on = words.hours.starts_at, words.hours.ends_at, words.closes_on
    row.season = season_of(words.hours.starts_at.astimezone(zone).date())


def _free_slug(title: str) -> str:
    """« jouer-et-apprendre »; with a number when another day has it."""
    plain, taken = "-".join(folded(title).split())[:60], event_slugs_taken()
    return next(each for each in (plain, *(f"{plain}-{number}" for number in range(2, 10_000))) if each not in taken)


def change_event(access: EventAccess, words: EventWords, *, now: datetime, by: Person) -> bool:
    """Its words, hours and place; its slots move with it. Returns whether whoever is registered is told."""
    event = access.event
    _check_goes_on(access, now)
    former, former_place = access.hours, event.place
    has_moved = (former, former_place) != (words.hours, words.place)
    slots = programme_of(access.id)
    moved = [shifted(each.hours, former, words.hours, access.zone) for each in slots]
    check_slots_fit(moved, words.hours)
    _write(event, access.territory, words, now)
    for each, hours in zip(slots, moved, strict=True):
        each.slot.starts_at, each.slot.ends_at = hours.starts_at, hours.ends_at
    record("event_changed", event, by=by)
    return has_moved and _tell_moved(access, now)


def _check_goes_on(access: EventAccess, now: datetime) -> None:
    if access.event.cancelled_at is not None:
        raise RuleBroken("Cette journée est annulée.")
    if now >= access.event.starts_at:
        raise RuleBroken("Cette journée a commencé : elle ne change plus.")


def _tell_moved(access: EventAccess, now: datetime) -> bool:
    access.event.calendar_sequence += 1
    access.event.said_at = now
    if not is_reminder_due(access.hours, now, access.zone):  # on its eve, what moves is told at once
        access.event.reminded_at = None
    people = confirmed_ids(access.id)
    for each in people:
        ask(MailEventMoved(each))
    return bool(people)


def publish_event(access: EventAccess, *, now: datetime, by: Person) -> None:
    """From now on anybody reads it, and may register."""
    _check_goes_on(access, now)
    if not any(each.held for each in programme_of(access.id)):
        raise RuleBroken("Ajoutez d’abord un créneau et un atelier : rien n’y serait à choisir.")
    if access.event.published_at is None:
        access.event.published_at = now
        record("event_published", access.event, by=by)


def cancel_event(access: EventAccess, sentence: str, *, now: datetime, by: Person) -> None:
    """It does not take place: whoever is registered is told, calendars too."""
    _check_goes_on(access, now)
    event = access.event
    event.cancelled_at, event.cancel_words, event.said_at = now, sentence, now
    event.calendar_sequence += 1
    for each in confirmed_ids(access.id):
        ask(MailEventCancelled(each))
    record("event_cancelled", event, by=by)


def add_slot(access: EventAccess, hours: Hours, *, now: datetime, by: Person) -> EventSlot:
    """A time of the day in which workshops go on."""
    _check_goes_on(access, now)
    check_slot(hours, access.hours, [each.hours for each in programme_of(access.id)])
    row = EventSlot(id=uuid4(), event_id=access.id, starts_at=hours.starts_at, ends_at=hours.ends_at)
    db.session.add(row)
    db.session.flush()
    record("slot_added", row, by=by)
    return row


def change_slot(found: SlotAccess, hours: Hours, *, now: datetime, by: Person) -> bool:
    """Other hours; returns whether whoever is registered is told."""
    _check_goes_on(found.access, now)
    others = [each.hours for each in programme_of(found.access.id) if each.slot.id != found.slot.id]
    check_slot(hours, found.access.hours, others)
    has_moved = (hours.starts_at, hours.ends_at) != (found.slot.starts_at, found.slot.ends_at)
    found.slot.starts_at, found.slot.ends_at = hours.starts_at, hours.ends_at
    record("slot_changed", found.slot, by=by)
    return has_moved and _tell_moved(found.access, now)


def drop_slot(found: SlotAccess, *, now: datetime, by: Person) -> None:
    """A slot without a workshop, written by mistake."""
    _check_goes_on(found.access, now)
    if any(each.slot.id == found.slot.id and each.workshops for each in programme_of(found.access.id)):
        raise RuleBroken("Ce créneau a un atelier : annulez-le d’abord, le créneau reste pour mémoire.")
    record("slot_dropped", found.slot, by=by)
    db.session.delete(found.slot)


def add_workshop(found: SlotAccess, words: WorkshopWords, *, now: datetime, by: Person) -> Workshop:
    """One more workshop in a slot."""
    _check_goes_on(found.access, now)
    row = Workshop(id=uuid4(), slot_id=found.slot.id)
    _describe(row, words, _taken(found))
    db.session.add(row)
    db.session.flush()
    record("workshop_added", row, by=by)
    return row


def _taken(found: SlotAccess) -> list[tuple[UUID, str]]:
    here = [each for each in programme_of(found.access.id) if each.slot.id == found.slot.id]
    return [(each.id, each.room) for slot in here for each in slot.held]


def _describe(row: Workshop, words: WorkshopWords, taken: Iterable[tuple[UUID, str]]) -> None:
    check_capacity(words.capacity)
    check_room(words.room, taken, row.id)
    for name, value in vars(words).items():
        setattr(row, name, value)


def losing_a_place(found: WorkshopAccess, capacity: int) -> list[UUID]:
    """Whoever would have no place any more with so many: their registrations, before anything is done."""
    return [each.id for each in put_out(found.workshop.id, capacity, asked_in(found.slot.id))]


def change_workshop(found: WorkshopAccess, words: WorkshopWords, *, now: datetime, by: Person) -> int:
    """Its words and its places. With fewer, the last to have asked go back to the line; returns how many."""
    _check_goes_on(found.access, now)
    lock_event(found.access.id)
    lost = losing_a_place(found, words.capacity)
    _describe(found.workshop, words, _taken(SlotAccess(found.slot, found.access)))
    slot = next(each for each in programme_of(found.access.id) if each.slot.id == found.slot.id)
    for registration_id in lost:
        choice = choice_for(registration_id, found.slot.id)
        if choice is not None:
            if choice.seat_id == found.workshop.id:
                choice.seat_id = None
            seat(choice, slot)
            ask(MailSeatChanged(registration_id, found.workshop.id, SeatNews.FEWER))
    offer_places(found.access, now=now)
    record("workshop_changed", found.workshop, by=by)
    return len(lost)


def cancel_workshop(found: WorkshopAccess, *, now: datetime, by: Person) -> int:
    """It does not take place. Its people keep their other wish where there is room, and are told; returns how many."""
    _check_goes_on(found.access, now)
    if found.workshop.cancelled_at is not None:
        return 0
    lock_event(found.access.id)
    found.workshop.cancelled_at = now
    db.session.flush()
    slot = next(each for each in programme_of(found.access.id) if each.slot.id == found.slot.id)
    told = [each for each in choices_naming(found.workshop.id) if _loses(each, found.workshop.id, slot)]
    for each in told:
        ask(MailSeatChanged(each.registration_id, found.workshop.id, SeatNews.CANCELLED))
    offer_places(found.access, now=now)
    record("workshop_cancelled", found.workshop, by=by)
    return len(told)


def _loses(choice: SlotChoice, workshop_id: UUID, slot: SlotFacts) -> bool:
    """Whether somebody who confirmed had it, or waited for it; they get what is best among their other wishes."""
    drop_wish(choice, workshop_id)
    row = get_registration(choice.registration_id)
    is_confirmed = row is not None and row.state is RegistrationState.CONFIRMED
    if is_confirmed and choice.first_id is not None:
        seat(choice, slot)
    return is_confirmed


def add_event_partner(access: EventAccess, name: str, *, now: datetime, by: Person) -> EventPartner:
    """A programme that passes the day on, with a link of its own."""
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    row = EventPartner(id=uuid4(), event_id=access.id, name=name, slug=code, made_at=now)
    db.session.add(row)
    db.session.flush()
    record("event_partner_added", row, by=by)
    return row


def stop_event_partner(found: EventPartnerAccess, *, now: datetime, by: Person) -> None:
    """Whoever follows the link still reads the day; it counts for nobody any more."""
    if found.partner.revoked_at is None:
        found.partner.revoked_at = now
        record("event_partner_stopped", found.partner, by=by)
