"""What was granted to whom: until its last day, until it is revoked, on this territory and on no other."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Role
from collectifs.people.models import GrantedRole, Territory, User
from collectifs.people.queries import roles
from tests import factories

TODAY = date(2027, 1, 13)


@pytest.fixture
def academie(app: Flask) -> Territory:
    return factories.territory("Brume", code="A")


@pytest.fixture
def inside(academie: Territory) -> Territory:
    return factories.territory("Val-de-Brume", code="B1", parent_id=academie.id)


def grant(who: User, role: Role, where: Territory, **values: Any) -> GrantedRole:
    row = factories.grant(who, role, where)
    for name, value in values.items():
        setattr(row, name, value)
    db.session.flush()
    return row


def names(found: list[roles.RoleFacts]) -> list[str]:
    return [each.name for each in found]


def test_a_role_holds_to_its_last_day_on_its_own_territory_by_name(academie: Territory, inside: Territory) -> None:
    grant(factories.user("Zoé", "Avril"), Role.PILOT, inside, ends_on=TODAY)
    grant(factories.user("Anne", "Avril"), Role.PILOT, inside)
    grant(factories.user("Luc", "Hier"), Role.PILOT, inside, ends_on=TODAY - timedelta(days=1))
    grant(factories.user("Rémi", "Ôté"), Role.PILOT, inside, revoked_at=clock.now())
    grant(factories.user("Inès", "Autre"), Role.MANAGER, inside)
    grant(factories.user("Paul", "Haut"), Role.PILOT, academie)
    assert names(roles.roles_on([inside.id], Role.PILOT, TODAY)) == ["Anne Avril", "Zoé Avril"]
    assert names(roles.roles_on([], Role.PILOT, TODAY)) == []
    assert [roles.roles_count([where.id], Role.PILOT, TODAY) for where in (inside, academie)] == [2, 1]
    assert [roles.roles_count([inside.id], kind, TODAY) for kind in (Role.MANAGER, Role.INSPECTOR)] == [1, 0]
    held = db.session.scalars(roles.holders_of([inside.id], Role.PILOT, TODAY))
    assert set(held) == {each.user_id for each in roles.roles_on([inside.id], Role.PILOT, TODAY)}


def test_who_administers_is_listed_by_name_to_their_last_day(inside: Territory) -> None:
    zoe, anne, late, gone = (factories.user(name, "Z") for name in ("Zoé", "Anne", "Luc", "Rémi"))
    for who in (zoe, anne, late, gone):
        factories.grant(who, Role.ADMINISTRATOR).ends_on = TODAY - timedelta(days=who is late)
    db.session.query(GrantedRole).filter_by(user_id=gone.id).one().revoked_at = clock.now()
    grant(factories.user(), Role.MANAGER, inside)
    assert names(roles.administrators(TODAY)) == ["Anne Z", "Zoé Z"]


def test_what_one_holds_in_the_place_of_another_is_no_grant_of_ones_own(inside: Territory) -> None:
    agnes, bruno = factories.user("Agnès"), factories.user("Bruno")
    stands_in = grant(bruno, Role.INSPECTOR, inside, stands_in_for_id=agnes.id)
    assert roles.latest_grant(bruno.id, Role.INSPECTOR, inside.id) is stands_in
    assert roles.open_grant(bruno.id, Role.INSPECTOR, inside.id) is None
    stands_in.revoked_at = clock.now()
    own = grant(bruno, Role.INSPECTOR, inside, ends_on=TODAY)
    assert roles.latest_grant(bruno.id, Role.INSPECTOR, inside.id) is own
    assert roles.open_grant(bruno.id, Role.INSPECTOR, inside.id) is own
    assert roles.latest_grant(bruno.id, Role.MANAGER, inside.id) is None
    assert roles.inspected_in_own_right(bruno.id, TODAY) == {inside.id}
    assert roles.inspected_in_own_right(bruno.id, TODAY + timedelta(days=1)) == set()


def test_the_vivier_of_a_territory_is_who_may_pilot_there(academie: Territory, inside: Territory) -> None:
    who = factories.user("Anne", "Avril")
    grant(who, Role.PILOT, inside)
    assert roles.is_in_vivier(who.id, inside.id, TODAY)
    assert not roles.is_in_vivier(who.id, academie.id, TODAY)
    assert not roles.is_in_vivier(factories.user().id, inside.id, TODAY)
    assert not roles.is_in_vivier(None, inside.id, TODAY)


def test_every_territory_is_listed_its_academie_first_with_who_manages_and_inspects_it(
    academie: Territory, inside: Territory
) -> None:
    other = factories.territory("Autre", code="0")
    second = factories.territory("Haute-Brume", code="B0", parent_id=academie.id)
    grant(factories.user("Sylvie", "M"), Role.MANAGER, inside)
    grant(factories.user("Agnès", "R"), Role.INSPECTOR, academie)
    found = roles.territories_with_roles(TODAY)
    assert [each.name for each in found] == ["Autre", "Brume", "Haute-Brume", "Val-de-Brume"]
    assert {each.name: (names(list(each.managers)), names(list(each.inspectors))) for each in found} == {
        "Autre": ([], []),
        "Brume": ([], ["Agnès R"]),
        "Haute-Brume": ([], []),
        "Val-de-Brume": (["Sylvie M"], []),
    }
    assert [each.parent_id for each in found] == [None, None, academie.id, academie.id]
    where = roles.departments_among([academie.id, other.id, second.id])
    assert [each.name for each in where] == ["Autre", "Haute-Brume"]
    assert [each.name for each in roles.territory_rows([inside.id, other.id])] == ["Autre", "Val-de-Brume"]


def test_one_writes_to_who_manages_the_territory_before_who_manages_the_one_above(
    academie: Territory, inside: Territory
) -> None:
    grant(factories.user("Anne", "Avril"), Role.MANAGER, academie)
    grant(factories.user("Zoé", "Zay"), Role.MANAGER, inside)
    assert names(roles.managers_of(inside.id, TODAY)) == ["Zoé Zay", "Anne Avril"]
    assert names(roles.managers_of(academie.id, TODAY)) == ["Anne Avril"]


def test_the_inspection_is_counted_once_a_person(academie: Territory, inside: Territory) -> None:
    agnes = factories.user("Agnès", "R")
    grant(agnes, Role.INSPECTOR, academie)
    grant(agnes, Role.INSPECTOR, inside)
    grant(factories.user("Bruno", "S"), Role.INSPECTOR, inside)
    assert roles.inspectors_count(inside.id, TODAY) == 2
    assert roles.inspectors_count(academie.id, TODAY) == 1


def test_a_grant_is_open_until_it_is_revoked_its_season_over_or_not(inside: Territory) -> None:
    who = factories.user("Anne", "Avril")
    row = grant(who, Role.PILOT, inside, ends_on=TODAY - timedelta(days=300))
    found = roles.open_grant(who.id, Role.PILOT, inside.id)
    assert found is row
    assert roles.open_grant(who.id, Role.MANAGER, inside.id) is None
    assert roles.open_grant(who.id, Role.PILOT, None) is None
    held = roles.get_role(row.id)
    assert held is not None
    assert (held.user_id, held.role, held.territory_id) == (who.id, Role.PILOT, inside.id)
    assert roles.granted_role(row.id) is row
    row.revoked_at = clock.now()
    db.session.flush()
    assert roles.open_grant(who.id, Role.PILOT, inside.id) is None
    assert roles.get_role(row.id) is None


def test_a_code_of_a_territory_is_taken_or_free(inside: Territory) -> None:
    assert roles.territory_code_is_taken("B1")
    assert not roles.territory_code_is_taken("B2")


def test_who_reads_in_the_place_of_an_inspector_today_and_who_else_inspects_the_same_in_their_own_right(
    academie: Territory, inside: Territory, moment: object
) -> None:
    agnes, bruno, claire = (factories.user(name, "Z") for name in ("Agnès", "Bruno", "Claire"))
    grant(agnes, Role.INSPECTOR, academie)
    grant(bruno, Role.INSPECTOR, inside, stands_in_for_id=agnes.id, ends_on=TODAY)
    grant(claire, Role.INSPECTOR, inside)
    diane, far = factories.user("Diane", "Z"), factories.territory("Autre", parent_id=academie.id)
    grant(diane, Role.INSPECTOR, far)
    assert names(roles.deputies_of(agnes.id, TODAY)) == ["Bruno Z"]
    assert names(roles.deputies_of(agnes.id, TODAY + timedelta(days=1))) == []
    assert names(roles.deputies_of(claire.id, TODAY)) == []
    same = {who: names(roles.inspectors_beside(who.id, TODAY)) for who in (agnes, claire, diane, bruno)}
    assert same == {agnes: ["Claire Z", "Diane Z"], claire: ["Agnès Z"], diane: ["Agnès Z"], bruno: []}
    assert roles.inspected_in_own_right(agnes.id, TODAY) == {academie.id}
    assert roles.inspected_in_own_right(bruno.id, TODAY) == set()
    assert [each.territory_id for each in roles.stand_ins_of(bruno.id)] == [inside.id]
    gone = roles.roles_on([inside.id], Role.INSPECTOR, TODAY)[0]
    roles.granted_role(gone.id).revoked_at = datetime(2027, 1, 1, tzinfo=clock.now().tzinfo)
    db.session.flush()
    assert names(roles.deputies_of(agnes.id, TODAY)) == []
