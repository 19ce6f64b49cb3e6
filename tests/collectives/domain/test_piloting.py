"""Who takes over, from when, and what is never refused for a qualification."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collectifs.collectives.domain.piloting import (
    check_collective_keeps_a_pilot,
    check_day_of_hand_over,
    check_hands_over_what_they_hold,
    check_is_another,
    check_meeting_can_be_run_by_another,
    check_no_hand_over_planned,
    check_pilots_not_yet,
    check_runs_it_not_yet,
    chosen_day,
    deputy_ends_at,
    deputy_still_chooses,
    gives_rights,
    is_over,
    is_running,
    local_day,
    piloted_by,
)
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import short_date

PARIS, TAHITI = ZoneInfo("Europe/Paris"), ZoneInfo("Pacific/Tahiti")
TODAY = date(2027, 1, 13)
ONE_DAY = timedelta(days=1)
NOON = datetime(2027, 1, 13, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "runs"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (date(2026, 11, 2), date(2027, 1, 12), False),
        (date(2027, 1, 14), None, False),
        (TODAY, date(2027, 1, 12), False),
    ],
)
def test_a_pilotship_holds_to_the_end_of_its_last_day(starts_on, ends_on, runs):
    assert is_running(starts_on, ends_on, TODAY) is runs


@pytest.mark.parametrize(
    ("ends_on", "over"), [(None, False), (TODAY, False), (TODAY + ONE_DAY, False), (TODAY - ONE_DAY, True)]
)
def test_a_pilotship_is_behind_after_its_last_day(ends_on, over):
    assert is_over(ends_on, TODAY) is over


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "meeting_ends_at", "gives"),
    [
        (TODAY, None, None, True),
        (TODAY + ONE_DAY, None, None, False),
        (TODAY - ONE_DAY, TODAY - ONE_DAY, None, False),
        (TODAY, None, NOON, True),
        (TODAY - 60 * ONE_DAY, None, NOON - 30 * ONE_DAY + timedelta(seconds=1), True),
        (TODAY - 60 * ONE_DAY, None, NOON - 30 * ONE_DAY, False),  # the notes have perished
        (TODAY + ONE_DAY, None, NOON, False),
    ],
)
def test_a_pilotship_gives_its_rights_while_it_runs_and_a_deputys_while_the_notes_live(
    starts_on, ends_on, meeting_ends_at, gives
):
    assert gives_rights(starts_on, ends_on, meeting_ends_at, NOON, PARIS) is gives


@pytest.mark.parametrize(
    ("check", "fact", "right", "sentence", "field"),
    [
        (check_pilots_not_yet, "pilots_already", False, "Cette personne pilote déjà ce collectif.", "who"),
        (check_runs_it_not_yet, "runs_already", False, "Cette personne anime déjà ce regroupement.", "who"),
        (
            check_is_another,
            "is_same",
            False,
            "Le relais passe d’une personne à une autre : choisissez quelqu’un d’autre.",
            "who",
        ),
        (check_hands_over_what_they_hold, "is_pilot", True, "Cette personne ne pilote plus ce collectif.", "of"),
    ],
)
def test_a_relay_goes_from_who_pilots_to_another(check, fact, right, sentence, field):
    beside = {} if check is check_hands_over_what_they_hold else {"field": "who"}
    check(**{fact: right}, **beside)
    with pytest.raises(RuleBroken) as refusal:
        check(**{fact: not right}, **beside)
    assert (refusal.value.sentence, refusal.value.field) == (sentence, field)


def test_a_day_is_the_day_of_the_collective():
    late = datetime(2027, 1, 14, 1, tzinfo=UTC)
    assert local_day(late, PARIS) == date(2027, 1, 14)
    assert local_day(late, TAHITI) == date(2027, 1, 13)


@pytest.mark.parametrize("day", [TODAY, date(2027, 8, 31)])
def test_a_relay_is_from_today_on_and_within_the_season(day):
    check_day_of_hand_over(day, TODAY, 2026)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2027, 1, 12), "Choisissez aujourd’hui, ou un jour à venir."),
        (
            date(2027, 9, 1),
            f"Choisissez un jour avant le {short_date(date(2027, 8, 31))} : la saison finit ce jour-là.",
        ),
    ],
)
def test_a_relay_of_yesterday_or_past_the_season_is_refused(day, sentence):
    with pytest.raises(RuleBroken) as caught:
        check_day_of_hand_over(day, TODAY, 2026)
    assert (caught.value.sentence, caught.value.field) == (sentence, "day")


def test_one_relay_at_a_time():
    check_no_hand_over_planned("", None)
    with pytest.raises(RuleBroken, match=f"Maud Le Bihan, à partir du {short_date(date(2027, 2, 1))}"):
        check_no_hand_over_planned("Maud Le Bihan", date(2027, 2, 1))


@pytest.mark.parametrize("ends_at", [NOON + timedelta(days=3), NOON - timedelta(hours=2)])
def test_a_deputy_is_named_before_the_meeting_or_on_its_day(ends_at):
    check_meeting_can_be_run_by_another(ends_at, NOON, PARIS)
    with pytest.raises(RuleBroken, match="Ce regroupement est passé"):
        check_meeting_can_be_run_by_another(NOON - timedelta(days=1), NOON, PARIS)


def test_a_deputy_writes_for_thirty_days_and_reads_what_waits_only_until_the_room_has_chosen():
    assert deputy_ends_at(NOON) == NOON + timedelta(days=30)
    assert deputy_still_chooses(NOON, NOON + timedelta(hours=2))
    assert not deputy_still_chooses(NOON, NOON + timedelta(hours=3))


def test_a_collective_keeps_a_pilot():
    check_collective_keeps_a_pilot(others=["Maud Le Bihan"])
    with pytest.raises(RuleBroken, match="passez d’abord le relais"):
        check_collective_keeps_a_pilot(others=[])


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "Personne ne pilote ce collectif"),
        (["Hélène Marchadier"], "Hélène Marchadier pilote"),
        (["Hélène Marchadier", "Maud Le Bihan"], "Hélène Marchadier et Maud Le Bihan pilotent ensemble"),
    ],
)
def test_who_pilots_is_said_in_words(names, words):
    assert piloted_by(names) == words


def test_whoever_takes_over_does_so_from_a_day():
    assert chosen_day(date(2027, 2, 3)) == date(2027, 2, 3)
    with pytest.raises(RuleBroken, match="Choisissez un jour") as refused:
        chosen_day(None)
    assert refused.value.field == "day"
