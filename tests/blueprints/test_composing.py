"""The pages of the composition: asked for, read, changed by hand without a script, both kept, published."""

from typing import Any

import pytest
from flask import Flask

from collectifs.campaign.domain.candidacy import CandidacyState, WishKind
from collectifs.campaign.domain.drafting import DraftState
from collectifs.campaign.domain.work import ComposeDraft, PublishDraft
from collectifs.campaign.models.drafts import Draft
from collectifs.campaign.queries.drafts import OpenedDraft, draft_row, town
from collectifs.collectives.models import Collective
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from tests import factories
from tests.asked import asked
from tests.campaigning import Campaign


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return Campaign()


@pytest.fixture
def draft(campaign: Campaign) -> OpenedDraft:
    return campaign.composed()


def address(draft: OpenedDraft, end: str = "") -> str:
    return f"/composition/brouillons/{draft.facts.id}{end}"


def movable(draft: OpenedDraft) -> tuple[str, str]:
    there = min(draft.standing.groups, key=lambda code: len(draft.standing.groups[code]))
    return next(each for each in draft.standing.group_of if draft.standing.group_of[each] != there), there


def test_a_manager_composes_and_reads_how_far_it_is(campaign: Campaign, visit: Any):
    page = visit(campaign.manager).open("/composition")
    assert "24 personnes retenues" in page.text.lower()
    page = page.press("Composer dans cet ordre")
    assert "La composition est en cours" in page.text
    [work] = asked(ComposeDraft)
    do(work)
    db.session.commit()
    assert "10 %" in page.visitor.open(page.path).text


def test_two_orders_are_composed_side_by_side(campaign: Campaign, visit: Any):
    page = visit(campaign.manager).open("/composition")
    page.press("Comparer « mixte d’abord » et « près d’abord »")
    for row in db.session.query(Draft):
        row.moves = 2_000
        campaign.run(row)
    page = page.visitor.open(page.path)
    assert "personne de seul d’abord" in page.text
    assert "trajets courts d’abord" in page.text
    assert page.text.count("min") >= 2


def test_the_order_of_aims_is_changed_without_writing_anything(campaign: Campaign, visit: Any):
    page = visit(campaign.manager).open("/composition")
    page = page.follow("Monter : Trajets courts")
    page.press("Composer dans cet ordre")
    assert db.session.query(Draft).one().aims[3:] == ["near", "half_days"]


def test_everybody_and_their_minutes_are_read_and_the_map_says_the_same_as_its_table(
    campaign: Campaign, draft: OpenedDraft, visit: Any
):
    page = visit(campaign.manager).open(address(draft))
    for name in draft.names.values():
        assert name in page.text
    drawn = page.soup.select_one("svg.map")
    assert drawn["role"] == "img"
    assert {drawn.select_one("title")["id"], drawn.select_one("desc")["id"]} == set(drawn["aria-labelledby"].split())
    rows = page.soup.select("#carte ~ details tbody tr")
    assert len(rows) == len(draft.standing.described)
    for group in draft.standing.described.values():
        assert town(group.venue.insee) in drawn.text


def test_the_effect_of_a_move_is_read_before_it_is_pressed_without_a_script(
    campaign: Campaign, draft: OpenedDraft, visit: Any
):
    who, there = movable(draft)
    page = visit(campaign.manager).open(address(draft, f"?personne={who}"))
    effect = page.soup.select_one("#deplacer .effects")
    assert f"Déplacer en {there}" in effect.text
    assert "du 1er degré" in effect.text
    page = page.press(f"Déplacer en {there}")
    assert campaign.opened(draft_row(draft.facts.id)).standing.group_of[who] == there
    assert f"Annuler « {draft.names[who]} en {there} »" in page.text


def test_a_pin_is_said_and_what_was_done_is_undone(campaign: Campaign, draft: OpenedDraft, visit: Any):
    who, _ = movable(draft)
    page = visit(campaign.manager).open(address(draft, f"?personne={who}"))
    page = page.press(f"Épingler en {draft.standing.group_of[who]}")
    assert "placé à la main" in page.text
    assert "Recomposer autour des personnes épinglées" in page.text
    page = page.press("Annuler «")
    assert "placé à la main" not in page.text


def test_the_second_manager_is_told_and_both_changes_are_kept(campaign: Campaign, draft: OpenedDraft, visit: Any):
    who, there = movable(draft)
    other = next(each for each in draft.standing.group_of if each != who and draft.standing.group_of[each] != there)
    mine = visit(campaign.other).open(address(draft, f"?personne={other}"))
    visit(campaign.manager).open(address(draft, f"?personne={who}")).press(f"Déplacer en {there}")
    told = mine.press(f"Déplacer en {there}")
    assert told.status == 409
    assert "Nadia Perrin" in told.text
    assert draft.names[who] in told.text
    page = told.press("Le garder à part, dans un nouveau brouillon")
    assert "brouillon 2" in page.text
    assert campaign.opened(draft_row(draft.facts.id)).standing.group_of[who] == there
    page = told.press("Le faire aussi, dans ce brouillon")
    assert campaign.opened(draft_row(draft.facts.id)).standing.group_of[other] == there


def test_what_leaves_is_read_before_publishing_and_pressing_twice_publishes_once(
    campaign: Campaign, draft: OpenedDraft, visit: Any
):
    page = visit(campaign.manager).open(address(draft, "/publier"))
    assert "24 invitations" in page.text
    after = page.press("Publier tout de suite")
    assert "La publication est en cours." in after.text
    assert "Annuler la publication" not in after.text
    page.press("Publier tout de suite")
    [work] = asked(PublishDraft)
    do(work)
    db.session.commit()
    assert db.session.query(Collective).count() == 3
    assert "Ces collectifs sont publiés" in page.visitor.open(address(draft)).text


def test_publication_in_a_day_is_taken_back(campaign: Campaign, draft: OpenedDraft, visit: Any):
    page = visit(campaign.manager).open(address(draft, "/publier")).press("Publier dans 24 heures")
    page = page.press("Annuler la publication")
    assert "aucun courriel n’est parti" in page.text
    assert draft_row(draft.facts.id).publishes_at is None


def test_a_draft_that_cannot_be_published_says_why(campaign: Campaign, draft: OpenedDraft, visit: Any):
    for each in campaign.people[:12]:
        each.state = CandidacyState.WITHDRAWN
    page = visit(campaign.manager).open(address(draft, "/publier"))
    assert "Il faut de six à dix personnes" in page.text
    page = page.press("Recomposer à partir d’ici")
    assert "La composition est en cours" in page.text


def test_nobody_reads_a_wish_to_be_apart(campaign: Campaign, visit: Any):
    one, two = campaign.people[:2]
    factories.wish(one, two.address, WishKind.APART)
    draft = campaign.composed()
    page = visit(campaign.manager).open(address(draft, f"?personne={one.id}"))
    assert "apart" not in page.text.lower()
    assert "séparer" not in page.text.lower()


def test_whoever_came_since_is_proposed_three_collectives_where_nobody_moves(
    campaign: Campaign, draft: OpenedDraft, visit: Any
):
    late = campaign.candidate(2)
    db.session.commit()
    page = visit(campaign.manager).open(address(draft, f"?personne={late.id}"))
    assert "Personne d’autre ne change" in page.text
    free = [code for code, ids in draft.standing.groups.items() if len(ids) < 10]
    assert len(page.soup.select("#deplacer .effects tbody tr")) == len(free)


def test_five_people_cannot_be_composed_and_the_page_says_so(app: Flask, visit: Any):
    campaign = Campaign(number=5)
    row = campaign.run(campaign.asked())
    assert row.state is DraftState.IMPOSSIBLE
    page = visit(campaign.manager).open(f"/composition/brouillons/{row.id}")
    assert "Il faut au moins 6 personnes" in page.text


def test_shores_and_measured_journeys_are_typed_and_a_wrong_line_is_named(campaign: Campaign, visit: Any):
    page = visit(campaign.manager).open(f"/composition/appels/{campaign.call.id}/trajets")
    wrong = page.press("Enregistrer", barriers="Marmande", measured="")
    assert "Ligne 1 : écrivez deux rives" in wrong.text
    wrong = page.press("Enregistrer", barriers="", measured="départ;arrivée;minutes\n47157;99999;12")
    assert "Ligne 2 : la commune « 99999 » n’est pas connue" in wrong.text
    page.press("Enregistrer", barriers="Marmande | Tonneins, 47001", measured="47157;47310;40")
    again = page.visitor.open(page.path)
    assert "Marmande | Tonneins, Agen" in str(again.soup)
