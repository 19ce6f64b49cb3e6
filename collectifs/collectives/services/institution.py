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
from collectifs.people.queries.roles import inspectors_near
from collectifs.people.services.account import person_at
from collectifs.people.services.appointments import grant_role


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
    """Let somebody of the inspection of the same académie read in one's place, until a day, and tell them."""
    today, near, user = now.date(), inspectors_near([territory], now.date()), get_user(who)
    if user is None or who == by.id or who not in {each.user_id for each in near}:
        raise RuleBroken("Choisissez une personne de l’inspection de la même académie.", "who")
    here = (territory.id, territory.parent_id)
    check_may_be_deputy(
        is_own_right=any(each.user_id == by.id and each.territory_id in here for each in near),
        reads_already=person_from(user, today).has(Role.INSPECTOR, territory.id),
        until=until,
        today=today,
        season_end=season_ends_on(season_of(today)),
    )
    check_is_in_no_collective(is_member=belongs_to_collective_on(who, territory.id, now), field="who")
    granted = grant_role(user, Role.INSPECTOR, territory.id, "", "who", now, by)
    granted.ends_on, granted.stands_in_for_id = until, by.id
    return granted
