"""A code in which no name fits; an interview that could have been held."""

from datetime import UTC, date, datetime

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.tutoring.domain.interviews import (
    InterviewBody,
    Worked,
    check_interview,
    check_may_write,
    check_told_on,
    code_of,
)
from collectifs.tutoring.domain.opening import Duty, check_opening

TODAY, BEGAN = date(2027, 1, 14), date(2026, 9, 1)
BODY = InterviewBody(30, (Worked.METHODS,))


@pytest.mark.parametrize(("typed", "kept"), [("A", "A"), (" b2 ", "B2"), ("c10", "C10")])
def test_a_letter_and_two_figures_at_most_are_a_code(typed: str, kept: str) -> None:
    assert code_of(typed, []) == kept


@pytest.mark.parametrize(
    "typed", ["Léa", "LM", "canari", "A-1", "2B", "É", "A100", "", "lea@ecole.example", "4eB", "A B"]
)
def test_a_name_initials_a_mail_or_a_class_is_no_code(typed: str) -> None:
    with pytest.raises(RuleBroken, match="Ni prénom, ni initiales") as refused:
        code_of(typed, [])
    assert refused.value.field == "code"


def test_a_code_stands_once_and_a_notebook_has_an_end() -> None:
    with pytest.raises(RuleBroken, match="déjà dans votre carnet"):
        code_of("a", ["A"])
    with pytest.raises(RuleBroken, match="26 codes"):
        code_of("Z9", [f"A{number}" for number in range(26)])
    assert code_of("Z9", [f"A{number}" for number in range(25)]) == "Z9"


@pytest.mark.parametrize(
    ("held_on", "body"),
    [
        (TODAY, BODY),
        (BEGAN, BODY),
        (TODAY, InterviewBody(5, (Worked.OTHER,))),
        (TODAY, InterviewBody(180, (Worked.OTHER,))),
        (TODAY, InterviewBody(30, (Worked.OTHER,), "", datetime(2027, 1, 14, 18, tzinfo=UTC))),  # later that day
    ],
)
def test_what_can_be_is_noted(held_on: date, body: InterviewBody) -> None:
    check_interview(held_on, body, season_began=BEGAN, today=TODAY)


@pytest.mark.parametrize(
    ("held_on", "body", "field"),
    [
        (date(2027, 1, 15), BODY, "held_on"),
        (date(2026, 8, 31), BODY, "held_on"),
        (TODAY, InterviewBody(4, (Worked.METHODS,)), "minutes"),
        (TODAY, InterviewBody(181, (Worked.METHODS,)), "minutes"),
        (TODAY, InterviewBody(30), "worked"),
        (TODAY, InterviewBody(30, (Worked.OTHER,), "", datetime(2027, 1, 13, 12, tzinfo=UTC)), "next_on"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(held_on: date, body: InterviewBody, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_interview(held_on, body, season_began=BEGAN, today=TODAY)
    assert refused.value.field == field


def test_what_was_worked_on_is_said_in_words() -> None:
    assert Worked.SCHOOL_LIFE.label == "vie dans l’établissement"


def test_what_is_sealed_comes_back_as_it_was() -> None:
    body = InterviewBody(20, (Worked.ESTEEM, Worked.OTHER), "Un mot.", datetime(2027, 1, 21, 12, 30, tzinfo=UTC))
    assert InterviewBody.read(body.to_json()) == body
    check_interview(TODAY, body, season_began=BEGAN, today=TODAY)


def test_guardians_are_told_this_year_and_it_is_noted_afterwards() -> None:
    for day in (BEGAN, TODAY):
        check_told_on(day, season_began=BEGAN, today=TODAY)
    for wrong, why in ((date(2027, 1, 15), "pas encore venu"), (date(2026, 8, 31), "autre année scolaire")):
        with pytest.raises(RuleBroken, match=why) as refused:
            check_told_on(wrong, season_began=BEGAN, today=TODAY)
        assert refused.value.field == "told_on"


@pytest.mark.parametrize(
    ("is_open", "has_left", "why"), [(False, False, "a fermé"), (True, True, "Vous ne faites plus")]
)
def test_a_notebook_is_no_longer_written_once_closed_or_left(is_open: bool, has_left: bool, why: str) -> None:
    with pytest.raises(RuleBroken, match=why):
        check_may_write(is_open=is_open, has_left=has_left)
    check_may_write(is_open=True, has_left=False)


def test_it_opens_once_everything_was_done_and_the_opinion_was_given() -> None:
    check_opening(set(Duty), TODAY, is_open=False, today=TODAY)
    for done, day, is_open, why, field in (
        (set(Duty) - {Duty.TOLD}, TODAY, False, "Il manque : « Les responsables légaux sont informés", "done"),
        (set(Duty), None, False, "Donnez le jour de l’avis", "advised_on"),
        (set(Duty), date(2027, 1, 15), False, "Donnez le jour de l’avis", "advised_on"),
        (set(Duty), TODAY, True, "déjà ouvert", None),
    ):
        with pytest.raises(RuleBroken, match=why) as refused:
            check_opening(done, day, is_open=is_open, today=TODAY)
        assert refused.value.field == field
