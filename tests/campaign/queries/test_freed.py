"""Places that freed: which, whom they are offered to, what the collectives would cost with them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.drafting import DraftState
from collectifs.campaign.domain.freed import DELAY, PlaceState
from collectifs.campaign.domain.kinds import CallKind
from collectifs.campaign.models.calls import Call, Candidacy
from collectifs.campaign.models.places import PlaceOffer
from collectifs.campaign.queries import freed
from collectifs.campaign.queries.arrivals import arrivals, published_standing
from collectifs.collectives.models import Collective
from collectifs.kernel import clock
from collectifs.people.domain.person import Degree
from tests import factories

STATE = CandidacyState
HOUR = timedelta(hours=1)


@pytest.fixture
def call(app: Flask) -> Call:
    return factories.call()


@pytest.fixture
def now(app: Flask) -> datetime:
    return clock.now()


def left(call: Call, **values: Any) -> Candidacy:
    """Somebody who left their place an hour ago."""
    return factories.candidacy(call, **({"state": STATE.WITHDRAWN, "freed_at": clock.now() - HOUR} | values))


def offer(place: Candidacy, who: Candidacy, hours: int = -1, **values: Any) -> PlaceOffer:
    asks_at = clock.now() + hours * HOUR
    usual = {"freed_id": place.id, "candidacy_id": who.id, "asks_at": asks_at, "expires_at": asks_at + DELAY}
    return factories.add(PlaceOffer(**(usual | values)))


def waiting(call: Call, **values: Any) -> Candidacy:
    return factories.candidacy(call, **({"state": STATE.WAITING, "told_at": clock.now()} | values))


@pytest.mark.parametrize(
    ("state", "told", "waits"),
    [
        (STATE.WAITING, True, True),
        (STATE.RETAINED, True, True),
        (STATE.WAITING, False, False),
        (STATE.PLACED, True, False),
    ],
)
def test_a_call_on_which_somebody_was_told_that_they_wait_is_looked_at(
    call: Call, now: datetime, state: STATE, told: bool, waits: bool
) -> None:
    for _ in range(2):
        factories.candidacy(call, state=state, told_at=now if told else None)
    assert freed.calls_in_which_somebody_waits() == ([call.id] if waits else [])


@pytest.mark.parametrize(
    ("values", "ends", "has_left"),
    [
        ({}, "none", True),
        ({}, None, False),
        ({}, 1, False),
        ({}, 0, True),
        ({"freed_at": 0}, "none", False),
        ({"state": STATE.RETAINED}, "none", False),
        ({"collective_id": None}, "none", False),
    ],
)
def test_whoever_was_placed_and_is_a_member_no_more_has_left(
    call: Call, now: datetime, values: dict[str, Any], ends: int | str | None, has_left: bool
) -> None:
    here, who, other = factories.collective(), factories.user(), factories.collective()
    if ends != "none":
        factories.membership(who, here, ends_at=now + ends * HOUR if isinstance(ends, int) else None)
    factories.membership(who, other)  # a member elsewhere
    factories.membership(factories.user(), here)
    values = {name: now if value == 0 else value for name, value in values.items()}
    usual = {"state": STATE.PLACED, "collective_id": here.id, "address": who.address}
    row = factories.candidacy(call, **(usual | values))
    assert freed.left_their_collective([call.id], now) == ([row] if has_left else [])
    assert freed.left_their_collective([], now) == []


def test_places_come_the_oldest_first_with_their_offers_and_not_of_a_call_that_composes_nothing(
    call: Call, now: datetime
) -> None:
    here = factories.collective(name="Les Tilleuls")
    late, early = left(call, collective_id=here.id), left(call, freed_at=now - 3 * HOUR)
    classes = factories.call(kind=CallKind.PREPARATORY)
    other = left(classes)
    factories.candidacy(call)
    who = [waiting(call) for _ in range(3)]
    offers = [offer(early, who[0], -2, is_taken=False), offer(early, who[1])]
    found = freed.freed_places([call.id, classes.id], now)
    assert [(each.id, each.collective, each.state) for each in found] == [
        (early.id, "", PlaceState.OFFERED),
        (late.id, "Les Tilleuls", PlaceState.FREE),
    ]
    assert [each.candidacy_id for each in found[0].offers] == [who[0].id, who[1].id]
    assert found[0].open_offer == found[0].offers[1]
    assert (found[1].offers, found[1].open_offer, found[0].territory_id) == ((), None, call.territory_id)
    one = freed.get_freed_place(late.id, now)
    assert one == found[1]
    assert freed.get_freed_place(who[0].id, now) is None
    assert freed.get_freed_place(uuid4(), now) is None
    assert (freed.last_offer(who[0].id), freed.last_offer(who[2].id)) == (offers[0], None)
    latest = offer(late, who[0])
    assert freed.last_offer(who[0].id) is latest
    assert freed.get_offer(latest.id) is latest
    classes_place = freed.get_freed_place(other.id, now)
    assert classes_place is not None
    assert classes_place.access.id == classes.id


@pytest.mark.parametrize(
    ("state", "taken", "place"),
    [
        (STATE.WAITING, None, PlaceState.OFFERED),
        (STATE.WAITING, False, PlaceState.FREE),
        (STATE.RETAINED, None, PlaceState.TAKEN),  # the manager retained them meanwhile
        (STATE.PLACED, False, PlaceState.TAKEN),
        (STATE.DECLINED, None, PlaceState.FREE),
    ],
)
def test_an_offer_is_open_as_long_as_its_person_waits(
    call: Call, now: datetime, state: STATE, taken: bool | None, place: PlaceState
) -> None:
    row = left(call)
    offer(row, waiting(call, state=state), is_taken=taken)
    found = freed.get_freed_place(row.id, now)
    assert found is not None
    assert found.state is place


def met(where: Collective, hours: int) -> None:
    factories.meeting(where, starts_at=clock.now() + hours * HOUR)


@pytest.mark.parametrize(
    ("values", "meets", "published", "state"),
    [
        ({}, None, False, PlaceState.FREE),
        ({"offers_stopped_at": 0}, None, False, PlaceState.OVER),
        ({}, None, True, PlaceState.OVER),  # the place was the territory's, and the collectives are there
        ({"collective_id": 1}, None, True, PlaceState.FREE),
        ({"collective_id": 1}, -3, True, PlaceState.OVER),
        ({"collective_id": 1}, 3, True, PlaceState.FREE),
    ],
)
def test_nobody_is_asked_once_it_was_stopped_or_the_collective_has_met(
    call: Call, now: datetime, values: dict[str, Any], meets: int | None, published: bool, state: PlaceState
) -> None:
    here = factories.collective()
    if meets is not None:
        met(here, meets)
    factories.draft(call.id, {}, state=DraftState.PUBLISHED if published else DraftState.READY)
    row = left(call, **{name: here.id if value == 1 else now for name, value in values.items()})
    found = freed.get_freed_place(row.id, now)
    assert found is not None
    assert found.state is state


def test_whoever_waits_and_is_asked_about_no_other_place_is_asked_in_their_order(call: Call, now: datetime) -> None:
    row, other = left(call), left(call)
    since = now - 5 * HOUR
    one = waiting(call, completed_at=since)
    late = waiting(call, completed_at=None, started_at=now)
    asked, said_no, expired, just_expired = (waiting(call) for _ in range(4))
    offer(other, asked)
    offer(other, said_no, is_taken=False)
    offer(other, expired, -100)
    offer(other, just_expired, expires_at=now)
    waiting(call, told_at=None)
    waiting(factories.call())
    factories.candidacy(call)
    place = freed.get_freed_place(row.id, now)
    assert place is not None
    found = {each.id: (each.since, each.cost) for each in freed.waiters_for(place, now)}
    assert set(found) == {one.id, late.id, said_no.id, expired.id, just_expired.id}
    assert (found[one.id], found[late.id]) == ((since, 0.0), (now, 0.0))  # nothing is composed yet


def test_who_said_yes_to_the_collectives_is_the_one_of_the_last_draft_that_was_published(call: Call) -> None:
    assert freed.published_by(call) is None
    first, last = factories.user(), factories.user()
    for number, (state, by) in enumerate(
        ((DraftState.PUBLISHED, first), (DraftState.PUBLISHED, last), (DraftState.READY, first)), 1
    ):
        factories.draft(call.id, {}, number=number, state=state, publishes_by_id=by.id)
    assert freed.published_by(call) == last.id


def placed(call: Call, where: Collective, number: int, **values: Any) -> list[Candidacy]:
    usual = {"state": STATE.PLACED, "collective_id": where.id, "tutoring_years": 3}
    return [factories.candidacy(call, **(usual | values)) for _ in range(number)]


def test_a_place_of_a_collective_costs_what_it_would_with_them_there(call: Call, now: datetime) -> None:
    here, there, full = (factories.collective(name=name) for name in ("Ici", "Là", "Pleins"))
    placed(call, here, 6)
    placed(call, there, 7, work_insee="47001")
    placed(call, full, 10, work_insee="47001")
    near, lost = waiting(call, tutoring_years=3), waiting(call, work_insee="", home_insee="")
    costs = {}
    for where in (here, there, full):
        place = freed.get_freed_place(left(call, collective_id=where.id).id, now)
        assert place is not None
        costs[where] = {each.id: each.cost for each in freed.waiters_for(place, now)}
    assert costs[here][near.id] == pytest.approx(36)
    assert (costs[there][near.id] or 0) > 400
    assert (costs[full][near.id], costs[here][lost.id]) == (None, None)


def test_of_a_draft_the_collective_that_suits_them_the_most_is_counted(call: Call, now: datetime) -> None:
    people = [
        factories.candidacy(call, state=STATE.RETAINED, tutoring_years=3, work_insee=insee)
        for insee in ["47157"] * 6 + ["47001"] * 6
    ]
    factories.draft(call.id, {"A": people[:6], "B": people[6:]})
    near = waiting(call, tutoring_years=3, work_insee="47001")
    place = freed.get_freed_place(left(call).id, now)
    assert place is not None
    [found] = freed.waiters_for(place, now)
    assert (found.id, found.cost) == (near.id, pytest.approx(36))


@pytest.mark.parametrize(
    ("hours", "state", "freed_by", "shown"),
    [
        (-1, STATE.WAITING, {}, True),
        (0, STATE.WAITING, {}, True),
        (1, STATE.WAITING, {}, False),  # the mail leaves this evening
        (-72, STATE.WAITING, {}, False),
        (-1, STATE.DECLINED, {}, False),
        (-1, STATE.WAITING, {"offers_stopped_at": 0}, False),
        (-1, STATE.WAITING, {"freed_at": None}, False),
    ],
)
def test_a_place_is_shown_to_whoever_is_asked_now(
    call: Call, now: datetime, hours: int, state: STATE, freed_by: dict[str, Any], shown: bool
) -> None:
    here = factories.collective(name="Les Tilleuls")
    placed(call, here, 6)
    who = waiting(call, state=state, work_insee="47001")
    values = {name: now if value == 0 else value for name, value in freed_by.items()}
    row = left(call, **({"collective_id": here.id} | values))
    made = offer(row, who, hours)
    found = freed.offer_shown(who, now)
    assert (found is not None) is shown
    if found is not None:
        assert (found.until, found.collective) == (made.expires_at, "Les Tilleuls")
        assert 50 <= found.minutes <= 75  # from Agen to Marmande
    assert freed.offer_shown(waiting(call), now) is None


@pytest.mark.parametrize(("known", "of_a_collective"), [(False, True), (True, False)])
def test_no_minutes_are_told_without_a_commune_or_before_there_are_collectives(
    call: Call, now: datetime, known: bool, of_a_collective: bool
) -> None:
    here = factories.collective()
    placed(call, here, 6)
    who = waiting(call, work_insee="47157" if known else "", home_insee="")
    offer(left(call, collective_id=here.id if of_a_collective else None), who)
    found = freed.offer_shown(who, now)
    assert found is not None
    assert found.minutes == 0


def test_the_collectives_that_were_published_are_read_from_those_who_were_placed(call: Call, now: datetime) -> None:
    here, there = factories.collective(name="Ici"), factories.collective(name="Là")
    one = placed(call, here, 1, degree=None, tutoring_years=0, half_days=["wed_pm"])[0]
    home = placed(call, there, 1, work_insee="", home_insee="47001", degree=Degree.SECOND)[0]
    placed(call, there, 1, work_insee="", home_insee="")
    placed(call, there, 1, freed_at=now)
    placed(call, here, 1, state=STATE.RETAINED)
    placed(factories.call(), here, 1)
    standing, names = published_standing(call.id)
    assert standing.groups == {str(here.id): (str(one.id),), str(there.id): (str(home.id),)}
    assert names == {str(here.id): "Ici", str(there.id): "Là"}
    first, second = (standing.people[str(each.id)] for each in (one, home))
    assert (first.degree, first.is_new, first.pilots, first.half_days) == (Degree.FIRST, True, True, {"wed_pm"})
    assert (second.degree, second.is_new, second.place.insee) == (Degree.SECOND, False, "47001")


def test_whoever_comes_once_collectives_are_there_is_told_which_would_welcome_them(call: Call) -> None:
    here, full = factories.collective(name="Ici"), factories.collective(name="Pleins")
    placed(call, here, 6, work_insee="47001")
    placed(call, full, 10)
    who = factories.candidacy(call, "Zoé", state=STATE.RETAINED, id=UUID(int=1))
    lost = factories.candidacy(call, state=STATE.RETAINED, id=UUID(int=2), work_insee="", home_insee="")
    one, other = arrivals(call.id)
    assert (one.id, one.name, other.id, other.welcomes) == (who.id, f"Zoé {who.family_name}", lost.id, ())
    [welcome] = one.welcomes
    assert (welcome.collective_id, welcome.name) == (here.id, "Ici")
    assert welcome.words.startswith("7 personnes : sept du 1er degré ; une débute, six ont")
    assert 50 <= welcome.minutes <= 75
    assert arrivals(factories.call().id) == []
