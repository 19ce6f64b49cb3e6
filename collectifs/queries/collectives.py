"""Collectives: who belongs, who pilots, and what a manager may know of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from collectifs import clock
from collectifs.domain.person import Degree
from collectifs.extensions import db
from collectifs.models import CharterConsent, Collective, Membership, Pilotship, Territory, User


@dataclass(frozen=True)
class CollectiveAccess:
    """A collective with the ids that the rules on access need."""

    collective: Collective
    territory: Territory
    member_ids: frozenset[UUID]
    pilot_ids: frozenset[UUID]
    consent_ids: frozenset[UUID]

    @property
    def zone(self) -> ZoneInfo:
        """Where its clock hangs."""
        return ZoneInfo(self.territory.timezone)


@dataclass(frozen=True)
class CollectiveFacts:
    """What the administration may know of a collective: no content, nor the way to it."""

    id: UUID
    name: str
    code: str
    territory_id: UUID
    territory_name: str
    timezone: str
    season: int


@dataclass(frozen=True)
class MemberFacts:
    """A member as the others of the collective, or its manager, see them."""

    user_id: UUID
    given_name: str
    family_name: str
    address: str
    degree: Degree | None
    tutoring_years: int | None
    setting: str
    is_pilot: bool
    has_accepted: bool

    @property
    def name(self) -> str:
        """Given name, then family name."""
        return f"{self.given_name} {self.family_name}"


def get_collective(collective_id: UUID) -> CollectiveAccess | None:
    """A collective and who is in it at this moment."""
    collective = db.session.get(Collective, collective_id)
    return collective_access(collective) if collective else None


def collective_access(collective: Collective) -> CollectiveAccess:
    """The ids that the rules need, at this moment."""
    now = clock.now()
    territory = db.session.get_one(Territory, collective.territory_id)
    return CollectiveAccess(
        collective,
        territory,
        frozenset(_current_members(collective.id, now)),
        frozenset(_current_pilots(collective.id, now)),
        frozenset(
            db.session.scalars(
                select(CharterConsent.user_id)
                .where(CharterConsent.collective_id == collective.id)
                .order_by(CharterConsent.accepted_at)
            )
        ),
    )


def _current_members(collective_id: UUID, now: datetime) -> list[UUID]:
    query = select(Membership.user_id).where(
        Membership.collective_id == collective_id,
        Membership.starts_at <= now,
        or_(Membership.ends_at.is_(None), Membership.ends_at > now),
    )
    return list(db.session.scalars(query.order_by(Membership.starts_at)))


def _current_pilots(collective_id: UUID, now: datetime) -> list[UUID]:
    today = now.date()
    query = select(Pilotship.user_id).where(
        Pilotship.collective_id == collective_id,
        Pilotship.starts_on <= today,
        or_(Pilotship.ends_on.is_(None), Pilotship.ends_on >= today),
    )
    return list(db.session.scalars(query.order_by(Pilotship.starts_on)))


def get_collective_facts(collective_id: UUID) -> CollectiveFacts | None:
    """What the administration may know of a collective."""
    row = db.session.execute(
        select(Collective, Territory)
        .join(Territory, Territory.id == Collective.territory_id)
        .where(Collective.id == collective_id)
        .order_by(Collective.name)
    ).first()
    return _facts(*row) if row else None


def _facts(collective: Collective, territory: Territory) -> CollectiveFacts:
    return CollectiveFacts(
        collective.id,
        collective.name,
        collective.code,
        territory.id,
        territory.name,
        territory.timezone,
        collective.season,
    )


def collectives_on(territory_ids: frozenset[UUID], season: int) -> list[CollectiveFacts]:
    """The collectives of some territories in a season, by name."""
    rows = db.session.execute(
        select(Collective, Territory)
        .join(Territory, Territory.id == Collective.territory_id)
        .where(Collective.territory_id.in_(territory_ids), Collective.season == season)
        .order_by(Territory.code, Collective.name)
    )
    return [_facts(collective, territory) for collective, territory in rows]


def collectives_of(user_id: UUID) -> list[Collective]:
    """The collectives that a person belongs to now, the newest first."""
    now = clock.now()
    return list(
        db.session.scalars(
            select(Collective)
            .join(Membership, Membership.collective_id == Collective.id)
            .where(
                Membership.user_id == user_id,
                Membership.starts_at <= now,
                or_(Membership.ends_at.is_(None), Membership.ends_at > now),
            )
            .order_by(Collective.created_at.desc(), Collective.name)
        ).unique()
    )


def members_of(collective_id: UUID) -> list[MemberFacts]:
    """The present members, by family name."""
    now = clock.now()
    pilots = set(_current_pilots(collective_id, now))
    consents = set(
        db.session.scalars(
            select(CharterConsent.user_id)
            .where(CharterConsent.collective_id == collective_id)
            .order_by(CharterConsent.accepted_at)
        )
    )
    rows = db.session.execute(
        select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.collective_id == collective_id,
            Membership.starts_at <= now,
            or_(Membership.ends_at.is_(None), Membership.ends_at > now),
        )
        .order_by(User.family_name, User.given_name)
    )
    return [_member(member, user, pilots, consents) for member, user in rows]


def _member(member: Membership, user: User, pilots: set[UUID], consents: set[UUID]) -> MemberFacts:
    return MemberFacts(
        user.id,
        user.given_name,
        user.family_name,
        user.address,
        member.degree,
        member.tutoring_years,
        member.setting,
        user.id in pilots,
        user.id in consents,
    )


def everybody_ever(collective_id: UUID) -> list[User]:
    """Everybody who was a member at some time: their names must not leave."""
    return list(
        db.session.scalars(
            select(User)
            .join(Membership, Membership.user_id == User.id)
            .where(Membership.collective_id == collective_id)
            .order_by(User.family_name, User.given_name)
        ).unique()
    )


def open_membership(user_id: UUID, collective_id: UUID) -> Membership | None:
    """The membership that has not ended."""
    return db.session.scalars(
        select(Membership)
        .where(
            Membership.user_id == user_id,
            Membership.collective_id == collective_id,
            Membership.ends_at.is_(None),
        )
        .order_by(Membership.starts_at)
    ).first()


def codes_taken(territory_id: UUID, season: int) -> set[str]:
    """The codes already given on a territory in a season."""
    return set(
        db.session.scalars(
            select(Collective.code)
            .where(Collective.territory_id == territory_id, Collective.season == season)
            .order_by(Collective.code)
        )
    )


def names_taken(territory_id: UUID, season: int) -> set[str]:
    """The names that the collectives of a territory bear in a season."""
    return set(
        db.session.scalars(
            select(Collective.name)
            .where(Collective.territory_id == territory_id, Collective.season == season)
            .order_by(Collective.name)
        )
    )


def charter_consent(user_id: UUID, collective_id: UUID) -> CharterConsent | None:
    """When a person accepted the charter of a collective, if they did."""
    return db.session.scalars(
        select(CharterConsent)
        .where(CharterConsent.user_id == user_id, CharterConsent.collective_id == collective_id)
        .order_by(CharterConsent.version.desc())
    ).first()


def open_pilotships(user_id: UUID, collective_id: UUID) -> list[Pilotship]:
    """The pilotships of a person in a collective that have no end yet."""
    return list(
        db.session.scalars(
            select(Pilotship)
            .where(
                Pilotship.user_id == user_id,
                Pilotship.collective_id == collective_id,
                Pilotship.ends_on.is_(None),
            )
            .order_by(Pilotship.starts_on)
        )
    )
