"""A pilotship at an instant: whether it gives its rights, is behind for good, or begins later; who leads a meeting."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from collectifs.collectives.models import Pilotship
from collectifs.collectives.queries.pilots import get_meeting_piloting, get_pilotship_access, vivier
from collectifs.collectives.queries.pilotships import PilotshipFacts
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Role
from collectifs.people.models import Territory, User
from tests import factories
from tests.conftest import NOW

DAY = timedelta(days=1)
TODAY = NOW.date()
NOTES_LIVE = 30 * DAY


@pytest.mark.parametrize(
    ("starts", "ends", "meeting_ended", "is_cancelled", "holds", "is_behind", "is_ahead"),
    [
        (0, None, None, False, True, False, False),
        (-9, 0, None, False, True, False, False),
        (-9, -1, None, False, False, True, False),
        (1, None, None, False, False, False, True),
        (-60, None, -DAY, False, True, False, False),  # a deputy, of a meeting to come
        (-60, None, NOTES_LIVE - timedelta(seconds=1), False, True, False, False),
        (-60, None, NOTES_LIVE, False, False, True, False),
        (-60, None, -DAY, True, False, True, False),
    ],
)
def test_a_pilotship_holds_is_behind_or_ahead(
    starts: int,
    ends: int | None,
    meeting_ended: timedelta | None,
    is_cancelled: bool,
    holds: bool,
    is_behind: bool,
    is_ahead: bool,
) -> None:
    of_meeting = (None, None) if meeting_ended is None else (uuid4(), NOW - meeting_ended)
    ends_on = None if ends is None else TODAY + ends * DAY
    days = (TODAY + starts * DAY, ends_on)
    who = (uuid4(), uuid4(), "Hélène", "h@a.example", uuid4(), uuid4(), ZoneInfo("Europe/Paris"))
    found = PilotshipFacts(*who, *days, *of_meeting, is_cancelled)
    assert found.is_deputy is (meeting_ended is not None)
    assert (found.holds(NOW), found.is_behind(NOW), found.is_ahead(NOW)) == (holds, is_behind, is_ahead)


@pytest.fixture
def now(app: Flask, moment: object) -> datetime:
    return clock.now()


def test_nobody_leads_a_meeting_that_is_cancelled(now: datetime, place: Territory, helene: User) -> None:
    where = factories.collective(place, pilot=helene)
    row, gone = factories.meeting(where), factories.meeting(where, number=2, cancelled_at=now)
    found = get_meeting_piloting(row.id)
    assert found is not None
    assert (found.collective.pilot_ids, found.collective.zone.key) == ({helene.id}, "Europe/Paris")
    assert get_meeting_piloting(gone.id) is None
    assert get_meeting_piloting(uuid4()) is None
    ship = db.session.query(Pilotship).one()
    access = get_pilotship_access(ship.id)
    assert access is not None
    assert (access.pilotship.user_id, access.collective.facts.id) == (helene.id, where.id)
    assert get_pilotship_access(uuid4()) is None


@pytest.mark.parametrize(
    ("starts", "ends", "season", "pilots"),
    [
        (0, None, 2026, True),
        (-9, 0, 2026, True),
        (1, None, 2026, False),
        (-9, -1, 2026, False),
        (-9, None, 2025, False),
    ],
)
def test_the_vivier_says_what_each_pilots_today_this_season(
    now: datetime, place: Territory, helene: User, starts: int, ends: int | None, season: int, pilots: bool
) -> None:
    factories.grant(helene, Role.PILOT, place)
    factories.collective(place, pilot=helene, name="Les Tilleuls", season=season)
    ship, today = db.session.query(Pilotship).one(), date(2027, 1, 13)
    ship.starts_on, ship.ends_on = today + starts * DAY, None if ends is None else today + ends * DAY
    [found] = vivier([place.id], today)
    assert found.collectives == (("Les Tilleuls",) if pilots else ())
