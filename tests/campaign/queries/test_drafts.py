"""Drafts of collectives as they stand: which are there, what was changed by hand, who stands where."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from flask import Flask

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.drafting import DraftState, Hand
from collectifs.campaign.domain.kinds import CallKind
from collectifs.campaign.models.calls import Call
from collectifs.campaign.models.drafts import Draft, DraftGroup, DraftMove
from collectifs.campaign.queries import drafts
from collectifs.composition.domain.travel import Minutes, Place
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from tests import factories

STATE = CandidacyState


@pytest.fixture
def call(app: Flask) -> Call:
    return factories.call()


@pytest.fixture
def now(app: Flask) -> datetime:
    return clock.now()


def test_drafts_are_numbered_and_the_latest_are_shown_first(call: Call) -> None:
    found = drafts.get_call_to_compose(call.id)
    assert found is not None
    assert (found.id, found.territory_name, found.number, drafts.next_number(call.id)) == (
        call.id,
        "Val-de-Brume",
        0,
        1,
    )
    rows = [factories.draft(call.id, {}, number=number) for number in range(1, 11)]
    factories.draft(factories.call().id, {}, number=40)
    assert [each.number for each in drafts.drafts_of(found)] == list(range(10, 2, -1))
    assert drafts.next_number(call.id) == 11
    facts = drafts.get_draft(rows[0].id)
    assert facts is not None
    assert (facts.number, facts.territory_id, facts.call) == (1, call.territory_id, found)
    assert (drafts.get_draft(uuid4()), drafts.get_call_to_compose(uuid4())) == (None, None)
    assert drafts.get_call_to_compose(factories.call(kind=CallKind.PREPARATORY).id) is None
    assert (drafts.draft_row(rows[0].id), drafts.call_row(call.id)) == (rows[0], call)


def test_calls_to_compose_are_those_of_the_season_on_ones_territories(call: Call) -> None:
    factories.call(factories.territory(), season=2025)
    for state in (STATE.RETAINED, STATE.COMPLETE, STATE.DECLINED):
        factories.candidacy(call, state=state)
    last = factories.call(factories.territory("Zone"))
    where = frozenset({call.territory_id, last.territory_id})
    assert [(each.id, each.number) for each in drafts.calls_to_compose(where, 2026)] == [(call.id, 1), (last.id, 0)]
    assert drafts.calls_to_compose(frozenset({last.territory_id}), 2025) == []
    old = factories.draft(factories.call(season=2024).id, {})
    factories.draft(call.id, {})
    assert list(db.session.scalars(drafts.ids_of_drafts_before(2026).order_by(Draft.id))) == [old.id]


@pytest.mark.parametrize(
    ("state", "publishes", "is_changed"),
    [(DraftState.READY, False, True), (DraftState.READY, True, False), (DraftState.COMPOSING, False, False)],
)
def test_a_draft_may_be_changed_by_hand_once_it_is_composed_until_it_is_to_be_published(
    call: Call, now: datetime, state: DraftState, publishes: bool, is_changed: bool
) -> None:
    row = factories.draft(call.id, {}, state=state, publishes_at=now if publishes else None)
    facts = drafts.get_draft(row.id)
    assert facts is not None
    assert facts.is_changed is is_changed


def test_what_was_changed_by_hand_comes_the_latest_first_and_what_was_undone_holds_no_more(
    call: Call, now: datetime
) -> None:
    by, row = factories.user("Nadia", "Perrin"), factories.draft(call.id, {})
    who = factories.candidacy(call)
    moves = [
        factories.add(
            DraftMove(
                draft_id=row.id, sequence=number, hand=Hand.MOVE, candidacy_id=who.id, from_code="A", to_code="B",
                moved_at=now, moved_by_id=by.id if number < 3 else None, undone_at=now if number == 2 else None,
            )
        )
        for number in (1, 2, 3)
    ]  # fmt: skip
    assert drafts.holding_moves(row.id) == [moves[2], moves[0]]
    assert drafts.holding_moves(row.id, since=1) == [moves[2]]
    assert drafts.last_move(row.id) is moves[2]
    assert drafts.last_move(uuid4()) is None
    told = [(each.sequence, each.by, each.is_undone) for each in drafts.moves_since(row.id)]
    assert told == [(3, "", False), (2, "Nadia Perrin", True), (1, "Nadia Perrin", False)]
    assert [each.sequence for each in drafts.moves_since(row.id, 2)] == [3]


def test_a_draft_is_opened_with_its_people_where_they_stand(call: Call) -> None:
    one, other, lost, newcomer = (
        factories.candidacy(call, state=STATE.RETAINED, id=UUID(int=number), work_insee=insee, home_insee="")
        for number, insee in enumerate(("47157", "47001", "", "47310"), 1)
    )
    row = factories.draft(call.id, {"B": [other], "AA": [one]}, digest="before")
    factories.add(DraftGroup(draft_id=row.id, code="C"))
    facts = drafts.get_draft(row.id)
    assert facts is not None
    found = drafts.open_draft(facts)
    assert list(found.standing.groups) == ["B", "C", "AA"]
    assert found.standing.groups == {"B": (str(other.id),), "C": (), "AA": (str(one.id),)}
    assert found.left_out == [str(newcomer.id)]
    assert found.composable.unplaced == (f"Jeanne {lost.family_name}",)
    assert found.names[str(one.id)] == f"Jeanne {one.family_name}"
    assert (found.pinned, found.is_stale) == (frozenset(), True)
    row.digest = drafts.digest_for(found.composable, call.id)
    db.session.flush()
    again = drafts.get_draft(row.id)
    assert again is not None
    assert drafts.open_draft(again).is_stale is False
    one.district = "Nord"
    db.session.flush()
    assert drafts.open_draft(again).is_stale is True
    assert [drafts.town(each) for each in ("47157", "99999", "")] == ["Marmande", "99999", ""]
    assert drafts.code_of("47157") == drafts.code_of("Marmande") == "47157"


def test_what_two_people_wish_of_each_other_is_composed_where_both_have_a_place(call: Call) -> None:
    one, other, lost = (
        factories.candidacy(call, state=STATE.RETAINED, id=UUID(int=number), work_insee=insee, home_insee="")
        for number, insee in enumerate(("47157", "47001", ""), 1)
    )
    for who, whom in ((one, other), (other, one), (one, lost), (lost, one)):
        factories.wish(who, whom.address)
    found = drafts.composable(call.id)
    assert found.territory.wishes.together == {frozenset({str(one.id), str(other.id)})}
    assert found.territory.wishes.apart == frozenset()
    assert drafts.candidacy_rows([other.id, one.id]) == [one, other]


def test_minutes_are_read_as_they_were_reckoned_for_a_draft(call: Call) -> None:
    here, there = Place("47157", 44.5, 0.17), Place("47001", 44.2, 0.62)
    kept = Minutes.reckoned([here, there], lambda one, other: 6.0 if one == other else 40.0)
    row = factories.draft(call.id, {}, codes=kept.codes, minutes=kept.kept())
    found = drafts.minutes_kept(row)
    assert found is not None
    assert found.between(here, there) == 40
    assert drafts.minutes_kept(factories.draft(call.id, {}, number=2)) is None


def test_what_is_missing_is_said_from_the_latest_draft_that_is_composed(call: Call) -> None:
    people = [factories.candidacy(call, state=STATE.RETAINED, id=UUID(int=number)) for number in range(1, 10)]
    assert drafts.what_lacks(call.id) == []
    factories.draft(call.id, {"A": people[:6]})
    factories.draft(call.id, {"A": people}, number=2)
    factories.draft(call.id, {}, number=3, state=DraftState.COMPOSING)
    [said] = drafts.what_lacks(call.id)
    assert said.endswith("pour ouvrir un deuxième collectif autour de Marmande.")
    assert drafts.what_lacks(factories.call().id) == []
