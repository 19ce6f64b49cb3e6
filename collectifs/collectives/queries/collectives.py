"""Collectives: who belongs, who pilots, and what a manager may know of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from collectifs.collectives.domain.work import MailInvitation
from collectifs.collectives.models import CharterConsent, Collective, Membership
from collectifs.collectives.queries.memberships import Period, consents_in, holds, periods_of
from collectifs.collectives.queries.pilotships import (
    Deputy,
    PilotshipFacts,
    deputies_among,
    pilots_among,
    pilotships_in,
)
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.mail.refusals import refusal_kind
from collectifs.kernel.models import Job, JobState
from collectifs.kernel.queries.reading import Once
from collectifs.people.domain.person import Degree
from collectifs.people.models import Territory, User


@dataclass(frozen=True)
class CollectiveAccess:
    """A collective with the ids that the rules on access need.

    `consent_ids`: the members whose consent to the charter dates from their present membership, not an older one.
    `periods`: when each person ever belonged, oldest first. `deputies`: who runs one meeting in the pilot's place.
    """

    collective: Collective
    territory: Territory
    member_ids: frozenset[UUID]
    pilot_ids: frozenset[UUID]
    consent_ids: frozenset[UUID]
    periods: Mapping[UUID, tuple[Period, ...]] = field(default_factory=dict)
    deputies: tuple[Deputy, ...] = ()

    def came_before(self, user_id: UUID, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether a person was a member when a meeting was held, or is one now and came before it was over."""
        now = clock.now()
        return any(
            since < ends_at and (until is None or until > min(starts_at, now))
            for since, until in self.periods.get(user_id, ())
        )

    def deputies_for(self, meeting_id: UUID) -> frozenset[UUID]:
        """Who stands in for the pilot at one meeting, the charter accepted: they run it, and write its sheet."""
        named = frozenset(each.user_id for each in self.deputies if each.meeting_id == meeting_id)
        return named & self.member_ids & self.consent_ids

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
    """A member as the others of the collective, or its manager, see them.

    `address_refusal`: what a mail server answers for good (« 550 5.1.1 »), or a mail that came back (« 5.1.1 »); empty
    while mails arrive.
    """

    user_id: UUID
    given_name: str
    family_name: str
    address: str
    degree: Degree | None
    tutoring_years: int | None
    setting: str
    is_pilot: bool
    has_accepted: bool
    address_refusal: str = ""
    membership_id: UUID | None = None

    @property
    def name(self) -> str:
        """Given name, then family name."""
        return f"{self.given_name} {self.family_name}"

    @property
    def refusal_kind(self) -> str:
        """What the refusal says of the address: « unknown », « closed », or only « refused »."""
        return refusal_kind(self.address_refusal)


@Once
def get_collective(collective_id: UUID) -> CollectiveAccess | None:
    """A collective and who is in it at this moment."""
    collective = db.session.get(Collective, collective_id)
    return collective_access(collective) if collective else None


@Once
def collective_access(collective: Collective) -> CollectiveAccess:
    """The ids that the rules need, at this moment."""
    now = clock.now()
    territory = db.session.get_one(Territory, collective.territory_id)
    periods, pilotships = periods_of(collective.id), pilotships_in([collective.id])
    return access_from(collective, territory, periods, pilotships, consents_in(collective.id, now), now)


def access_from(
    collective: Collective,
    territory: Territory,
    periods: Mapping[UUID, tuple[Period, ...]],
    pilotships: Sequence[PilotshipFacts],
    consents: frozenset[UUID],
    now: datetime,
) -> CollectiveAccess:
    """The same, of rows that are at hand."""
    return CollectiveAccess(
        collective,
        territory,
        frozenset(who for who, own in periods.items() if any(holds(period, now) for period in own)),
        frozenset(each.user_id for each in pilots_among(pilotships, now)),
        consents,
        periods,
        deputies_among(pilotships, now),
    )


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


@Once
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


@Once
def members_of(collective_id: UUID) -> list[MemberFacts]:
    """The present members, by family name."""
    now = clock.now()
    pilots = {each.user_id for each in pilots_among(pilotships_in([collective_id]), now)}
    consents = consents_in(collective_id, now)
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
    return [member_from(member, user, pilots, consents) for member, user in rows]


def member_from(member: Membership, user: User, pilots: set[UUID], consents: frozenset[UUID]) -> MemberFacts:
    """A member, of rows that are at hand."""
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
        user.address_refusal if user.address_refused_at else "",
        member.id,
    )


@Once
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
            or_(Membership.ends_at.is_(None), Membership.ends_at > clock.now()),
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
    """The acceptance of the charter of a collective by a person; an older period's may stand there."""
    return db.session.scalars(
        select(CharterConsent)
        .where(CharterConsent.user_id == user_id, CharterConsent.collective_id == collective_id)
        .order_by(CharterConsent.version.desc())
    ).first()


@Once
def degree_of(collective_id: UUID) -> Degree | None:
    """The degree of a collective; None when it mixes both."""
    return db.session.scalar(select(Collective.degree).where(Collective.id == collective_id))


def invited_and_waiting(collective_id: UUID) -> set[UUID]:
    """Whose invitation has not left yet (the mail server is down, or the worker has not come by)."""
    rows = db.session.scalars(
        select(Job.args)
        .where(Job.kind == MailInvitation.kind(), Job.state.in_([JobState.WAITING, JobState.RUNNING]))
        .order_by(Job.created_at, Job.id)
    )
    waiting = map(MailInvitation.read, rows)
    return {each.user_id for each in waiting if each.collective_id == collective_id}


def locked_collective(collective_id: UUID) -> Collective:
    """The row of a collective, held until the end of the transaction: its series key is made once."""
    return db.session.scalars(
        select(Collective)
        .where(Collective.id == collective_id)
        .order_by(Collective.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
