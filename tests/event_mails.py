"""Every mail of a day of workshops, for tests/every_mail.py."""

from datetime import timedelta
from typing import Any

from collectifs.kernel import clock
from collectifs.kernel.work import Mail
from collectifs.network.domain.registration import RegistrationState, SeatNews
from collectifs.network.domain.work import (
    MailDayReminder,
    MailEventCancelled,
    MailEventMoved,
    MailHostLink,
    MailPageProposed,
    MailPageWithdrawn,
    MailPlaceOffered,
    MailRegistrationLink,
    MailRegistrationReceived,
    MailRegistrationWithdrawn,
    MailSeatChanged,
)
from collectifs.network.models import Registration, SlotChoice, Workshop
from collectifs.network.queries.events import get_event
from collectifs.network.services.registrations import withdraw_registration
from tests import eventing, factories


def about_a_day(here: Any) -> list[Mail]:
    """Somebody at each state of a registration."""
    access = get_event(here.ids["event_id"])
    assert access is not None
    event, slot_id, workshop_id = access.event, here.ids["slot_id"], here.ids["workshop_id"]
    begun = eventing.registration(event, state=RegistrationState.STARTED, confirmed_at=None)
    going, offered, gone = (eventing.registration(event) for _ in range(3))
    _asks(going, slot_id, workshop_id, seat_id=workshop_id)
    until = clock.now() + timedelta(days=2)
    _asks(offered, slot_id, workshop_id, offer_id=workshop_id, offered_until=until)
    cancelled = eventing.event(access.territory, cancelled_at=clock.now(), cancel_words="Le collège ferme.")
    left = eventing.registration(cancelled)
    withdraw_registration(gone, access, now=clock.now())
    workshop = factories.add(Workshop(slot_id=slot_id, title="Écouter", capacity=9, host="Maëlle Aubry"))
    workshop.host_address = "maelle@academie.example"
    read = eventing.registration(event)
    _asks(read, slot_id, workshop.id, seat_id=workshop.id, came_at=clock.now())
    soon = clock.now() + timedelta(days=3)
    page = eventing.page(workshop, proposed_at=clock.now(), deadline_at=soon)
    return [
        MailHostLink(workshop.id),
        MailPageProposed(read.id, workshop.id, page.proposal_id),
        MailPageWithdrawn(read.id, workshop.id),
        MailRegistrationLink(begun.id),
        MailRegistrationLink(going.id),
        MailRegistrationReceived(going.id),
        MailPlaceOffered(offered.id, slot_id),
        MailSeatChanged(going.id, workshop_id, SeatNews.CANCELLED),
        MailSeatChanged(offered.id, workshop_id, SeatNews.FEWER),
        MailDayReminder(going.id),
        MailEventMoved(going.id),
        MailEventCancelled(left.id),
        MailRegistrationWithdrawn(gone.id),
    ]


def _asks(row: Registration, slot_id: Any, workshop_id: Any, **has: Any) -> None:
    now = clock.now()
    wished = {"first_id": workshop_id, "first_at": now, "second_at": now}
    factories.add(SlotChoice(registration_id=row.id, slot_id=slot_id, **wished, **has))
