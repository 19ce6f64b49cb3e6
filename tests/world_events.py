"""The day of the world: two people registered for it, a workshop with one place, a programme that passes it on.

The link that every role tries opens the registration that holds no marked word: whoever holds a link reads its own.
"""

from datetime import timedelta
from typing import Any

from collectifs.kernel import clock
from collectifs.network.models import EventPartner, HostLink, RegistrationLink, SlotChoice, Workshop, WorkshopPage
from collectifs.people.queries.people import hashed
from tests import eventing, factories

CANARIES: dict[str, tuple[str, ...]] = {
    "CanariInscrite": ("manager",),
    "CanariProvenance": ("manager",),
    "CanariHote": ("manager",),
    "CanariAtelier": ("manager", "inspector"),
    "CanariRefus": (),
}


def build(here: Any, token: str) -> dict[str, Any]:
    """The ids that its addresses take."""
    event = eventing.event(here, slug="val-de-brume")
    slot = eventing.slot(event, 1)
    workshop, other = (eventing.workshop(slot, title, 1, host="Maëlle Aubry") for title in ("Ouvrir", "Fermer"))
    partner = factories.add(EventPartner(event_id=event.id, name="Embruns", slug="k7mq2r", made_at=clock.now()))
    marked = eventing.registration(event, family_name="CanariInscrite", comes_from="CanariProvenance")
    shared = eventing.registration(event, "Denis", partner_id=partner.id)
    factories.add(RegistrationLink(registration_id=shared.id, token_hash=hashed(token), minted_at=clock.now()))
    for rank, who in enumerate((marked, shared)):
        at = clock.now() + timedelta(seconds=rank)
        asked = {"first_id": workshop.id, "second_id": other.id, "first_at": at, "second_at": at}
        seat = (workshop, other)[rank]
        came = clock.now() if who is marked else None
        factories.add(SlotChoice(registration_id=who.id, slot_id=slot.id, seat_id=seat.id, came_at=came, **asked))
    pages = _pages(workshop, eventing.workshop(slot, "Tenir"))
    factories.add(HostLink(workshop_id=other.id, token_hash=hashed(token), minted_at=clock.now()))
    return {
        "workshop_page_id": pages[0].id,
        "event_id": event.id,
        "slot_id": slot.id,
        "workshop_id": workshop.id,
        "event_partner_id": partner.id,
        "registration_id": shared.id,
    }


def _pages(agreed: Workshop, held: Workshop) -> list[WorkshopPage]:
    """Two pages: one that was agreed to, one that an objection holds back."""
    agreed.host_address = "CanariHote@academie.example"
    pages = [eventing.page(agreed, "CanariAtelier : comment écouter ?"), eventing.page(held, "Comment tenir ?")]
    eventing.objection(pages[1], "CanariRefus")
    return pages
