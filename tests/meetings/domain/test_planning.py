"""Dates, hours and places of a series; the agenda laid on the clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.canvas import library
from collectifs.meetings.domain.planning import (
    Slot,
    check_can_be_cancelled,
    check_is_not_cancelled,
    check_slot,
    check_slot_is_ahead,
    check_slot_is_free,
    check_slot_is_in_season,
    days_of,
    is_late_notice,
    numbers_after_leaving,
    place_in_time,
    remarks_on,
    reviewed_from,
    series_title,
    slot_from_form,
    usual_end,
    warnings_for,
    what_moved,
)
from collectifs.meetings.domain.preparing import duration_in_words, gap_sentence, minutes_over, size_in_words, timetable
from collectifs.meetings.domain.school_year import SchoolCalendar
from tests.pages import plain

PARIS, REUNION = ZoneInfo("Europe/Paris"), ZoneInfo("Indian/Reunion")
DAY = date(2027, 1, 13)
TWO = datetime(2027, 1, 13, 13, 0, tzinfo=UTC)  # 14 h in Paris


@dataclass(frozen=True)
class Held:
    number: int
    starts_at: datetime
    ends_at: datetime


def slot(
    day: date = DAY, starts: time = time(14), ends: time = time(16), place: str = "Salle B 12", zone: ZoneInfo = PARIS
):
    return slot_from_form(day, starts, ends, place, "", zone)


def held(number: int, starts_at: datetime) -> Held:
    return Held(number, starts_at, starts_at + timedelta(hours=2))


def test_hours_are_those_of_the_territory():
    assert slot().starts_at == TWO
    assert slot(zone=REUNION).starts_at == datetime(2027, 1, 13, 10, 0, tzinfo=UTC)
    assert slot(day=date(2027, 4, 7)).starts_at == datetime(2027, 4, 7, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [
        (time(14), time(14), "ends"),
        (time(14), time(13, 30), "ends"),
        (time(14), time(14, 29), "ends"),
        (time(8), time(13, 1), "ends"),
    ],
)
def test_hours_that_make_no_meeting_are_refused_at_their_field(starts: time, ends: time, field: str):
    with pytest.raises(RuleBroken) as refusal:
        slot(starts=starts, ends=ends)
    assert refusal.value.field == field


@pytest.mark.parametrize(("starts", "ends"), [(time(14), time(14, 30)), (time(8), time(13))])
def test_half_an_hour_and_five_hours_are_let_in(starts: time, ends: time):
    assert slot(starts=starts, ends=ends)


@pytest.mark.parametrize("ends", [time(14), time(14, 15)])
def test_the_way_out_of_a_wrong_end_names_the_hour(ends: time):
    with pytest.raises(RuleBroken, match="Donnez une heure de fin après 14 h 15"):
        slot(starts=time(14, 15), ends=ends)


@pytest.mark.parametrize(("day", "starts"), [(None, time(14)), (DAY, None), (None, None)])
def test_a_date_has_a_day_and_an_hour(day: date | None, starts: time | None):
    with pytest.raises(RuleBroken, match="Choisissez un jour et une heure de début") as refusal:
        slot_from_form(day, starts, None, "Salle B 12", "", PARIS)
    assert refusal.value.field == "day"


@pytest.mark.parametrize(
    "place",
    ["", "   ", "https://visio.example/salle", "En visio", "Zoom", "sur Teams", "à distance, en ligne", "meet.example"],
)
def test_there_is_no_meeting_without_a_place_to_meet(place: str):
    with pytest.raises(RuleBroken, match="en présentiel") as refusal:
        slot(place=place)
    assert refusal.value.field == "place"


@pytest.mark.parametrize(
    "place", ["Salle de télévision", "École Visionnaire", "Le Zoomarium", "Bibliothèque, 2e étage"]
)
def test_a_place_is_not_refused_for_a_few_letters(place: str):
    assert slot(place=place).place == place


def test_the_usual_end_is_two_hours_later():
    assert usual_end(time(14)) == time(16)
    assert usual_end(time(23)) == time(23, 59)


def test_a_date_in_the_past_is_refused():
    with pytest.raises(RuleBroken, match="date à venir") as refusal:
        check_slot_is_ahead(slot(), TWO)
    assert refusal.value.field == "day"
    check_slot_is_ahead(slot(), TWO - timedelta(minutes=1))


def test_a_date_after_the_season_is_refused():
    with pytest.raises(RuleBroken, match=r"31.août.2027"):
        check_slot_is_in_season(slot(day=date(2027, 9, 1)), 2026)
    check_slot_is_in_season(slot(day=date(2027, 8, 31)), 2026)


@pytest.mark.parametrize(("shift_min", "is_free"), [(0, False), (119, False), (-119, False), (120, True), (-120, True)])
def test_two_meetings_do_not_overlap_but_may_touch(shift_min: int, is_free: bool):
    other = held(2, TWO + timedelta(minutes=shift_min))
    if is_free:
        check_slot_is_free(slot(), [other], PARIS)
    else:
        with pytest.raises(RuleBroken, match="Le regroupement 2 est déjà prévu ce jour-là"):
            check_slot_is_free(slot(), [other], PARIS)


@pytest.mark.parametrize(
    ("day", "number", "days", "words"),
    [
        (date(2026, 11, 4), 1, {}, []),
        (date(2027, 4, 28), 5, {4: date(2027, 3, 3)}, []),
        (date(2027, 1, 16), 3, {}, ["tombe un samedi"]),
        (date(2027, 1, 17), 3, {}, ["tombe un dimanche"]),
        (date(2027, 1, 20), 3, {2: date(2027, 1, 14)}, ["regroupement 2 est à moins d’une semaine"]),
        (date(2027, 1, 20), 3, {2: date(2027, 1, 13), 4: date(2027, 1, 27)}, []),
        (date(2027, 1, 20), 3, {4: date(2027, 1, 20)}, ["regroupement 4 est à moins d’une semaine"]),
        (date(2027, 1, 20), 3, {2: date(2027, 1, 20)}, ["regroupement 2 est à moins d’une semaine"]),
        (date(2027, 5, 5), 4, {}, ["entre novembre et avril"]),
        (date(2026, 10, 28), 1, {}, ["entre novembre et avril"]),
        (date(2027, 3, 3), 6, {}, ["regroupement 6"]),
        (date(2027, 3, 3), 3, {2: date(2027, 3, 10)}, ["vient avant celle du regroupement 2"]),
        (date(2027, 3, 3), 3, {4: date(2027, 2, 10)}, ["vient après celle du regroupement 4"]),
        (date(2027, 5, 8), 6, {}, ["regroupement 6", "entre novembre et avril", "samedi"]),
    ],
)
def test_what_is_unusual_asks(day: date, number: int, days: dict[int, date], words: list[str]):
    warnings = warnings_for(day, number, days)
    assert len(warnings) == len(words)
    assert all(word in warning for word, warning in zip(words, warnings, strict=True))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 2, 24), ["pendant les vacances d’hiver de la zone B"]),
        (date(2026, 12, 23), ["pendant les vacances de Noël de la zone B"]),
        (date(2026, 11, 11), ["Ce jour est férié : c’est le 11 novembre"]),
        (date(2027, 3, 29), ["c’est le lundi de Pâques"]),
        (date(2027, 5, 6), ["entre novembre et avril", "le pont de l’Ascension", "le jeudi de l’Ascension"]),
        (date(2027, 2, 17), []),
    ],
)
def test_holidays_ask_by_their_name(day: date, words: list[str]):
    warnings = warnings_for(day, 2, {}, SchoolCalendar("B"))
    assert len(warnings) == len(words)
    assert all(word in warning for word, warning in zip(words, warnings, strict=True))


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (1, "1er regroupement (4\u00a0ou\u00a05\u00a0prévus)"),
        (5, "5e regroupement (4\u00a0ou\u00a05\u00a0prévus)"),
        (6, "6e regroupement"),
    ],
)
def test_a_meeting_is_titled_by_its_place_in_the_series(number: int, title: str):
    assert series_title(number) == title


@pytest.mark.parametrize(
    ("number", "following", "numbers"),
    [
        (2, [], {}),
        (2, [(3, False), (4, False)], {3: 2, 4: 3}),
        (1, [(2, False)], {2: 1}),
        (2, [(3, True), (4, False)], {}),
        (2, [(3, False), (4, True), (5, False)], {3: 2}),
        (2, [(4, False)], {4: 2}),
    ],
)
def test_the_following_meetings_take_the_number_of_one_that_leaves(number, following, numbers):
    assert numbers_after_leaving(number, following) == numbers


@pytest.mark.parametrize(
    ("is_started", "was_attended", "said"),
    [(True, False, "La séance a commencé"), (False, True, "Des présences y sont notées"), (False, False, "")],
)
def test_what_was_held_is_not_cancelled(is_started: bool, was_attended: bool, said: str):
    if not said:
        check_can_be_cancelled(is_started=is_started, was_attended=was_attended)
        return
    with pytest.raises(RuleBroken, match=said):
        check_can_be_cancelled(is_started=is_started, was_attended=was_attended)


@pytest.mark.parametrize(("hours", "is_late"), [(25, False), (24, True), (1, True), (0, False), (-1, False)])
def test_less_than_a_day_before_is_late_notice(hours: int, is_late: bool):
    assert is_late_notice(TWO, TWO - timedelta(hours=hours)) is is_late


def test_the_days_of_a_series_are_local():
    late = held(1, datetime(2027, 1, 13, 22, 0, tzinfo=UTC))
    assert days_of([late], REUNION) == {1: date(2027, 1, 14)}


def test_an_agenda_laid_on_the_clock_ends_at_its_total():
    steps = library()["genot-soutoul"].agenda(2)
    timed = timetable(steps, TWO)
    assert [each.place for each in timed] == list(range(1, 12))
    assert timed[0].starts_at == TWO
    assert timed[0].ends_at == timed[1].starts_at == TWO + timedelta(minutes=5)
    assert timed[-1].ends_at == TWO + timedelta(hours=2)


@pytest.mark.parametrize(
    ("slot_min", "over", "said"),
    [
        (120, 0, "Le déroulé finit à l’heure prévue."),
        (90, 30, "Le déroulé finit 30 min après l’heure prévue."),
        (150, -30, "Le déroulé finit 30 min avant l’heure prévue."),
    ],
)
def test_the_difference_is_said_in_words(slot_min: int, over: int, said: str):
    steps = library()["genot-soutoul"].agenda(1)
    assert minutes_over(steps, TWO, TWO + timedelta(minutes=slot_min)) == over
    assert plain(gap_sentence(over)) == said


@pytest.mark.parametrize(
    ("number", "words"), [(120, "deux heures"), (60, "une heure"), (105, "1 h 45"), (125, "2 h 05"), (50, "50 min")]
)
def test_durations_in_words(number: int, words: str):
    assert plain(duration_in_words(number)) == words


def test_the_size_of_an_agenda():
    assert size_in_words(library()["genot-soutoul"].agenda(1)) == "Dix étapes, deux heures"
    assert size_in_words(library()["genot-soutoul"].agenda(2)) == "Onze étapes, deux heures"


MOVED = datetime(2027, 1, 13, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "length", "place", "what"),
    [
        (24, 2, "Mairie", "autre date"),
        (1, 2, "Mairie", "autres heures"),
        (0, 3, "École", "autres heures"),
        (0, 2, "Mairie", "autre lieu"),
        (8, 2, "École", "autres heures"),  # 22 h in Paris is the same day there, the next one on the island
    ],
)
def test_a_change_is_named_by_the_gravest_of_what_changed(hours, length, place, what):
    former = Slot(MOVED, MOVED + timedelta(hours=2), "École")
    starts = MOVED + timedelta(hours=hours)
    present = Slot(starts, starts + timedelta(hours=length), place)
    assert what_moved(former, present, ZoneInfo("Europe/Paris")) == what
    if hours == 8:
        assert what_moved(former, present, ZoneInfo("Indian/Reunion")) == "autre date"


def test_a_cancelled_meeting_is_not_changed():
    check_is_not_cancelled(None)
    with pytest.raises(RuleBroken, match="fixez plutôt une autre date"):
        check_is_not_cancelled(TWO)


def test_a_date_is_read_as_a_room_reads_it():
    said = plain(place_in_time(TWO, TWO + timedelta(hours=2), "collège de la Brume", REUNION))
    assert said == "mercredi 13 janvier 2027, de 17 h à 19 h, collège de la Brume"


@pytest.mark.parametrize(
    ("taken", "season", "now", "refused"),
    [
        ([], 2026, TWO - timedelta(days=1), None),
        ([], 2026, TWO, "date à venir"),
        ([], 2025, TWO - timedelta(days=1), "la saison finit ce jour-là"),
        ([held(2, TWO)], 2026, TWO - timedelta(days=1), "est déjà prévu ce jour-là"),
    ],
)
def test_a_date_is_to_come_of_the_season_and_free(taken, season, now, refused):
    if refused is None:
        check_slot(slot(), others=taken, season=season, zone=PARIS, now=now)
        return
    with pytest.raises(RuleBroken, match=refused):
        check_slot(slot(), others=taken, season=season, zone=PARIS, now=now)


@pytest.mark.parametrize(
    ("reopened_at", "from_when"),
    [
        (None, TWO + timedelta(hours=12)),
        (TWO - timedelta(hours=1), TWO + timedelta(hours=12)),
        (TWO + timedelta(hours=3), TWO + timedelta(hours=15)),
    ],
)
def test_a_meeting_that_nobody_closed_is_read_again_half_a_day_after_it_or_after_it_was_reopened(
    reopened_at, from_when
):
    assert reviewed_from(TWO, reopened_at) == from_when


def test_whoever_is_only_asked_reads_statements():
    assert remarks_on(date(2027, 5, 8), 6, {}, None) == [
        "Cette date n’est pas entre novembre et avril.",
        "Cette date tombe un samedi.",
    ]
