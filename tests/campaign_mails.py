"""Every mail of a campaign, for tests/every_mail.py."""

from datetime import timedelta
from typing import Any

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.work import (
    MailCallOpens,
    MailCandidacyAddress,
    MailCandidacyAnswered,
    MailCandidacyLink,
    MailCandidacyPlace,
    MailCandidacyReceived,
    MailCandidacyWaits,
    MailCandidacyWithdrawn,
    MailOpeningLink,
)
from collectifs.campaign.models.calls import Call
from collectifs.campaign.models.openings import OpeningNotice
from collectifs.campaign.services.candidacies import withdraw_candidacy
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.work import Mail
from tests import factories


def about_a_campaign(here: Any) -> list[Mail]:
    """Somebody at each state of a candidacy."""
    call = db.session.get_one(Call, here.ids["call_id"])
    begun = factories.candidacy(call, state=CandidacyState.STARTED, confirmed_at=None)
    going = factories.candidacy(call, state=CandidacyState.CONFIRMED)
    moving = factories.candidacy(call, new_address="ailleurs@academie.example")
    states = (CandidacyState.RETAINED, CandidacyState.WAITING, CandidacyState.DECLINED)
    told = [factories.candidacy(call, state=state, answer="Il n’y a pas de collectif ici.") for state in states]
    gone = factories.candidacy(call)
    withdraw_candidacy(gone, now=clock.now())
    offer = factories.place_offer(factories.candidacy(call, freed_at=clock.now()), told[1])
    opened = factories.add(OpeningNotice(call_id=call.id, address="a@academie.example", asked_at=clock.now()))
    soon = factories.call(opens_on=clock.now().date() + timedelta(days=2), closes_on=call.closes_on + timedelta(days=9))
    soon.answers_on = soon.closes_on + timedelta(days=9)
    left, known = (
        factories.add(OpeningNotice(call_id=soon.id, address=f"{each}@academie.example", asked_at=clock.now()))
        for each in "bc"
    )
    known.confirmed_at = clock.now()
    return [
        MailCandidacyLink(begun.id),
        MailCandidacyLink(going.id),
        MailCandidacyReceived(moving.id),
        MailCandidacyWaits(going.id),
        *(MailCandidacyAnswered(each.id) for each in told),
        MailCandidacyAddress(moving.id, to_new=True),
        MailCandidacyAddress(moving.id, to_new=False),
        MailCandidacyWithdrawn(gone.id),
        MailCandidacyPlace(offer.id),
        *(MailOpeningLink(each.id) for each in (left, known)),
        MailCallOpens(opened.id),
    ]
