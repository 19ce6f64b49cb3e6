"""What a page receives of a call, of who passes it on, of who answered once."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from collectifs.campaign.domain.call import CallState, PartnerKind
from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.kinds import CallKind
from collectifs.campaign.models.calls import Call, CallPartner
from collectifs.campaign.models.openings import OpeningNotice
from collectifs.campaign.queries import calls, openings
from collectifs.campaign.queries.again import calls_again, get_call_again, last_membership
from collectifs.campaign.queries.calls import get_partner
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.people.models import Territory
from collectifs.people.queries.people import hashed
from tests import factories
from tests.campaigning import Campaign

DAY = timedelta(days=1)


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return Campaign(number=0)


def test_a_call_knows_who_was_a_member_on_its_territory_before(campaign: Campaign) -> None:
    season = campaign.call.season
    former, elsewhere, present = (factories.user(name) for name in ("Maud", "Samir", "Inès"))
    pilot = factories.user("Hélène")
    factories.collective(campaign.territory, season=season - 1, pilot=pilot, members=[former])
    factories.collective(factories.territory("Landes"), season=season - 1, members=[elsewhere])
    factories.collective(campaign.territory, season=season, members=[present])
    db.session.commit()
    found = get_call_again(campaign.call.id)
    assert found is not None
    assert found.access.call is campaign.call
    assert found.former_ids == {pilot.id, former.id}


def test_a_partner_is_found_with_its_call(campaign: Campaign) -> None:
    row = CallPartner(call_id=campaign.call.id, name="INSPÉ", kind=PartnerKind.INSPE, slug="inspe", made_at=clock.now())
    db.session.add(row)
    db.session.commit()
    found = get_partner(row.id)
    assert found is not None
    assert (found.partner.id, found.access.call.id) == (row.id, campaign.call.id)


def test_nothing_is_found_by_an_unknown_id(campaign: Campaign) -> None:
    assert get_call_again(uuid4()) is None
    assert get_partner(uuid4()) is None


@pytest.fixture
def today(app: Flask) -> date:
    return clock.now().date()


def partner(call: Call, name: str, slug: str, **values: Any) -> CallPartner:
    usual = {"kind": PartnerKind.INSPE, "made_at": clock.now()}
    return factories.add(CallPartner(call_id=call.id, name=name, slug=slug, **(usual | values)))


@pytest.mark.parametrize(
    ("opens", "closes", "values", "is_open"),
    [
        (0, 0, {}, True),
        (-5, 5, {}, True),
        (1, 5, {}, False),
        (-5, -1, {}, False),
        (-5, 5, {"paused_at": 1}, False),
        (-5, 5, {"published_at": None}, False),
    ],
)
def test_a_call_is_open_on_its_days_once_it_is_published_and_while_it_is_not_suspended(
    today: date, opens: int, closes: int, values: dict[str, Any], is_open: bool
) -> None:
    if values.get("paused_at"):
        values = {"paused_at": clock.now()}
    row = factories.call(opens_on=today + opens * DAY, closes_on=today + closes * DAY, **values)
    assert [each.id for each in calls.open_calls(today)] == ([row.id] if is_open else [])
    assert (calls.get_call(row.id).state(today) is CallState.OPEN) is is_open  # type: ignore[union-attr]
    found = calls.published_call(row.slug)
    assert (found.id if found else None) == (row.id if row.published_at else None)


def test_a_call_knows_where_it_is_and_takes_late_ones_until_its_first_meetings(today: date) -> None:
    here = factories.territory(timezone="Indian/Reunion")
    row = factories.call(here, opens_on=today - 9 * DAY, closes_on=today - DAY, meets_on=today + DAY)
    found = calls.get_call(row.id)
    assert found is not None
    assert (found.id, found.territory_id, found.zone) == (row.id, here.id, ZoneInfo("Indian/Reunion"))
    assert [found.takes_late_ones(today + each * DAY) for each in (-1, 0, 1)] == [False, True, False]
    assert calls.published_call("nulle-part") is None


def test_calls_of_a_territory_by_season_and_kind_the_latest_first(today: date) -> None:
    here, beside = factories.territory(code="02"), factories.territory(code="01")
    old, new = (factories.call(here, season=season) for season in (2025, 2026))
    classes = factories.call(here, kind=CallKind.PREPARATORY)
    other = factories.call(beside)
    found = [each.id for each in calls.calls_on([here.id, beside.id])]
    assert (found[0], set(found[1:3]), found[3]) == (other.id, {new.id, classes.id}, old.id)
    assert [each.id for each in calls.calls_on([beside.id])] == [other.id]
    assert calls.call_of(here.id, 2026, CallKind.TUTORS) is new
    assert calls.call_of(here.id, 2025, CallKind.TUTORS) is old
    assert calls.call_of(here.id, 2025, CallKind.PREPARATORY) is None
    assert calls.latest_call(here.id, CallKind.TUTORS) is new
    assert calls.latest_call(here.id, CallKind.PREPARATORY) is classes
    assert calls.latest_call(factories.territory().id, CallKind.TUTORS) is None
    assert [each.territory.code for each in calls.open_calls(today, calls.COMPOSES)] == ["01", "02", "02"]
    assert calls.slugs_taken() == {each.slug for each in (old, new, classes, other)}


def test_partners_stand_by_name_those_that_were_stopped_last_and_a_stopped_link_is_followed_no_more(app: Flask) -> None:
    call = factories.call()
    last, first = partner(call, "Zone", "zone"), partner(call, "INSPÉ", "inspe")
    stopped = partner(call, "Bassin", "bassin", revoked_at=clock.now())
    partner(factories.call(), "Ailleurs", "ailleurs")
    assert calls.partners_of(call.id) == [first, last, stopped]
    assert calls.open_partner(call.id, "zone") is last
    assert [calls.open_partner(call.id, slug) for slug in ("bassin", "ailleurs", "")] == [None, None, None]
    found = get_partner(first.id)
    assert found is not None
    assert found.territory_id == call.territory_id


def test_words_are_read_until_their_day_the_first_agreed_first(today: date) -> None:
    call = factories.call()
    late = factories.testimonial(call, shown_until=today)
    early = factories.testimonial(call, agreed_on=today - DAY, shown_until=today + DAY)
    factories.testimonial(call, shown_until=today - DAY)
    factories.testimonial(factories.call())
    assert calls.testimonials_of(call.id, today) == [early, late]
    found = calls.get_testimonial(late.id)
    assert found is not None
    assert (found.testimonial, found.access.id, found.territory_id) == (late, call.id, call.territory_id)
    assert calls.get_testimonial(uuid4()) is None


@pytest.fixture
def here(app: Flask) -> Territory:
    return factories.territory("Lot-et-Garonne")


def test_former_members_are_those_of_earlier_seasons_and_not_of_a_preparatory_call(here: Territory) -> None:
    call, classes = factories.call(here), factories.call(here, kind=CallKind.PREPARATORY)
    who, newcomer = factories.user(), factories.user()
    older, old = (factories.collective(here, season=season, pilot=who) for season in (2024, 2025))
    factories.collective(here, season=2026, pilot=newcomer)
    found = get_call_again(call.id)
    assert found is not None
    assert found.former_ids == {who.id}
    assert get_call_again(classes.id) is None
    last = last_membership(call, who.id)
    assert last is not None
    assert {last[1]} <= {2024, 2025}
    assert {last[0].collective_id} <= {older.id, old.id}
    assert last_membership(call, newcomer.id) is None


@pytest.mark.parametrize(
    ("state", "address", "again"),
    [
        (None, "", True),
        (CandidacyState.COMPLETE, "mine", False),
        (CandidacyState.WITHDRAWN, "mine", True),
        (CandidacyState.COMPLETE, "another@academie.example", True),
    ],
)
def test_a_former_member_is_asked_again_until_they_have_answered(
    here: Territory, today: date, state: CandidacyState | None, address: str, again: bool
) -> None:
    who = factories.user()
    factories.collective(here, season=2025, pilot=who)
    call = factories.call(here)
    factories.call(here, kind=CallKind.PREPARATORY)
    factories.call(factories.territory())
    factories.candidacy(factories.call(season=2027), address=who.address)  # an answer elsewhere is none here
    if state is not None:
        factories.candidacy(call, state=state, address=who.address if address == "mine" else address)
    assert [each.id for each in calls_again(who.id, who.address, today)] == ([call.id] if again else [])
    assert calls_again(factories.user().id, who.address, today) == []


def test_a_member_of_this_season_is_not_asked_again(here: Territory, today: date) -> None:
    who = factories.user()
    factories.collective(here, season=2026, pilot=who)
    factories.call(here)
    assert calls_again(who.id, who.address, today) == []


def notice(call: Call, address: str, **values: Any) -> OpeningNotice:
    asked = {"asked_at": clock.now() - timedelta(hours=1)}
    return factories.add(OpeningNotice(call_id=call.id, address=address, **(asked | values)))


def test_those_who_wish_to_be_told_are_found_by_address_by_link_and_in_their_order(app: Flask) -> None:
    call, now = factories.call(), clock.now()
    late, early = (notice(call, each, confirmed_at=now, token_hash=hashed(each)) for each in ("a@x", "b@x"))
    early.asked_at = now - DAY
    notice(call, "c@x")
    notice(call, "d@x", confirmed_at=now, told_at=now)
    other = notice(factories.call(), "a@x", confirmed_at=now)
    db.session.flush()
    assert openings.get_notice(late.id) is late
    assert openings.notice_at(call.id, "a@x") is late
    assert openings.notice_at(other.call_id, "a@x") is other
    assert openings.notice_at(other.call_id, "b@x") is None
    assert openings.notice_for_token("b@x") is early
    assert openings.notice_for_token("z@x") is None
    assert openings.notices_to_tell(call.id) == [early, late]
    assert set(db.session.scalars(openings.is_awaited().order_by(OpeningNotice.id))) == {call.id, other.call_id}
    told = [dict(each) for each in openings.told_of_openings("a@x")]
    assert [(each["appel"], each["adresse"], each["demandé le"]) for each in told] == [
        ("Val-de-Brume", "a@x", now - timedelta(hours=1))
    ] * 2


@pytest.mark.parametrize(
    ("values", "call", "is_over"),
    [
        ({"asked_at": 0}, {}, False),
        ({"asked_at": -1}, {}, True),  # nobody confirmed it in time
        ({"asked_at": -1, "confirmed_at": -1}, {}, False),
        ({"confirmed_at": 0, "told_at": 0}, {}, False),
        ({"confirmed_at": 0, "told_at": -1}, {}, True),  # its mail could not leave
        ({"confirmed_at": 0}, {"season": 2025}, True),
        ({"confirmed_at": 0}, {"season": 2027}, False),
        ({"confirmed_at": 0}, {"closes_on": -1}, True),
        ({"confirmed_at": 0}, {"closes_on": 0}, False),
    ],
)
def test_an_address_goes_when_it_was_not_confirmed_when_it_was_told_and_with_its_call(
    today: date, values: dict[str, int], call: dict[str, Any], is_over: bool
) -> None:
    now = clock.now()
    if "closes_on" in call:
        call = {"closes_on": today + call["closes_on"] * DAY, "opens_on": today - 9 * DAY}
    times = {name: now + hours * timedelta(hours=1) for name, hours in values.items()}
    row = notice(factories.call(**call), "a@x", **({"asked_at": now} | times))
    found = openings.notices_over(unconfirmed_since=now, told_before=now, season=2026)
    assert list(db.session.scalars(found.order_by(OpeningNotice.id))) == ([row.id] if is_over else [])
