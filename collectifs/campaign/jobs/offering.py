"""Offering what freed to the waiting list."""

from contextlib import suppress

from collectifs.campaign.domain.work import OfferPlaces
from collectifs.campaign.queries.freed import freed_places
from collectifs.campaign.services.freeing import offer_places
from collectifs.composition.queries.communes import CommunesMissing, communes
from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does


@does
def offer_what_freed(work: OfferPlaces) -> None:
    """Each place of a call; one that is offered, taken or over is left as it is."""
    with suppress(CommunesMissing):
        communes()  # half a second, before anybody has to wait to write
    now = clock.now()
    offer_places(freed_places([work.call_id], now), now=now)
