"""Who belongs at which moment, where, and who never came in."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.collectives.models import Collective, Membership
from collectifs.collectives.queries.lines import lines_on
from collectifs.collectives.queries.memberships import (
    belongs_to_collective_on,
    holds,
    is_present,
    periods_among,
)
from collectifs.collectives.queries.rosters import get_roster, never_entered, roster_of
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Role
from collectifs.people.models import Territory
from tests import factories

HOUR = timedelta(hours=1)


@pytest.fixture
def now(app: Flask) -> datetime:
    return clock.now()


@pytest.fixture
def collective(place: Territory) -> Collective:
    return factories.collective(place, name="Les Tilleuls")


@pytest.mark.parametrize(
    ("since", "until", "is_held"),
    [(-1, None, True), (0, None, True), (1, None, False), (-2, -1, False), (-2, 0, False), (-2, 1, True)],
)
def test_a_membership_holds_from_its_first_instant_and_no_more_at_its_last(
    collective: Collective, now: datetime, since: int, until: int | None, is_held: bool
) -> None:
    ends_at = None if until is None else now + until * HOUR
    who = factories.user()
    row = factories.membership(who, collective, starts_at=now + since * HOUR, ends_at=ends_at)
    assert holds((row.starts_at, row.ends_at), now) is is_held
    found = db.session.scalars(
        db.select(Membership.id).where(is_present(now), Membership.user_id == who.id).order_by(Membership.id)
    )
    assert list(found) == ([row.id] if is_held else [])
    assert belongs_to_collective_on(who.id, collective.territory_id, now) is is_held


def test_one_belongs_to_the_academie_of_ones_departement_and_not_to_the_one_beside(app: Flask, now: datetime) -> None:
    academie = factories.territory("Brume")
    inside, beside = (factories.territory(name, parent_id=academie.id) for name in ("Ici", "À côté"))
    who = factories.user()
    factories.membership(who, factories.collective(inside))
    assert belongs_to_collective_on(who.id, inside.id, now)
    assert belongs_to_collective_on(who.id, academie.id, now)
    assert not belongs_to_collective_on(who.id, beside.id, now)
    assert not belongs_to_collective_on(factories.user().id, inside.id, now)


def test_the_periods_of_each_person_come_oldest_first(collective: Collective, now: datetime) -> None:
    who, other = factories.user(), factories.user()
    rows = [
        factories.membership(who, collective, starts_at=now, consents=False),
        factories.membership(who, collective, starts_at=now - 9 * HOUR, ends_at=now - 5 * HOUR),
        factories.membership(other, collective, starts_at=now - HOUR),
    ]
    assert periods_among(rows) == {
        who.id: ((now - 9 * HOUR, now - 5 * HOUR), (now, None)),
        other.id: ((now - HOUR, None),),
    }
    assert periods_among([]) == {}


def test_a_roster_has_the_members_of_now_and_none_of_another_collective(
    collective: Collective, place: Territory, now: datetime
) -> None:
    factories.membership(factories.user("Maud", "Le Bihan"), collective)
    factories.membership(factories.user("Ana", "Partie"), collective, ends_at=now - HOUR)
    other = factories.collective(place, name="Le Marais")
    factories.collective(place, name="D’avant", season=2025)
    factories.collective(factories.territory("Ailleurs"), name="Ailleurs")
    found = roster_of(collective.id)
    assert found is not None
    assert [each.name for each in found.members if each.name.startswith(("Maud", "Ana"))] == ["Maud Le Bihan"]
    assert (len(found.members), found.facts.name, found.degree) == (2, "Les Tilleuls", collective.degree)
    assert get_roster(found.facts).members == found.members
    assert [each.facts.id for each in lines_on(frozenset({place.id}), 2026, now)] == [other.id, collective.id]
    assert lines_on(frozenset(), 2026, now) == []
    assert roster_of(uuid4()) is None


def test_whoever_opened_a_device_accepted_a_charter_or_received_a_role_has_entered(
    collective: Collective, place: Territory
) -> None:
    new, device, consent, role = (factories.user(name) for name in ("Nouvelle", "Écran", "Charte", "Rôle"))
    for who in (new, device, role):
        factories.membership(who, collective, consents=False)
    factories.membership(consent, collective)
    factories.device(device)
    factories.grant(role, Role.PILOT, place)
    db.session.flush()
    assert never_entered(each.id for each in (new, device, consent, role)) == {new.id}
    assert never_entered([]) == frozenset()
