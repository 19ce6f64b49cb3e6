"""What was granted to whom: the vivier of pilots, who manages and who inspects each territory."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from collectifs.kernel.extensions import db
from collectifs.kernel.paging import PAGE
from collectifs.people.domain.person import Role
from collectifs.people.models import GrantedRole, Territory, User


@dataclass(frozen=True)
class RoleFacts:
    """A role that somebody holds on a territory."""

    id: UUID
    role: Role
    user_id: UUID
    name: str
    address: str
    territory_id: UUID | None
    qualification: str
    granted_at: datetime
    ends_on: date
    stands_in_for_id: UUID | None = None


KNOWN = (
    *(GrantedRole.id, GrantedRole.role, User.id, User.given_name, User.family_name, User.address),
    *(GrantedRole.territory_id, GrantedRole.qualification, GrantedRole.granted_at, GrantedRole.ends_on),
    GrantedRole.stands_in_for_id,
)


@dataclass(frozen=True)
class TerritoryFacts:
    """A territory with those who manage and inspect it."""

    id: UUID
    code: str
    name: str
    parent_id: UUID | None
    zone: str
    managers: tuple[RoleFacts, ...]
    inspectors: tuple[RoleFacts, ...]


def _held_on(territory_ids: Any, role: Any, today: Any) -> tuple[ColumnElement[bool], ...]:
    """Values, or parameters that stand for them."""
    return (
        GrantedRole.territory_id.in_(territory_ids),
        GrantedRole.role == role,
        GrantedRole.revoked_at.is_(None),
        GrantedRole.ends_on >= today,
    )


_ON: Any = bindparam("territory_ids", expanding=True)
_HELD = _held_on(_ON, bindparam("role"), bindparam("today"))
_ROLES_ON = (  # asked at each page that says how many read it
    select(*KNOWN)
    .join(User, User.id == GrantedRole.user_id)
    .where(*_HELD)
    .order_by(User.family_name, User.given_name, GrantedRole.granted_at, GrantedRole.id)
)
_COUNT_ON = select(func.count(GrantedRole.id)).where(*_HELD)
_TERRITORIES = select(Territory).where(Territory.id.in_(_ON)).order_by(Territory.code)
_DEPARTMENTS = _TERRITORIES.where(
    Territory.id.not_in(
        select(Territory.parent_id)
        .where(Territory.parent_id.is_not(None))
        .order_by(Territory.parent_id)
        .correlate(None)
    )
)


def roles_on(territory_ids: Iterable[UUID], role: Role, today: date, page: int | None = None) -> list[RoleFacts]:
    """Who holds a role on exactly these territories today, by name: all, or one page of them."""
    query = _ROLES_ON if page is None else _ROLES_ON.offset((page - 1) * PAGE).limit(PAGE)
    asked = {"territory_ids": list(territory_ids), "role": role, "today": today}
    return [_facts(*row) for row in db.session.execute(query, asked)]


def roles_count(territory_ids: Iterable[UUID], role: Role, today: date) -> int:
    """How many are in `roles_on()`."""
    asked = {"territory_ids": list(territory_ids), "role": role, "today": today}
    return db.session.scalar(_COUNT_ON, asked) or 0


def holders_of(territory_ids: Iterable[UUID], role: Role, today: date) -> Select[UUID]:
    """The ids of those in `roles_on()`, for another query."""
    return select(GrantedRole.user_id).where(*_held_on(list(territory_ids), role, today))


def _facts(id_: UUID, role: Role, user_id: UUID, given_name: str, family_name: str, *rest: Any) -> RoleFacts:
    """Of the columns of KNOWN."""
    return RoleFacts(id_, role, user_id, f"{given_name} {family_name}".strip(), *rest)


def administrators(today: date) -> list[RoleFacts]:
    """Who administers today, by name."""
    rows = db.session.execute(
        select(*KNOWN)
        .join(User, User.id == GrantedRole.user_id)
        .where(GrantedRole.role == Role.ADMINISTRATOR, GrantedRole.revoked_at.is_(None), GrantedRole.ends_on >= today)
        .order_by(User.family_name, User.given_name, GrantedRole.granted_at)
    )
    return [_facts(*row) for row in rows]


def territory_rows(ids: Iterable[UUID]) -> list[Territory]:
    """Some territories, by code."""
    return list(db.session.scalars(_TERRITORIES, {"territory_ids": list(ids)}))


def is_in_vivier(user_id: UUID | None, territory_id: UUID, today: date) -> bool:
    """Whether somebody may pilot on a territory."""
    return any(role.user_id == user_id for role in roles_on([territory_id], Role.PILOT, today))


def departments_among(territory_ids: Iterable[UUID]) -> list[Territory]:
    """Those of these territories where collectives live: the départements, or what has none inside."""
    return list(db.session.scalars(_DEPARTMENTS, {"territory_ids": list(territory_ids)}))


def territories_with_roles(today: date) -> list[TerritoryFacts]:
    """Every territory, each académie before its départements, with those who manage and inspect it."""
    rows = list(db.session.scalars(select(Territory).order_by(Territory.code)))
    managers, inspectors = (roles_on([row.id for row in rows], role, today) for role in (Role.MANAGER, Role.INSPECTOR))
    facts = [
        TerritoryFacts(
            row.id,
            row.code,
            row.name,
            row.parent_id,
            row.zone,
            tuple(role for role in managers if role.territory_id == row.id),
            tuple(role for role in inspectors if role.territory_id == row.id),
        )
        for row in rows
    ]
    tops = [each for each in facts if each.parent_id is None]
    return [each for top in tops for each in (top, *(child for child in facts if child.parent_id == top.id))]


def managers_of(territory_id: UUID, today: date) -> list[RoleFacts]:
    """Who manages a territory, or the one above it: whom to write to."""
    territory = db.session.get_one(Territory, territory_id)
    above = [territory.id] + ([territory.parent_id] if territory.parent_id else [])
    found = roles_on(above, Role.MANAGER, today)
    return sorted(found, key=lambda role: role.territory_id != territory.id)


def inspectors_count(territory_id: UUID, today: date) -> int:
    """How many people of the inspection may read what leaves the collectives of a territory."""
    return len(editors_of(territory_id, today))


def editors_of(territory_id: UUID, today: date) -> list[UUID]:
    """Who inspects a territory, or the one above it: they read what leaves its collectives, and edit its book."""
    territory = db.session.get_one(Territory, territory_id)
    above = [territory.id] + ([territory.parent_id] if territory.parent_id else [])
    return sorted({role.user_id for role in roles_on(above, Role.INSPECTOR, today)})


def open_grant(user_id: UUID, role: Role, territory_id: UUID | None) -> GrantedRole | None:
    """The grant in somebody's own right that nobody revoked, its season over or not."""
    own = _granted(user_id, role, territory_id).where(GrantedRole.stands_in_for_id.is_(None))
    return db.session.scalars(own.order_by(GrantedRole.granted_at)).first()


def latest_grant(user_id: UUID, role: Role, territory_id: UUID | None) -> GrantedRole | None:
    """What somebody was granted last and nobody revoked, in the place of another too."""
    latest = _granted(user_id, role, territory_id).order_by(GrantedRole.granted_at.desc(), GrantedRole.id)
    return db.session.scalars(latest).first()


def _granted(user_id: UUID, role: Role, territory_id: UUID | None) -> Select[GrantedRole]:
    return select(GrantedRole).where(
        GrantedRole.user_id == user_id,
        GrantedRole.role == role,
        GrantedRole.territory_id == territory_id,
        GrantedRole.revoked_at.is_(None),
    )


def get_role(role_id: UUID) -> RoleFacts | None:
    """A role that holds still, by id."""
    row = db.session.execute(
        select(*KNOWN)
        .join(User, User.id == GrantedRole.user_id)
        .where(GrantedRole.id == role_id, GrantedRole.revoked_at.is_(None))
        .order_by(GrantedRole.granted_at)
    ).first()
    return _facts(*row) if row else None


def granted_role(role_id: UUID) -> GrantedRole:
    """The row of a role."""
    return db.session.get_one(GrantedRole, role_id)


def territory_code_is_taken(code: str) -> bool:
    """Whether a territory bears this code already."""
    found = db.session.scalars(select(Territory.id).where(Territory.code == code).order_by(Territory.id)).first()
    return found is not None


def deputies_of(inspector_id: UUID, today: date) -> list[RoleFacts]:
    """Who reads in the place of an inspector today, by name."""
    rows = db.session.execute(
        select(*KNOWN)
        .join(User, User.id == GrantedRole.user_id)
        .where(
            GrantedRole.stands_in_for_id == inspector_id,
            GrantedRole.revoked_at.is_(None),
            GrantedRole.ends_on >= today,
        )
        .order_by(User.family_name, User.given_name, GrantedRole.granted_at)
    )
    return [_facts(*row) for row in rows]


def stand_ins_of(user_id: UUID) -> list[RoleFacts]:
    """What somebody was named for in the place of others, and that nobody ended."""
    rows = db.session.execute(
        select(*KNOWN)
        .join(User, User.id == GrantedRole.user_id)
        .where(
            GrantedRole.user_id == user_id,
            GrantedRole.stands_in_for_id.is_not(None),
            GrantedRole.revoked_at.is_(None),
        )
        .order_by(GrantedRole.granted_at, GrantedRole.id)
    )
    return [_facts(*row) for row in rows]


def inspected_in_own_right(inspector_id: UUID, today: date) -> frozenset[UUID]:
    """The territories that somebody inspects today otherwise than in the place of another."""
    rows = db.session.scalars(
        select(GrantedRole.territory_id)
        .where(
            GrantedRole.user_id == inspector_id,
            GrantedRole.role == Role.INSPECTOR,
            GrantedRole.stands_in_for_id.is_(None),
            GrantedRole.revoked_at.is_(None),
            GrantedRole.ends_on >= today,
        )
        .order_by(GrantedRole.territory_id)
    )
    return frozenset(each for each in rows if each)


def inspectors_beside(inspector_id: UUID, today: date) -> list[RoleFacts]:
    """Who else inspects the same territories in their own right: all of one, what it lies in, or a part of it."""
    own = inspected_in_own_right(inspector_id, today)
    above = select(Territory.parent_id).where(Territory.id.in_(own), Territory.parent_id.is_not(None))
    same = or_(Territory.id.in_(own), Territory.parent_id.in_(own), Territory.id.in_(above))
    places = db.session.scalars(select(Territory.id).where(same).order_by(Territory.id))
    found = roles_on(places, Role.INSPECTOR, today)
    return [each for each in found if not each.stands_in_for_id and each.user_id != inspector_id]
