"""What a programme may be launched from: calls that everybody read, a series of enough collectives, one that met."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from collectifs.collectives.models import Collective
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.canvas import DEFAULT_CANVAS, library
from collectifs.network.domain.launching import SeriesSeen, Step
from collectifs.network.models import Launch
from collectifs.network.queries import launching as found
from collectifs.people.models import Territory
from tests import directing, factories

PARIS = ZoneInfo("Europe/Paris")
OTHER_CANVAS = next(each for each in sorted(library()) if each != DEFAULT_CANVAS)
HOUR = timedelta(hours=1)


def held(where: Territory, *months: int, minutes: int = 120, **values: object) -> Collective:
    """A collective that met on the 5th of these months, in the afternoon."""
    row = factories.collective(where, **values)
    for number, month in enumerate(months, 1):
        starts = datetime(row.season + (month < 9), month, 5, 14, tzinfo=PARIS)
        factories.meeting(row, number=number, starts_at=starts, ends_at=starts + timedelta(minutes=minutes))
    return row


def test_a_series_is_what_most_collectives_of_the_season_did(place: Territory) -> None:
    held(place, 11, 1, 3, minutes=90)
    held(place, 11, 1, 3, minutes=90)
    assert found.series_seen(place, 2026) is None  # of two, it would be that of somebody
    row = held(place, 10, 4)
    held(place, 9, 10, 11, 12, season=2025)
    held(factories.territory(), 9, 10, 11, 12)
    factories.meeting(row, number=3, starts_at=datetime(2027, 6, 5, 14, tzinfo=PARIS), cancelled_at=clock.now())
    assert found.series_seen(place, 2026) == SeriesSeen(3, 90, 11, 3)


def test_months_are_those_of_the_place(app: Flask) -> None:
    there = factories.territory(timezone="Indian/Reunion")
    for _ in range(3):
        row = factories.collective(there)
        factories.meeting(row, starts_at=datetime(2026, 10, 31, 21, tzinfo=PARIS))  # the next morning there
    assert found.series_seen(there, 2026) == SeriesSeen(1, 120, 11, 11)


@pytest.mark.parametrize(
    ("used", "seen"),
    [
        ([OTHER_CANVAS] * 2, [DEFAULT_CANVAS]),
        ([OTHER_CANVAS] * 3, [OTHER_CANVAS]),
        ([OTHER_CANVAS, OTHER_CANVAS, ""], sorted([OTHER_CANVAS, DEFAULT_CANVAS])),
        (["gone-since"] * 3, []),
    ],
)
def test_canvases_are_those_of_the_library_that_enough_collectives_work_by(place, used, seen) -> None:
    for each in used:
        factories.collective(place, canvas_id=each)
    factories.collective(place, canvas_id="a-long-ago", season=2025)
    factories.collective(factories.territory(), canvas_id=DEFAULT_CANVAS)
    assert found.canvases_seen(place.id, 2026) == seen


def test_a_collective_that_met_once_this_season_or_the_one_before_may_be_taken_over(place: Territory) -> None:
    now = clock.now()
    former = held(place, 11, season=2025)
    met = factories.collective(place, name="B")
    factories.meeting(met, starts_at=now - 2 * HOUR, ends_at=now)
    under_way = factories.collective(place, name="A")
    factories.meeting(under_way, starts_at=now - HOUR, ends_at=now + HOUR)
    cancelled = factories.collective(place, name="C")
    factories.meeting(cancelled, starts_at=now - 3 * HOUR, cancelled_at=now)
    held(place, 11, season=2024)
    held(factories.territory(), 11)
    sources = found.collectives_that_met([place.id], 2026, now)
    assert [each.collective for each in sources] == [met, former]
    assert {each.territory for each in sources} == {place}
    assert sources[0].id == met.id
    assert sources[0].meetings == ((now - 2 * HOUR, now),)
    assert sources[1].meetings[0][0].hour == 14  # on the clocks of the place


def launched(where: Territory, programme_id, **values: object) -> Launch:
    usual = {"territory_id": where.id, "programme_id": programme_id, "source_id": where.id, "made_at": clock.now()}
    return factories.add(Launch(days=[None] * 4, **(usual | values)))


def test_a_launch_knows_its_programme_where_it_comes_from_and_what_is_done(place: Territory, app: Flask) -> None:
    programme, source = directing.programme(place), factories.territory("Ailleurs")
    row = launched(place, programme.id, source_id=source.id)
    access = found.get_launch(row.id)
    assert (access.id, access.territory_id, access.source, access.call) == (row.id, place.id, source, None)
    assert access.progress.done == {Step.NAME}
    directing.relay(programme)
    call = factories.call(place, published_at=None)
    row.call_id = call.id
    db.session.flush()
    assert found.get_launch(row.id).progress.done >= {Step.NAME, Step.DAYS, Step.RELAY}
    assert Step.OPENING not in found.get_launch(row.id).progress.done
    call.published_at = clock.now()
    db.session.flush()
    assert Step.OPENING in found.get_launch(row.id).progress.done
    assert found.get_launch(place.id) is None


@pytest.mark.parametrize(
    ("numbers", "series"),
    [((4, 120, 11, 3), SeriesSeen(4, 120, 11, 3)), ((4, 120, None, 3), None), ((None,) * 4, None)],
)
def test_a_series_is_said_where_all_of_it_may_be(place: Territory, numbers, series) -> None:
    names = ("meetings", "minutes", "first_month", "last_month")
    row = launched(place, directing.programme(place).id, **dict(zip(names, numbers, strict=True)))
    assert found.get_launch(row.id).series == series


def test_launches_of_a_territory_come_latest_first(place: Territory) -> None:
    programme = directing.programme(place)
    old, new = (launched(place, programme.id, made_at=clock.now() - each * HOUR) for each in (2, 1))
    launched(factories.territory(), programme.id)
    assert [each.launch for each in found.launches_on([place.id])] == [new, old]
    assert found.launches_on([]) == []


def test_the_last_published_call_of_each_territory_is_proposed_by_name(place: Territory) -> None:
    there = factories.territory("Ailleurs")
    factories.call(place, season=2025)
    ours, theirs = factories.call(place, season=2026), factories.call(there, season=2025)
    factories.call(there, season=2026, published_at=None)
    assert [each.call for each in found.published_calls()] == [theirs, ours]
