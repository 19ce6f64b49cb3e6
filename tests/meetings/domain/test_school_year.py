"""Holidays by zone, public holidays by territory, and what is honestly not known."""

from datetime import date, timedelta

import pytest
from vacances_scolaires_france import SchoolHolidayDates

from collectifs.meetings.domain.school_year import (
    MAINLAND,
    OVERSEAS,
    SchoolCalendar,
    calendar_of,
    is_school_day,
    public_holiday,
    school_break,
    what_is_not_checked,
)
from collectifs.people.domain.appointing import TIMEZONES


def of(code: str = "29", name: str = "Finistère", zone: str = "B", timezone: str = MAINLAND) -> SchoolCalendar:
    return calendar_of(zone=zone, timezone=timezone, code=code, name=name)


@pytest.mark.parametrize(
    ("zone", "inside", "outside"),
    [
        ("A", date(2027, 2, 17), date(2027, 3, 3)),
        ("B", date(2027, 3, 3), date(2027, 2, 17)),
        ("C", date(2027, 2, 10), date(2027, 2, 24)),
    ],
)
def test_each_zone_has_its_winter(zone: str, inside: date, outside: date):
    assert school_break(inside, of(zone=zone)) == f"les vacances d’hiver de la zone {zone}"
    assert school_break(outside, of(zone=zone)) is None


@pytest.mark.parametrize(
    ("code", "name"),
    [("20", "Académie de Corse"), ("2A", "Corse-du-Sud"), ("2b", "Haute-Corse"), ("X1", "Territoire de Corse")],
)
def test_corsica_keeps_its_own_calendar_and_that_is_said(code: str, name: str):
    calendar = of(code, name)
    assert calendar.zone is None
    assert school_break(date(2027, 2, 24), calendar) is None
    assert what_is_not_checked(calendar) == "Vacances scolaires : calendrier propre à l’académie, non vérifié ici."
    assert public_holiday(date(2026, 11, 11), calendar) == "le 11 novembre"


@pytest.mark.parametrize("timezone", [zone for zone in TIMEZONES if zone != MAINLAND])
def test_overseas_has_no_zone_and_public_holidays_of_its_own(timezone: str):
    calendar = of("97", "Outre-mer", zone="C", timezone=timezone)
    assert calendar == SchoolCalendar(None, OVERSEAS[timezone])
    assert what_is_not_checked(calendar)
    assert public_holiday(date(2027, 1, 1), calendar) == "le 1er janvier"


@pytest.mark.parametrize(
    ("timezone", "day", "name"),
    [
        ("Pacific/Tahiti", date(2025, 11, 20), "Matari’i"),
        ("Pacific/Tahiti", date(2024, 11, 20), None),
        ("Pacific/Tahiti", date(2027, 3, 5), "l’arrivée de l’Évangile"),
        ("Pacific/Noumea", date(2026, 9, 24), "la fête de la citoyenneté"),
        ("Pacific/Wallis", date(2027, 4, 28), "la Saint-Pierre-Chanel"),
        ("Pacific/Wallis", date(2027, 7, 29), "la fête du Territoire"),
        ("Indian/Reunion", date(2027, 3, 5), None),
    ],
)
def test_holidays_of_the_pacific_are_known_where_they_are_kept(timezone, day, name):
    calendar = of("98", "Pacifique", timezone=timezone)
    assert public_holiday(day, calendar) == name
    assert "Jours fériés propres au territoire : à vérifier" in what_is_not_checked(calendar)


def test_corsica_keeps_the_public_holidays_of_everybody():
    assert "Jours fériés" not in what_is_not_checked(of("2A", "Corse-du-Sud"))


def test_the_end_of_slavery_is_remembered_on_the_day_of_each_island():
    reunion, martinique = of(timezone="Indian/Reunion"), of(timezone="America/Martinique")
    name = "la commémoration de l’abolition de l’esclavage"
    assert public_holiday(date(2026, 12, 20), reunion) == name
    assert public_holiday(date(2027, 5, 22), martinique) == name
    assert public_holiday(date(2026, 12, 20), martinique) is None


@pytest.mark.parametrize(
    ("code", "name", "is_eastern"),
    [
        ("67", "Bas-Rhin", True),
        ("57", "Moselle", True),
        ("X", "Académie de Strasbourg", True),
        ("54", "Meurthe-et-Moselle", False),
        ("29", "Finistère", False),
    ],
)
def test_good_friday_is_a_holiday_in_alsace_and_moselle_only(code: str, name: str, is_eastern: bool):
    assert (public_holiday(date(2027, 3, 26), of(code, name)) == "le Vendredi saint") is is_eastern


def test_a_year_that_no_calendar_covers_yet_is_said_to_be_unknown():
    assert what_is_not_checked(of(), date(2027, 2, 24)) == ""
    assert "n’est pas connu ici" in what_is_not_checked(of(), date(2040, 2, 24))
    assert school_break(date(2040, 2, 24), of()) is None
    last = max(SchoolHolidayDates().data)
    assert what_is_not_checked(of(), last) == ""
    assert "n’est pas connu ici" in what_is_not_checked(of(), last + timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (date(2027, 1, 15), True),  # a Friday
        (date(2027, 1, 16), False),
        (date(2027, 1, 17), False),
        (date(2027, 3, 3), False),  # the winter of zone B
        (date(2026, 11, 11), False),
    ],
)
def test_school_is_from_monday_to_friday_out_of_the_holidays(day: date, is_one: bool):
    assert is_school_day(day, of()) is is_one
