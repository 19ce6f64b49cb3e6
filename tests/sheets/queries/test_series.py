"""What a series remembers: who presented, what somebody left in it, a sheet's words whatever became of their bytes."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from collectifs.collectives.models import Membership
from collectifs.collectives.queries.collectives import accesses_to, members_of
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.models import SealedText
from collectifs.kernel.vault import Perished
from collectifs.meetings.models import SynthesisSheet
from collectifs.meetings.services.situations import choose_situation
from collectifs.people.models import User
from collectifs.sheets.domain.sheet import CLOSED_SHEET
from collectifs.sheets.queries.contents import content_of
from collectifs.sheets.queries.left import left_by
from collectifs.sheets.queries.presenters import Presenters, never_presented, presenters_of
from collectifs.sheets.queries.sheets import sheets_in
from tests import factories
from tests.circle import Circle
from tests.closed import flip


def presented(circle: Circle, *situations) -> Presenters:
    db.session.flush()
    return presenters_of(sheets_in(accesses_to([circle.collective.id]))[circle.collective.id], situations)


def names_of_the_others(circle: Circle, found: Presenters) -> list[str]:
    return [each.given_name for each in never_presented(members_of(circle.collective.id), found)]


def test_whoever_presented_is_known_by_the_sheet(circle: Circle) -> None:
    assert presented(circle) == Presenters(frozenset(), is_whole=True)
    assert names_of_the_others(circle, presented(circle)) == []
    circle.presented_by(circle.maud)
    assert presented(circle) == Presenters(frozenset({circle.maud.id}), is_whole=True)
    assert names_of_the_others(circle, presented(circle)) == ["Odile", "Hélène", "Karim"]


def test_or_by_the_situation_that_was_chosen_and_not_by_one_that_waits(circle: Circle) -> None:
    chosen = factories.situation(circle.collective, circle.karim)
    waiting = factories.situation(circle.collective, circle.odile)
    choose_situation(circle.meeting, chosen.id)
    assert presented(circle, chosen, waiting).ids == {circle.karim.id}


def test_once_a_presenter_is_erased_the_memory_is_not_whole_unless_the_situation_still_tells(circle: Circle) -> None:
    chosen = factories.situation(circle.collective, circle.maud)
    choose_situation(circle.meeting, chosen.id)
    circle.presented_by(circle.maud)
    vault.destroy_key(circle.sheet.key_id)
    assert presented(circle) == Presenters(frozenset(), is_whole=False)
    assert presented(circle, chosen) == Presenters(frozenset({circle.maud.id}), is_whole=True)
    vault.destroy_key(chosen.key_id)
    assert presented(circle, chosen) == Presenters(frozenset(), is_whole=False)


@pytest.fixture
def gone(circle: Circle) -> Iterator[User]:
    """Maud was at the meeting, whose sheet is read by the collective; she has left."""
    factories.situation(circle.collective, circle.maud, "La mienne")
    factories.situation(circle.collective, circle.karim, "Celle d’un autre")
    circle.write_and_propose()
    row = db.session.query(Membership).filter_by(user_id=circle.maud.id).one()
    row.ends_at = clock.now()
    db.session.flush()
    return circle.maud


def test_what_somebody_left_is_their_situations_and_the_shared_sheets_of_where_they_were(
    circle: Circle, gone: User
) -> None:
    [left] = left_by(gone.id)
    assert left.access.collective.id == circle.collective.id
    assert [each.title for each in left.situations] == ["La mienne"]
    assert [each.sheet.id for each in left.sheets] == [circle.sheet.id]
    assert left_by(circle.karim.id) == [], "he has not left"


def test_a_sheet_that_nobody_reads_yet_or_of_a_meeting_where_one_was_not_is_not_left(app) -> None:
    circle = Circle(absent=("Karim",))
    circle.write()
    for who in (circle.maud, circle.karim):
        db.session.query(Membership).filter_by(user_id=who.id).one().ends_at = clock.now() + timedelta(days=-1)
    db.session.flush()
    assert left_by(circle.maud.id)[0].sheets == ()
    circle.propose()
    assert [len(left_by(who.id)[0].sheets) for who in (circle.maud, circle.karim)] == [1, 0]


def test_a_sheet_whose_bytes_were_altered_is_one_line_and_one_that_perished_says_so(circle: Circle) -> None:
    circle.write()
    assert content_of(circle.sheet, SynthesisSheet.draft) == factories.content()
    circle.sheet.draft = SealedText(flip(circle.sheet.draft))
    assert content_of(circle.sheet, SynthesisSheet.draft) == CLOSED_SHEET
    vault.destroy_key(circle.sheet.key_id)
    with pytest.raises(Perished):
        content_of(circle.sheet, SynthesisSheet.draft)
