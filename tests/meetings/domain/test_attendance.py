"""Who was there: states, half-days, hours, guests."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.attendance import (
    CAME,
    MOST_GUESTS,
    AttendanceState,
    Mark,
    can_be_ticked,
    check_can_be_ticked,
    check_guest,
    check_is_not_cancelled,
    check_keeps_a_right,
    forgotten_on,
    half_days,
    hours_as_number,
    hours_in_figures,
    minutes_between,
    name_key,
)

PARIS = ZoneInfo("Europe/Paris")
REUNION = ZoneInfo("Indian/Reunion")


def test_who_is_late_came_and_who_is_excused_did_not() -> None:
    assert {state.name for state in AttendanceState if state.came} == {"PRESENT", "LATE"}
    assert CAME == (AttendanceState.PRESENT, AttendanceState.LATE)
    labels = [state.label for state in AttendanceState]
    assert labels == ["Là", "En retard", "A prévenu", "Pas là", "Non noté"]


def test_a_line_that_nobody_touched_says_nothing() -> None:
    assert not Mark(AttendanceState.PRESENT, AttendanceState.PRESENT).is_touched
    assert Mark(AttendanceState.UNMARKED, AttendanceState.ABSENT).is_touched


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ((9, 0), (11, 0), ("matin",)),
        ((11, 0), (13, 0), ("matin",)),
        ((11, 0), (13, 1), ("matin", "après-midi")),
        ((12, 0), (14, 0), ("après-midi",)),
        ((14, 0), (16, 0), ("après-midi",)),
        ((9, 30), (16, 30), ("matin", "après-midi")),
        ((11, 30), (13, 30), ("matin", "après-midi")),
        ((17, 30), (19, 30), ("après-midi",)),
        ((18, 0), (20, 0), ("soirée",)),
    ],
)
def test_a_meeting_belongs_to_its_half_days(
    starts: tuple[int, int], ends: tuple[int, int], expected: tuple[str, ...]
) -> None:
    assert half_days(datetime(2027, 1, 13, *starts), datetime(2027, 1, 13, *ends)) == expected


@pytest.mark.parametrize(
    ("minutes", "words", "number"),
    [
        (0, "0 heure", "0"),
        (45, "45 minutes", "0.75"),
        (60, "1 heure", "1"),
        (90, "1 heure 30", "1.5"),
        (120, "2 heures", "2"),
        (125, "2 heures 05", "2.08"),
        (600, "10 heures", "10"),
    ],
)
def test_hours_are_said_in_figures_and_counted(minutes: int, words: str, number: str) -> None:
    assert hours_in_figures(minutes).replace("\u00a0", " ") == words
    assert hours_as_number(minutes) == Decimal(number)


def test_presences_are_ticked_from_the_day_on_where_the_collective_lives() -> None:
    starts = datetime(2027, 1, 13, 4, 0, tzinfo=UTC)  # 8 h in La Réunion
    the_evening_before = datetime(2027, 1, 12, 20, 30, tzinfo=UTC)  # past midnight there, not in Paris
    assert can_be_ticked(starts, the_evening_before, REUNION)
    assert not can_be_ticked(starts, the_evening_before, PARIS)
    with pytest.raises(RuleBroken, match="à partir du jour"):
        check_can_be_ticked(starts, the_evening_before, PARIS)


def test_a_cancelled_meeting_has_no_list() -> None:
    check_is_not_cancelled(None)
    with pytest.raises(RuleBroken, match="annulé"):
        check_is_not_cancelled(datetime(2027, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("typed", ["Paul Rivière", "RIVIERE Paul", "rivière, paul", "M. Paul Rivière", "Paul  RIVIÈRE"])
def test_somebody_of_the_hierarchy_is_refused_however_the_name_is_written(typed: str) -> None:
    with pytest.raises(RuleBroken, match="hiérarchie de ce territoire") as caught:
        check_guest(typed, hierarchy=["Paul Rivière"], on_the_list=[], guests=0)
    assert caught.value.field == "guest_name"


def test_a_namesake_by_half_and_a_stranger_are_welcome() -> None:
    check_guest("Paule Rivière", hierarchy=["Paul Rivière"], on_the_list=["Anne Petit"], guests=0)
    check_guest("Anne-Lise Petit", hierarchy=["Paul Rivière"], on_the_list=["Anne Petit"], guests=0)


@pytest.mark.parametrize(
    ("name", "guests", "words"),
    [
        ("", 0, "Écrivez le prénom"),
        (" . ", 0, "Écrivez le prénom"),
        ("petit anne", 0, "déjà dans la liste"),
        ("Zoé Lin", MOST_GUESTS, "compte déjà 20 personnes"),
    ],
)
def test_a_guest_is_refused_in_words(name: str, guests: int, words: str) -> None:
    with pytest.raises(RuleBroken, match=words) as caught:
        check_guest(name, hierarchy=[], on_the_list=["Anne Petit"], guests=guests)
    assert caught.value.field == "guest_name"


def test_hyphens_and_accents_do_not_tell_names_apart() -> None:
    assert name_key("Le Bihan Maud") == name_key("MAUD LE-BIHAN")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 9), date(2032, 8, 31)),
        (date(2027, 3, 1), date(2032, 8, 31)),
        (date(2027, 9, 1), date(2033, 8, 31)),
    ],
)
def test_presences_are_forgotten_five_years_after_their_season(day: date, expected: date) -> None:
    assert forgotten_on(day) == expected


def test_a_meeting_lasts_as_it_is_planned() -> None:
    assert minutes_between(datetime(2027, 1, 13, 14), datetime(2027, 1, 13, 16, 15)) == 135


@pytest.mark.parametrize("before", AttendanceState)
@pytest.mark.parametrize("after", AttendanceState)
@pytest.mark.parametrize("is_member", [True, False])
def test_whoever_was_there_and_left_keeps_the_right_that_it_gives(
    before: AttendanceState, after: AttendanceState, is_member: bool
) -> None:
    if before in CAME and after not in CAME and not is_member:
        with pytest.raises(RuleBroken, match="Sa présence ne s’enlève plus"):
            check_keeps_a_right(before, after, is_member=is_member)
    else:
        check_keeps_a_right(before, after, is_member=is_member)
