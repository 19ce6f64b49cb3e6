"""Days: by their address, on territories, their programme, who passes them on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from collectifs.kernel.extensions import db
from collectifs.network.domain.event import EventState, Hours, state_of_event
from collectifs.network.models import Event, EventPartner, EventSlot, Workshop
from collectifs.people.models import Territory

SOON = timedelta(days=2)


@dataclass(frozen=True)
class EventAccess:
    """A day with its territory: what the rules, and the pages, ask of it."""

    event: Event
    territory: Territory

    @property
    def id(self) -> UUID:
        """The id of the day."""
        return self.event.id

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""
        return self.territory.id

    @property
    def zone(self) -> ZoneInfo:
        """Where its hours are counted."""
        return ZoneInfo(self.territory.timezone)

    @property
    def hours(self) -> Hours:
        """From when to when."""
        return Hours(self.event.starts_at, self.event.ends_at)

    def state(self, now: datetime) -> EventState:
        """Where it stands."""
        event = self.event
        flags = {"is_published": event.published_at is not None, "is_cancelled": event.cancelled_at is not None}
        return state_of_event(self.hours, event.closes_on, **flags, now=now, zone=self.zone)


@dataclass(frozen=True)
class SlotFacts:
    """A slot with its workshops, by title; those that are cancelled last."""

    slot: EventSlot
    workshops: tuple[Workshop, ...]

    @property
    def hours(self) -> Hours:
        """From when to when."""
        return Hours(self.slot.starts_at, self.slot.ends_at)

    @property
    def held(self) -> tuple[Workshop, ...]:
        """Those that take place."""
        return tuple(each for each in self.workshops if each.cancelled_at is None)


@dataclass(frozen=True)
class SlotAccess:
    """A slot with its day."""

    slot: EventSlot
    access: EventAccess

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""
        return self.access.territory_id


@dataclass(frozen=True)
class WorkshopAccess:
    """A workshop with its slot and its day."""

    workshop: Workshop
    slot: EventSlot
    access: EventAccess

    @property
    def is_held(self) -> bool:
        """Whether it takes place, and its day too."""
        return self.workshop.cancelled_at is None and self.access.event.cancelled_at is None

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""
        return self.access.territory_id


@dataclass(frozen=True)
class EventPartnerAccess:
    """A programme that passes a day on, with the day."""

    partner: EventPartner
    access: EventAccess

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""
        return self.access.territory_id


def get_event(event_id: UUID) -> EventAccess | None:
    """One day."""
    return _one(Event.id == event_id)


def published_event(slug: str) -> EventAccess | None:
    """The day that an address names, once it is published."""
    found = _one(Event.slug == slug)
    return found if found is not None and found.event.published_at is not None else None


def _one(which: ColumnElement[bool]) -> EventAccess | None:
    query = select(Event, Territory).join(Territory, Territory.id == Event.territory_id)
    row = db.session.execute(query.where(which)).first()
    return EventAccess(row[0], row[1]) if row else None


def events_on(territory_ids: Iterable[UUID]) -> list[EventAccess]:
    """The days of some territories, the latest first."""
    query = select(Event, Territory).join(Territory, Territory.id == Event.territory_id)
    rows = db.session.execute(
        query.where(Event.territory_id.in_(list(territory_ids))).order_by(Event.starts_at.desc(), Event.id)
    )
    return [EventAccess(event, territory) for event, territory in rows]


def event_slugs_taken() -> set[str]:
    """Every address of a day."""
    return set(db.session.scalars(select(Event.slug).order_by(Event.slug)))


def get_slot(slot_id: UUID) -> SlotAccess | None:
    """One slot."""
    row = db.session.get(EventSlot, slot_id)
    access = get_event(row.event_id) if row else None
    return SlotAccess(row, access) if row and access else None


def get_workshop(workshop_id: UUID) -> WorkshopAccess | None:
    """One workshop."""
    row = db.session.get(Workshop, workshop_id)
    found = get_slot(row.slot_id) if row else None
    return WorkshopAccess(row, found.slot, found.access) if row and found else None


def programme_of(event_id: UUID) -> list[SlotFacts]:
    """The slots of a day in their order, each with its workshops."""
    slots = db.session.scalars(
        select(EventSlot).where(EventSlot.event_id == event_id).order_by(EventSlot.starts_at, EventSlot.id)
    ).all()
    query = select(Workshop).join(EventSlot, EventSlot.id == Workshop.slot_id).where(EventSlot.event_id == event_id)
    in_order = query.order_by(Workshop.cancelled_at.is_not(None), Workshop.title, Workshop.id)
    workshops = db.session.scalars(in_order).all()
    return [SlotFacts(slot, tuple(each for each in workshops if each.slot_id == slot.id)) for slot in slots]


def event_partners(event_id: UUID) -> list[EventPartner]:
    """Who passes a day on, stopped ones last."""
    query = select(EventPartner).where(EventPartner.event_id == event_id)
    in_order = query.order_by(EventPartner.revoked_at.is_not(None), EventPartner.name, EventPartner.id)
    return list(db.session.scalars(in_order))


def open_event_partner(event_id: UUID, slug: str) -> EventPartner | None:
    """The programme whose link is followed, unless it was stopped."""
    query = select(EventPartner).where(
        EventPartner.event_id == event_id, EventPartner.slug == slug, EventPartner.revoked_at.is_(None)
    )
    return db.session.scalars(query).first() if slug else None


def get_event_partner(partner_id: UUID) -> EventPartnerAccess | None:
    """One programme that passes a day on."""
    row = db.session.get(EventPartner, partner_id)
    access = get_event(row.event_id) if row else None
    return EventPartnerAccess(row, access) if row and access else None


def events_to_remind_of(now: datetime) -> list[EventAccess]:
    """The days that begin within two days, of which nobody was reminded yet."""
    query = select(Event, Territory).join(Territory, Territory.id == Event.territory_id)
    soon = query.where(
        Event.starts_at > now,
        Event.starts_at < now + SOON,
        Event.published_at.is_not(None),
        Event.cancelled_at.is_(None),
        Event.reminded_at.is_(None),
    )
    return [EventAccess(event, territory) for event, territory in db.session.execute(soon.order_by(Event.id))]
