"""A place that frees is offered to the waiting list, one person after the other; nobody who has a place moves."""

from datetime import datetime
from uuid import uuid4

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.freed import DELAY, PlaceState, check_can_answer, next_to_ask
from collectifs.campaign.domain.work import MailCandidacyAnswered, MailCandidacyPlace, OfferPlaces
from collectifs.campaign.models.calls import Candidacy
from collectifs.campaign.models.places import PlaceOffer
from collectifs.campaign.queries.candidacies import get_candidacy
from collectifs.campaign.queries.drafts import get_call_to_compose
from collectifs.campaign.queries.freed import (
    FreedPlace,
    calls_in_which_somebody_waits,
    get_freed_place,
    last_offer,
    left_their_collective,
    offer_from,
    published_by,
    waiters_for,
)
from collectifs.campaign.services.answering import next_telling
from collectifs.campaign.services.publishing import welcome
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Person
from collectifs.people.queries.people import get_user, person_from
from collectifs.people.queries.roles import managers_of


def note_freed_places(*, now: datetime) -> None:
    """Whoever was placed and is a member no more has left a place, as long as somebody waits for one."""
    for row in left_their_collective(calls_in_which_somebody_waits(), now):
        row.freed_at = now
        ask(OfferPlaces(row.call_id))


def offer_places(places: list[FreedPlace], *, now: datetime) -> None:
    """Ask the next of the waiting list about each place that nobody is asked about.

    The mail leaves in the evening, as answers do: until then a manager may stop it. Once the delay is over, the next
    one is asked.
    """
    for place in places:
        if place.state is not PlaceState.FREE:
            continue
        who = next_to_ask(waiters_for(place, now), {each.candidacy_id for each in place.offers})
        if who is None:
            continue
        asks_at = next_telling(now, place.access.zone)
        row = PlaceOffer(id=uuid4(), freed_id=place.id, candidacy_id=who, asks_at=asks_at, expires_at=asks_at + DELAY)
        db.session.add(row)
        db.session.flush()
        record("place_offered", row, by=None)
        ask(MailCandidacyPlace(row.id), after_s=(asks_at - now).total_seconds())
        ask(OfferPlaces(place.access.id), after_s=(row.expires_at - now).total_seconds() + 1)


def stop_offering(place: FreedPlace, *, now: datetime, by: Person) -> None:
    """Nobody is asked any more about this place; whoever was asked and has not answered cannot take it."""
    row = get_candidacy(place.id)
    if row is None or place.state in (PlaceState.TAKEN, PlaceState.OVER):
        raise RuleBroken("Cette place n’est plus proposée.")
    row.offers_stopped_at = now
    record("place_stopped", row, by=by)


def answer_offer(row: Candidacy, *, takes: bool, now: datetime) -> bool:
    """Yes or no to the place that one is offered. A no keeps one on the list; a yes makes one a member, or retained.

    True when the invitation leaves; False when the collectives are still to be composed, or a pilot is asked first.
    """
    offer = last_offer(row.id)
    place = get_freed_place(offer.freed_id, now) if offer else None
    is_stopped = place is None or place.state is PlaceState.OVER
    check_can_answer(None if offer is None or is_stopped else offer_from(offer, row.state), now)
    assert offer is not None  # noqa: S101  for mypy: it was checked
    assert place is not None  # noqa: S101  for mypy: it was checked
    offer.answered_at, offer.is_taken = now, takes
    record("place_taken" if takes else "place_declined", offer, by=None)
    if not takes:
        ask(OfferPlaces(row.call_id))
        return False
    row.state, row.answered_at, row.tells_at, row.told_at = CandidacyState.RETAINED, now, now, now
    db.session.flush()
    return _placed(row, place, now)


def _placed(row: Candidacy, place: FreedPlace, now: datetime) -> bool:
    call = get_call_to_compose(place.access.id)
    if place.collective_id is None or call is None:
        ask(MailCandidacyAnswered(row.id))
        return False
    return welcome(call, row.id, place.collective_id, now=now, by=_on_behalf(place, now))


def _on_behalf(place: FreedPlace, now: datetime) -> Person:
    """In whose name somebody is invited: who published the collectives, else who manages the territory."""
    ids = [published_by(place.access.call), *(each.user_id for each in managers_of(place.territory_id, now.date()))]
    user = next((user for user in map(get_user, filter(None, ids)) if user is not None), None)
    if user is None:
        raise RuleBroken("Le service de formation n’a plus personne pour ce territoire : écrivez-lui.")
    return person_from(user, now.date())
