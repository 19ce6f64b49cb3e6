"""Calls: by their address, on territories, who passes them on, what is said of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from collectifs.campaign.domain.answers import is_waiting_list_open
from collectifs.campaign.domain.call import CallState, state_of_call
from collectifs.campaign.domain.kinds import CallKind
from collectifs.campaign.models.calls import Call, CallPartner, Testimonial
from collectifs.kernel.extensions import db
from collectifs.people.models import Territory

COMPOSES = Call.kind == CallKind.TUTORS  # the calls of which collectives are made, for a condition


@dataclass(frozen=True)
class CallAccess:
    """A call with its territory: what the rules, and the pages, ask of it."""

    call: Call
    territory: Territory

    @property
    def id(self) -> UUID:
        """The id of the call."""
        return self.call.id

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""
        return self.territory.id

    @property
    def zone(self) -> ZoneInfo:
        """Where its days are counted."""
        return ZoneInfo(self.territory.timezone)

    def state(self, today: date) -> CallState:
        """Where it stands on a day of the territory."""
        call = self.call
        return state_of_call(
            call.opens_on,
            call.closes_on,
            is_published=call.published_at is not None,
            is_paused=call.paused_at is not None,
            today=today,
        )

    def takes_late_ones(self, today: date) -> bool:
        """Whether it is closed and its waiting list is not."""
        return is_waiting_list_open(self.state(today), meets_on=self.call.meets_on, today=today)


def get_call(call_id: UUID) -> CallAccess | None:
    """One call."""
    return _one(Call.id == call_id)


def published_call(slug: str) -> CallAccess | None:
    """The call that an address names, once it is published."""
    found = _one(Call.slug == slug)
    return found if found is not None and found.call.published_at is not None else None


def _one(which: object) -> CallAccess | None:
    query = select(Call, Territory).join(Territory, Territory.id == Call.territory_id)
    row = db.session.execute(query.where(which)).first()  # type: ignore[arg-type]
    return CallAccess(row[0], row[1]) if row else None


def calls_on(territory_ids: Iterable[UUID]) -> list[CallAccess]:
    """The calls of some territories, the latest season first."""
    query = select(Call, Territory).join(Territory, Territory.id == Call.territory_id)
    rows = db.session.execute(
        query.where(Call.territory_id.in_(list(territory_ids))).order_by(Call.season.desc(), Territory.code, Call.id)
    )
    return [CallAccess(call, territory) for call, territory in rows]


def open_calls(today: date, *more: ColumnElement[bool]) -> list[CallAccess]:
    """Every call to which somebody may volunteer today, by the code of its territory; `more`: which of them."""
    query = select(Call, Territory).join(Territory, Territory.id == Call.territory_id)
    is_open = query.where(
        Call.published_at.is_not(None), Call.paused_at.is_(None), Call.opens_on <= today, Call.closes_on >= today, *more
    )
    return [CallAccess(call, territory) for call, territory in db.session.execute(is_open.order_by(Territory.code))]


def call_of(territory_id: UUID, season: int, kind: CallKind) -> Call | None:
    """The call of this kind of a territory for a season."""
    here = select(Call).where(Call.territory_id == territory_id, Call.kind == kind)
    return db.session.scalars(here.where(Call.season == season)).first()


def latest_call(territory_id: UUID, kind: CallKind) -> Call | None:
    """The last call of this kind of a territory, to begin the next from."""
    query = select(Call).where(Call.territory_id == territory_id, Call.kind == kind).order_by(Call.season.desc())
    return db.session.scalars(query.limit(1)).first()


def slugs_taken() -> set[str]:
    """Every address of a call."""
    return set(db.session.scalars(select(Call.slug).order_by(Call.slug)))


def partners_of(call_id: UUID) -> list[CallPartner]:
    """Who passes a call on, stopped ones last."""
    query = select(CallPartner).where(CallPartner.call_id == call_id)
    in_order = query.order_by(CallPartner.revoked_at.is_not(None), CallPartner.name, CallPartner.id)
    return list(db.session.scalars(in_order))


def open_partner(call_id: UUID, slug: str) -> CallPartner | None:
    """The partner whose link is followed, unless it was stopped."""
    query = select(CallPartner).where(
        CallPartner.call_id == call_id, CallPartner.slug == slug, CallPartner.revoked_at.is_(None)
    )
    return db.session.scalars(query).first() if slug else None


@dataclass(frozen=True)
class PartnerAccess:
    """A partner with its call."""

    partner: CallPartner
    access: CallAccess

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""
        return self.access.territory_id


def get_partner(partner_id: UUID) -> PartnerAccess | None:
    """One partner."""
    row = db.session.get(CallPartner, partner_id)
    access = get_call(row.call_id) if row else None
    return PartnerAccess(row, access) if row and access else None


@dataclass(frozen=True)
class TestimonialAccess:
    """A testimonial with its call."""

    testimonial: Testimonial
    access: CallAccess

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""
        return self.access.territory_id


def get_testimonial(testimonial_id: UUID) -> TestimonialAccess | None:
    """One testimonial."""
    row = db.session.get(Testimonial, testimonial_id)
    access = get_call(row.call_id) if row else None
    return TestimonialAccess(row, access) if row and access else None


def testimonials_of(call_id: UUID, today: date) -> list[Testimonial]:
    """What may be read today on the page of a call."""
    query = select(Testimonial).where(Testimonial.call_id == call_id, Testimonial.shown_until >= today)
    return list(db.session.scalars(query.order_by(Testimonial.agreed_on, Testimonial.id)))
