"""Appointing pilots, managers and inspectors; territories."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from collectifs.collectives.queries.pilots import vivier
from collectifs.collectives.services.institution import appoint_to_institution
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.people.domain.person import Role
from collectifs.people.domain.work import MailRoleGranted
from collectifs.people.models import GrantedRole, User
from collectifs.people.queries.people import person_from
from collectifs.people.queries.roles import get_role
from collectifs.people.services.appointments import appoint_pilot, create_territory, revoke_role
from tests import factories
from tests.asked import asked

MAUD = "Maud LE BIHAN <maud@a.example>"


@pytest.fixture
def manager(place):
    who = factories.user("Sylvie", "Montagnac")
    factories.grant(who, Role.MANAGER, place)
    return factories.person(who)


@pytest.fixture
def administrator(app):
    who = factories.user("Florence", "Achard")
    factories.grant(who, Role.ADMINISTRATOR)
    return factories.person(who)


def pilot(place, by, who=MAUD, **values):
    return appoint_pilot(who, territory_id=place.id, now=clock.now(), by=by, **values)


def name(place, by, who=MAUD, role=Role.INSPECTOR, **values):
    return appoint_to_institution(who, role=role, territory_id=place.id, now=clock.now(), by=by, **values)


def who_is(user_id):
    return person_from(db.session.get(User, user_id), clock.now().date())


def test_a_pilot_enters_the_vivier_until_the_end_of_the_season_and_is_told(place, manager):
    granted = pilot(place, manager, qualification="PEMF")
    assert (granted.ends_on, granted.qualification, granted.granted_by_id) == (date(2027, 8, 31), "PEMF", manager.id)
    [found] = vivier([place.id], clock.now().date())
    assert (found.role.name, found.role.qualification, found.collectives) == ("Maud Le Bihan", "PEMF", ())
    assert asked(MailRoleGranted) == [MailRoleGranted(granted.user_id, Role.PILOT, place.id)]
    assert set(db.session.scalars(select(AuditEvent.kind))) == {"person_added", "role_granted"}


def test_a_manager_appoints_only_on_their_territory(manager):
    with pytest.raises(RuleBroken, match="pas le vôtre"):
        pilot(factories.territory("Hautes-Sources"), manager)


def test_the_hierarchy_does_not_pilot(place, manager):
    agnes = factories.user("Agnès", "Roussel")
    factories.grant(agnes, Role.INSPECTOR, place)
    with pytest.raises(RuleBroken, match="hiérarchie"):
        pilot(place, manager, f"Agnès ROUSSEL <{agnes.address}>")


def test_nobody_enters_the_vivier_twice_in_a_season(place, manager, moment):
    first = pilot(place, manager)
    with pytest.raises(RuleBroken, match="déjà dans le vivier"):
        pilot(place, manager)
    moment.shift(timedelta(days=300))
    second = pilot(place, manager)
    assert second.ends_on == date(2028, 8, 31)
    assert db.session.get(GrantedRole, first.id).revoked_at == clock.now()


def test_an_address_in_doubt_is_asked_about(place, manager):
    doubtful = "Maud LE BIHAN <maud@gmial.com>"
    with pytest.raises(RuleBroken, match="gmail"):
        pilot(place, manager, doubtful)
    assert pilot(place, manager, doubtful, is_sure=True)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.INSPECTOR])
def test_the_administration_names_and_the_person_is_told(place, administrator, role):
    granted = name(place, administrator, role=role)
    assert who_is(granted.user_id).has(role, place.id)
    assert [mail.role for mail in asked(MailRoleGranted)] == [role]


def test_a_role_on_an_academie_covers_its_departements(place, administrator):
    inside = factories.territory("Département", parent_id=place.id)
    granted = name(place, administrator, role=Role.MANAGER)
    assert who_is(granted.user_id).has(Role.MANAGER, inside.id)


@pytest.mark.parametrize("role", [Role.PILOT, Role.ADMINISTRATOR])
def test_the_administration_names_nobody_else(place, administrator, role):
    with pytest.raises(RuleBroken, match="qu’au service de formation et à l’inspection"):
        name(place, administrator, role=role)


def test_a_member_does_not_inspect_their_own_collective(place, administrator):
    academie = factories.territory("Académie")
    inside = factories.territory("Département", parent_id=academie.id)
    maud, jo = factories.user("Maud", address="maud@a.example"), factories.user("Jo")
    where = factories.collective(inside, members=[maud, jo])
    for territory in (academie, inside):
        with pytest.raises(RuleBroken, match="membre d’un collectif"):
            name(territory, administrator)
    name(place, administrator)
    for membership in db.session.scalars(select(factories.Membership).where(factories.Membership.user_id == maud.id)):
        membership.ends_at = clock.now()
    db.session.flush()
    name(inside, administrator)
    assert where.id


def test_nobody_names_themselves(place, administrator):
    with pytest.raises(RuleBroken, match="soi-même"):
        name(place, administrator, f"Florence ACHARD <{administrator.address}>")


def test_a_role_is_taken_back_at_once(place, administrator):
    granted = name(place, administrator)
    revoke_role(get_role(granted.id), now=clock.now(), by=administrator)
    assert not who_is(granted.user_id).has(Role.INSPECTOR)
    assert "role_revoked" in set(db.session.scalars(select(AuditEvent.kind)))
    db.session.flush()
    assert get_role(granted.id) is None
    name(place, administrator)


def test_a_territory_has_a_code_of_its_own(place, administrator):
    values = {"name": "La Réunion", "parent_id": place.id, "zone": "B", "timezone": "Indian/Reunion"}
    made = create_territory(code="974", by=administrator, **values)
    assert (made.parent_id, made.timezone) == (place.id, "Indian/Reunion")
    with pytest.raises(RuleBroken) as refusal:
        create_territory(code="974", by=administrator, **values)
    assert refusal.value.field == "code"
