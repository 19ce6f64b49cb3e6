"""Who was there: ticked by whoever leads the workshop or manages the day, and put right until the season ends."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.network.domain.door import check_turn
from collectifs.network.domain.event import EventState, Hours
from collectifs.network.models import Registration
from collectifs.network.queries.events import WorkshopAccess
from collectifs.network.queries.registrations import seated_by_workshop
from collectifs.network.services.pages import put_to_latecomers
from collectifs.people.domain.people import normal_address
from collectifs.people.domain.person import Person


def mark_who_came(
    found: WorkshopAccess, present: Collection[UUID], shown: Collection[UUID], *, now: datetime, by: Person | None
) -> None:
    """Who was there, of those who had a place; it can be put right until the season ends. The host has no account.

    Only somebody whom the list showed as present (`shown`) is unticked by it: whoever came by the door since it was
    opened, without network for an hour maybe, stays.
    """
    check_attendance_opens(found, now)
    came = set()
    for each in seated_by_workshop(found.access.id).get(found.workshop.id, []):
        known = each.registration.id
        is_there = known in present or (each.choice.came_at is not None and known not in shown)
        if is_there != (each.choice.came_at is not None):
            each.choice.came_at = now if is_there else None
            came |= {known} if is_there else set()
    if came:
        put_to_latecomers(found, came, now=now)
    record("workshop_attendance_marked", found.workshop, by=by)


class SeveralPeople(RuleBroken):
    """Two people share this address: which of them is there?"""

    def __init__(self, people: Sequence[Registration]) -> None:
        super().__init__("Plusieurs personnes sont inscrites à cette adresse : dites qui vous êtes.", "who")
        self.people = tuple(people)


def come_by_the_door(found: WorkshopAccess, turn: int, address: str, who: UUID | None, *, now: datetime) -> None:
    """Somebody scanned the code of the room, and says by which address they are registered. Never by looking at it."""
    if not found.is_held or found.access.event.published_at is None:
        raise RuleBroken("Cet atelier est annulé : personne n’y est attendu.")
    check_turn(turn, Hours(found.slot.starts_at, found.slot.ends_at), now)
    seated = seated_by_workshop(found.access.id).get(found.workshop.id, [])
    mine = [each for each in seated if each.registration.address == normal_address(address)]
    if not mine:
        raise UnknownAddress(
            "Personne n’a de place ici avec cette adresse. Vérifiez-la, ou dites-le à qui anime l’atelier.",
            "address",
        )
    chosen = mine if len(mine) == 1 else [each for each in mine if each.registration.id == who]
    if not chosen:
        raise SeveralPeople([each.registration for each in mine])
    if chosen[0].choice.came_at is None:
        chosen[0].choice.came_at = now
        put_to_latecomers(found, {chosen[0].registration.id}, now=now)


class UnknownAddress(RuleBroken):
    """Nobody is registered there by this address: who guesses is slowed."""


def check_attendance_opens(found: WorkshopAccess, now: datetime) -> None:
    """From the beginning of the day on, of a workshop that takes place."""
    if found.workshop.cancelled_at is not None:
        raise RuleBroken("Cet atelier est annulé : personne n’y était attendu.")
    if found.access.state(now) in (EventState.DRAFT, EventState.CANCELLED) or now < found.access.event.starts_at:
        raise RuleBroken("Les présences se notent à partir du début de la journée.")
