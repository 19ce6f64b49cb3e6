"""People, their devices and links, their territories; a pasted list, each line with what is known of its address."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, func, or_, select

from collectifs.kernel.extensions import db
from collectifs.people.domain.guests import Guest, check_is_of_this_vivier, check_pilot_is_named
from collectifs.people.domain.people import PastedPerson, read_one_person, read_pasted_people
from collectifs.people.domain.person import Grant, Person, Role
from collectifs.people.domain.sign_in import LinkPurpose
from collectifs.people.models import Device, GrantedRole, PersonalLink, SignInFailure, Territory, User
from collectifs.people.queries.roles import get_role


@dataclass(frozen=True)
class DeviceFacts:
    """A browser in which somebody is signed in, as they see it listed."""

    id: UUID
    label: str
    bound_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class SignInFacts:
    """One time that somebody signed in: in which browser, when, and when it ended (None: they are still in)."""

    device_id: UUID
    label: str
    at: datetime
    expires_at: datetime
    ended_at: datetime | None
    was_closed: bool


def hashed(secret: str) -> bytes:
    """What is kept of a token or of a device's secret: they are random enough for a plain hash."""
    return hashlib.sha256(secret.encode()).digest()


# Asked at each request: written once, of columns alone.
_U, _D, _G, _T = User.__table__, Device.__table__, GrantedRole.__table__, Territory.__table__
_BY_GRANT: tuple[Any, ...] = (_G.c.role, _G.c.granted_at, _G.c.id, _T.c.code)
STANDS = and_(_G.c.revoked_at.is_(None), _G.c.ends_on >= bindparam("today"))
_COVERED = or_(_T.c.id == _G.c.territory_id, _T.c.parent_id == _G.c.territory_id)
_KNOWN: tuple[Any, ...] = (_U.c.id, _U.c.given_name, _U.c.family_name, _U.c.address, _U.c.is_demo)
_OF_DEVICE = (
    select(*_KNOWN, _D.c.id, _G.c.id, _G.c.role, _T.c.id)
    .select_from(_U)
    .join(_D, _D.c.user_id == _U.c.id)
    .outerjoin(_G, and_(_G.c.user_id == _U.c.id, STANDS))
    .outerjoin(_T, _COVERED)
    .where(_D.c.secret_hash == bindparam("secret_hash"), _D.c.closed_at.is_(None), _D.c.expires_at > bindparam("now"))
    .order_by(*_BY_GRANT)
)
_GRANTED = (
    select(_G.c.id, _G.c.role, _T.c.id)
    .select_from(_G)
    .outerjoin(_T, _COVERED)
    .where(_G.c.user_id == bindparam("user_id"), STANDS)
    .order_by(*_BY_GRANT)
)


def person_for_device(secret: str, now: datetime) -> Person | None:
    """The person whose open device carries this secret, with what is granted to them today: one query."""
    asked = {"secret_hash": hashed(secret), "now": now, "today": now.date()}
    rows: Any = db.session.execute(_OF_DEVICE, asked).all()
    if not rows:
        return None
    *known, device_id, _grant, _role, _place = rows[0]
    return _person(known, [row[6:] for row in rows if row[6] is not None], device_id)


def person_from(user: User, today: date) -> Person:
    """A user as the rules see them, with what is granted to them today."""
    rows: Any = db.session.execute(_GRANTED, {"user_id": user.id, "today": today})
    return _person((user.id, user.given_name, user.family_name, user.address, user.is_demo), rows)


def _person(
    known: Iterable[Any], granted: Iterable[tuple[UUID, Role, UUID | None]], device_id: UUID | None = None
) -> Person:
    """`granted`: a line for each territory that each grant covers."""
    covered: dict[UUID, tuple[Role, set[UUID]]] = {}
    for grant_id, role, territory_id in granted:
        places = covered.setdefault(grant_id, (role, set()))[1]
        places.update({territory_id} if territory_id else ())
    grants = tuple(Grant(role, frozenset(territory_ids)) for role, territory_ids in covered.values())
    id_, given_name, family_name, address, is_demo = known
    return Person(id_, given_name, family_name, address, grants, device_id, is_demo)


def get_user(user_id: UUID) -> User | None:
    """A user by id."""
    return db.session.get(User, user_id)


def user_by_address(address: str) -> User | None:
    """A user by normalised address."""
    return db.session.scalars(select(User).where(User.address == address).order_by(User.id)).first()


def users_by_address(addresses: Iterable[str]) -> dict[str, User]:
    """Known users among some addresses, by address."""
    users = db.session.scalars(select(User).where(User.address.in_(list(addresses))).order_by(User.address))
    return {user.address: user for user in users}


def demo_people() -> list[User]:
    """The people that the demo made, who may sign in with one click."""
    return list(
        db.session.scalars(
            select(User)
            .where(User.is_demo, User.demo_circle.is_not(None))
            .order_by(User.demo_circle, User.created_at, User.family_name)
        )
    )


def get_demo_user(user_id: UUID) -> User | None:
    """A person that the demo made, the only kind that enters with one click."""
    user = db.session.get(User, user_id)
    return user if user is not None and user.is_demo else None


def has_password(user_id: UUID) -> bool:
    """Whether a person chose a password."""
    return db.session.scalar(select(User.password_hash).where(User.id == user_id)) is not None


def account_end(user_id: UUID) -> date | None:
    """The last day of an account, once its person was told."""
    return db.session.scalar(select(User.ends_on).where(User.id == user_id))


def open_devices(user_id: UUID, now: datetime) -> list[DeviceFacts]:
    """The devices in which a person is signed in, the latest first."""
    devices = db.session.scalars(
        select(Device)
        .where(Device.user_id == user_id, Device.closed_at.is_(None), Device.expires_at > now)
        .order_by(Device.bound_at.desc())
    )
    return [DeviceFacts(device.id, device.label, device.bound_at, device.expires_at) for device in devices]


def sign_ins_of(user_id: UUID, now: datetime) -> list[SignInFacts]:
    """Every time that a person signed in, the latest first, until it is forgotten (kernel/retention.py)."""
    devices = db.session.scalars(
        select(Device).where(Device.user_id == user_id).order_by(Device.bound_at.desc(), Device.id)
    )
    return [_sign_in(each, now) for each in devices]


def _sign_in(device: Device, now: datetime) -> SignInFacts:
    over = device.expires_at if device.expires_at <= now else None
    ended_at, was_closed = device.closed_at or over, device.closed_at is not None
    return SignInFacts(device.id, device.label, device.bound_at, device.expires_at, ended_at, was_closed)


def get_device(device_id: UUID) -> Device | None:
    """A device by id."""
    return db.session.get(Device, device_id)


def link_for_token(token: str) -> PersonalLink | None:
    """The link that carries a token, whatever its state."""
    return db.session.scalars(
        select(PersonalLink).where(PersonalLink.token_hash == hashed(token)).order_by(PersonalLink.minted_at)
    ).first()


def get_link(link_id: UUID) -> PersonalLink | None:
    """A link by id, for the worker that mails it."""
    return db.session.get(PersonalLink, link_id)


def links_minted_since(user_id: UUID, purpose: LinkPurpose, since: datetime) -> int:
    """How many links of a kind were made for a person since an instant."""
    count = db.session.scalar(
        select(func.count(PersonalLink.id)).where(
            PersonalLink.user_id == user_id, PersonalLink.purpose == purpose, PersonalLink.minted_at >= since
        )
    )
    return count or 0


def open_links(user_id: UUID, purpose: LinkPurpose) -> list[PersonalLink]:
    """The links of a person that were neither used nor revoked, oldest first."""
    return list(
        db.session.scalars(
            select(PersonalLink)
            .where(
                PersonalLink.user_id == user_id,
                PersonalLink.purpose == purpose,
                PersonalLink.used_at.is_(None),
                PersonalLink.revoked_at.is_(None),
            )
            .order_by(PersonalLink.minted_at)
        )
    )


def failures_since(subject: bytes, since: datetime) -> int:
    """How many failed attempts a subject made since an instant."""
    count = db.session.scalar(
        select(func.count(SignInFailure.id)).where(SignInFailure.subject == subject, SignInFailure.at >= since)
    )
    return count or 0


def territories() -> list[Territory]:
    """Every territory, académies first."""
    return list(db.session.scalars(select(Territory).order_by(Territory.parent_id.is_not(None), Territory.code)))


def get_territory(territory_id: UUID) -> Territory | None:
    """A territory by id."""
    return db.session.get(Territory, territory_id)


def zone_of(territory_id: UUID) -> ZoneInfo:
    """Where the clock of a territory hangs."""
    return ZoneInfo(db.session.get_one(Territory, territory_id).timezone)


def hierarchy_user_ids(territory_id: UUID, today: date) -> frozenset[UUID]:
    """Who manages or inspects a territory (or the one above it): never a member of its collectives."""
    territory = db.session.get(Territory, territory_id)
    above = [territory_id] + ([territory.parent_id] if territory and territory.parent_id else [])
    rows = db.session.scalars(
        select(GrantedRole.user_id)
        .where(
            GrantedRole.territory_id.in_(above),
            GrantedRole.role.in_([Role.MANAGER, Role.INSPECTOR]),
            GrantedRole.revoked_at.is_(None),
            GrantedRole.ends_on >= today,
        )
        .order_by(GrantedRole.user_id)
    )
    return frozenset(rows)


def people_on(territory_id: UUID, ids: Collection[UUID], today: date) -> list[Person]:
    """These people and the hierarchy of a territory, as the rules see them."""
    wanted = {*ids, *hierarchy_user_ids(territory_id, today)}
    users = db.session.scalars(select(User).where(User.id.in_(wanted)).order_by(User.family_name, User.id))
    return [person_from(user, today) for user in users]


def has_any_user() -> bool:
    """Whether anybody is known yet."""
    return db.session.scalars(select(User.id).order_by(User.id).limit(1)).first() is not None


def names_of(user_ids: set[UUID]) -> dict[UUID, str]:
    """What some people are called."""
    rows = db.session.scalars(select(User).where(User.id.in_(user_ids)).order_by(User.id))
    return {user.id: f"{user.given_name} {user.family_name}" for user in rows}


def guests_in(
    text: str,
    territory_id: UUID,
    today: date,
    *,
    pilot_address: str = "",
    member_ids: frozenset[UUID] = frozenset(),
) -> list[Guest]:
    """Each line as understood, nothing sent: known, of the hierarchy, already a member, the pilot."""
    people = read_pasted_people(text)
    known = _known(people)
    hierarchy = hierarchy_user_ids(territory_id, today)
    return [_guest(person, known.get(person.address), hierarchy, member_ids, pilot_address) for person in people]


def guest_for(person: PastedPerson, territory_id: UUID, today: date) -> Guest:
    """One person, with what is known of their address."""
    user = _known([person]).get(person.address)
    return _guest(person, user, hierarchy_user_ids(territory_id, today))


def pilot_named(role_id: UUID | None, line: str, territory_id: UUID, today: date) -> Guest:
    """Who will pilot: picked from the vivier, or typed; refused next to `pilot` or `pilot_line`."""
    role = get_role(role_id) if role_id else None
    check_pilot_is_named(is_picked=role is not None, line=line)
    if role is None:
        return guest_for(read_one_person(line, "pilot_line"), territory_id, today)
    check_is_of_this_vivier(role.territory_id, territory_id)
    person = PastedPerson("", role.name, "", role.address)
    return Guest(person, role.user_id, role.name, is_hierarchy=role.user_id in hierarchy_user_ids(territory_id, today))


def _known(people: Iterable[PastedPerson]) -> dict[str, User]:
    return users_by_address(person.address for person in people if person.address)


def _guest(
    person: PastedPerson,
    user: User | None,
    hierarchy: frozenset[UUID],
    member_ids: frozenset[UUID] = frozenset(),
    pilot_address: str = "",
) -> Guest:
    if user is None:
        return Guest(person, is_pilot=bool(person.address) and person.address == pilot_address)
    return Guest(
        person,
        user.id,
        f"{user.given_name} {user.family_name}".strip(),
        is_hierarchy=user.id in hierarchy,
        is_member=user.id in member_ids,
        is_pilot=person.address == pilot_address,
    )
