"""People as the rules see them: what is granted to them today, in which browsers, by which links; the hierarchy."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.people.domain.person import Grant, Role
from collectifs.people.domain.sign_in import LinkPurpose
from collectifs.people.models import Device, PersonalLink, SignInFailure, Territory, User
from collectifs.people.queries import people
from tests import factories

TODAY = date(2027, 1, 13)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def now(app: Flask, moment: time_machine.Traveller) -> datetime:
    return clock.now()


@pytest.fixture
def academie(app: Flask) -> Territory:
    return factories.territory("Brume", code="A")


@pytest.fixture
def inside(academie: Territory) -> Territory:
    return factories.territory("Val-de-Brume", code="B1", parent_id=academie.id)


def device(who: User, secret: str, **values: Any) -> Device:
    now = clock.now()
    usual = {"label": secret, "bound_at": now, "expires_at": now + DAY}
    return factories.add(Device(user_id=who.id, secret_hash=people.hashed(secret), **(usual | values)))


def link(who: User, token: str, **values: Any) -> PersonalLink:
    now = clock.now()
    usual = {"purpose": LinkPurpose.SIGN_IN, "minted_at": now, "expires_at": now + DAY}
    return factories.add(PersonalLink(user_id=who.id, token_hash=people.hashed(token), **(usual | values)))


def test_a_device_opens_to_its_person_until_it_is_closed_or_its_time_is_over(now: datetime) -> None:
    maud = factories.user("Maud", "Le Bihan")
    kept = device(maud, "kept")
    for secret, values in (("over", {"expires_at": now}), ("closed", {"closed_at": now})):
        device(maud, secret, **values)
    found = people.person_for_device("kept", now)
    assert found is not None
    assert (found.id, found.name, found.grants, found.device_id) == (maud.id, "Maud Le Bihan", (), kept.id)
    assert people.get_device(kept.id) is kept
    assert [people.person_for_device(secret, now) for secret in ("over", "closed", "other")] == [None] * 3


def test_a_grant_covers_its_territory_and_those_inside_while_it_stands(
    now: datetime, academie: Territory, inside: Territory
) -> None:
    sylvie = factories.user("Sylvie", "Renaud")
    device(sylvie, "secret")
    factories.grant(sylvie, Role.MANAGER, academie)
    factories.grant(sylvie, Role.PILOT, inside)
    factories.grant(sylvie, Role.ADMINISTRATOR)
    factories.grant(sylvie, Role.INSPECTOR, academie).revoked_at = now
    factories.grant(sylvie, Role.INSPECTOR, inside).ends_on = TODAY - DAY
    factories.grant(factories.user(), Role.INSPECTOR, inside)
    granted = {
        Grant(Role.MANAGER, frozenset({academie.id, inside.id})),
        Grant(Role.PILOT, frozenset({inside.id})),
        Grant(Role.ADMINISTRATOR, frozenset()),
    }
    by_device = people.person_for_device("secret", now)
    assert by_device is not None
    assert set(by_device.grants) == set(people.person_from(sylvie, TODAY).grants) == granted


def test_a_grant_stands_to_the_end_of_its_last_day(academie: Territory) -> None:
    sylvie = factories.user()
    factories.grant(sylvie, Role.MANAGER, academie).ends_on = TODAY
    assert people.person_from(sylvie, TODAY).has(Role.MANAGER, academie.id)
    assert not people.person_from(sylvie, TODAY + DAY).has(Role.MANAGER)


def test_ones_browsers_are_listed_the_latest_first_and_those_that_ended_say_when(now: datetime) -> None:
    maud = factories.user()
    device(maud, "first", bound_at=now - 2 * DAY)
    device(maud, "last", bound_at=now - DAY)
    device(maud, "over", bound_at=now - 4 * DAY, expires_at=now)
    device(maud, "closed", bound_at=now - 3 * DAY, closed_at=now - SECOND)
    device(factories.user(), "other")
    assert [each.label for each in people.open_devices(maud.id, now)] == ["last", "first"]
    assert [(each.label, each.ended_at, each.was_closed) for each in people.sign_ins_of(maud.id, now)] == [
        ("last", None, False),
        ("first", None, False),
        ("closed", now - SECOND, True),
        ("over", now, False),
    ]


def test_links_are_found_by_their_token_and_open_until_used_or_revoked(now: datetime) -> None:
    maud = factories.user()
    late, early = link(maud, "late"), link(maud, "early", minted_at=now - DAY)
    used = link(maud, "used", used_at=now)
    link(maud, "revoked", revoked_at=now)
    link(maud, "personal", purpose=LinkPurpose.PERSONAL)
    link(factories.user(), "other")
    assert people.open_links(maud.id, LinkPurpose.SIGN_IN) == [early, late]
    assert people.link_for_token("used") is used
    assert people.link_for_token("nothing") is None
    assert people.get_link(late.id) is late
    assert people.links_minted_since(maud.id, LinkPurpose.SIGN_IN, now) == 3
    assert people.links_minted_since(maud.id, LinkPurpose.SIGN_IN, now - DAY) == 4
    assert people.links_minted_since(maud.id, LinkPurpose.PERSONAL, now + SECOND) == 0


def test_failures_are_counted_of_one_subject_since_an_instant(now: datetime) -> None:
    for subject, at in ((b"a", now), (b"a", now - DAY), (b"b", now)):
        factories.add(SignInFailure(subject=subject, at=at))
    assert [people.failures_since(b"a", since) for since in (now - DAY, now, now + SECOND)] == [2, 1, 0]


def test_only_people_of_the_demonstration_enter_with_one_click(app: Flask) -> None:
    maud = factories.user("Maud", is_demo=True, demo_circle="one")
    jo, real = factories.user("Jo", is_demo=True), factories.user()
    assert people.demo_people() == [maud]
    assert people.get_demo_user(jo.id) is jo
    assert people.get_demo_user(real.id) is None
    assert people.get_demo_user(uuid4()) is None


def test_what_is_known_of_an_account(app: Flask) -> None:
    assert not people.has_any_user()
    maud, jo = factories.user("Maud", "Le Bihan", password_hash="x", ends_on=TODAY), factories.user("Jo", "Dupont")
    assert people.has_any_user()
    assert [people.has_password(each.id) for each in (maud, jo)] == [True, False]
    assert [people.account_end(each.id) for each in (maud, jo)] == [TODAY, None]
    assert people.get_user(maud.id) is maud
    assert people.user_by_address(maud.address) is maud
    assert people.user_by_address("nobody@a.example") is None
    assert people.users_by_address([jo.address, "nobody@a.example"]) == {jo.address: jo}
    assert people.names_of({maud.id, uuid4()}) == {maud.id: "Maud Le Bihan"}


def test_whoever_manages_or_inspects_a_territory_or_the_one_above_is_of_its_hierarchy(
    academie: Territory, inside: Territory
) -> None:
    manager, inspector, over, revoked, pilot, beside = (factories.user() for _ in range(6))
    factories.grant(manager, Role.MANAGER, inside).ends_on = TODAY
    factories.grant(inspector, Role.INSPECTOR, academie)
    factories.grant(over, Role.MANAGER, inside).ends_on = TODAY - DAY
    factories.grant(revoked, Role.INSPECTOR, inside).revoked_at = clock.now()
    factories.grant(pilot, Role.PILOT, inside)
    factories.grant(beside, Role.MANAGER, factories.territory(parent_id=academie.id))
    assert people.hierarchy_user_ids(inside.id, TODAY) == {manager.id, inspector.id}
    assert people.hierarchy_user_ids(academie.id, TODAY) == {inspector.id}
    assert people.hierarchy_user_ids(uuid4(), TODAY) == frozenset()
    assert {each.id for each in people.people_on(inside.id, [pilot.id], TODAY)} == {manager.id, inspector.id, pilot.id}


def test_each_line_of_a_list_says_what_is_known_of_its_address(inside: Territory) -> None:
    sylvie, maud, helene = (
        factories.user(given, family, address=address)
        for given, family, address in (
            ("Sylvie", "Renaud", "s@a.example"),
            ("Maud", "", "m@a.example"),
            ("Hélène", "Marchadier", "h@a.example"),
        )
    )
    maud.family_name = ""
    factories.grant(sylvie, Role.MANAGER, inside)
    text = "S@a.example\nm@a.example\nh@a.example\nnew@a.example\npilot@a.example\nNobody"
    found = people.guests_in(text, inside.id, TODAY, pilot_address="pilot@a.example", member_ids=frozenset({maud.id}))
    told = [(each.user_id, each.known_as, each.is_hierarchy, each.is_member, each.is_pilot) for each in found]
    assert told == [
        (sylvie.id, "Sylvie Renaud", True, False, False),
        (maud.id, "Maud", False, True, False),
        (helene.id, "Hélène Marchadier", False, False, False),
        (None, "", False, False, False),
        (None, "", False, False, True),
        (None, "", False, False, False),
    ]
    [known] = people.guests_in("h@a.example", inside.id, TODAY, pilot_address="h@a.example")
    assert known.is_pilot
    [without] = people.guests_in("Nobody", inside.id, TODAY)
    assert not without.is_pilot


def test_a_pilot_is_picked_from_the_vivier_of_the_territory_or_typed(academie: Territory, inside: Territory) -> None:
    maud, sylvie = factories.user("Maud", "Le Bihan"), factories.user("Sylvie", "Renaud")
    here, elsewhere = factories.grant(maud, Role.PILOT, inside), factories.grant(maud, Role.PILOT, academie)
    both = factories.grant(sylvie, Role.PILOT, inside)
    factories.grant(sylvie, Role.MANAGER, academie)
    found = people.pilot_named(here.id, "", inside.id, TODAY)
    assert (found.user_id, found.name, found.person.address) == (maud.id, "Maud Le Bihan", maud.address)
    assert not found.is_hierarchy
    assert people.pilot_named(both.id, "", inside.id, TODAY).is_hierarchy
    typed = people.pilot_named(None, "Jo DUPONT <jo@a.example>", inside.id, TODAY)
    assert (typed.user_id, typed.name) == (None, "Jo Dupont")
    with pytest.raises(RuleBroken, match="un autre territoire"):
        people.pilot_named(elsewhere.id, "", inside.id, TODAY)
    with pytest.raises(RuleBroken) as refusal:
        people.pilot_named(uuid4(), "", inside.id, TODAY)
    assert refusal.value.field == "pilot"


def test_territories_are_listed_the_academies_first_each_with_its_clock(academie: Territory, inside: Territory) -> None:
    far = factories.territory("Ailleurs", code="Z", timezone="Indian/Reunion")
    assert people.territories() == [academie, far, inside]
    assert people.get_territory(far.id) is far
    assert people.zone_of(far.id).key == "Indian/Reunion"
