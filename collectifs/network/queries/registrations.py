"""Registrations: one, those of a day, what they asked of each slot and have."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from collectifs.kernel.extensions import db
from collectifs.kernel.text.folding import folded
from collectifs.network.domain.placing import Asked, waits_for
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.models import Event, EventSlot, Registration, RegistrationLink, SlotChoice, Workshop
from collectifs.people.queries.people import hashed


@dataclass(frozen=True)
class Filling:
    """How a workshop fills: how many sit, how many places are offered, how many wait."""

    seated: int = 0
    offered: int = 0
    waiting: int = 0

    def left(self, capacity: int) -> int:
        """How many places may be given."""
        return max(0, capacity - self.seated - self.offered)


@dataclass(frozen=True)
class Seated:
    """Somebody in a workshop, as the lists of a manager show them."""

    registration: Registration
    choice: SlotChoice


def get_registration(registration_id: UUID) -> Registration | None:
    """One registration."""
    return db.session.get(Registration, registration_id)


def registration_for_token(token: str) -> Registration | None:
    """The registration that a link opens."""
    query = select(Registration).join(RegistrationLink, RegistrationLink.registration_id == Registration.id)
    return db.session.scalars(query.where(RegistrationLink.token_hash == hashed(token))).first()


def same_registration(event_id: UUID, address: str, name: str) -> Registration | None:
    """The registration of this very person to a day, unless it was withdrawn: two people may share an address."""
    query = select(Registration).where(
        Registration.event_id == event_id,
        Registration.address == address,
        Registration.state != RegistrationState.WITHDRAWN,
    )
    rows = db.session.scalars(query.order_by(Registration.started_at, Registration.id))
    return next((row for row in rows if folded(f"{row.given_name} {row.family_name}") == folded(name)), None)


def registrations_at(address: str) -> list[Registration]:
    """Those at an address, the oldest first."""
    query = select(Registration).where(Registration.address == address)
    return list(db.session.scalars(query.order_by(Registration.started_at, Registration.id)))


def choices_of(registration_id: UUID) -> list[SlotChoice]:
    """What somebody asked of each slot and has, as the database knows it now, in the order of the day."""
    query = select(SlotChoice).join(EventSlot, EventSlot.id == SlotChoice.slot_id)
    mine = query.where(SlotChoice.registration_id == registration_id).order_by(EventSlot.starts_at)
    return list(db.session.scalars(mine.execution_options(populate_existing=True)))


def choice_for(registration_id: UUID, slot_id: UUID) -> SlotChoice | None:
    """What somebody asked of one slot, as the database knows it now."""
    return db.session.get(SlotChoice, (registration_id, slot_id), populate_existing=True)


def asked_in(slot_id: UUID) -> list[Asked]:
    """What everybody who confirmed asked of a slot, and has."""
    query = _asked().where(SlotChoice.slot_id == slot_id)
    return [Asked(*row) for row in db.session.execute(query)]


def _asked() -> Any:
    wished = (SlotChoice.first_id, SlotChoice.second_id, SlotChoice.first_at, SlotChoice.second_at)
    query = select(SlotChoice.registration_id, *wished, SlotChoice.seat_id, SlotChoice.offer_id)
    confirmed = query.join(Registration, Registration.id == SlotChoice.registration_id).where(
        Registration.state == RegistrationState.CONFIRMED
    )
    return confirmed.order_by(SlotChoice.first_at, SlotChoice.registration_id)


def filling_of(event_id: UUID) -> dict[UUID, Filling]:
    """How each workshop of a day fills: those who asked alike, and have alike, are counted by the database."""
    has = (SlotChoice.first_id, SlotChoice.second_id, SlotChoice.seat_id, SlotChoice.offer_id)
    query = select(func.count(), *has).join(Registration, Registration.id == SlotChoice.registration_id)
    here = query.where(Registration.event_id == event_id, Registration.state == RegistrationState.CONFIRMED)
    seated, offered, waiting = (Counter[UUID | None]() for _ in range(3))
    for number, first, second, seat, offer in db.session.execute(here.group_by(*has)):
        seated[seat] += number
        offered[offer] += number
        for each in waits_for(first, second, seat):
            waiting[each] += number
    known = {each for each in [*seated, *offered, *waiting] if each is not None}
    return {each: Filling(seated[each], offered[each], waiting[each]) for each in known}


def taken_in(slot_id: UUID, but: UUID) -> Counter[UUID | None]:
    """How many places of each workshop of a slot are taken or offered, those of one registration left out."""
    query = select(func.count(), SlotChoice.seat_id, SlotChoice.offer_id).where(
        SlotChoice.slot_id == slot_id, SlotChoice.registration_id != but
    )
    taken = Counter[UUID | None]()
    for number, seat, offer in db.session.execute(query.group_by(SlotChoice.seat_id, SlotChoice.offer_id)):
        taken[seat] += number
        taken[offer] += number
    return taken


def confirmed_counts(event_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many are registered for each of these days, and confirmed it."""
    query = select(Registration.event_id, func.count()).where(
        Registration.event_id.in_(list(event_ids)), Registration.state == RegistrationState.CONFIRMED
    )
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Registration.event_id))}


def asked_by_slot(event_id: UUID) -> dict[UUID, list[Asked]]:
    """What everybody who confirmed asked of each slot of a day, and has."""
    query = _asked().add_columns(SlotChoice.slot_id).where(Registration.event_id == event_id)
    found: dict[UUID, list[Asked]] = defaultdict(list)
    for *asked, slot_id in db.session.execute(query):
        found[slot_id].append(Asked(*asked))
    return found


def confirmed_ids(event_id: UUID) -> list[UUID]:
    """Whoever is registered and confirmed it."""
    query = select(Registration.id).where(
        Registration.event_id == event_id, Registration.state == RegistrationState.CONFIRMED
    )
    return list(db.session.scalars(query.order_by(Registration.confirmed_at, Registration.id)))


def seated_by_workshop(event_id: UUID) -> dict[UUID, list[Seated]]:
    """Who sits in each workshop of a day, by family name."""
    query = select(Registration, SlotChoice).join(SlotChoice, SlotChoice.registration_id == Registration.id)
    here = query.where(
        Registration.event_id == event_id,
        Registration.state == RegistrationState.CONFIRMED,
        SlotChoice.seat_id.is_not(None),
    )
    found: dict[UUID, list[Seated]] = defaultdict(list)
    for registration, choice in db.session.execute(here):
        if choice.seat_id is not None:
            found[choice.seat_id].append(Seated(registration, choice))
    return {each: sorted(people, key=_by_name) for each, people in found.items()}


def _by_name(each: Seated) -> tuple[str, str, str]:
    row = each.registration
    return folded(row.family_name), folded(row.given_name), str(row.id)


def confirmed_of(event_id: UUID) -> list[Registration]:
    """Whoever is registered and confirmed it, by family name."""
    query = select(Registration).where(
        Registration.event_id == event_id, Registration.state == RegistrationState.CONFIRMED
    )
    rows = db.session.scalars(query)
    return sorted(rows, key=lambda row: (folded(row.family_name), folded(row.given_name), str(row.id)))


def choices_naming(workshop_id: UUID) -> list[SlotChoice]:
    """Every choice in which a workshop is wished for, held or offered, as the database knows it now."""
    held = (SlotChoice.first_id, SlotChoice.second_id, SlotChoice.seat_id, SlotChoice.offer_id)
    query = select(SlotChoice).where(or_(*(column == workshop_id for column in held)))
    in_order = query.order_by(SlotChoice.first_at, SlotChoice.registration_id)
    return list(db.session.scalars(in_order.execution_options(populate_existing=True)))


def lapsed_offers(now: datetime) -> list[tuple[UUID, UUID, UUID]]:
    """Offers without an answer whose time is over: day, registration and slot."""
    query = select(Registration.event_id, SlotChoice.registration_id, SlotChoice.slot_id)
    over = query.join(Registration, Registration.id == SlotChoice.registration_id).where(
        SlotChoice.offered_until <= now
    )
    return [(day, who, slot) for day, who, slot in db.session.execute(over.order_by(SlotChoice.offered_until))]


def brought_by(event_id: UUID) -> dict[UUID | None, int]:
    """How many confirmed registrations each programme brought; None: those who came by no link."""
    query = select(Registration.partner_id, func.count()).where(
        Registration.event_id == event_id, Registration.state == RegistrationState.CONFIRMED
    )
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Registration.partner_id))}


def withdrawn_with_address(before: datetime) -> list[Registration]:
    """Those withdrawn before an instant that still know an address: the mail that says so could not leave."""
    query = select(Registration).where(Registration.withdrawn_at < before, Registration.address != "")
    return list(db.session.scalars(query.order_by(Registration.id)))


def ids_unconfirmed(before: datetime) -> Select[UUID]:
    """Registrations that nobody confirmed, begun before an instant: their ids, for a condition."""
    return select(Registration.id).where(
        Registration.state == RegistrationState.STARTED, Registration.started_at < before
    )


def ids_of_registrations_before(season: int) -> Select[UUID]:
    """The registrations to days of earlier seasons: their ids, for a condition."""
    return select(Registration.id).join(Event, Event.id == Registration.event_id).where(Event.season < season)


def ids_of_workshops_before(season: int) -> Select[UUID]:
    """The workshops of days of earlier seasons: their ids, for a condition."""
    query = select(Workshop.id).join(EventSlot, EventSlot.id == Workshop.slot_id)
    return query.join(Event, Event.id == EventSlot.event_id).where(Event.season < season)


def ids_of_workshops_seen_in(registration_id: UUID) -> Select[UUID | None]:
    """The workshops where somebody's presence was noted: their ids, for a condition."""
    query = select(SlotChoice.seat_id).where(SlotChoice.registration_id == registration_id)
    return query.where(SlotChoice.came_at.is_not(None), SlotChoice.seat_id.is_not(None))


def event_choices(event_id: UUID) -> dict[tuple[UUID, UUID], SlotChoice]:
    """What everybody who confirmed asked of each slot of a day, by registration and slot."""
    query = select(SlotChoice).join(Registration, Registration.id == SlotChoice.registration_id)
    here = query.where(Registration.event_id == event_id, Registration.state == RegistrationState.CONFIRMED)
    return {(each.registration_id, each.slot_id): each for each in db.session.scalars(here)}
