"""Who was there: ticked by whoever leads the workshop or manages the day, and put right until the season ends."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.network.domain.event import EventState
from collectifs.network.queries.events import WorkshopAccess
from collectifs.network.queries.registrations import seated_by_workshop
from collectifs.network.services.pages import put_to_latecomers
from collectifs.people.domain.person import Person


def mark_who_came(found: WorkshopAccess, present: Collection[UUID], *, now: datetime, by: Person | None) -> None:
    """Who was there, of those who had a place; it can be put right until the season ends. The host has no account."""
    check_attendance_opens(found, now)
    came = set()
    for each in seated_by_workshop(found.access.id).get(found.workshop.id, []):
        is_there = each.registration.id in present
        if is_there != (each.choice.came_at is not None):
            each.choice.came_at = now if is_there else None
            came |= {each.registration.id} if is_there else set()
    if came:
        put_to_latecomers(found, came, now=now)
    record("workshop_attendance_marked", found.workshop, by=by)


def check_attendance_opens(found: WorkshopAccess, now: datetime) -> None:
    """From the beginning of the day on, of a workshop that takes place."""
    if found.workshop.cancelled_at is not None:
        raise RuleBroken("Cet atelier est annulé : personne n’y était attendu.")
    if found.access.state(now) in (EventState.DRAFT, EventState.CANCELLED) or now < found.access.event.starts_at:
        raise RuleBroken("Les présences se notent à partir du début de la journée.")
