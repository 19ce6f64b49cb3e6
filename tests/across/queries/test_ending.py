"""What time alone ends: whose account is quiet, which meetings and memberships still hold more than they should."""

from datetime import UTC, date, datetime, timedelta

import pytest

from collectifs.across.queries.ending import (
    GIVEN,
    PAPERS,
    copies_of_seasons_past,
    meetings_before,
    meetings_to_empty,
    memberships_to_empty,
    mentions_of_users,
    quiet_accounts,
    rows_of_past_seasons,
    told_accounts,
    unnamed_on,
)
from collectifs.collectives.models import Collective
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.people.domain.person import Role
from collectifs.people.models import Territory, User
from tests import factories
from tests.circle import DAY, Circle

TODAY = date(2027, 1, 13)


def since(year: int, month: int = 11) -> User:
    """Somebody whose account was made then, and who did nothing else."""
    return factories.user(created_at=datetime(year, month, 4, tzinfo=UTC))


def in_season(season: int, who: User) -> Collective:
    return factories.collective(pilot=who, season=season)


def test_an_account_is_quiet_once_its_last_season_is_two_years_over(app) -> None:
    old, recent = since(2024), since(2025)
    summer, autumn = since(2025, 8), since(2025, 9)  # a season begins in September
    assert quiet_accounts(TODAY) == sorted([(old, 2024), (summer, 2024)], key=lambda each: each[0].id)
    assert {recent, autumn} & {who for who, _ in quiet_accounts(TODAY)} == set()
    old.erased_at = clock.now()
    db.session.flush()
    assert quiet_accounts(TODAY) == [(summer, 2024)]


@pytest.mark.parametrize("does", ["collective", "role"])
def test_who_was_named_or_entrusted_since_is_not_quiet(place: Territory, moment, does: str) -> None:
    who = since(2022)
    assert quiet_accounts(TODAY) == [(who, 2022)]
    if does == "collective":
        in_season(2026, who)
    else:
        factories.grant(who, Role.MANAGER, place)
    assert who not in [each for each, _ in quiet_accounts(TODAY)]


def test_a_role_taken_back_counts_until_that_day(place: Territory, moment) -> None:
    who = since(2022)
    factories.grant(who, Role.MANAGER, place).revoked_at = datetime(2024, 10, 1, tzinfo=UTC)
    db.session.flush()
    assert quiet_accounts(TODAY) == [(who, 2024)]


def test_the_accounts_whose_end_was_told_are_those_that_are_not_erased(app) -> None:
    told, erased, _never = (factories.user(ends_on=day) for day in (TODAY, TODAY, None))
    erased.erased_at = clock.now()
    db.session.flush()
    assert told_accounts() == [told]


def test_whom_no_paper_names_was_in_no_collective_and_led_none(pilot: User, maud: User, collective) -> None:
    alone = factories.user("Jeanne")
    assert list(db.session.scalars(db.select(User).where(unnamed_on(PAPERS)))) == [alone]
    assert {column.table.name for column in mentions_of_users()} >= {"memberships", "pilotships", "devices"}


def test_the_copies_of_a_season_go_with_their_whole_collective(circle: Circle, moment) -> None:
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    assert copies_of_seasons_past(TODAY) == []
    circle.collective.season = 2015
    db.session.flush()
    assert copies_of_seasons_past(TODAY) == [circle.copy]
    circle.copy.body = ERASED
    db.session.flush()
    assert copies_of_seasons_past(TODAY) == []


def test_the_meetings_of_earlier_seasons_are_told_from_those_of_this_one(pilot: User) -> None:
    before, now = (factories.meeting(in_season(season, pilot)) for season in (2025, 2026))
    assert list(db.session.scalars(meetings_before(2026))) == [before.id]
    assert set(db.session.scalars(meetings_before(2027))) == {before.id, now.id}


@pytest.mark.parametrize("says", ["access_note", "spare_link", "note_taker_id", "prepared_at", "steps", ""])
def test_a_meeting_of_a_season_that_is_over_is_to_be_emptied_while_it_holds_one_of_these(
    pilot: User, says: str
) -> None:
    where = in_season(2025, pilot)
    row = factories.meeting(where, access_note="")
    held = {
        "access_note": "Portail vert.",
        "spare_link": "https://visio.example/x",
        "note_taker_id": pilot.id,
        "prepared_at": clock.now(),
    }
    if says == "steps":
        where.steps = [{"id": "ouverture"}]
    elif says:
        setattr(row, says, held[says])
    db.session.flush()
    assert meetings_to_empty(TODAY) == ([row] if says else [])
    assert meetings_to_empty(date(2026, 8, 31)) == [], "the season is not over"


@pytest.mark.parametrize("name", [*GIVEN, "tutoring_years", ""])
def test_a_membership_that_is_over_is_to_be_emptied_while_it_tells_one_of_these(
    pilot: User, maud: User, name: str
) -> None:
    now, where = clock.now(), in_season(2026, pilot)
    told = {"tutoring_years": 3, "uai": "0750655E", "phone": "06 12 34 56 78"}.get(name, "25056")
    row = factories.membership(maud, where, **({name: told} if name else {}))
    assert memberships_to_empty(now) == [], "she is there"
    row.ends_at = now
    db.session.flush()
    assert memberships_to_empty(now) == ([row] if name else [])
    row.ends_at = None
    db.session.flush()
    assert memberships_to_empty(now + timedelta(days=365)) == ([row] if name else []), "the season is over"


def test_all_that_belongs_to_a_collective_goes_before_it_and_nothing_of_another(circle: Circle) -> None:
    conditions = rows_of_past_seasons(TODAY)
    names = [table.name for table, _ in conditions]
    assert names[-1] == "collectives"
    assert names.index("meeting_events") < names.index("meetings") < names.index("collectives")
    assert {"memberships", "synthesis_sheets", "submitted_sheets"} <= set(names)
    assert not {"users", "territories", "deployments"} & set(names)
    went = in_season(2015, circle.pilot)
    factories.meeting(went)
    found = {
        table.name: db.session.scalar(db.select(db.func.count()).select_from(table).where(which))
        for table, which in conditions
    }
    assert {name: number for name, number in found.items() if number} == {
        "collectives": 1,
        "meetings": 1,
        "synthesis_sheets": 1,
        "memberships": 1,
        "pilotships": 1,
        "charter_consents": 1,
    }
