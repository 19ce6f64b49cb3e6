"""What waits for somebody beside their meetings: a text of the frame, a person who is proposed; who might move."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.collectives.models import Collective, FrameAdjustment, FrameYes, MembershipProposal
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective, get_collective_facts
from collectifs.collectives.queries.newcomers import (
    get_membership_facts,
    get_proposal,
    is_proposed,
    memberships_beside,
    neighbours_of,
    proposals_to,
)
from collectifs.collectives.queries.waiting import asked_beside
from collectifs.kernel import clock, vault
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.models import Territory, User
from tests import factories

HOUR = timedelta(hours=1)


@pytest.fixture
def now(app: Flask, moment: object) -> datetime:
    return clock.now()


def access(row: Collective) -> CollectiveAccess:
    found = get_collective(row.id)
    assert found is not None
    return found


def adjustment(where: Collective, number: int, *yes: User, **values: Any) -> FrameAdjustment:
    at = clock.now() + number * HOUR
    row = FrameAdjustment(
        id=uuid4(), collective_id=where.id, key_id=vault.make_key(), number=number, asks_again=True, proposed_at=at
    )
    row.agreed_at = values.get("agreed_at")
    seal_text(row, FrameAdjustment.text, f"Cadre {number}")
    factories.add(row)
    for who in yes:
        factories.add(FrameYes(adjustment_id=row.id, user_id=who.id, said_at=at))
    return row


def proposal(where: Collective, by: User, **values: Any) -> MembershipProposal:
    usual = {"given_name": "Jo", "family_name": "Dupont", "address": "jo@a.example", "proposed_at": clock.now()}
    return factories.add(MembershipProposal(collective_id=where.id, proposed_by_id=by.id, **(usual | values)))


def test_the_last_text_of_each_frame_waits_for_whoever_has_not_said_yes(
    now: datetime, place: Territory, helene: User, maud: User
) -> None:
    asks, said, agreed, left, piloted = (factories.collective(place, pilot=helene, members=[maud]) for _ in range(5))
    outside = factories.collective(place, pilot=helene)
    factories.membership(maud, outside, consents=False)
    adjustment(asks, 1)
    last = adjustment(asks, 2, helene)
    adjustment(said, 1, maud)
    adjustment(agreed, 1, agreed_at=now)
    adjustment(left, 1)
    adjustment(left, 2, agreed_at=now)
    adjustment(left, 3, agreed_at=now)  # hides nothing of another collective
    adjustment(outside, 1)  # the charter comes first
    all_of = [access(row) for row in (asks, said, agreed, left, piloted, outside)]
    assert asked_beside(all_of, maud.id, []) == ({}, {asks.id: last.proposed_at})
    assert asked_beside([], maud.id, []) == ({}, {})


def test_whoever_pilots_is_told_who_is_not_answered_the_oldest_first(
    now: datetime, place: Territory, helene: User, maud: User
) -> None:
    piloted, other = (factories.collective(place, pilot=helene, members=[maud]) for _ in range(2))
    late = proposal(piloted, helene, family_name="")
    early = proposal(piloted, helene, given_name="Inès", family_name="Petit", proposed_at=now - HOUR)
    proposal(piloted, helene, agreed=True)
    proposal(piloted, helene, agreed=False)
    proposal(other, helene)
    both = [access(piloted), access(other)]
    proposed, asked = asked_beside(both, helene.id, both[:1])
    assert ({key: [each.id for each in found] for key, found in proposed.items()}, asked) == (
        {piloted.id: [early.id, late.id]},
        {},
    )
    assert [(each.name, each.agreed) for each in proposed[piloted.id]] == [("Inès Petit", None), ("Jo", None)]


def test_a_manager_follows_what_was_answered_to_each_proposal(now: datetime, place: Territory, helene: User) -> None:
    where, other = factories.collective(place, pilot=helene), factories.collective(place, pilot=helene)
    waits = proposal(where, helene, address="waits@a.example")
    yes = proposal(where, helene, address="yes@a.example", agreed=True, proposed_at=now + HOUR)
    proposal(other, helene, address="other@a.example")
    assert [(each.id, each.agreed) for each in proposals_to(where.id)] == [(yes.id, True), (waits.id, None)]
    addresses = ("waits@a.example", "yes@a.example", "other@a.example")
    assert [is_proposed(where.id, address) for address in addresses] == [True, False, False]
    found = get_proposal(waits.id)
    assert found is not None
    assert (found.name, found.access.collective.id) == ("Jo Dupont", where.id)
    assert get_proposal(uuid4()) is None


def test_one_may_move_to_a_collective_of_the_same_territory_and_season(
    now: datetime, place: Territory, helene: User, maud: User
) -> None:
    here = factories.collective(place, name="Ici", pilot=helene, members=[maud])
    beside = factories.collective(place, name="À côté", pilot=helene)
    factories.collective(place, name="D’avant", season=2025, members=[maud])
    factories.collective(factories.territory("Ailleurs"), members=[maud])
    facts = get_collective_facts(here.id)
    assert facts is not None
    assert [each.name for each in neighbours_of(facts)] == ["À côté"]
    assert memberships_beside(maud.id, facts) == []
    gone = factories.membership(maud, beside, ends_at=now)
    assert memberships_beside(maud.id, facts) == []
    assert get_membership_facts(gone.id) is None
    stays = factories.membership(maud, beside, consents=False)
    [found] = memberships_beside(maud.id, facts)
    assert (found.id, found.name, found.address, found.collective.name) == (
        stays.id,
        "Maud Le Bihan",
        maud.address,
        "À côté",
    )
    assert get_membership_facts(stays.id) == found
