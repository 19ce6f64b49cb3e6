"""To whom a sheet is put, who reads it, and from when those who came later do."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from collectifs.sheets.domain.circle import is_settled, objectors, readers
from collectifs.sheets.domain.life import SheetLife

MEMBER, LATER, LEFT = uuid4(), uuid4(), uuid4()
NOW = datetime(2027, 1, 13, 13, tzinfo=UTC)
PUT = SheetLife(proposed_at=NOW - timedelta(days=4), deadline_at=NOW - timedelta(days=1))


def put_to(*people: object) -> frozenset[object]:
    return frozenset(people)


def test_it_is_put_to_the_members_who_knew_the_meeting_and_to_whoever_was_there():
    assert objectors(put_to(MEMBER, LATER), put_to(MEMBER, LEFT), put_to(LEFT)) == {MEMBER, LEFT}
    assert objectors(put_to(), put_to(LEFT), put_to()) == frozenset()


def test_who_came_later_reads_it_once_it_is_settled():
    asked = put_to(MEMBER, LEFT)
    assert readers(asked, put_to(MEMBER, LATER), settled=False) == {MEMBER, LEFT}
    assert readers(asked, put_to(MEMBER, LATER), settled=True) == {MEMBER, LATER, LEFT}


@pytest.mark.parametrize(
    ("life", "settled"),
    [
        (SheetLife(), False),
        (SheetLife(proposed_at=NOW, deadline_at=NOW + timedelta(days=3)), False),
        (PUT, True),
        (SheetLife(proposed_at=NOW, everybody_agreed_at=NOW), True),
        (SheetLife(proposed_at=PUT.proposed_at, deadline_at=PUT.deadline_at, text_objections=1), False),
        (SheetLife(proposed_at=NOW, submitted_at=NOW), True),
        (SheetLife(proposed_at=NOW, submitted_at=NOW, reviewed_at=NOW), True),
        (SheetLife(institution_since=NOW), True),  # a new version is written; the former one is settled
        (SheetLife(withdrawn_at=NOW), False),
        (SheetLife(given_up_at=NOW), False),
    ],
)
def test_settled_is_what_the_collective_agreed_to(life: SheetLife, settled: bool):
    assert is_settled(life, NOW) is settled
