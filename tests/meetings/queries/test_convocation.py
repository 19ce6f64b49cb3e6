"""What a summons tells: each present member at each meeting to come, on the clocks of the place where it is held."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from collectifs.collectives.models import Collective
from collectifs.kernel import clock
from collectifs.meetings.domain.convocation import usual_columns
from collectifs.meetings.queries.convocation import convocation_columns, convocation_facts
from collectifs.people.domain.person import Degree
from collectifs.people.models import Territory, User
from tests import factories

CHOSEN = [{"title": "Nom d’usage", "holds": "family_name"}]


@pytest.fixture
def academie(app: Flask) -> Territory:
    scheme = {"scheme_title": "Tutorat", "organizer": "EAFC", "scheme_number": "25A", "module_number": "7"}
    return factories.territory("Brume", **scheme)


@pytest.fixture
def here(academie: Territory) -> Territory:
    return factories.territory("La Réunion", parent_id=academie.id, timezone="Indian/Reunion")


@pytest.fixture
def maud(app: Flask) -> User:
    return factories.user("Maud", "Le Bihan", address="maud@academie.example")


@pytest.fixture
def collective(here: Territory, pilot: User, maud: User) -> Collective:
    row = factories.collective(here, pilot=pilot, name="Les Tilleuls", code="B7")
    work = {"uai": "0250001A", "school": "École du Pont", "work_commune": "Ornans", "degree": Degree.SECOND}
    factories.membership(maud, row, **work)
    return row


def told(collective: Collective) -> list[tuple[str, int, str]]:
    facts = convocation_facts(collective.id, clock.now())
    return [(each["family_name"], each["number"], each["part"]) for each in facts]


def test_one_line_for_each_member_of_now_and_each_meeting_to_come_in_their_order(
    collective: Collective, moment: object
) -> None:
    now = clock.now()
    gone, late = factories.user("Ana", "Abel"), factories.user("Bea", "Abel")
    factories.membership(gone, collective, ends_at=now)
    factories.membership(late, collective, starts_at=now + timedelta(minutes=1))
    factories.membership(factories.user("Cléo", "Zola"), collective, starts_at=now)
    factories.meeting(collective, number=3, starts_at=now + timedelta(days=9))
    factories.meeting(collective, number=2, starts_at=now + timedelta(days=2))
    factories.meeting(collective, number=1, starts_at=now)
    factories.meeting(collective, number=4, starts_at=now + timedelta(days=12), cancelled_at=now)
    assert told(collective) == [
        ("Le Bihan", 2, "membre"),
        ("Marchadier", 2, "pilote"),
        ("Zola", 2, "membre"),
        ("Le Bihan", 3, "membre"),
        ("Marchadier", 3, "pilote"),
        ("Zola", 3, "membre"),
    ]
    assert convocation_facts(factories.collective().id, now) == []


def test_whoever_stands_in_at_one_meeting_is_told_to_pilot_it_and_no_other(
    collective: Collective, maud: User, moment: object
) -> None:
    first = factories.meeting(collective, number=1, starts_at=clock.now() + timedelta(days=1))
    factories.meeting(collective, number=2, starts_at=clock.now() + timedelta(days=2))
    factories.deputy(first, maud)
    assert [part for name, _, part in told(collective) if name == "Le Bihan"] == ["pilote", "membre"]


def test_a_line_tells_the_meeting_on_the_clocks_of_its_place_and_where_the_person_works(
    collective: Collective, moment: object
) -> None:
    starts = datetime(2027, 2, 3, 9, 0, tzinfo=UTC)
    factories.meeting(collective, number=2, starts_at=starts, place="Salle 12", commune="Saint-Denis")
    line = convocation_facts(collective.id, clock.now())[0]
    assert line == {
        "title": "Tutorat",
        "organizer": "EAFC",
        "scheme_number": "25A",
        "module_number": "7",
        "collective": "Les Tilleuls",
        "code": "B7",
        "number": 2,
        "day": starts.date(),
        "half_day": "après-midi",
        "starts": "13:00",
        "ends": "15:00",
        "hours": 2,
        "place": "Salle 12",
        "commune": "Saint-Denis",
        "territory": "La Réunion",
        "season": "2026-2027",
        "family_name": "Le Bihan",
        "given_name": "Maud",
        "address": "maud@academie.example",
        "uai": "0250001A",
        "school": "École du Pont",
        "work_commune": "Ornans",
        "degree": Degree.SECOND.label,
        "part": "membre",
    }


def test_a_degree_that_was_not_told_is_left_empty(collective: Collective, pilot: User, moment: object) -> None:
    factories.meeting(collective, starts_at=clock.now() + timedelta(days=1))
    found = {each["family_name"]: each["degree"] for each in convocation_facts(collective.id, clock.now())}
    assert found["Marchadier"] == ""


def test_the_columns_are_those_of_the_territory_else_of_its_academie_else_the_usual_ones(
    academie: Territory, here: Territory
) -> None:
    assert convocation_columns(here.id) == usual_columns()
    academie.convocation_columns = CHOSEN
    assert [(each.title, each.holds) for each in convocation_columns(here.id)] == [("Nom d’usage", "family_name")]
    here.convocation_columns = [{"title": "Prénom", "holds": "given_name"}]
    assert [each.holds for each in convocation_columns(here.id)] == ["given_name"]
    assert [each.holds for each in convocation_columns(academie.id)] == ["family_name"]
    academie.convocation_columns = []
    assert convocation_columns(academie.id) == usual_columns()
