"""The pile of an inspector: which sheets stand in it for what is asked, in which order, and what is counted of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.domain.tags import Axis
from collectifs.people.domain.person import Degree
from collectifs.people.models import Territory, User
from collectifs.review.domain.pile import PileFilter, Reading, State
from collectifs.review.models import ReadingMark
from collectifs.review.queries import pile
from collectifs.review.queries.copies import SubmittedFacts
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.models import ReadingTrace, Remark, SubmittedSheet, SubmittedTag
from tests import factories
from tests.circle import HOUR, Circle

Put = Callable[..., SubmittedSheet]


@pytest.fixture
def circle(app: Flask) -> Circle:
    return Circle()


@pytest.fixture
def put(circle: Circle) -> Put:
    """Lays a sheet on the pile, `hour` hours after the others could have been."""

    def make(hour: int, **values: Any) -> SubmittedSheet:
        usual = {"territory_id": circle.territory.id, "season": 2026, "degree": Degree.FIRST}
        row = SubmittedSheet(
            id=uuid4(),
            sheet_id=circle.sheet.id,
            version_number=hour + 10,
            collective_code=f"C{hour}",
            month=clock.now().date(),
            key_id=vault.make_key(),
            submitted_at=clock.now() + hour * HOUR,
            submitted_by_id=circle.pilot.id,
            **(usual | values),
        )
        seal_text(row, SubmittedSheet.body, SheetContent(f"Question {hour} ?", ()).to_json())
        return factories.add(row)

    return make


@pytest.fixture
def wanted(circle: Circle) -> PileFilter:
    return PileFilter(frozenset({circle.territory.id}), 2026, circle.inspector.id)


def mark(row: SubmittedSheet, reader: User) -> None:
    row.reviewed_at, row.reviewed_by_id = clock.now(), reader.id
    factories.add(ReadingMark(submitted_id=row.id, reader_id=reader.id, marked_at=clock.now()))


def remark(row: SubmittedSheet, author: User, hours: int) -> None:
    said = Remark(
        id=uuid4(),
        submitted_id=row.id,
        author_id=author.id,
        from_inspection=True,
        key_id=vault.make_key(),
        written_at=clock.now() + hours * HOUR,
    )
    seal_text(said, Remark.body, "Merci.")
    factories.add(said)


def codes(found: list[SubmittedFacts]) -> list[str]:
    return [each.collective_code for each in found]


def facts_of(row: SubmittedSheet, wanted: PileFilter) -> SubmittedFacts:
    return next(each for each in pile.facts_of(wanted) if each.id == row.id)


def test_the_latest_is_on_top_and_what_is_of_elsewhere_of_before_or_replaced_is_not_there(
    circle: Circle, put: Put, wanted: PileFilter
) -> None:
    elsewhere: Territory = factories.territory("Hautes-Sources")
    rows = [put(1), put(3), put(2)]
    put(4, territory_id=elsewhere.id)
    put(5, season=2025)
    put(6, replaced_at=clock.now())
    put(7, withdrawn_at=clock.now())
    assert codes(pile.facts_of(wanted)) == ["C3", "C2", "C1"]
    assert [each.facts.collective_code for each in pile.piled(wanted, 1)] == ["C3", "C2", "C1"]
    assert [each.content.question for each in pile.piled(wanted, 1) if each.content] == [
        "Question 3 ?",
        "Question 2 ?",
        "Question 1 ?",
    ]
    assert pile.piled(wanted, 2) == []
    assert codes(pile.withdrawn_from(wanted)) == ["C7"]
    assert pile.first_of(wanted) == rows[1].id
    assert pile.first_of(replace(wanted, season=2024)) is None


def test_a_page_holds_fifty_and_the_next_one_goes_on(put: Put, wanted: PileFilter, monkeypatch: Any) -> None:
    monkeypatch.setattr(pile, "PAGE", 2)
    for hour in range(1, 6):
        put(hour)
    pages = [[each.facts.collective_code for each in pile.piled(wanted, page)] for page in (1, 2, 3)]
    assert pages == [["C5", "C4"], ["C3", "C2"], ["C1"]]


def test_what_is_asked_leaves_out_the_rest(circle: Circle, put: Put, wanted: PileFilter) -> None:
    one, two, three = put(1), put(2, degree=Degree.SECOND), put(3)
    colleague = factories.user("Bruno", "Sorel")
    mark(two, circle.inspector)
    mark(three, colleague)
    factories.add(SubmittedTag(submitted_id=one.id, axis=Axis.DILEMMA, code="x"))
    factories.add(SubmittedTag(submitted_id=three.id, axis=Axis.DOMAIN, code="x"))
    asked = {
        "degree": replace(wanted, degree=Degree.SECOND),
        "not mine": replace(wanted, reading=Reading.NOT_MINE),
        "nobody's": replace(wanted, reading=Reading.NOBODYS),
        "found": replace(wanted, found=frozenset({one.id, three.id})),
        "nothing found": replace(wanted, found=frozenset()),
        "filed": replace(wanted, tags=((Axis.DILEMMA, "x"),)),
        "filed twice": replace(wanted, tags=((Axis.DILEMMA, "x"), (Axis.DOMAIN, "x"))),
    }
    assert {name: codes(pile.facts_of(each)) for name, each in asked.items()} == {
        "degree": ["C2"],
        "not mine": ["C3", "C1"],
        "nobody's": ["C1"],
        "found": ["C3", "C1"],
        "nothing found": [],
        "filed": ["C1"],
        "filed twice": [],
    }
    assert [each.is_mine for each in pile.piled(wanted, 1)] == [False, True, False]
    assert pile.waiting_count(wanted.territory_ids, 2026) == 1
    assert pile.waiting_count(wanted.territory_ids, 2025) == 0
    assert pile.has_marked(circle.inspector.id, two.id)
    assert not pile.has_marked(circle.inspector.id, three.id)


def test_an_exchange_goes_on_until_it_is_settled_and_again_after_a_later_word(
    circle: Circle, put: Put, wanted: PileFilter
) -> None:
    put(1)
    for hour, settled in ((2, None), (3, 5), (4, 1)):
        row = put(hour, settled_at=None if settled is None else clock.now() + settled * HOUR)
        remark(row, circle.inspector, 2)
    assert codes(pile.facts_of(replace(wanted, state=State.REMARKED))) == ["C4", "C3", "C2"]
    assert codes(pile.facts_of(replace(wanted, state=State.IN_EXCHANGE))) == ["C4", "C2"]


def test_an_exchange_that_was_closed_at_the_instant_of_its_last_word_is_over(
    circle: Circle, put: Put, wanted: PileFilter
) -> None:
    row = put(1, settled_at=clock.now() + 2 * HOUR)
    remark(row, circle.inspector, 2)
    assert pile.ids_of(replace(wanted, state=State.IN_EXCHANGE)) == []
    assert pile.ids_of(replace(wanted, state=State.REMARKED)) == [row.id]


def test_every_sheet_that_is_wanted_comes_latest_first(put: Put, wanted: PileFilter) -> None:
    rows = [put(hour) for hour in (1, 3, 2)]
    assert pile.ids_of(wanted) == [rows[1].id, rows[2].id, rows[0].id]
    assert pile.number_of(wanted) == 3


def test_the_counts_are_of_all_that_is_kept_and_the_place_of_the_open_one_of_what_is_wanted(
    circle: Circle, put: Put, wanted: PileFilter
) -> None:
    rows = [put(hour) for hour in range(1, 5)]
    mark(rows[3], circle.inspector)
    mark(rows[2], factories.user("Bruno", "Sorel"))
    opened = facts_of(rows[0], wanted)
    counts = pile.pile_counts(wanted, opened)
    assert (counts.any, counts.not_mine, counts.nobodys, counts.before, counts.is_mine) == (4, 3, 2, 3, False)
    assert [counts.of(each) for each in Reading] == [4, 3, 2]
    assert pile.pile_counts(replace(wanted, reading=Reading.NOT_MINE), opened).before == 2
    assert pile.pile_counts(wanted, facts_of(rows[3], wanted)).is_mine
    assert pile.pile_counts(wanted).before == 0


def test_the_neighbours_of_the_open_one_are_among_those_that_are_wanted(
    circle: Circle, put: Put, wanted: PileFilter
) -> None:
    rows = [put(hour) for hour in range(1, 5)]
    mark(rows[2], circle.inspector)
    opened = facts_of(rows[1], wanted)
    assert pile.neighbours(wanted, opened) == (rows[2].id, rows[0].id)
    assert pile.neighbours(replace(wanted, reading=Reading.NOT_MINE), opened) == (rows[3].id, rows[0].id)
    assert pile.neighbours(wanted, facts_of(rows[3], wanted)) == (None, rows[2].id)
    assert pile.neighbours(wanted, facts_of(rows[0], wanted)) == (rows[1].id, None)


def test_two_sheets_of_one_instant_stand_in_an_order_that_holds(put: Put, wanted: PileFilter) -> None:
    first, second = sorted((put(1), put(2)), key=lambda row: row.id)
    second.submitted_at = first.submitted_at
    db.session.flush()
    assert [each.id for each in pile.facts_of(wanted)] == [second.id, first.id]
    assert pile.neighbours(wanted, facts_of(first, wanted)) == (second.id, None)
    assert pile.neighbours(wanted, facts_of(second, wanted)) == (None, first.id)
    assert pile.pile_counts(wanted, facts_of(first, wanted)).before == 1


def test_whoever_opened_a_sheet_of_this_season_knows_that_it_is_noted(
    circle: Circle, put: Put, wanted: PileFilter
) -> None:
    old, new = put(1, season=2025), put(2)
    reader: UUID = circle.inspector.id
    factories.add(ReadingTrace(submitted_id=old.id, reader_id=reader, read_at=clock.now() + timedelta(hours=1)))
    factories.add(ReadingTrace(submitted_id=new.id, reader_id=circle.maud.id, read_at=clock.now()))
    assert not pile.has_opened_any(reader, 2026)
    assert pile.has_opened_any(reader, 2025)
