"""Drafts: composed by the worker though it is lost, changed by hand, undone, kept apart when two met."""

from uuid import UUID

import pytest
from flask import Flask

from collectifs.campaign.domain.candidacy import CandidacyState, WishKind
from collectifs.campaign.domain.drafting import DraftChanged, DraftState
from collectifs.campaign.models.calls import Candidacy
from collectifs.campaign.queries.drafts import OpenedDraft, draft_row, drafts_of, moves_since, what_lacks
from collectifs.campaign.services.drafting import (
    ask_draft,
    keep_apart,
    move_by_hand,
    pin,
    set_travel,
    stop_composing,
    undo,
)
from collectifs.composition.domain.aims import MIXED_FIRST
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from tests import factories
from tests.campaigning import Campaign


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return Campaign()


def groups(draft: OpenedDraft) -> set[frozenset[str]]:
    return {frozenset(ids) for ids in draft.standing.groups.values()}


def movable(draft: OpenedDraft) -> tuple[str, str, str]:
    """Somebody, where they stand, and a collective that has room."""
    there = min(draft.standing.groups, key=lambda code: len(draft.standing.groups[code]))
    who = next(each for each in draft.standing.group_of if draft.standing.group_of[each] != there)
    return who, draft.standing.group_of[who], there


def moved(campaign: Campaign, draft: OpenedDraft) -> tuple[str, str, str]:
    who, here, there = movable(draft)
    move_by_hand(draft, UUID(who), there, seen=draft.facts.sequence, now=clock.now(), by=campaign.by)
    db.session.commit()
    return who, here, there


def test_everybody_who_was_retained_stands_in_one_collective(campaign: Campaign):
    draft = campaign.composed()
    assert sorted(draft.standing.group_of) == sorted(str(each.id) for each in campaign.people)
    assert draft.facts.state is DraftState.READY
    assert not draft.is_stale


def test_a_worker_that_is_lost_goes_on_and_finds_the_same(campaign: Campaign):
    whole = campaign.composed()
    row = campaign.run(campaign.asked(), jobs=3)
    assert (row.state, row.progress) == (DraftState.COMPOSING, 30)
    db.session.expire_all()  # another process
    assert groups(campaign.opened(campaign.run(row))) == groups(whole)


def test_one_may_stop_and_keep_what_was_found(campaign: Campaign):
    row = campaign.run(campaign.asked(), jobs=1)
    stop_composing(drafts_of(campaign.facts)[0], now=clock.now())
    db.session.commit()
    assert campaign.run(row, jobs=1).state is DraftState.READY


def test_whoever_withdraws_while_one_composes_is_in_no_collective(campaign: Campaign):
    row = campaign.run(campaign.asked(), jobs=2)
    gone = campaign.people[3]
    gone.state = CandidacyState.WITHDRAWN
    db.session.commit()
    draft = campaign.opened(campaign.run(row))
    assert str(gone.id) not in draft.standing.group_of
    assert len(draft.standing.group_of) == 23


def test_whoever_withdraws_afterwards_leaves_the_draft_and_it_says_that_it_is_stale(campaign: Campaign):
    draft = campaign.composed()
    campaign.people[3].state = CandidacyState.WITHDRAWN
    again = campaign.opened(draft_row(draft.facts.id))
    assert again.is_stale
    assert len(again.standing.group_of) == 23


def test_five_people_cannot_be_composed_and_the_draft_says_why(app: Flask):
    campaign = Campaign(number=5)
    row = campaign.run(campaign.asked())
    assert row.state is DraftState.IMPOSSIBLE
    assert row.problem == "Il faut au moins 6 personnes pour un collectif : il y en a 5."


def test_whose_commune_is_unknown_is_named_and_the_others_are_composed(campaign: Campaign):
    lost = campaign.candidate(1, work_insee="99999", home_insee="")
    draft = campaign.composed()
    assert draft.composable.unplaced == (f"{lost.given_name} {lost.family_name}",)
    assert len(draft.standing.group_of) == 24


def test_two_who_asked_for_each_other_are_together_and_two_to_be_apart_never(campaign: Campaign):
    one, two, three, four = campaign.people[:4]
    factories.wish(one, two.address)
    factories.wish(two, one.address)
    factories.wish(three, four.address, WishKind.APART)
    of = campaign.composed().standing.group_of
    assert of[str(one.id)] == of[str(two.id)]
    assert of[str(three.id)] != of[str(four.id)]


def test_a_move_by_hand_is_kept_and_undone_and_so_is_a_pin(campaign: Campaign):
    draft = campaign.composed()
    who, here, there = moved(campaign, draft)
    draft = campaign.opened(draft_row(draft.facts.id))
    assert draft.standing.group_of[who] == there
    pin(draft, UUID(who), stays=True, seen=1, now=clock.now(), by=campaign.by)
    draft = campaign.opened(draft_row(draft.facts.id))
    assert draft.pinned == {who}
    undo(draft.facts, seen=2, now=clock.now())
    undo(campaign.opened(draft_row(draft.facts.id)).facts, seen=3, now=clock.now())
    draft = campaign.opened(draft_row(draft.facts.id))
    assert (draft.pinned, draft.standing.group_of[who]) == (frozenset(), here)
    assert [each.is_undone for each in moves_since(draft.facts.id)] == [True, True]
    with pytest.raises(RuleBroken, match="plus rien à annuler"):
        undo(draft.facts, seen=4, now=clock.now())


def test_the_second_of_two_managers_is_told_and_both_changes_are_kept(campaign: Campaign):
    draft = campaign.composed()
    who, here, there = moved(campaign, draft)
    mine = next(each for each in draft.standing.group_of if each != who and draft.standing.group_of[each] == here)
    with pytest.raises(DraftChanged):
        move_by_hand(draft, UUID(mine), there, seen=0, now=clock.now(), by=campaign.by_other)
    now = campaign.opened(draft_row(draft.facts.id))
    copy = campaign.opened(keep_apart(now, UUID(mine), there, seen=0, now=clock.now(), by=campaign.by_other))
    assert (copy.standing.group_of[mine], copy.standing.group_of[who]) == (there, here)
    now = campaign.opened(draft_row(draft.facts.id))
    assert (now.standing.group_of[mine], now.standing.group_of[who]) == (here, there)


def test_nobody_is_moved_where_somebody_is_to_be_kept_apart_from_them(campaign: Campaign):
    one, two = campaign.people[:2]
    factories.wish(one, two.address, WishKind.APART)
    draft = campaign.composed()
    there = draft.standing.group_of[str(two.id)]
    with pytest.raises(RuleBroken) as refusal:
        move_by_hand(draft, one.id, there, seen=0, now=clock.now(), by=campaign.by)
    assert str(refusal.value) == "Un souhait que personne ne lit s’y oppose."


def test_one_composes_around_those_who_are_pinned_and_newcomers_find_a_place(campaign: Campaign):
    draft = campaign.composed()
    who = next(iter(draft.standing.groups["A"]))
    pin(draft, UUID(who), stays=True, seen=0, now=clock.now(), by=campaign.by)
    late = campaign.candidate(2)
    again = campaign.composed(around=draft.facts, seed=7)
    assert again.standing.group_of[who] == "A"
    assert again.pinned == {who}
    assert str(late.id) in again.standing.group_of


def test_a_draft_that_is_being_composed_cannot_be_changed(campaign: Campaign):
    row = campaign.run(campaign.asked(), jobs=1)
    draft = campaign.opened(row)
    with pytest.raises(RuleBroken, match="pas encore composé"):
        undo(draft.facts, seen=0, now=clock.now())


def test_two_shores_without_a_bridge_are_not_composed_together(campaign: Campaign):
    """What the territory says of its roads makes minutes longer: here between Marmande and Tonneins, beside it."""
    before = campaign.composed()
    set_travel(campaign.facts, measured=[["47157", "47310", 120]])
    after = campaign.composed()
    assert campaign.opened(draft_row(before.facts.id)).is_stale
    travel = after.composable.territory.travel
    places = {each.place.insee: each.place for each in after.composable.territory.people}
    assert travel(places["47157"], places["47310"]) == 120


def test_numbers_of_drafts_follow_one_another(campaign: Campaign):
    for _ in range(2):
        ask_draft(campaign.facts, MIXED_FIRST, now=clock.now(), by=campaign.by)
    assert [each.number for each in drafts_of(campaign.facts)] == [2, 1]
    assert db.session.query(Candidacy).count() == 24


def test_what_is_missing_is_said_from_the_latest_draft_and_nothing_before(app: Flask):
    campaign = Campaign(number=10)
    assert what_lacks(campaign.call.id) == []
    campaign.composed()
    [said] = what_lacks(campaign.call.id)
    assert said.startswith("Il manque deux tutrices ou tuteurs du ")
