"""Places that freed: which, how far each is offered, and who of the waiting list would suit it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.drafting import DraftState
from collectifs.campaign.domain.freed import Offer, PlaceState, Waiter, state_of_place
from collectifs.campaign.models.calls import Call, Candidacy
from collectifs.campaign.models.drafts import Draft
from collectifs.campaign.models.places import PlaceOffer
from collectifs.campaign.queries.arrivals import published_standing
from collectifs.campaign.queries.calls import COMPOSES, CallAccess, get_call
from collectifs.campaign.queries.candidacies import candidates_among
from collectifs.campaign.queries.drafts import candidate_from, get_draft, open_draft, place_of
from collectifs.collectives.models import Collective, Membership
from collectifs.composition.domain.moving import Standing, welcomes
from collectifs.composition.domain.people import Territory
from collectifs.composition.domain.score import Weights
from collectifs.kernel.extensions import db
from collectifs.meetings.queries.meetings import has_met
from collectifs.people.models import User

WHOLE = ""  # instead of a collective: nothing is published yet, and the place is the territory's


@dataclass(frozen=True)
class FreedPlace:
    """A place that somebody left, by the id of their candidacy; of a collective once these are published."""

    id: UUID
    access: CallAccess
    collective_id: UUID | None
    collective: str
    state: PlaceState
    offers: tuple[Offer, ...]
    open_offer: Offer | None

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""
        return self.access.territory_id


def calls_in_which_somebody_waits() -> list[UUID]:
    """Calls on which somebody was told that they wait, or is retained and stands in no collective yet."""
    query = select(Candidacy.call_id).where(
        Candidacy.state.in_([CandidacyState.WAITING, CandidacyState.RETAINED]), Candidacy.told_at.is_not(None)
    )
    return list(db.session.scalars(query.distinct().order_by(Candidacy.call_id)))


def left_their_collective(call_ids: Iterable[UUID], now: datetime) -> list[Candidacy]:
    """Those who were placed, and are members no more, of whom this was not noted yet."""
    stays = (
        select(Membership.id)
        .join(User, User.id == Membership.user_id)
        .where(
            User.address == Candidacy.address,
            Membership.collective_id == Candidacy.collective_id,
            or_(Membership.ends_at.is_(None), Membership.ends_at > now),
        )
    )
    query = select(Candidacy).where(
        Candidacy.call_id.in_(list(call_ids)),
        Candidacy.state == CandidacyState.PLACED,
        Candidacy.freed_at.is_(None),
        Candidacy.collective_id.is_not(None),
        ~stays.exists(),
    )
    return list(db.session.scalars(query.order_by(Candidacy.id)))


def freed_places(call_ids: Iterable[UUID], now: datetime) -> list[FreedPlace]:
    """Every place that freed on these calls, the oldest first; of a call of another kind its manager alone decides."""
    query = (
        select(Candidacy, Collective.name)
        .join(Call, Call.id == Candidacy.call_id)
        .outerjoin(Collective, Collective.id == Candidacy.collective_id)
        .where(Candidacy.call_id.in_(list(call_ids)), Candidacy.freed_at.is_not(None), COMPOSES)
    )
    rows = list(db.session.execute(query.order_by(Candidacy.freed_at, Candidacy.id)))
    offers = _offers_of(row.id for row, _ in rows)
    return [_place(row, name or "", offers[row.id], now) for row, name in rows]


def get_freed_place(candidacy_id: UUID, now: datetime) -> FreedPlace | None:
    """One freed place."""
    row = db.session.get(Candidacy, candidacy_id)
    if row is None or row.freed_at is None:
        return None
    name = db.session.scalar(select(Collective.name).where(Collective.id == row.collective_id))
    return _place(row, name or "", _offers_of([row.id])[row.id], now)


def _place(row: Candidacy, name: str, offers: tuple[Offer, ...], now: datetime) -> FreedPlace:
    access = get_call(row.call_id)
    assert access is not None  # noqa: S101  for mypy: a candidacy hangs on its call
    is_over = row.offers_stopped_at is not None or _is_too_late(row, now)
    state = state_of_place(offers, is_over=is_over, now=now)
    asked = next((each for each in offers if each.is_open(now)), None) if state is PlaceState.OFFERED else None
    return FreedPlace(row.id, access, row.collective_id, name, state, offers, asked)


def _is_too_late(row: Candidacy, now: datetime) -> bool:
    """Its collective has met; or the place was the territory's, and the collectives are published."""
    if row.collective_id is not None:
        return has_met(row.collective_id, now)
    return _last_draft(row.call_id, DraftState.PUBLISHED) is not None


def _offers_of(freed_ids: Iterable[UUID]) -> Mapping[UUID, tuple[Offer, ...]]:
    query = (
        select(PlaceOffer, Candidacy.state)
        .join(Candidacy, Candidacy.id == PlaceOffer.candidacy_id)
        .where(PlaceOffer.freed_id.in_(list(freed_ids)))
    )
    found: dict[UUID, tuple[Offer, ...]] = defaultdict(tuple)
    for row, state in db.session.execute(query.order_by(PlaceOffer.asks_at, PlaceOffer.id)):
        found[row.freed_id] = (*found[row.freed_id], offer_from(row, state))
    return found


def offer_from(row: PlaceOffer, state: CandidacyState) -> Offer:
    """An offer for the rules. Somebody whom the manager retained meanwhile has taken it."""
    taken = True if state in (CandidacyState.RETAINED, CandidacyState.PLACED) else row.is_taken
    return Offer(row.candidacy_id, row.asks_at, row.expires_at, taken, state is CandidacyState.WAITING)


def last_offer(candidacy_id: UUID) -> PlaceOffer | None:
    """The last place that was offered to somebody."""
    query = select(PlaceOffer).where(PlaceOffer.candidacy_id == candidacy_id)
    return db.session.scalars(query.order_by(PlaceOffer.asks_at.desc(), PlaceOffer.id).limit(1)).first()


def get_offer(offer_id: UUID) -> PlaceOffer | None:
    """One offer."""
    return db.session.get(PlaceOffer, offer_id)


def waiters_for(place: FreedPlace, now: datetime) -> list[Waiter]:
    """Everybody who was told that they wait and is asked about no other place, with what the place costs with them."""
    query = select(Candidacy).where(
        Candidacy.call_id == place.access.id,
        Candidacy.state == CandidacyState.WAITING,
        Candidacy.told_at.is_not(None),
        Candidacy.id.not_in(
            select(PlaceOffer.candidacy_id).where(PlaceOffer.is_taken.is_(None), PlaceOffer.expires_at > now)
        ),
    )
    rows = {row.id: row for row in db.session.scalars(query.order_by(Candidacy.id))}
    costs = _costs(place, list(rows.values()))
    return [Waiter(id_, row.completed_at or row.started_at, costs[id_]) for id_, row in rows.items()]


def _costs(place: FreedPlace, rows: list[Candidacy]) -> dict[UUID, float | None]:
    """By candidacy; nothing is composed yet: whoever has waited longest comes first."""
    standing = _standing(place)
    found: dict[UUID, float | None] = {}
    for person in candidates_among(rows):
        where = place_of(person)
        if standing is None or where is None:
            found[person.id] = 0.0 if standing is None else None
            continue
        ways = welcomes(standing, candidate_from(str(person.id), person, where), Weights())
        here = str(place.collective_id) if place.collective_id else WHOLE
        found[person.id] = min((cost for cost, code, _ in ways if here in (WHOLE, code)), default=None)
    return found


def _standing(place: FreedPlace) -> Standing | None:
    """The published collectives; before, those of the last draft; None when nothing was composed."""
    if place.collective_id is not None:
        return published_standing(place.access.id)[0]
    row = _last_draft(place.access.id, DraftState.READY)
    facts = get_draft(row.id) if row else None
    standing = open_draft(facts).standing if facts else Standing(Territory(()), {})
    return standing if standing.described else None


def _last_draft(call_id: UUID, state: DraftState) -> Draft | None:
    query = select(Draft).where(Draft.call_id == call_id, Draft.state == state)
    return db.session.scalars(query.order_by(Draft.number.desc()).limit(1)).first()


def published_by(call: Call) -> UUID | None:
    """Who said yes to the collectives of a call."""
    row = _last_draft(call.id, DraftState.PUBLISHED)
    return row.publishes_by_id if row else None


@dataclass(frozen=True)
class OfferShown:
    """A place as its page offers it: until when, in which collective, how far; no name of anybody."""

    until: datetime
    collective: str
    minutes: int


def offer_shown(row: Candidacy, now: datetime) -> OfferShown | None:
    """The place that somebody is offered now."""
    offer = last_offer(row.id)
    if offer is None or offer.asks_at > now or not offer_from(offer, row.state).is_open(now):
        return None
    place = get_freed_place(offer.freed_id, now)
    if place is None or place.state is not PlaceState.OFFERED:
        return None
    return OfferShown(offer.expires_at, place.collective, _minutes(place, row))


def _minutes(place: FreedPlace, row: Candidacy) -> int:
    """How long they would take, estimated; 0 before the collectives are published, or without a known commune."""
    [person] = candidates_among([row])
    where = place_of(person)
    standing = _standing(place) if place.collective_id and where else None
    if standing is None or where is None:
        return 0
    ways = welcomes(standing, candidate_from(str(person.id), person, where), Weights())
    return next((round(group.minutes[-1]) for _, code, group in ways if code == str(place.collective_id)), 0)
