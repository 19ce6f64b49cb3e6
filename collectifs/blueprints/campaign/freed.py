"""Places that freed, as their manager sees them: to whom each is offered, until when; stopping it."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.campaign.area import bp
from collectifs.campaign.domain.freed import PlaceState
from collectifs.campaign.permissions import can_manage_call
from collectifs.campaign.queries.calls import CallAccess
from collectifs.campaign.queries.candidacies import get_candidacy
from collectifs.campaign.queries.freed import FreedPlace, freed_places, get_freed_place
from collectifs.campaign.services.freeing import stop_offering
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import clock_time, long_date
from collectifs.web.access import access, me


@dataclass(frozen=True)
class FreedShown:
    """A freed place, what becomes of it in words, and whether one may still stop it."""

    place: FreedPlace
    words: str
    may_stop: bool


def freed_shown(call: CallAccess) -> list[FreedShown]:
    """Those of which something is to be known: neither taken, nor over."""
    shown = (PlaceState.FREE, PlaceState.OFFERED)
    return [
        FreedShown(each, _in_words(each), may_stop=True)
        for each in freed_places([call.id], clock.now())
        if each.state in shown
    ]


def _in_words(place: FreedPlace) -> str:
    offer = place.open_offer
    if offer is None:
        return "Pour l’instant, personne de la liste d’attente ne peut la prendre : elle attend qui s’y inscrira."
    row, now = get_candidacy(offer.candidacy_id), clock.now()
    name = f"{row.given_name} {row.family_name}" if row else ""
    until, leaves = (at.astimezone(place.access.zone) for at in (offer.expires_at, offer.asks_at))
    end = f"{long_date(until)} à {clock_time(until)}"
    if offer.asks_at > now:
        return f"Elle sera proposée à {name} le {long_date(leaves)} à {clock_time(leaves)}, jusqu’au {end}."
    return f"Elle est proposée à {name} jusqu’au {end} ; ensuite, à la personne suivante. Personne d’autre ne change."


def get_place(freed_id: UUID) -> FreedPlace | None:
    """A freed place, as it stands now."""
    return get_freed_place(freed_id, clock.now())


@bp.post("/places/<uuid:freed_id>/ne-plus-proposer")
@access(can_manage_call, freed=get_place)
def stop_offers(freed: FreedPlace) -> ResponseReturnValue:
    """Nobody more is asked about this place."""
    try:
        stop_offering(freed, now=clock.now(), by=me())
        flash("C’est noté : cette place n’est plus proposée.")
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
    return redirect(url_for(".candidacies", call_id=freed.access.id))
