"""What members told, and what becomes of it: nobody's words are taken for another's."""

from datetime import timedelta
from uuid import uuid4

import pytest

from collectifs.collectives.queries.facts import facts_told
from collectifs.kernel import clock, vault
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.domain.person import Degree
from collectifs.sheets.models import FollowUp
from collectifs.sheets.queries.follow_ups import follow_ups_in
from tests import factories


@pytest.mark.parametrize(
    ("here", "proposed"),
    [
        ({}, 12),
        ({"degree": Degree.SECOND}, 12),  # the collective's own, from the first day: nothing was told yet
        ({"tutoring_years": 3}, 3),
        ({"school": "Collège du Parc"}, None),
        ({"home_commune": "Tours"}, None),
    ],
)
def test_what_was_told_in_a_former_collective_is_proposed_until_something_is_told_here(app, here, proposed):
    camille, former, present = factories.user(), factories.collective(), factories.collective()
    long_ago = clock.now() - timedelta(days=400)
    factories.membership(
        camille, former, starts_at=long_ago, ends_at=clock.now(), degree=Degree.FIRST, tutoring_years=12
    )
    factories.membership(camille, present, **here)
    assert facts_told(camille.id, present.id).tutoring_years == proposed


def test_nothing_is_proposed_to_who_told_nothing_anywhere_but_a_degree(app):
    camille, former, present = factories.user(), factories.collective(), factories.collective()
    long_ago = clock.now() - timedelta(days=400)
    factories.membership(camille, former, starts_at=long_ago, ends_at=long_ago + timedelta(days=9), degree=Degree.FIRST)
    factories.membership(camille, present, degree=Degree.SECOND)
    assert facts_told(camille.id, present.id).degree is Degree.SECOND


def test_whoever_does_not_belong_told_nothing(app):
    assert facts_told(factories.user().id, factories.collective().id).tutoring_years is None


def test_the_debriefs_of_a_collective_are_those_of_its_own_meetings(app):
    ours, theirs = factories.collective(), factories.collective()
    kept = {each.id: {debrief(factories.meeting(each, number=n)).id for n in (1, 2)} for each in (ours, theirs)}
    for collective_id, ids in kept.items():
        assert {row.id for row in follow_ups_in(collective_id)} == ids
        assert len(follow_ups_in(collective_id)) == 2


def debrief(meeting):
    who, key_id = factories.user(), vault.make_key()
    row = FollowUp(id=uuid4(), meeting_id=meeting.id, user_id=who.id, key_id=key_id, saved_at=clock.now())
    seal_text(row, FollowUp.body, "{}")
    return factories.add(row)
