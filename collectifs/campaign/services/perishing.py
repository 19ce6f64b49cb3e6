"""What ends of a campaign: wishes at publication, candidacies with their season, testimonials on their day."""

from datetime import date, datetime

from sqlalchemy import delete, update

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.work import OfferPlaces
from collectifs.campaign.models.calls import Call, Candidacy, CandidacyLink, CandidacyStatus, Testimonial, Wish
from collectifs.campaign.models.drafts import Draft, DraftGroup, DraftMove, DraftPlace
from collectifs.campaign.models.places import PlaceOffer
from collectifs.campaign.queries.candidacies import (
    candidacies_at,
    ids_of_candidacies,
    ids_of_candidacies_before,
    withdrawn_before,
)
from collectifs.campaign.queries.drafts import ids_of_drafts_before
from collectifs.campaign.services.candidacies import forget_withdrawn, leave_empty
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.kernel.work import DestroyKey

ON_THE_WAY = (CandidacyState.PLACED, CandidacyState.RETAINED, CandidacyState.WAITING)


def erase_wishes(call: Call) -> None:
    """Nobody's wishes can be read any more: the collectives are published, or the season is over."""
    db.session.execute(delete(Wish).where(Wish.candidacy_id.in_(ids_of_candidacies(call.id))))
    if call.wishes_key_id:
        ask(DestroyKey(call.wishes_key_id))
        call.wishes_key_id = None


def forget_drafts(*, season: int) -> None:
    """Drafts of past seasons: who would have been with whom."""
    over = ids_of_drafts_before(season)
    for table in (DraftMove, DraftPlace, DraftGroup):
        db.session.execute(delete(table).where(table.draft_id.in_(over)))
    db.session.execute(update(Draft).where(Draft.id.in_(over)).values(begun_from_id=None))
    db.session.execute(delete(Draft).where(Draft.id.in_(over)))


def forget_candidacies(*, today: date) -> None:
    """Candidacies of past seasons, whatever became of them; testimonials past their day.

    A withdrawn one whose last mail never left keeps its address no longer than the day.
    """
    over = ids_of_candidacies_before(season_of(today))
    forget_drafts(season=season_of(today))
    db.session.execute(delete(PlaceOffer).where(PlaceOffer.freed_id.in_(over)))
    for table in (CandidacyStatus, CandidacyLink, PlaceOffer):
        db.session.execute(delete(table).where(table.candidacy_id.in_(over)))
    db.session.execute(delete(Candidacy).where(Candidacy.id.in_(over)))
    for row in withdrawn_before(today):
        forget_withdrawn(row)
    db.session.execute(delete(Testimonial).where(Testimonial.shown_until < today))


def forget_candidacies_at(address: str, *, now: datetime) -> None:
    """Somebody erases their account: what they proposed by its address goes with it; a place of theirs is offered.

    Of whoever had a place there stays a row without a word of theirs, since that place has to be known; of the others
    nothing does. A place that they were asked about goes to the next one.
    """
    for row in candidacies_at(address):
        for table in (CandidacyStatus, CandidacyLink, Wish):
            db.session.execute(delete(table).where(table.candidacy_id == row.id))
        untaken = PlaceOffer.is_taken.is_not(True)
        db.session.execute(delete(PlaceOffer).where(PlaceOffer.candidacy_id == row.id, untaken))
        if row.state is CandidacyState.PLACED or (row.state is CandidacyState.RETAINED and row.told_at):
            row.freed_at = row.freed_at or now
        if row.state in ON_THE_WAY:
            ask(OfferPlaces(row.call_id))
        if row.freed_at is None:
            db.session.delete(row)
        else:
            leave_empty(row, now=now)
