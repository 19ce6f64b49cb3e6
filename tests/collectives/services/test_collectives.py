"""Creating a collective, accepting its charter, leaving it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from collectifs.collectives.domain.work import MailInvitation
from collectifs.collectives.models import CharterConsent, Collective, Membership, Pilotship
from collectifs.collectives.permissions import can_enter_collective, can_pilot
from collectifs.collectives.queries.collectives import get_collective, members_of
from collectifs.collectives.services.collectives import Composition, accept_charter, create_collective, leave_collective
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent, Job
from collectifs.people.domain.guests import Guest
from collectifs.people.domain.people import read_one_person
from collectifs.people.domain.person import Degree, Role
from collectifs.people.domain.work import MailRoleGranted
from collectifs.people.models import GrantedRole, User
from collectifs.people.queries.people import guest_for, guests_in
from tests import factories
from tests.asked import asked

LIST = "Maud LE BIHAN <maud@a.example>\nJo DUPONT <jo@a.example>\nMAUD <maud@a.example>"


@pytest.fixture
def manager(place):
    who = factories.user("Sylvie", "Montagnac")
    factories.grant(who, Role.MANAGER, place)
    return who


def typed(line: str, place) -> Guest:
    return guest_for(read_one_person(line, "pilot_line"), place.id, clock.now().date())


def composition(place, **values) -> Composition:
    today = clock.now().date()
    usual = {
        "name": "Les Tilleuls",
        "territory_id": place.id,
        "degree": Degree.SECOND,
        "pilot": typed("Hélène MARCHADIER <helene@a.example>", place),
        "guests": guests_in(LIST, place.id, today),
        "pilot_field": "pilot_line",
    }
    return Composition(**(usual | values))


def create(new, manager) -> Collective:
    return create_collective(new, now=clock.now(), by=factories.person(manager))


def everybody(kind) -> list:
    return list(db.session.scalars(select(kind)))


def kinds() -> list[str]:
    return [event.kind for event in everybody(AuditEvent)]


def test_a_collective_is_made_with_its_pilot_and_its_members(place, manager):
    made = create(composition(place), manager)
    people = {member.name: member for member in members_of(made.id)}
    assert set(people) == {"Hélène Marchadier", "Maud Le Bihan", "Jo Dupont"}
    assert [name for name, member in people.items() if member.is_pilot] == ["Hélène Marchadier"]
    assert not any(member.has_accepted for member in people.values())
    assert {member.degree for member in people.values()} == {Degree.SECOND}
    assert (made.season, made.territory_id, made.created_by_id) == (2026, place.id, manager.id)
    assert len(made.code) == 2


def test_each_person_gets_one_invitation(place, manager):
    made = create(composition(place), manager)
    sent = asked(MailInvitation)
    assert len(sent) == 3
    assert {mail.user_id for mail in sent} == {member.user_id for member in members_of(made.id)}
    assert {mail.collective_id for mail in sent} == {made.id}


def test_what_was_done_is_written_down(place, manager):
    create(composition(place), manager)
    assert {"collective_created", "pilot_named", "member_invited", "person_added", "role_granted"} <= set(kinds())
    assert {event.actor_id for event in everybody(AuditEvent)} == {manager.id}


def test_somebody_known_is_not_made_twice_and_keeps_their_name(place, manager):
    maud = factories.user("Maud", "LB", address="maud@a.example")
    made = create(composition(place), manager)
    assert maud.id in {member.user_id for member in members_of(made.id)}
    assert [user.family_name for user in everybody(User) if user.address == "maud@a.example"] == ["LB"]


def test_a_pilot_who_was_typed_enters_the_vivier_and_is_told(place, manager):
    create(composition(place), manager)
    [granted] = [role for role in everybody(GrantedRole) if role.role is Role.PILOT]
    assert asked(MailRoleGranted) == [MailRoleGranted(granted.user_id, Role.PILOT, place.id)]


def test_a_pilot_of_the_vivier_enters_it_once(place, manager):
    helene = factories.user("Hélène", "Marchadier", address="helene@a.example")
    factories.grant(helene, Role.PILOT, place)
    create(composition(place), manager)
    assert len([role for role in everybody(GrantedRole) if role.role is Role.PILOT]) == 1
    assert asked(MailRoleGranted) == []


def test_a_name_serves_once_on_a_territory_in_a_season(place, manager):
    create(composition(place), manager)
    with pytest.raises(RuleBroken) as refusal:
        create(composition(place, name="les tilleuls"), manager)
    assert refusal.value.field == "name"
    elsewhere = factories.territory("Hautes-Sources")
    factories.grant(manager, Role.MANAGER, elsewhere)
    create(composition(elsewhere), manager)


def test_the_codes_of_a_territory_are_all_different(place, manager):
    codes = {create(composition(place, name=f"Collectif {letter}"), manager).code for letter in "abcdef"}
    assert len(codes) == 6


def test_a_manager_creates_only_on_their_territory(place, manager):
    elsewhere = factories.territory("Hautes-Sources")
    with pytest.raises(RuleBroken) as refusal:
        create(composition(elsewhere), manager)
    assert refusal.value.field == "territory"


@pytest.mark.parametrize("role", [Role.MANAGER, Role.INSPECTOR])
def test_nobody_of_the_hierarchy_is_a_member_or_pilots(place, manager, role):
    agnes = factories.user("Agnès", "Roussel", address="agnes@a.example")
    factories.grant(agnes, role, place)
    today = clock.now().date()
    [guest] = guests_in("Agnès ROUSSEL <agnes@a.example>", place.id, today)
    with pytest.raises(RuleBroken) as refusal:
        create(composition(place, guests=[guest]), manager)
    assert refusal.value.field == "people"
    with pytest.raises(RuleBroken, match="Agnès Roussel appartient à la hiérarchie") as refusal:
        create(composition(place, pilot=guest), manager)
    assert refusal.value.field == "pilot_line"
    assert everybody(Collective) == []


def test_the_hierarchy_of_the_academie_is_that_of_its_departements(app):
    academie = factories.territory("Académie")
    inside = factories.territory("Département", parent_id=academie.id)
    agnes = factories.user("Agnès", "Roussel", address="agnes@a.example")
    factories.grant(agnes, Role.INSPECTOR, academie)
    [guest] = guests_in("agnes@a.example", inside.id, clock.now().date())
    assert guest.is_hierarchy


def test_the_charter_is_accepted_once(app):
    where = factories.collective()
    maud = factories.user("Maud")
    factories.membership(maud, where, consents=False)
    assert not can_pilot(factories.person(maud), get_collective(where.id))
    for _ in range(2):
        accept_charter(get_collective(where.id), now=clock.now(), by=factories.person(maud))
    mine = [consent for consent in everybody(CharterConsent) if consent.user_id == maud.id]
    assert [(consent.version, consent.accepted_at) for consent in mine] == [(1, clock.now())]
    assert kinds().count("charter_accepted") == 1


def test_a_pilot_pilots_once_the_charter_is_accepted(place, manager):
    made = create(composition(place), manager)
    [helene] = [user for user in everybody(User) if user.given_name == "Hélène"]
    assert not can_pilot(factories.person(helene), get_collective(made.id))
    accept_charter(get_collective(made.id), now=clock.now(), by=factories.person(helene))
    assert can_pilot(factories.person(helene), get_collective(made.id))


def test_leaving_says_nothing_to_anybody(app, moment):
    maud = factories.user("Maud")
    where = factories.collective(members=[maud])
    leave_collective(get_collective(where.id), now=clock.now(), by=factories.person(maud))
    assert not can_enter_collective(factories.person(maud), get_collective(where.id))
    [membership] = [row for row in everybody(Membership) if row.user_id == maud.id]
    assert membership.ends_at == clock.now()
    assert everybody(Job) == []
    assert kinds() == ["member_left"]


def test_the_last_pilot_needs_a_successor(place, manager):
    helene = factories.user("Hélène")
    where = factories.collective(place, pilot=helene)
    with pytest.raises(RuleBroken) as refusal:
        leave_collective(get_collective(where.id), now=clock.now(), by=factories.person(helene))
    assert "Sylvie Montagnac" in refusal.value.sentence
    assert manager.address in refusal.value.sentence
    assert helene.id in get_collective(where.id).member_ids


def test_a_pilot_who_is_not_the_last_leaves_and_pilots_no_more(app, moment):
    helene, odile = factories.user("Hélène"), factories.user("Odile")
    where = factories.collective(pilot=helene, members=[odile])
    since = clock.now().date()
    factories.add(Pilotship(user_id=odile.id, collective_id=where.id, starts_on=since, appointed_by_id=helene.id))
    leave_collective(get_collective(where.id), now=clock.now(), by=factories.person(helene))
    access = get_collective(where.id)
    assert (access.pilot_ids, helene.id in access.member_ids) == ({odile.id}, False)
    moment.shift(timedelta(days=1))
    assert get_collective(where.id).pilot_ids == {odile.id}
