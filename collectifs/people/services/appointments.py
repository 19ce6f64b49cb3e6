"""Appointing: managers appoint pilots, the administration appoints managers and inspectors. Each grant is told."""

from datetime import date, datetime
from uuid import UUID

from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_ends_on, season_of
from collectifs.people.domain.appointing import (
    check_has_no_role_yet,
    check_territory,
)
from collectifs.people.domain.guests import check_address_is_sure, check_is_no_hierarchy
from collectifs.people.domain.people import PastedPerson, read_one_person
from collectifs.people.domain.person import Person, Role
from collectifs.people.domain.sign_in import LinkPurpose, check_password
from collectifs.people.domain.work import MailRoleGranted, MailRoleRevoked
from collectifs.people.models import GrantedRole, Territory, User
from collectifs.people.queries.people import guest_for, user_by_address
from collectifs.people.queries.roles import (
    RoleFacts,
    administrators,
    deputies_of,
    granted_role,
    open_grant,
    stand_ins_of,
    territory_code_is_taken,
    territory_rows,
)
from collectifs.people.services.account import person_at
from collectifs.people.services.sign_in import close_every_device, hash_password, mint_link


def create_administrator(
    given_name: str, family_name: str, address: str, *, password: str | None = None, now: datetime
) -> User:
    """Whoever the command line names administers: appoints managers and inspectors, reads nothing.

    Somebody known by this address keeps their name; a password is only set when one is given.
    """
    if password is not None:
        check_password(password, about=(given_name, family_name, address.partition("@")[0]))
    user = user_by_address(address)
    if user is None:
        user = User(given_name=given_name, family_name=family_name, address=address, created_at=now)
        db.session.add(user)
        db.session.flush()
        record("person_added", user, by=None)
    _make_room(user, Role.ADMINISTRATOR, None, "address", now)
    granted = GrantedRole(
        user_id=user.id, role=Role.ADMINISTRATOR, granted_at=now, ends_on=season_ends_on(season_of(now.date()))
    )
    db.session.add(granted)
    db.session.flush()
    record("role_granted", granted, by=None)
    if password is not None:
        user.password_hash = hash_password(password)
        record("password_set", user, by=None)
    return user


def link_for_administrator(address: str, *, now: datetime) -> str:
    """The token of a link that serves once, within an hour, for whoever administers and receives no mail."""
    return mint_link(_administrator(address, now), purpose=LinkPurpose.SIGN_IN, now=now)


def end_administrator(address: str, *, now: datetime) -> None:
    """Somebody administers no more, from now on; every browser of theirs is closed."""
    user = _administrator(address, now)
    granted = open_grant(user.id, Role.ADMINISTRATOR, None)
    if granted is not None:
        granted.revoked_at = now
        record("role_revoked", granted, by=None)
    close_every_device(user, now=now)


def _administrator(address: str, now: datetime) -> User:
    """The only accounts that the command line speaks of: it opens no collective."""
    known = {each.address for each in administrators(now.date())}
    user = user_by_address(address) if address in known else None
    if user is None:
        raise RuleBroken(f"Personne n’administre avec l’adresse {address}.")
    return user


def appoint_pilot(
    who: str, *, territory_id: UUID, qualification: str = "", is_sure: bool = False, now: datetime, by: Person
) -> GrantedRole:
    """Put somebody in the vivier of a territory until the season's end, and tell them."""
    person = read_one_person(who, "who")
    check_address_is_sure(person, is_sure=is_sure, field="who")
    return add_to_vivier(person, territory_id=territory_id, qualification=qualification, now=now, by=by)


def add_to_vivier(
    person: PastedPerson, *, territory_id: UUID, qualification: str = "", field: str = "who", now: datetime, by: Person
) -> GrantedRole:
    """The same, of a person whose line was read already; `field` is where they were typed."""
    if not by.has(Role.MANAGER, territory_id):
        raise RuleBroken("Ce territoire n’est pas le vôtre.", "territory")
    check_is_no_hierarchy(guest_for(person, territory_id, now.date()), field)
    user = person_at(person, now=now, by=by)
    return grant_role(user, Role.PILOT, territory_id, qualification, field, now, by)


def grant_role(
    user: User, role: Role, territory_id: UUID, qualification: str, field: str, now: datetime, by: Person
) -> GrantedRole:
    """Write a grant down until the season ends, and tell its holder; `field` is where they were typed."""
    _make_room(user, role, territory_id, field, now)
    granted = GrantedRole(
        user_id=user.id,
        role=role,
        territory_id=territory_id,
        qualification=qualification,
        granted_by_id=by.id,
        granted_at=now,
        ends_on=season_ends_on(season_of(now.date())),
    )
    return _told(granted, by)


def let_stand_in(user: User, territory_id: UUID, *, until: date, now: datetime, by: Person) -> GrantedRole:
    """Let somebody read in the place of `by`, beside what they may inspect there already, and tell them."""
    granted = GrantedRole(
        user_id=user.id,
        role=Role.INSPECTOR,
        territory_id=territory_id,
        granted_by_id=by.id,
        granted_at=now,
        ends_on=until,
        stands_in_for_id=by.id,
    )
    return _told(granted, by)


def _told(granted: GrantedRole, by: Person) -> GrantedRole:
    db.session.add(granted)
    db.session.flush()
    record("role_granted", granted, by=by)
    ask(MailRoleGranted(granted.user_id, granted.role, granted.territory_id))
    return granted


def _make_room(user: User, role: Role, territory_id: UUID | None, field: str, now: datetime) -> None:
    """A role that runs is not granted twice; one whose season is over makes room for the new one."""
    former = open_grant(user.id, role, territory_id)
    if former is not None:
        check_has_no_role_yet(is_running=former.ends_on >= now.date(), role=role, field=field)
        former.revoked_at = now
        db.session.flush()


def revoke_role(role: RoleFacts, *, now: datetime, by: Person) -> None:
    """Take a role back, at once, and tell its former holder. A pilot keeps the collectives that they pilot."""
    granted = granted_role(role.id)
    granted.revoked_at = now
    record("role_revoked", granted, by=by)
    if role.user_id != by.id:
        ask(MailRoleRevoked(role.user_id, role.role, role.territory_id))
    if role.role is Role.INSPECTOR and not role.stands_in_for_id:
        db.session.flush()
        for deputy in (*_inside(role, deputies_of(role.user_id, now.date())), *stand_ins_of(role.user_id)):
            revoke_role(deputy, now=now, by=by)


def _inside(role: RoleFacts, deputies: list[RoleFacts]) -> list[RoleFacts]:
    """Those who read on its territory, or within it."""
    places = territory_rows(each.territory_id for each in deputies if each.territory_id)
    parents: dict[UUID | None, UUID | None] = {each.id: each.parent_id for each in places}
    return [each for each in deputies if role.territory_id in (each.territory_id, parents.get(each.territory_id))]


def create_territory(
    *, code: str, name: str, parent_id: UUID | None, zone: str, timezone: str, by: Person
) -> Territory:
    """Add an académie, or a département inside one."""
    check_territory(code, timezone, code_is_taken=territory_code_is_taken(code))
    territory = Territory(code=code, name=name, parent_id=parent_id, zone=zone, timezone=timezone)
    db.session.add(territory)
    db.session.flush()
    record("territory_created", territory, by=by)
    return territory
