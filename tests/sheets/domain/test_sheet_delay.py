"""The delay of a sheet: what it waits for, the days that count, when objections are shown."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collectifs.meetings.domain.school_year import SchoolCalendar
from collectifs.sheets.domain.life import (
    About,
    SheetLife,
    check_can_be_objected_to,
    check_can_be_submitted,
    deadline_after_sending,
    deadline_for,
    objections_seen_until,
    seen_until,
)
from tests.sheets.domain.test_sheet_life import (
    AGREED,
    DAY,
    HELD_IN_ROOM,
    HOUR,
    IN_ROOM,
    NOW,
    PARIS,
    PROPOSED,
    UNSENT,
    paris,
    refusal,
)

ZONE_A = SchoolCalendar("A")
REUNION = ZoneInfo("Indian/Reunion")


def test_no_time_passes_while_mails_wait():
    assert UNSENT.agreed_at(NOW + 400 * DAY) is None
    assert not UNSENT.is_over(NOW + 400 * DAY)


@pytest.mark.parametrize(
    ("sent_after", "ends"),
    [
        (timedelta(seconds=4), "2027-01-18T14:10"),  # with the proposal: the hour that was announced
        (timedelta(minutes=10), "2027-01-18T14:10"),
        (timedelta(minutes=11), "2027-01-18T14:21"),
        (timedelta(hours=56), "2027-01-21T08:00"),  # the worker was stopped: 22 h 10 counts as 8 h
    ],
)
def test_the_delay_counts_from_the_sending(sent_after: timedelta, ends: str):
    proposed = paris("2027-01-13T14:10")
    announced = deadline_for(proposed, PARIS, ZONE_A)
    assert deadline_after_sending(proposed, announced, proposed + sent_after, PARIS, ZONE_A) == paris(ends)


def test_a_mail_never_shortens_the_delay():
    proposed, far = paris("2027-01-13T14:10"), paris("2027-02-01T08:00")
    assert deadline_after_sending(proposed, far, proposed + HOUR, PARIS, ZONE_A) == far


@pytest.mark.parametrize(
    ("life", "names", "words"),
    [
        (replace(AGREED, asks_transmission=False), [], "n’a pas été demandée"),
        (replace(AGREED, transmission_objections=1), [], "s’oppose à la transmission"),
        (replace(AGREED, presenter_agreed=None), [], "La personne qui a exposé"),
        (replace(AGREED, presenter_agreed=False), [], "La personne qui a exposé"),
        (replace(AGREED, presenter_agreed=None, has_presenter=False), [], ""),
        (AGREED, ["Maud", "Ferrand"], "Retirez de la fiche ce qui fait reconnaître quelqu’un : Maud, Ferrand."),
        (replace(IN_ROOM, deadline_at=NOW), [], ""),
    ],
)
def test_a_sheet_leaves_only_with_every_yes(life: SheetLife, names: list[str], words: str):
    said = refusal(check_can_be_submitted, life, names, NOW)
    assert words in said
    assert bool(words) == bool(said)


def test_an_objection_made_before_the_deadline_cannot_be_told_from_the_answer_to_the_pilot():
    assert refusal(check_can_be_submitted, IN_ROOM, [], NOW) == refusal(check_can_be_submitted, HELD_IN_ROOM, [], NOW)


def test_nobody_objects_to_a_transmission_that_was_not_asked():
    life = replace(PROPOSED, asks_transmission=False)
    assert "n’est pas demandée" in refusal(check_can_be_objected_to, life, NOW, About.TRANSMISSION)
    assert refusal(check_can_be_objected_to, life, NOW, About.TEXT) == ""


@pytest.mark.parametrize(
    ("sent", "ends"),
    [
        ("2027-01-11T16:10", "2027-01-14T16:10"),  # Monday: Tuesday, Wednesday, Thursday
        ("2027-01-11T08:00", "2027-01-14T08:00"),
        ("2027-01-11T19:59", "2027-01-14T19:59"),
        ("2027-01-11T20:00", "2027-01-15T08:00"),
        ("2027-01-11T23:30", "2027-01-15T08:00"),
        ("2027-01-11T00:30", "2027-01-14T08:00"),
        ("2027-01-11T07:59", "2027-01-14T08:00"),
        ("2027-01-13T16:10", "2027-01-18T16:10"),  # a week-end does not count
        ("2027-01-16T10:00", "2027-01-20T10:00"),  # sent on a Saturday
        ("2027-01-14T21:00", "2027-01-20T08:00"),
        ("2026-12-18T17:00", "2027-01-06T17:00"),  # the holidays do not, nor their Fridays and Mondays
        ("2027-02-12T17:00", "2027-03-03T17:00"),  # those of zone A
        ("2027-05-04T10:00", "2027-05-11T10:00"),  # the Ascension and its bridge
        ("2027-03-25T19:30", "2027-03-31T19:30"),  # Easter Monday, and the clocks change
        ("2027-07-08T10:00", "2027-08-07T10:00"),  # the summer: 30 days at most
    ],
)
def test_the_delay_is_three_school_days_and_ends_by_day(sent: str, ends: str):
    assert deadline_for(paris(sent), PARIS, ZONE_A) == paris(ends)


def test_the_delay_follows_the_zone_and_where_none_is_known_the_week():
    sent = paris("2027-02-12T17:00")
    assert deadline_for(sent, PARIS, SchoolCalendar("C")) == paris("2027-02-24T17:00")
    assert deadline_for(sent, PARIS, SchoolCalendar(None)) == paris("2027-02-17T17:00")


def test_the_day_is_that_of_the_collective():
    sent = datetime(2027, 1, 13, 17, 0, tzinfo=UTC)  # 21 h in La Réunion, 18 h in Paris
    assert deadline_for(sent, REUNION, SchoolCalendar(None)) == datetime(2027, 1, 19, 4, 0, tzinfo=UTC)
    assert deadline_for(sent, PARIS, ZONE_A) == datetime(2027, 1, 18, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2027-01-14T07:59", "2027-01-13T18:00"),
        ("2027-01-14T08:00", "2027-01-14T08:00"),
        ("2027-01-14T17:59", "2027-01-14T08:00"),
        ("2027-01-14T18:00", "2027-01-14T18:00"),
        ("2027-01-14T23:59", "2027-01-14T18:00"),
        ("2027-03-28T07:00", "2027-03-27T18:00"),
    ],
)
def test_objections_are_shown_at_8_and_at_18(now: str, until: str):
    assert objections_seen_until(paris(now), PARIS) == paris(until)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2027-01-16T13:59", "2027-01-16T08:00"),  # the delay runs: nothing since 8 h is shown
        ("2027-01-16T14:05", "2027-01-16T14:05"),  # it is over: what was said in it decides
        ("2027-01-16T17:00", "2027-01-16T14:05"),  # what was said after it waits for 18 h
        ("2027-01-16T18:30", "2027-01-16T18:00"),
    ],
)
def test_the_end_of_the_delay_shows_what_it_decides(now: str, until: str):
    life = SheetLife(proposed_at=paris("2027-01-13T14:05"), deadline_at=paris("2027-01-16T14:05"))
    assert seen_until(life, paris(now), PARIS) == paris(until)
