"""Who pilots a collective, who may, and the vivier of a territory."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, bindparam, exists, false, func, or_, select

from collectifs.collectives.domain.piloting import local_day
from collectifs.collectives.models import Collective, Meeting, Pilotship
from collectifs.collectives.queries.collectives import (
    FACTS,
    CollectiveFacts,
    MemberFacts,
    get_collective_facts,
    members_of,
)
from collectifs.collectives.queries.pilotships import PilotshipFacts, get_pilotship, pilots_among, pilotships_of
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.people.domain.guests import Guest, check_one_is_chosen
from collectifs.people.domain.people import PastedPerson, read_one_person
from collectifs.people.domain.person import Role
from collectifs.people.models import Territory, User
from collectifs.people.queries.people import get_user, guest_for, hierarchy_user_ids
from collectifs.people.queries.roles import RoleFacts, holders_of, roles_on, territory_rows


@dataclass(frozen=True)
class Piloting:
    """Who pilots a collective, now and next, and who belongs to it. `deputies` holds those of meetings not past."""

    facts: CollectiveFacts
    members: tuple[MemberFacts, ...]
    pilots: tuple[PilotshipFacts, ...]
    ahead: tuple[PilotshipFacts, ...]
    deputies: tuple[PilotshipFacts, ...]

    @property
    def zone(self) -> ZoneInfo:
        """Where its clock hangs."""
        return ZoneInfo(self.facts.timezone)

    @property
    def pilot_ids(self) -> frozenset[UUID]:
        """Who pilots at this moment."""
        return frozenset(each.user_id for each in self.pilots)

    @property
    def member_ids(self) -> frozenset[UUID]:
        """Who belongs at this moment."""
        return frozenset(member.user_id for member in self.members)

    @property
    def consent_ids(self) -> frozenset[UUID]:
        """The members who accepted the charter."""
        return frozenset(member.user_id for member in self.members if member.has_accepted)

    def deputies_for(self, meeting_id: UUID) -> list[PilotshipFacts]:
        """Who stands in for one meeting."""
        return [each for each in self.deputies if each.meeting_id == meeting_id]

    def others_than(self, user_id: UUID) -> list[str]:
        """Those who would still pilot, the charter accepted, without this person."""
        return [each.name for each in self.pilots if each.user_id in self.consent_ids - {user_id}]


@dataclass(frozen=True)
class MeetingPiloting:
    """A meeting to come, without its tables, and who runs it."""

    id: UUID
    number: int
    starts_at: datetime
    ends_at: datetime
    place: str
    collective: Piloting

    @property
    def deputies(self) -> list[PilotshipFacts]:
        """Who stands in for it already."""
        return self.collective.deputies_for(self.id)


@dataclass(frozen=True)
class PossiblePilot:
    """Somebody whom one may choose: a member, or somebody of the vivier. `about` helps, and locks nobody out."""

    user_id: UUID
    name: str
    about: str


@dataclass(frozen=True)
class Chosen:
    """Who was chosen, and the field where a refusal about them is shown."""

    guest: Guest
    field: str


def get_piloting(collective_id: UUID) -> Piloting | None:
    """Who pilots a collective, and who may."""
    facts = get_collective_facts(collective_id)
    return _piloting(facts) if facts else None


def _piloting(facts: CollectiveFacts) -> Piloting:
    now = clock.now()
    rows = [each for each in pilotships_of(facts.id) if not each.is_behind(now)]
    return Piloting(
        facts,
        tuple(members_of(facts.id)),
        tuple(pilots_among(rows, now)),
        tuple(each for each in rows if not each.is_deputy and each.is_ahead(now)),
        tuple(each for each in rows if each.is_deputy),
    )


def get_meeting_piloting(meeting_id: UUID) -> MeetingPiloting | None:
    """A meeting that is not cancelled, and who runs it."""
    row = db.session.get(Meeting, meeting_id)
    collective = get_piloting(row.collective_id) if row is not None and row.cancelled_at is None else None
    if row is None or collective is None:
        return None
    return MeetingPiloting(row.id, row.number, row.starts_at, row.ends_at, row.place, collective)


@dataclass(frozen=True)
class PilotshipAccess:
    """A pilotship, and the collective whose people may end it."""

    pilotship: PilotshipFacts
    collective: Piloting


def get_pilotship_access(pilotship_id: UUID) -> PilotshipAccess | None:
    """A pilotship by id, with who may do what about it."""
    pilotship = get_pilotship(pilotship_id)
    collective = get_piloting(pilotship.collective_id) if pilotship else None
    return PilotshipAccess(pilotship, collective) if pilotship and collective else None


def possible_pilots(collective: Piloting, *, with_vivier: bool) -> list[PossiblePilot]:
    """The members who do not pilot yet; for those who manage, the vivier too, and what each brings."""
    members = {member.user_id: member.name for member in collective.members}
    known = _vivier_of(collective) if with_vivier else {}
    people = [PossiblePilot(user_id, name, _of_member(user_id, known)) for user_id, name in members.items()]
    people += [
        PossiblePilot(user_id, name, ", ".join(part for part in ("vivier", what) if part))
        for user_id, (name, what) in known.items()
        if user_id not in members
    ]
    return [each for each in people if each.user_id not in collective.pilot_ids]


def _vivier_of(collective: Piloting) -> dict[UUID, tuple[str, str]]:
    """Name and qualification of those in the vivier of the territory."""
    today = local_day(clock.now(), collective.zone)
    return {
        each.role.user_id: (each.role.name, each.role.qualification)
        for each in vivier([collective.facts.territory_id], today)
    }


def _of_member(user_id: UUID, known: dict[UUID, tuple[str, str]]) -> str:
    if user_id not in known:
        return "membre"
    return ", ".join(part for part in ("membre", "vivier", known[user_id][1]) if part)


def chosen_pilot(collective: Piloting, user_id: UUID | None, line: str) -> Chosen:
    """Picked from the list, or typed; refused next to `person` or `who`."""
    user = get_user(user_id) if user_id else None
    check_one_is_chosen(is_picked=user is not None, line=line)
    today = local_day(clock.now(), collective.zone)
    territory_id = collective.facts.territory_id
    if user is None:
        return Chosen(guest_for(read_one_person(line, "who"), territory_id, today), "who")
    person = PastedPerson("", user.given_name, user.family_name, user.address)
    is_hierarchy = user.id in hierarchy_user_ids(territory_id, today)
    guest = Guest(person, user.id, f"{user.given_name} {user.family_name}".strip(), is_hierarchy=is_hierarchy)
    return Chosen(guest, "person")


@dataclass(frozen=True)
class PilotingOnTerritory:
    """The collectives that nobody pilots; and those who pilot without being in the vivier, by name."""

    without: tuple[CollectiveFacts, ...]
    outside: dict[str, list[str]]


def piloting_on(territory_ids: Iterable[UUID], season: int, now: datetime) -> PilotingOnTerritory:
    """Who pilots the collectives of some territories in a season, beside those of the vivier."""
    ids = list(territory_ids)
    theirs = and_(Collective.territory_id.in_(ids), Collective.season == season)
    runs = and_(Pilotship.meeting_id.is_(None), _runs_now({row.timezone for row in territory_rows(ids)}, now))
    led = exists().where(Pilotship.collective_id == Collective.id, runs).correlate(Collective, Territory)
    without: Any = db.session.execute(
        select(*FACTS)
        .join(Territory, Territory.id == Collective.territory_id)
        .where(theirs, ~led)
        .order_by(Territory.code, Collective.name)
    )
    rows = db.session.execute(
        select(User.given_name, User.family_name, Collective.name)
        .select_from(Pilotship)
        .join(User, User.id == Pilotship.user_id)
        .join(Collective, Collective.id == Pilotship.collective_id)
        .join(Territory, Territory.id == Collective.territory_id)
        .where(theirs, runs, Pilotship.user_id.not_in(holders_of(ids, Role.PILOT, now.date())))
        .order_by(Pilotship.starts_on, User.family_name, User.given_name, Pilotship.id)
    )
    outside: dict[str, list[str]] = {}
    for given, family, collective in rows:
        outside.setdefault(f"{given} {family}".strip(), []).append(collective)
    return PilotingOnTerritory(tuple(CollectiveFacts(*row) for row in without), outside)


def _runs_now(zones: Iterable[str], now: datetime) -> ColumnElement[bool]:
    """`is_running()` today, for a query on pilotships and the territories of their collectives."""
    days = {zone: local_day(now, ZoneInfo(zone)) for zone in sorted(zones)}
    held = (
        and_(Territory.timezone == zone, Pilotship.starts_on <= day, func.coalesce(Pilotship.ends_on, day) >= day)
        for zone, day in days.items()
    )
    return or_(false(), *held)


@dataclass(frozen=True)
class VivierPilot:
    """Somebody who may pilot, and what they pilot this season."""

    role: RoleFacts
    territory_name: str
    collectives: tuple[str, ...]


def vivier(territory_ids: Iterable[UUID], today: date, page: int | None = None) -> list[VivierPilot]:
    """The pilots of some territories, all or a page of them, and the collectives that each pilots this season."""
    names = {territory.id: territory.name for territory in territory_rows(territory_ids)}
    roles = roles_on(names, Role.PILOT, today, page)
    piloted = _piloted([role.user_id for role in roles], today)
    return [
        VivierPilot(role, names[role.territory_id], tuple(piloted.get(role.user_id, ())))
        for role in roles
        if role.territory_id is not None
    ]


_TODAY = bindparam("today", type_=Pilotship.starts_on.type)
_PILOTED = (
    select(Pilotship.user_id, Collective.name)
    .join(Collective, Pilotship.collective_id == Collective.id)
    .where(
        Pilotship.user_id.in_(bindparam("user_ids", expanding=True)),
        Pilotship.meeting_id.is_(None),
        Pilotship.starts_on <= _TODAY,
        or_(Pilotship.ends_on.is_(None), Pilotship.ends_on >= _TODAY),
        Collective.season == bindparam("season"),
    )
    .order_by(Collective.name)
)


def _piloted(user_ids: list[UUID], today: date) -> dict[UUID, list[str]]:
    """What each of these people pilots this season; standing in for one meeting is no piloting."""
    found: dict[UUID, list[str]] = {}
    asked = {"user_ids": user_ids, "today": today, "season": season_of(today)}
    for user_id, name in db.session.execute(_PILOTED, asked):
        found.setdefault(user_id, []).append(name)
    return found
