"""Programmes through the seasons, and what may be written to their relays."""

from datetime import date, timedelta

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.network.domain.directory import (
    Audience,
    ProgrammeState,
    Sent,
    check_may_write,
    check_relay,
    is_found,
    is_over,
    leaves_on,
    season_confirmed,
    state_of_programme,
)

A_MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("today", "season"),
    [(date(2026, 9, 1), 2026), (date(2027, 5, 31), 2026), (date(2027, 6, 1), 2027), (date(2027, 8, 31), 2027)],
)
def test_from_june_on_a_yes_counts_for_the_season_to_come(today, season):
    assert season_confirmed(today) == season


@pytest.mark.parametrize(
    ("confirmed", "state"),
    [(None, ProgrammeState.WAITING), (2025, ProgrammeState.GREY), (2026, ProgrammeState.CONFIRMED)],
)
def test_a_line_waits_is_confirmed_or_grey(confirmed, state):
    assert state_of_programme(confirmed, date(2027, 1, 13)) is state


def test_a_grey_line_stays_one_season_and_says_its_last_day():
    assert not is_over(2025, date(2027, 8, 31))
    assert is_over(2025, date(2027, 9, 1))
    assert leaves_on(2025) == date(2027, 8, 31)


def test_for_whom_a_programme_is_and_where_its_line_stands_are_said_in_words():
    assert Audience.BEGINNERS.label == "stagiaires et collègues qui débutent"
    assert {each: each.label for each in ProgrammeState} == {
        ProgrammeState.WAITING: "attend son relais",
        ProgrammeState.CONFIRMED: "confirmé",
        ProgrammeState.GREY: "à confirmer, en gris",
    }


def test_two_people_answer_at_most():
    check_relay(1)
    for others in (2, 3):
        with pytest.raises(RuleBroken, match="Deux relais au plus"):
            check_relay(others)


@pytest.mark.parametrize(
    ("words", "found"),
    [("", True), ("pres", True), ("PRÉS aubin", True), ("passerelle collège", True), ("physique", False)],
)
def test_a_search_wants_every_word_whatever_its_accents(words, found):
    assert is_found(words, ("Passerelle", "Saint-Aubin-des-Prés", "un collège")) is found


@pytest.mark.parametrize(
    ("sent", "took", "trap", "words"),
    [
        (Sent(0, 0, 0), A_MINUTE, "http://", "Laissez cette case vide"),
        (Sent(0, 0, 0), timedelta(seconds=2), "", "trop vite"),
        (Sent(0, 0, 0), None, "", "trop vite"),
        (Sent(3, 0, 0), A_MINUTE, "", "Trois messages par jour et par adresse"),
        (Sent(0, 6, 0), A_MINUTE, "", "sont partis d’ici"),
        (Sent(0, 0, 20), A_MINUTE, "", "beaucoup de messages"),
    ],
)
def test_a_message_that_may_not_leave_says_why(sent, took, trap, words):
    with pytest.raises(RuleBroken, match=words):
        check_may_write(sent, took=took, trap=trap)


def test_a_message_written_by_somebody_leaves():
    check_may_write(Sent(2, 5, 19), took=timedelta(seconds=3), trap="")
