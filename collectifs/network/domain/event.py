"""A day of workshops: what it is, where it stands, which hours and rooms can be. Pure rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from collectifs.kernel.errors import RuleBroken

MOST_CAPACITY, LONGEST_EVENT = 500, timedelta(days=4)
LONGEST_INVITATION, LONGEST_ABOUT = 1200, 500
REMINDED_FROM = time(9)  # the day before


class EventKind(StrEnum):
    """What a day is."""

    BETWEEN_SCHOOLS = "between_schools"
    WEEKEND = "weekend"
    TRAINING = "training"

    @property
    def label(self) -> str:
        """The French words."""
        return {
            "between_schools": "journée inter-écoles",
            "weekend": "week-end inter-écoles",
            "training": "journée de formation",
        }[self.value]


class EventState(StrEnum):
    """Where a day stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    OVER = "over"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """As the margin of a page says it, of a day."""
        return {
            "draft": "pas encore publiée",
            "open": "inscriptions ouvertes",
            "closed": "inscriptions closes",
            "over": "passée",
            "cancelled": "annulée",
        }[self.value]


@dataclass(frozen=True)
class Hours:
    """From when to when, in UTC."""

    starts_at: datetime
    ends_at: datetime


def state_of_event(
    hours: Hours, closes_on: date, *, is_published: bool, is_cancelled: bool, now: datetime, zone: ZoneInfo
) -> EventState:
    """Where it stands. Registrations are open on their last day too, and end with the day itself at the latest."""
    if is_cancelled:
        return EventState.CANCELLED
    if not is_published:
        return EventState.DRAFT
    if now >= hours.ends_at:
        return EventState.OVER
    is_open = now.astimezone(zone).date() <= closes_on and now < hours.starts_at
    return EventState.OPEN if is_open else EventState.CLOSED


def hours_of(day: date, starts: time, ends: time, zone: ZoneInfo, last_day: date | None = None) -> Hours:
    """What a form says, as instants. Raises RuleBroken when the end comes before the beginning."""
    last_day = last_day or day
    if (last_day, ends) <= (day, starts):
        raise RuleBroken("La fin vient après le début.", "last_day" if last_day < day else "ends")
    return Hours(datetime.combine(day, starts, zone), datetime.combine(last_day, ends, zone))


def check_event_hours(hours: Hours, closes_on: date, *, now: datetime, zone: ZoneInfo) -> None:
    """To come, four days at most, and nobody may register once it has begun."""
    if hours.starts_at <= now:
        raise RuleBroken("Ce jour est passé.", "day")
    if hours.ends_at - hours.starts_at > LONGEST_EVENT:
        raise RuleBroken("Quatre jours au plus.", "last_day")
    if closes_on > hours.starts_at.astimezone(zone).date():
        raise RuleBroken("Les inscriptions se ferment avant la journée, ou le jour même.", "closes_on")


def check_slot(slot: Hours, event: Hours, others: Iterable[Hours]) -> None:
    """Within the day; nobody can be in two slots at once, so none overlaps another."""
    if slot.starts_at < event.starts_at or slot.ends_at > event.ends_at:
        raise RuleBroken("Ce créneau sort des heures de la journée.", "starts")
    if any(slot.starts_at < each.ends_at and each.starts_at < slot.ends_at for each in others):
        raise RuleBroken("Ce créneau en recouvre un autre.", "starts")


def shifted(hours: Hours, former: Hours, present: Hours, zone: ZoneInfo) -> Hours:
    """A slot of a day that moves: as long after its beginning, on the clocks of the place."""

    def at(instant: datetime) -> datetime:
        since = instant.astimezone(zone).replace(tzinfo=None) - former.starts_at.astimezone(zone).replace(tzinfo=None)
        return (present.starts_at.astimezone(zone).replace(tzinfo=None) + since).replace(tzinfo=zone)

    return Hours(at(hours.starts_at), at(hours.ends_at))


def check_slots_fit(slots: Iterable[Hours], event: Hours) -> None:
    """The slots of a day still stand within its hours."""
    if any(each.starts_at < event.starts_at or each.ends_at > event.ends_at for each in slots):
        raise RuleBroken("Un créneau sortirait de ces heures : changez-le d’abord.", "ends")


def check_capacity(capacity: int) -> None:
    """From one to five hundred people."""
    if not 1 <= capacity <= MOST_CAPACITY:
        raise RuleBroken(f"De 1 à {MOST_CAPACITY} places.", "capacity")


def check_room(room: str, taken: Iterable[tuple[UUID, str]], workshop_id: UUID | None = None) -> None:
    """One workshop a room in a slot; `taken`: the other workshops of the slot with their rooms."""
    if any(each.casefold() == room.casefold() and other != workshop_id for other, each in taken if room):
        raise RuleBroken("Cette salle a déjà un atelier dans ce créneau.", "room")


def is_reminder_due(hours: Hours, now: datetime, zone: ZoneInfo) -> bool:
    """From nine in the morning of the day before, until it begins."""
    eve = hours.starts_at.astimezone(zone).date() - timedelta(days=1)
    return datetime.combine(eve, REMINDED_FROM, zone) <= now < hours.starts_at
