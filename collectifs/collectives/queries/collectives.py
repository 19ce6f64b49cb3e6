"""Collectives: who belongs, who pilots, and what a manager may know of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, or_, select

from collectifs.collectives.domain.belonging import belonged_when_held
from collectifs.collectives.domain.charter import is_accepted
from collectifs.collectives.domain.work import MailInvitation
from collectifs.collectives.models import CharterConsent, Collective, Membership
from collectifs.collectives.queries.memberships import Period, holds, periods_among
from collectifs.collectives.queries.pilotships import (
    Deputy,
    PilotshipFacts,
    deputies_among,
    pilots_among,
    with_pilots,
)
from collectifs.collectives.queries.stays import Known, Stay, stays_in
from collectifs.guard.domain.context import Context, context_of
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.mail.refusals import refusal_kind
from collectifs.kernel.models import Job, JobState
from collectifs.people.domain.person import Degree
from collectifs.people.models import Territory


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


@dataclass(frozen=True)
class CollectiveAccess:
    """A collective with the ids that the rules on access need, as they are at the instant `at`.

    `consent_ids`: the members whose consent to the charter dates from their present membership, not an older one.
    `periods`: when each person ever belonged, oldest first. `deputies`: who runs one meeting in the pilot's place.
    `members`: who belongs now, `memberships`: every one that ever was, with its person; both by family name.
    """

    collective: Collective
    territory: Territory
    member_ids: frozenset[UUID]
    pilot_ids: frozenset[UUID]
    consent_ids: frozenset[UUID]
    at: datetime
    periods: Mapping[UUID, tuple[Period, ...]] = field(default_factory=dict)
    deputies: tuple[Deputy, ...] = ()
    members: tuple[MemberFacts, ...] = ()
    memberships: tuple[Stay, ...] = ()

    @property
    def pilots(self) -> list[MemberFacts]:
        """The members who pilot."""
        return [member for member in self.members if member.is_pilot]

    @property
    def everybody(self) -> list[Known]:
        """Everybody who was a member at some time, by family name: their names must not leave."""
        return list({each.user_id: each.user for each in self.memberships}.values())

    @property
    def guarded(self) -> Context:
        """What the guard of anonymity must know of it: everybody ever in it, its name, where they work.

        Where people live is left out: no mark may let it be guessed.
        """
        people = [(user.given_name, user.family_name) for user in self.everybody]
        people.append((self.collective.name, self.collective.name))
        return context_of(
            people,
            [each.school for each in self.memberships],
            [each.work_commune for each in self.memberships],
            [user.address for user in self.everybody],
        )

    def accepted_once(self, user_id: UUID) -> bool:
        """Whether a member accepted, in their present membership, a charter that asked less than the one of today."""
        mine = [
            each
            for each in self.memberships
            if each.user_id == user_id and holds((each.starts_at, each.ends_at), self.at)
        ]
        accepted = any(given.accepted_at >= each.starts_at for each in mine for given in each.consents)
        return accepted and user_id not in self.consent_ids

    def came_before(self, user_id: UUID, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether a person was a member when a meeting was held, or is one and came before it was over."""
        return belonged_when_held(self.periods.get(user_id, ()), starts_at, ends_at, self.at)

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


def get_collective(collective_id: UUID) -> CollectiveAccess | None:
    """A collective and who is in it at this moment."""
    return accesses_to([collective_id]).get(collective_id)


def accesses_to(collective_ids: Collection[UUID]) -> dict[UUID, CollectiveAccess]:
    """Some collectives and who is in each at this moment: two queries, however many there are."""
    if not collective_ids:
        return {}
    now = clock.now()
    collectives, stays = with_pilots(collective_ids), stays_in(collective_ids)
    return {row.id: _access(row, stays[row.id], pilotships, now) for row, pilotships in collectives.items()}


def _access(
    row: Collective, stays: Sequence[Stay], pilotships: Sequence[PilotshipFacts], now: datetime
) -> CollectiveAccess:
    present = [each for each in stays if holds((each.starts_at, each.ends_at), now)]
    pilots = frozenset(each.user_id for each in pilots_among(pilotships, now))
    consents = frozenset(
        each.user_id
        for each in present
        if any(is_accepted(given.version, given.accepted_at, each.starts_at) for given in each.consents)
    )
    return CollectiveAccess(
        row,
        row.territory,
        frozenset(each.user_id for each in present),
        pilots,
        consents,
        now,
        periods_among(stays),
        deputies_among(pilotships, now),
        tuple(_member(each, pilots, consents) for each in present),
        tuple(stays),
    )


def _member(member: Stay, pilots: frozenset[UUID], consents: frozenset[UUID]) -> MemberFacts:
    user = member.user
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


def get_collective_facts(collective_id: UUID) -> CollectiveFacts | None:
    """What the administration may know of a collective."""
    row = db.session.execute(
        select(Collective, Territory)
        .join(Territory, Territory.id == Collective.territory_id)
        .where(Collective.id == collective_id)
        .order_by(Collective.name)
    ).first()
    return facts_from(*row) if row else None


def facts_from(collective: Collective, territory: Territory) -> CollectiveFacts:
    """The same, of rows that are at hand."""
    return CollectiveFacts(
        collective.id,
        collective.name,
        collective.code,
        territory.id,
        territory.name,
        territory.timezone,
        collective.season,
    )


FACTS = (
    *(Collective.id, Collective.name, Collective.code),
    *(Territory.id, Territory.name, Territory.timezone, Collective.season),
)


def collectives_on(territory_ids: frozenset[UUID], season: int) -> list[CollectiveFacts]:
    """The collectives of some territories in a season, by name."""
    rows: Any = db.session.execute(
        select(*FACTS)
        .join(Territory, Territory.id == Collective.territory_id)
        .where(Collective.territory_id.in_(territory_ids), Collective.season == season)
        .order_by(Territory.code, Collective.name)
    )
    return [CollectiveFacts(*row) for row in rows]


@dataclass(frozen=True)
class Belonged:
    """A collective that somebody belongs to, or belonged to."""

    id: UUID
    name: str
    season: int


_M, _C = Membership.__table__, Collective.__table__
_BELONGINGS: Any = (
    select(_C.c.id, _C.c.name, _C.c.season, _M.c.starts_at, _M.c.ends_at)
    .join_from(_M, _C, _C.c.id == _M.c.collective_id)
    .where(_M.c.user_id == bindparam("user_id"))
    .order_by(_C.c.created_at.desc(), _C.c.name, _M.c.starts_at)
)


def belongings_of(user_id: UUID) -> list[tuple[Belonged, bool]]:
    """The collectives that a person ever belonged to, the newest first, each with whether they belong to it now."""
    now, found = clock.now(), dict[Belonged, bool]()
    for id_, name, season, starts_at, ends_at in db.session.execute(_BELONGINGS, {"user_id": user_id}):
        where = Belonged(id_, name, season)
        found[where] = found.get(where, False) or holds((starts_at, ends_at), now)
    return list(found.items())


def members_of(collective_id: UUID) -> list[MemberFacts]:
    """The present members, by family name."""
    found = get_collective(collective_id)
    return list(found.members) if found else []


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


def consents_to_ask_anew(version: int) -> list[CharterConsent]:
    """Acceptances of a charter older than this version, whose people no mail has told of it yet."""
    told = func.coalesce(CharterConsent.told_version, 0)
    return list(
        db.session.scalars(
            select(CharterConsent)
            .where(CharterConsent.version < version, told < version)
            .order_by(CharterConsent.accepted_at, CharterConsent.id)
        )
    )


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
