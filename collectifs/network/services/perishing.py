"""What ends of a day: unconfirmed registrations after a week, all of them with their season."""

from datetime import datetime, time

from sqlalchemy import delete, or_, update

from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.network.domain.registration import UNCONFIRMED_KEPT
from collectifs.network.models import HostLink, Registration, RegistrationLink, SlotChoice, Workshop
from collectifs.network.queries.events import get_event
from collectifs.network.queries.pages import pages_before
from collectifs.network.queries.registrations import (
    ids_of_registrations_before,
    ids_of_workshops_before,
    ids_unconfirmed,
    registrations_at,
    withdrawn_with_address,
)
from collectifs.network.services.pages import erase_page
from collectifs.network.services.placing import lock_event, offer_places
from collectifs.network.services.registrations import forget_registration, note_lost


def forget_registrations(*, now: datetime) -> None:
    """Those of past seasons, those that nobody confirmed in a week; who led a workshop of a past season, and its page.

    A withdrawn one whose last mail never left keeps its address no longer than the day.
    """
    season = season_of(now.date())
    for over in (ids_of_registrations_before(season), ids_unconfirmed(now - UNCONFIRMED_KEPT)):
        for table in (SlotChoice, RegistrationLink):
            db.session.execute(delete(table).where(table.registration_id.in_(over)))
        db.session.execute(delete(Registration).where(Registration.id.in_(over)))
    for row in withdrawn_with_address(datetime.combine(now.date(), time(), now.tzinfo)):
        forget_registration(row)
    past = ids_of_workshops_before(season)
    db.session.execute(delete(HostLink).where(HostLink.workshop_id.in_(past)))
    named = or_(Workshop.host != "", Workshop.host_address != "")
    db.session.execute(update(Workshop).where(Workshop.id.in_(past), named).values(host="", host_address=""))
    for page in pages_before(season):
        erase_page(page)


def forget_registrations_at(address: str, *, now: datetime) -> None:
    """Somebody erases their account: what they registered for by its address goes with it; their places are offered."""
    rows = registrations_at(address)
    events = list(dict.fromkeys(row.event_id for row in rows))
    for each in events:
        lock_event(each)
    for row in rows:
        note_lost(row.id, now=now)
        for table in (SlotChoice, RegistrationLink):
            db.session.execute(delete(table).where(table.registration_id == row.id))
        db.session.delete(row)
    for access in filter(None, map(get_event, events)):
        offer_places(access, now=now)
