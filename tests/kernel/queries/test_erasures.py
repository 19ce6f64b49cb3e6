"""What was erased of a collective, and since when it opens no more, not even from the database's log."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from collectifs.collectives.models import Collective
from collectifs.kernel.models import Erased, Erasure, Job, JobState, KeyEpoch
from collectifs.kernel.queries import erasures
from collectifs.kernel.queries.erasures import ErasedThat, Rotation, erasures_of
from collectifs.kernel.work import DestroyKey
from collectifs.people.models import Territory
from tests import factories

DAY = timedelta(days=1)
AT = datetime(2027, 1, 13, 12, tzinfo=UTC)
ON = AT.date()


@pytest.fixture
def where(app: Flask, place: Territory) -> Collective:
    return factories.collective(place)


def erased(where: Collective, what: Erased, day: date) -> None:
    factories.add(Erasure(collective_id=where.id, what=what, day=day))


def epoch(number: int, began_at: datetime, settled_at: datetime | None) -> None:
    factories.add(KeyEpoch(number=number, began_at=began_at, settled_at=settled_at))


def destroys(created_at: datetime, finished_at: datetime | None, kind: str = DestroyKey.kind()) -> None:
    state = JobState.DONE if finished_at else JobState.FAILED
    factories.add(
        Job(kind=kind, args={}, run_after=created_at, created_at=created_at, state=state, finished_at=finished_at)
    )


@pytest.mark.parametrize(
    ("rotations", "settled_on"),
    [
        ([], None),
        ([Rotation(AT, AT + DAY)], None),  # began on the day itself: perhaps before
        ([Rotation(AT - DAY, AT + DAY)], None),
        ([Rotation(AT, AT + DAY), Rotation(AT + 2 * DAY, AT + 3 * DAY), Rotation(AT + 5 * DAY, AT + 6 * DAY)], 3),
    ],
)
def test_it_is_gone_for_good_with_the_first_rotation_that_began_on_a_later_day(
    rotations: list[Rotation], settled_on: int | None
) -> None:
    found = ErasedThat(ON, Erased.NOTES, 1).settled(rotations)
    assert found.settled_on == (None if settled_on is None else ON + settled_on * DAY)
    assert (found.day, found.what, found.number) == (ON, Erased.NOTES, 1)


def test_so_many_of_each_kind_are_told_by_day_the_latest_first(where: Collective, place: Territory) -> None:
    for what, day in ((Erased.NOTES, ON - DAY), (Erased.NOTES, ON), (Erased.NOTES, ON), (Erased.SITUATION, ON)):
        erased(where, what, day)
    erased(factories.collective(place), Erased.NOTES, ON)
    found = erasures_of(where.id)
    assert [(each.day, each.number) for each in found] == [(ON, 2), (ON, 1), (ON - DAY, 1)]
    assert {each.what for each in found if each.day == ON} == {Erased.NOTES, Erased.SITUATION}
    assert [each.settled_on for each in found] == [None] * 3


@pytest.mark.parametrize(
    ("created", "finished", "kind", "settled_on"),
    [
        (None, None, None, ON + 3 * DAY),
        (1, None, None, None),  # its key still waits to be destroyed
        (1, 2, None, None),  # destroyed as the rotation began
        (1, 1, None, ON + 3 * DAY),
        (2, None, None, ON + 3 * DAY),  # of what was erased since
        (1, None, "mail_x", ON + 3 * DAY),
    ],
)
def test_a_rotation_counts_once_it_has_ended_and_the_keys_to_destroy_before_it_were_destroyed(
    where: Collective,
    monkeypatch: pytest.MonkeyPatch,
    created: int | None,
    finished: int | None,
    kind: str | None,
    settled_on: date | None,
) -> None:
    assert erasures.settles_later() is False
    monkeypatch.setattr(erasures, "keys_in_table", lambda: True)
    assert erasures.settles_later() is True
    erased(where, Erased.NOTES, ON)
    epoch(1, AT + DAY, None)
    epoch(2, AT + 2 * DAY, AT + 3 * DAY)
    if created is not None:
        destroys(AT + created * DAY, AT + finished * DAY if finished else None, kind or DestroyKey.kind())
    [found] = erasures_of(where.id)
    assert found.settled_on == settled_on
