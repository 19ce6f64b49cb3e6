"""The people of the demonstration: territories, accounts, what was granted to them, the devices they opened."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from collectifs.demo.records import DemoData, DemoPerson
from collectifs.demo.rows import Stage, add, note
from collectifs.kernel.seasons import season_ends_on
from collectifs.people.domain.appointing import USUAL_STATUSES
from collectifs.people.domain.person import Role
from collectifs.people.domain.sign_in import LinkPurpose, device_ends_at, link_ends_at
from collectifs.people.models import AccompaniedStatus, Device, GrantedRole, PersonalLink, Territory, User
from collectifs.people.queries.people import hashed

FOUNDED = (9, 1)  # month and day of the season: the command line makes the administrator
APPOINTED = (9, 14)
POOLED = (10, 5)
LABELS = (
    "iPhone, Safari",
    "ordinateur Windows, Firefox",
    "téléphone Android, Chrome",
    "ordinateur Windows, Edge",
    "ordinateur Mac, Safari",
    "téléphone Android, Firefox",
)
OPENED_BEFORE = timedelta(minutes=3)


def add_people(data: DemoData) -> Stage:
    """Write the territories, everybody, and the roles; returns them by their names in the data."""
    territories: dict[str, Territory] = {}
    for place in data.territories:
        parent = territories[place.parent].id if place.parent else None
        territories[place.code] = add(
            Territory(
                code=place.code,
                name=place.name,
                parent_id=parent,
                zone=data.zone,
                timezone=data.timezone,
                contact_name=place.contact_name,
                contact_address=place.contact_address,
            )
        )
    stage = Stage(data, territories, {})
    for rank, person in enumerate(sorted(data.people.values(), key=lambda person: not person.first)):
        stage.people[person.id] = add(_user(data, person, rank))
    _grant_roles(stage)
    for position, label in enumerate(USUAL_STATUSES, 1):
        add(AccompaniedStatus(label=label, position=position))
    return stage


def in_season(data: DemoData, month_and_day: tuple[int, int], hour: int = 9) -> datetime:
    """An instant of the autumn in which the season begins, in the hour of the territory."""
    return datetime(data.season, *month_and_day, hour, tzinfo=data.tz)


def _user(data: DemoData, person: DemoPerson, rank: int) -> User:
    """An account. The page « Entrer comme… » shows the accounts from the oldest on: hence the rank."""
    return User(
        given_name=person.given_name,
        family_name=person.family_name,
        address=person.address,
        created_at=in_season(data, FOUNDED) + timedelta(minutes=rank),
        is_demo=True,
        demo_circle="institution" if _is_around(person) else "collective",
        demo_line=person.sentence,
    )


def _is_around(person: DemoPerson) -> bool:
    return person.role is not None and (person.role.is_hierarchy or person.role is Role.ADMINISTRATOR)


def _grant_roles(stage: Stage) -> None:
    """The administrator appoints managers and inspectors, the manager of a territory its pilots."""
    givers: dict[Role, User | None] = {Role.ADMINISTRATOR: None}
    for role in (Role.ADMINISTRATOR, Role.MANAGER, Role.INSPECTOR, Role.PILOT):
        for who, person in stage.data.people.items():
            if person.role is not role:
                continue
            _grant(stage, who, role, givers[role])
            if role is Role.ADMINISTRATOR:
                givers |= {Role.MANAGER: stage.people[who], Role.INSPECTOR: stage.people[who]}
            elif role is Role.MANAGER:
                givers.setdefault(Role.PILOT, stage.people[who])


def _grant(stage: Stage, who: str, role: Role, giver: User | None) -> None:
    person, day = stage.data.people[who], {Role.ADMINISTRATOR: FOUNDED, Role.PILOT: POOLED}
    at = in_season(stage.data, day.get(role, APPOINTED))
    grant = add(
        GrantedRole(
            user_id=stage.people[who].id,
            role=role,
            territory_id=None if role is Role.ADMINISTRATOR else stage.territories[person.territory].id,
            qualification=person.certification,
            granted_by_id=giver.id if giver else None,
            granted_at=at,
            ends_on=season_ends_on(stage.data.season),
        )
    )
    note("role_granted", grant, by=giver, at=at)


def add_device(stage: Stage, who: str, collective_id: UUID, invited_at: datetime) -> None:
    """The link that somebody received, and the device in which they opened it. Nobody holds these secrets."""
    person, user = stage.data.people[who], stage.people[who]
    if person.charter_at is None:
        return
    season, zone, opened_at = stage.data.season, stage.data.tz, person.charter_at - OPENED_BEFORE
    add(
        PersonalLink(
            user_id=user.id,
            purpose=LinkPurpose.PERSONAL,
            token_hash=hashed(secrets.token_urlsafe(32)),
            collective_id=collective_id,
            minted_at=invited_at,
            expires_at=link_ends_at(LinkPurpose.PERSONAL, invited_at, season, zone),
            used_at=opened_at,
        )
    )
    device = Device(
        user_id=user.id,
        secret_hash=hashed(secrets.token_urlsafe(32)),
        label=LABELS[len(person.id) % len(LABELS)],
        bound_at=opened_at,
        expires_at=device_ends_at(opened_at, season, zone),
    )
    note("device_opened", add(device), by=user, at=opened_at)
