"""Publishing a draft: once, after a day if wished; collectives, members, pilots, invitations; wishes perish."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.drafting import DraftState
from collectifs.campaign.domain.work import PublishDraft
from collectifs.campaign.models.calls import Candidacy, Wish
from collectifs.campaign.queries.arrivals import arrivals
from collectifs.campaign.queries.drafts import OpenedDraft, draft_row
from collectifs.campaign.services.drafting import move_by_hand
from collectifs.campaign.services.publishing import ask_publication, choose, planned, take_back, welcome
from collectifs.collectives.domain.work import MailInvitation
from collectifs.collectives.models import Collective, Membership, MembershipProposal, Pilotship
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.work import DestroyKey
from tests import factories
from tests.asked import asked
from tests.campaigning import Campaign

DAY = timedelta(days=1)


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return Campaign()


def publish(campaign: Campaign, draft: OpenedDraft, *, waits: bool = False) -> None:
    ask_publication(draft, waits=waits, seen=draft.facts.sequence, now=clock.now(), by=campaign.by)
    db.session.commit()


def work(draft: OpenedDraft) -> None:
    do(PublishDraft(draft.facts.id))
    db.session.commit()


def test_collectives_are_made_with_their_pilot_and_everybody_is_invited_once(campaign: Campaign):
    draft = campaign.composed()
    publish(campaign, draft)
    work(draft)
    assert db.session.query(Collective).count() == 3
    assert db.session.query(Membership).count() == 24
    assert db.session.query(Pilotship).count() == 3
    assert len(asked(MailInvitation)) == 24
    assert {row.state for row in db.session.query(Candidacy)} == {CandidacyState.PLACED}
    assert all(row.collective_id and row.placed_at for row in db.session.query(Candidacy))


def test_what_somebody_told_follows_them(campaign: Campaign):
    draft = campaign.composed()
    publish(campaign, draft)
    work(draft)
    assert all(bool(row.work_insee) is bool(row.work_commune) for row in db.session.query(Membership))
    told = {(row.work_commune, row.degree, row.tutoring_years) for row in db.session.query(Membership)}
    assert "Marmande" in {commune for commune, _, _ in told}
    assert {years for _, _, years in told} == {0, 4}


def test_publishing_twice_publishes_once(campaign: Campaign):
    draft = campaign.composed()
    publish(campaign, draft)
    publish(campaign, draft)
    assert len(asked(PublishDraft)) == 1
    work(draft)
    work(draft)
    assert db.session.query(Collective).count() == 3
    assert len(asked(MailInvitation)) == 24


def test_it_waits_a_day_and_may_be_taken_back_until_then(campaign: Campaign, moment: Any):
    draft = campaign.composed()
    publish(campaign, draft, waits=True)
    work(draft)
    assert not db.session.query(Collective).count()
    take_back(campaign.opened(draft_row(draft.facts.id)), by=campaign.by_other)
    moment.shift(DAY)
    work(draft)
    assert not db.session.query(Collective).count()
    publish(campaign, campaign.opened(draft_row(draft.facts.id)), waits=True)
    moment.shift(DAY)
    work(draft)
    assert db.session.query(Collective).count() == 3


def test_nothing_changes_in_a_draft_that_waits(campaign: Campaign):
    draft = campaign.composed()
    publish(campaign, draft, waits=True)
    with pytest.raises(RuleBroken, match="La publication est lancée"):
        move_by_hand(draft, UUID(next(iter(draft.standing.group_of))), "A", seen=0, now=clock.now(), by=campaign.by)


def test_what_was_wished_perishes_at_publication(campaign: Campaign):
    one, two = campaign.people[:2]
    factories.wish(one, two.address)
    key_id = campaign.call.wishes_key_id
    draft = campaign.composed()
    publish(campaign, draft)
    work(draft)
    assert not db.session.query(Wish).count()
    assert DestroyKey(key_id) in asked(DestroyKey)


def test_whoever_withdrew_meanwhile_is_not_invited(campaign: Campaign):
    draft = campaign.composed()
    publish(campaign, draft, waits=True)
    eight = max(draft.standing.groups.values(), key=len)
    gone = db.session.get_one(Candidacy, UUID(next(each for each in eight if not draft.standing.people[each].pilots)))
    gone.state = CandidacyState.WITHDRAWN
    row = draft_row(draft.facts.id)
    row.publishes_at = clock.now()
    db.session.commit()
    work(draft)
    assert db.session.query(Membership).count() == 23


def test_when_too_many_withdrew_nothing_is_published_and_the_draft_says_why(campaign: Campaign):
    draft = campaign.composed()
    publish(campaign, draft)
    for each in draft.standing.groups["A"][:5]:
        db.session.get_one(Candidacy, UUID(each)).state = CandidacyState.WITHDRAWN
    db.session.commit()
    work(draft)
    row = draft_row(draft.facts.id)
    assert (row.state, row.publishes_at) == (DraftState.READY, None)
    assert "Il faut de six à dix personnes" in row.problem
    assert not db.session.query(Collective).count()


def test_nobody_who_would_pilot_keeps_it_from_being_published(app: Flask):
    from_nobody = Campaign(would_pilot=None)
    draft = from_nobody.composed()
    with pytest.raises(RuleBroken, match="ne peut piloter"):
        publish(from_nobody, draft)


def test_two_people_of_one_address_are_asked_for_another(campaign: Campaign):
    campaign.people[0].address = campaign.people[1].address
    with pytest.raises(RuleBroken, match="ont la même adresse"):
        planned(campaign.composed())


def test_names_and_pilots_may_be_chosen_and_are_proposed_otherwise(campaign: Campaign):
    draft = campaign.composed()
    able = draft.standing.described["A"].may_pilot
    choose(draft, {"A": ("Les Tilleuls", UUID(able[-1]))}, seen=0)
    first, second, _ = planned(campaign.opened(draft_row(draft.facts.id)))
    assert (first.name, str(first.pilot.id)) == ("Les Tilleuls", able[-1])
    assert second.name.startswith("Autour de ")


def test_a_manager_of_the_hierarchy_who_is_a_candidate_is_refused(campaign: Campaign):
    campaign.people[0].address = campaign.other.address
    with pytest.raises(RuleBroken):
        publish(campaign, campaign.composed())


def test_whoever_comes_afterwards_joins_one_of_three_that_have_room_and_nobody_moves(campaign: Campaign):
    draft = campaign.composed()
    publish(campaign, draft)
    work(draft)
    late = campaign.candidate(2)
    db.session.commit()
    before = {row.id: row.collective_id for row in db.session.query(Candidacy) if row.id != late.id}
    [arrival] = arrivals(campaign.call.id)
    where = arrival.welcomes[0].collective_id
    assert welcome(campaign.facts, late.id, where, now=clock.now(), by=campaign.by)
    db.session.commit()
    assert (late.state, late.collective_id) == (CandidacyState.PLACED, where)
    assert before == {row.id: row.collective_id for row in db.session.query(Candidacy) if row.id != late.id}
    assert len(asked(MailInvitation)) == 25
    assert not arrivals(campaign.call.id)


def test_a_collective_that_has_met_is_asked_first(campaign: Campaign):
    draft = campaign.composed()
    publish(campaign, draft)
    work(draft)
    late = campaign.candidate(2)
    collective = db.session.get_one(Collective, arrivals(campaign.call.id)[0].welcomes[0].collective_id)
    factories.meeting(collective, starts_at=clock.now() - DAY)
    assert not welcome(campaign.facts, late.id, collective.id, now=clock.now(), by=campaign.by)
    assert late.state is CandidacyState.RETAINED
    assert db.session.query(MembershipProposal).count() == 1
