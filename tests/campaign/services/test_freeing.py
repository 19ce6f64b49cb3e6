"""A place that frees is offered to the waiting list: before publication and after it, one person after the other."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from collectifs.across.services.leaving import leave_altogether
from collectifs.campaign.domain.candidacy import CandidacyState, WouldPilot
from collectifs.campaign.domain.freed import DELAY, PlaceState
from collectifs.campaign.domain.work import MailCandidacyAnswered, MailCandidacyPlace, OfferPlaces
from collectifs.campaign.models.calls import Candidacy
from collectifs.campaign.models.drafts import DraftPlace
from collectifs.campaign.models.places import PlaceOffer
from collectifs.campaign.queries.drafts import OpenedDraft, draft_row
from collectifs.campaign.queries.freed import freed_places, offer_shown
from collectifs.campaign.services.candidacies import send_candidacy, withdraw_candidacy
from collectifs.campaign.services.freeing import answer_offer, note_freed_places, stop_offering
from collectifs.campaign.services.perishing import forget_candidacies, forget_candidacies_at
from collectifs.campaign.services.publishing import ask_publication, publish
from collectifs.collectives.models import Collective, Membership
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.people.domain.person import Degree
from collectifs.people.models import User
from tests import factories
from tests.asked import asked
from tests.campaigning import Campaign


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    campaign = Campaign()
    for each in campaign.people:
        each.told_at = clock.now()
    return campaign


def waiting(campaign: Campaign, number: int, **values: Any) -> Candidacy:
    """Somebody who was told that they wait; the greater the number the later they came."""
    sent = clock.now() - timedelta(days=9) + timedelta(hours=number)
    return campaign.candidate(
        number, **{"state": CandidacyState.WAITING, "told_at": clock.now(), "completed_at": sent, **values}
    )


def offering(campaign: Campaign) -> list[PlaceOffer]:
    """What the worker does; the offers that there are then, in their order."""
    do(OfferPlaces(campaign.call.id))
    db.session.commit()
    return db.session.query(PlaceOffer).order_by(PlaceOffer.asks_at, PlaceOffer.id).all()


def states(campaign: Campaign) -> list[PlaceState]:
    return [each.state for each in freed_places([campaign.call.id], clock.now())]


def published(campaign: Campaign) -> None:
    draft = campaign.composed()
    ask_publication(draft, waits=False, seen=0, now=clock.now(), by=campaign.by)
    publish(as_it_stands(campaign, draft), now=clock.now(), by=campaign.by)
    db.session.commit()


def as_it_stands(campaign: Campaign, draft: OpenedDraft) -> OpenedDraft:
    row = draft_row(draft.facts.id)
    assert row is not None
    return campaign.opened(row)


def member(campaign: Campaign) -> Candidacy:
    """Somebody who pilots nothing."""
    return next(each for each in campaign.people if each.would_pilot is WouldPilot.NO)


def leaves(who: Candidacy) -> None:
    """A member who takes no part in it after all."""
    user = db.session.query(User).filter_by(address=who.address).one()
    membership = db.session.query(Membership).filter_by(user_id=user.id).one()
    membership.ends_at = clock.now()
    db.session.commit()
    note_freed_places(now=clock.now())


def member_of(who: Candidacy) -> list[Membership]:
    user = db.session.query(User).filter_by(address=who.address).one_or_none()
    return db.session.query(Membership).filter_by(user_id=user.id, ends_at=None).all() if user else []


def test_before_publication_whoever_has_waited_longest_is_asked_in_the_evening(campaign: Campaign):
    second, first = waiting(campaign, 7), waiting(campaign, 3)
    withdraw_candidacy(campaign.people[0], now=clock.now())
    assert asked(OfferPlaces) == [OfferPlaces(campaign.call.id)]
    [offer] = offering(campaign)
    assert offer.candidacy_id == first.id != second.id
    assert offer.asks_at.astimezone(campaign_zone(campaign)).hour == 18
    assert offer.expires_at - offer.asks_at == DELAY
    assert asked(MailCandidacyPlace) == [MailCandidacyPlace(offer.id)]
    assert offering(campaign) == [offer], "once"


def campaign_zone(campaign: Campaign):
    [place] = freed_places([campaign.call.id], clock.now())
    return place.access.zone


def test_a_yes_is_retained_and_stands_in_no_draft_until_one_is_composed(campaign: Campaign, moment: Any):
    draft = campaign.composed()
    who = waiting(campaign, 1)
    withdraw_candidacy(campaign.people[0], now=clock.now())
    before = {(each.candidacy_id, each.code) for each in db.session.query(DraftPlace)}
    offering(campaign)
    moment.shift(timedelta(hours=8))
    assert answer_offer(who, takes=True, now=clock.now()) is False
    assert who.state is CandidacyState.RETAINED
    assert asked(MailCandidacyAnswered) == [MailCandidacyAnswered(who.id)]
    assert states(campaign) == [PlaceState.TAKEN]
    assert {(each.candidacy_id, each.code) for each in db.session.query(DraftPlace)} == before, "nobody is moved"
    assert str(who.id) in as_it_stands(campaign, draft).left_out


def test_a_no_or_no_answer_keeps_one_on_the_list_and_the_next_is_asked(campaign: Campaign, moment: Any):
    people = [waiting(campaign, each) for each in range(3)]
    withdraw_candidacy(campaign.people[0], now=clock.now())
    offering(campaign)
    moment.shift(timedelta(hours=8))
    answer_offer(people[0], takes=False, now=clock.now())
    assert people[0].state is CandidacyState.WAITING
    _, second = offering(campaign)
    assert second.candidacy_id == people[1].id
    moment.move_to(second.expires_at - timedelta(seconds=1))
    assert len(offering(campaign)) == 2, "the delay is kept"
    moment.move_to(second.expires_at)
    *_, third = offering(campaign)
    assert third.candidacy_id == people[2].id
    with pytest.raises(RuleBroken, match="n’est plus proposée"):
        answer_offer(people[1], takes=True, now=clock.now())
    assert people[1].state is CandidacyState.WAITING


def test_nobody_is_asked_twice_and_when_all_were_it_stays_free(campaign: Campaign, moment: Any):
    waiting(campaign, 1)
    withdraw_candidacy(campaign.people[0], now=clock.now())
    [offer] = offering(campaign)
    moment.move_to(offer.expires_at)
    assert len(offering(campaign)) == 1
    assert states(campaign) == [PlaceState.FREE]


def test_two_places_are_offered_to_two_people(campaign: Campaign):
    people = [waiting(campaign, each) for each in range(2)]
    for each in campaign.people[:2]:
        withdraw_candidacy(each, now=clock.now())
    assert {each.candidacy_id for each in offering(campaign)} == {each.id for each in people}


def test_a_retained_person_who_was_told_nothing_frees_nothing(campaign: Campaign):
    waiting(campaign, 1)
    campaign.people[0].told_at = None
    withdraw_candidacy(campaign.people[0], now=clock.now())
    assert offering(campaign) == []


def test_once_published_a_member_who_leaves_frees_a_place_of_that_collective(campaign: Campaign, moment: Any):
    published(campaign)
    gone = member(campaign)
    far, near = waiting(campaign, 1, work_insee="24322"), waiting(campaign, 2, work_insee=gone.work_insee)
    before = db.session.query(Membership).count()
    leaves(gone)
    assert asked(OfferPlaces) == [OfferPlaces(campaign.call.id)]
    [offer] = offering(campaign)
    assert offer.candidacy_id == near.id != far.id, "whom the collective suits best, as latecomers are placed"
    moment.shift(timedelta(hours=8))
    shown = offer_shown(near, clock.now())
    assert shown is not None
    assert shown.collective.startswith("Autour ")
    assert answer_offer(near, takes=True, now=clock.now()) is True
    [membership] = member_of(near)
    assert membership.collective_id == gone.collective_id
    assert near.state is CandidacyState.PLACED
    assert db.session.query(Membership).count() == before + 1, "nobody is moved"


def test_a_side_that_is_missing_comes_before_a_short_journey(campaign: Campaign):
    published(campaign)
    gone = member(campaign)
    fellows = [each for each in campaign.people if each.collective_id == gone.collective_id and each is not gone]
    for each in fellows:
        each.degree = Degree.SECOND
    same, other = (
        waiting(campaign, number, work_insee=gone.work_insee, degree=degree, tutoring_years=4)
        for number, degree in enumerate((Degree.SECOND, Degree.FIRST))
    )
    fellows[0].degree = Degree.FIRST
    leaves(gone)
    [offer] = offering(campaign)
    assert offer.candidacy_id == other.id != same.id


def test_once_the_collective_has_met_nobody_is_asked_by_itself(campaign: Campaign):
    published(campaign)
    gone = member(campaign)
    waiting(campaign, 1, work_insee=gone.work_insee)
    met = clock.now() - timedelta(days=1)
    factories.meeting(db.session.get_one(Collective, gone.collective_id), starts_at=met)
    leaves(gone)
    assert offering(campaign) == []
    assert states(campaign) == [PlaceState.OVER]


def test_a_manager_stops_it_before_the_mail_leaves_or_after(campaign: Campaign, moment: Any):
    who = waiting(campaign, 1)
    withdraw_candidacy(campaign.people[0], now=clock.now())
    offering(campaign)
    [place] = freed_places([campaign.call.id], clock.now())
    stop_offering(place, now=clock.now(), by=campaign.by)
    assert states(campaign) == [PlaceState.OVER]
    moment.shift(timedelta(hours=8))
    assert offer_shown(who, clock.now()) is None
    with pytest.raises(RuleBroken, match="n’est plus proposée"):
        answer_offer(who, takes=True, now=clock.now())


def test_whoever_is_asked_and_withdraws_leaves_their_turn(campaign: Campaign):
    first, second = (waiting(campaign, each) for each in range(2))
    withdraw_candidacy(campaign.people[0], now=clock.now())
    offering(campaign)
    withdraw_candidacy(first, now=clock.now())
    assert {each.candidacy_id for each in offering(campaign)} == {first.id, second.id}


def test_a_late_one_who_joins_the_list_is_asked_about_what_is_free(campaign: Campaign, moment: Any):
    withdraw_candidacy(campaign.people[0], now=clock.now())
    assert offering(campaign) == []
    late = campaign.candidate(5, state=CandidacyState.CONFIRMED)
    campaign.call.meets_on = campaign.call.closes_on + timedelta(days=40)
    moment.shift(timedelta(days=30))
    db.session.flush()
    [place] = freed_places([campaign.call.id], clock.now())
    send_candidacy(late, place.access, now=clock.now(), today=clock.now().date())
    assert late.state is CandidacyState.WAITING
    [offer] = offering(campaign)
    assert offer.candidacy_id == late.id


def test_what_was_offered_goes_with_the_candidacy_that_was_asked_and_the_next_one_is(campaign: Campaign):
    first, second = (waiting(campaign, each) for each in range(2))
    withdraw_candidacy(campaign.people[0], now=clock.now())
    [offer] = offering(campaign)
    asked_first = next(each for each in (first, second) if each.id == offer.candidacy_id)
    forget_candidacies_at(asked_first.address, now=clock.now())
    db.session.flush()
    [offer] = offering(campaign)
    assert {offer.candidacy_id} == {first.id, second.id} - {asked_first.id}


def test_an_account_that_is_erased_whole_frees_a_place_that_is_offered(campaign: Campaign, moment: Any):
    who = waiting(campaign, 1)
    published(campaign)
    gone = member(campaign)
    user = db.session.query(User).filter_by(address=gone.address).one()
    gone_id, names = gone.id, {gone.given_name, gone.family_name, gone.address, gone.school}
    leave_altogether(now=clock.now(), by=factories.person(user))
    db.session.commit()
    [offer] = offering(campaign)
    assert (offer.freed_id, offer.candidacy_id) == (gone_id, who.id)
    assert states(campaign) == [PlaceState.OFFERED]
    left = db.session.get_one(Candidacy, gone_id)
    told = {str(getattr(left, column.name)) for column in Candidacy.__table__.columns}
    assert not {each for each in names if each} & told
    moment.shift(timedelta(days=365))
    forget_candidacies(today=clock.now().date())
    assert db.session.query(Candidacy).count() == db.session.query(PlaceOffer).count() == 0


def test_a_place_that_was_taken_and_left_again_by_an_account_erased_is_offered_once(campaign: Campaign):
    first, second = (waiting(campaign, each) for each in range(2))
    withdraw_candidacy(campaign.people[0], now=clock.now())
    [offer] = offering(campaign)
    taker = next(each for each in (first, second) if each.id == offer.candidacy_id)
    answer_offer(taker, takes=True, now=offer.asks_at)
    forget_candidacies_at(taker.address, now=offer.asks_at)
    db.session.flush()
    offering(campaign)
    assert sorted(states(campaign)) == [PlaceState.OFFERED, PlaceState.TAKEN]


def test_whoever_had_no_place_leaves_nothing(campaign: Campaign):
    who = waiting(campaign, 1)
    number = db.session.query(Candidacy).count()
    forget_candidacies_at(who.address, now=clock.now())
    db.session.flush()
    assert db.session.query(Candidacy).count() == number - 1
