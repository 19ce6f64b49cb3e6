"""Letting somebody manage or inspect a territory, never one where they belong to a collective."""

from datetime import date, datetime
from uuid import UUID

from collectifs.collectives.queries.memberships import belongs_to_collective_on
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.seasons import season_ends_on, season_of
from collectifs.people.domain.appointing import (
    check_is_in_no_collective,
    check_is_somebody_else,
    check_may_be_deputy,
)
from collectifs.people.domain.guests import check_address_is_sure
from collectifs.people.domain.people import read_one_person
from collectifs.people.domain.person import Person, Role
from collectifs.people.models import GrantedRole, Territory
from collectifs.people.queries.people import get_user, person_from, user_by_address
from collectifs.people.queries.roles import RoleFacts, deputies_of, inspected_in_own_right, inspectors_beside
from collectifs.people.services.account import person_at
from collectifs.people.services.appointments import grant_role, let_stand_in, revoke_role


def appoint_to_institution(
    who: str, *, role: Role, territory_id: UUID, is_sure: bool = False, now: datetime, by: Person
) -> GrantedRole:
    """Let somebody manage or inspect a territory until the season's end, and tell them.

    Nobody inspects or manages the collectives that they belong to.
    """
    if not role.is_hierarchy:
        raise RuleBroken("L’administration ne nomme qu’au service de formation et à l’inspection.", "role")
    person = read_one_person(who, "who")
    check_address_is_sure(person, is_sure=is_sure, field="who")
    known = user_by_address(person.address)
    check_is_somebody_else(is_oneself=known is not None and known.id == by.id, field="who")
    is_member = known is not None and belongs_to_collective_on(known.id, territory_id, now)
    check_is_in_no_collective(is_member=is_member, field="who")
    user = known or person_at(person, now=now, by=by)
    return grant_role(user, role, territory_id, "", "who", now, by)


def name_deputy(who: UUID, *, territory: Territory, until: date, now: datetime, by: Person) -> GrantedRole:
    """Let somebody who inspects the same territory, or a part of it, read in one's place until a day, and tell them."""
    today, user = now.date(), get_user(who)
    own = inspected_in_own_right(by.id, today)
    is_own_right = bool(own & {territory.id, territory.parent_id})
    beside = {each.user_id for each in inspectors_beside(by.id, today)} if is_own_right else {who}
    if user is None or who not in beside:
        raise RuleBroken("Choisissez une personne qui inspecte le même territoire que vous.", "who")
    check_may_be_deputy(
        is_own_right=is_own_right,
        is_deputy=any(each.user_id == who and each.territory_id == territory.id for each in deputies_of(by.id, today)),
        until=until,
        today=today,
        season_end=season_ends_on(season_of(today)),
    )
    check_is_in_no_collective(is_member=belongs_to_collective_on(who, territory.id, now), field="who")
    return let_stand_in(user, territory.id, until=until, now=now, by=by)


def end_deputy(deputy: RoleFacts, *, now: datetime, by: Person) -> bool:
    """Be back sooner; returns whether whoever stood in reads there no more, and is told so by a mail."""
    revoke_role(deputy, now=now, by=by)
    user = get_user(deputy.user_id)
    return user is None or not person_from(user, now.date()).has(Role.INSPECTOR, deputy.territory_id)
