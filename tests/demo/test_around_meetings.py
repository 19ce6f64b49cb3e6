"""Around the meetings of the demonstration: dates that are asked about, a campaign half composed, a commune."""

from sqlalchemy import select

from collectifs.campaign.domain.drafting import DraftState
from collectifs.campaign.models.drafts import Draft, DraftMove, DraftPlace
from collectifs.campaign.queries.drafts import get_draft
from collectifs.campaign.queries.drafts import open_draft as draft_of_collectives
from collectifs.collectives.models import Collective
from collectifs.collectives.queries.collectives import get_collective
from collectifs.composition.domain.moving import hard_faults
from collectifs.demo.records import DemoData
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.polls import ranked, silent
from collectifs.meetings.queries.communes import doubts_on
from collectifs.meetings.queries.polls import open_polls
from collectifs.people.models import Territory


def test_one_collective_is_asked_about_dates_and_three_people_are_awaited(built: DemoData) -> None:
    access = get_collective(db.session.query(Collective).filter_by(name="Les Trois Ponts").one().id)
    (found,) = open_polls([access]).values()
    assert found.is_answerable(clock.now())
    assert len(silent(found.options, found.asked)) == 3
    shut_out = [len(each.shut_out) for each in ranked(found.options, access.pilot_ids)]
    assert shut_out == sorted(shut_out)
    assert 0 not in shut_out, "no date suits everybody: the choice is one"


def test_a_campaign_is_half_composed_and_somebody_was_moved_by_hand(built: DemoData) -> None:
    drafts = {row.number: row for row in db.session.query(Draft)}
    assert sorted(drafts) == [1, 2]
    assert {row.state for row in drafts.values()} == {DraftState.READY}
    placed = db.session.query(DraftPlace).filter_by(draft_id=drafts[2].id)
    assert placed.count() == 40
    assert placed.filter_by(is_pinned=True).count() == db.session.query(DraftMove).count() // 2 == 1


def test_both_drafts_of_the_campaign_can_be_published(built: DemoData) -> None:
    for row in db.session.query(Draft):
        assert hard_faults(draft_of_collectives(get_draft(row.id)).standing) == {}


def test_one_commune_is_doubtful_and_its_manager_is_asked(built: DemoData) -> None:
    [land] = [row for row in db.session.scalars(select(Territory)) if row.code == "99"]
    [doubt] = doubts_on(land.id)
    assert doubt.name == "Saint-Aubin"
    assert len(doubt.choices) > 1
