"""Asking for another wording, and reminding the silent: what is refused, in words."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.book.domain.requests import check_may_remind, check_sentence, due_for_reminder
from collectifs.guard.domain.context import context_of
from collectifs.kernel.errors import RuleBroken

NOW = datetime(2027, 5, 18, 18, tzinfo=UTC)
HERE = context_of([("Maud", "Le Bihan")], communes=["Marmande"])


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("", "en une phrase"),
        ("a" * 201, "200 caractères"),
        ("Maud préférerait une phrase plus courte.", "Maud"),
        ("Le 18 novembre, ce n’était pas cela.", "18 novembre"),
        ("À Marmande on dirait autrement.", "Marmande"),
    ],
)
def test_a_sentence_that_names_or_says_too_much_is_refused_beside_its_field(said: str, refused: str) -> None:
    with pytest.raises(RuleBroken, match=refused) as told:
        check_sentence(said, HERE)
    assert told.value.field == "said"


def test_a_sentence_about_the_words_passes() -> None:
    check_sentence("La réponse 2 dit « il faut » : on avait écrit « on peut ».", HERE)
    check_sentence("a" * 200, HERE)


@pytest.mark.parametrize(("days", "due"), [((), True), ((6,), False), ((7,), True), ((9, 3), False)])
def test_nobody_is_written_to_twice_within_a_week(days: tuple[int, ...], due: bool) -> None:
    assert due_for_reminder([NOW - timedelta(days=each) for each in days], NOW) is due


@pytest.mark.parametrize(("silent", "due", "refused"), [(0, 0, "personne à relancer"), (3, 0, "moins d’une semaine")])
def test_a_reminder_that_would_reach_nobody_says_why(silent: int, due: int, refused: str) -> None:
    with pytest.raises(RuleBroken, match=refused):
        check_may_remind(silent, due)
    check_may_remind(1, 1)
