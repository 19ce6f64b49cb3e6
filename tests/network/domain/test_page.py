"""The page of a workshop: what may be done when, what is refused beside which field."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.network.domain.page import (
    answers_typed,
    check_names_nobody,
    check_page_can_be_objected_to,
    check_page_can_be_proposed,
    check_page_can_be_taken_up,
    check_page_can_be_withdrawn,
    check_page_can_be_written,
    check_page_limits,
    check_page_opens,
    check_sentence,
    guarded_people,
    page_doubts,
    page_typed,
)
from collectifs.sheets.domain.life import SheetLife

NOW = datetime(2027, 4, 6, 10, tzinfo=UTC)
DAY = timedelta(days=1)
DRAFT = SheetLife()
PUT = SheetLife(proposed_at=NOW - DAY, deadline_at=NOW + DAY)
HELD = SheetLife(proposed_at=NOW - 5 * DAY, deadline_at=NOW - DAY, text_objections=1)
AGREED = SheetLife(proposed_at=NOW - 5 * DAY, deadline_at=NOW - DAY)
GONE = SheetLife(withdrawn_at=NOW)
CONTENT = page_typed("Comment ouvrir ?", "Se taire.\n\n Compter jusqu’à dix. \n")


def refused(check: Callable[[], None]) -> tuple[str, str | None]:
    try:
        check()
    except RuleBroken as refusal:
        return refusal.sentence, refusal.field
    return "", None


# What each state lets one do: the words of the refusal, "" where it is allowed.
ACTS = [
    #       to write              to take up again      to object               to withdraw
    (DRAFT, "", "déjà en cours", "n’est plus proposée", "rien à retirer"),
    (PUT, "reprenez d’abord", "", "", "rien à retirer"),
    (HELD, "reprenez d’abord", "", "", ""),
    (AGREED, "reprenez d’abord", "", "Le délai pour s’opposer est passé", ""),
    (GONE, "a été retirée", "a été retirée", "n’est plus proposée", "déjà retirée"),
]


@pytest.mark.parametrize(("life", "write", "take_up", "object_", "withdraw"), ACTS)
def test_each_act_has_its_states(life: SheetLife, write: str, take_up: str, object_: str, withdraw: str) -> None:
    for words, check in (
        (write, check_page_can_be_written),
        (take_up, check_page_can_be_taken_up),
        (object_, check_page_can_be_objected_to),
        (withdraw, check_page_can_be_withdrawn),
    ):
        said = refused(lambda: check(life, NOW))[0]  # noqa: B023
        assert words in said
        assert bool(words) == bool(said)


def test_one_line_is_one_answer_and_is_shown_again_as_it_was() -> None:
    assert [each.text for each in CONTENT.answers] == ["Se taire.", "Compter jusqu’à dix."]
    assert answers_typed(CONTENT) == "Se taire.\nCompter jusqu’à dix."


@pytest.mark.parametrize(
    ("question", "answers", "came", "words", "field"),
    [
        ("", "Se taire.", 3, "Écrivez la problématique", "question"),
        ("Comment ?", " \n ", 3, "au moins une réponse", "answers"),
        ("Comment ?", "Se taire.", 0, "Notez d’abord les présences", None),
        ("Comment ?", "Se taire.", 1, "", None),
    ],
)
def test_it_is_proposed_whole_and_to_somebody(question, answers, came, words, field) -> None:
    said = refused(lambda: check_page_can_be_proposed(DRAFT, page_typed(question, answers), came, NOW))
    assert words in said[0]
    assert bool(words) == bool(said[0])
    assert said[1] == field


@pytest.mark.parametrize(
    ("question", "answers", "field"),
    [
        ("q" * 401, "Se taire.", "question"),
        ("Q ?", "a" * 501, "answers"),
        ("Q ?", "a\n" * 13, "answers"),
        ("q" * 400, "a" * 500, None),
        ("Q ?", "a\n" * 12, None),
    ],
)
def test_too_much_is_told_beside_its_field(question, answers, field) -> None:
    sentence, where = refused(lambda: check_page_limits(page_typed(question, answers)))
    assert (bool(sentence), where) == (field is not None, field)


def test_thirteen_answers_are_told_as_a_page_has_them_one_a_line() -> None:
    said = refused(lambda: check_page_limits(page_typed("Q ?", "a\n" * 13)))[0]
    assert said == "Douze réponses au plus, une par ligne : regroupez-en."


def test_it_is_written_from_the_beginning_of_a_workshop_that_is_held() -> None:
    assert "à partir du début" in refused(lambda: check_page_opens(NOW + DAY, NOW, is_held=True))[0]
    assert "annulé" in refused(lambda: check_page_opens(NOW - DAY, NOW, is_held=False))[0]
    check_page_opens(NOW, NOW, is_held=True)
    check_page_opens(NOW - DAY, NOW, is_held=True)


def test_whoever_was_there_or_led_it_is_not_named_and_an_unknown_name_is_asked_about() -> None:
    known = guarded_people([("Solène", "Rocher")], "Maëlle Aubry", "collège de la Brume", ["s@ac.example"])
    for text in ("Solène se tait.", "Comme dit Aubry, se taire.", "Écrire à s@ac.example."):
        sentence, field = refused(lambda: check_names_nobody(page_typed("Comment ?", text), known))  # noqa: B023
        assert "retirez ce qui fait reconnaître quelqu’un" in sentence, text
        assert field == "answers"
    assert refused(lambda: check_names_nobody(page_typed("Que dit Rocher ?", "Rien."), known))[1] == "question"
    assert [each.said for each in page_doubts(page_typed("Comment ?", "Faire comme Odile."), known)] == ["Odile"]
    assert not page_doubts(CONTENT, known)


def test_an_objection_needs_no_words_and_takes_five_hundred() -> None:
    check_sentence("")
    check_sentence("a" * 500)
    assert refused(lambda: check_sentence("a" * 501))[1] == "sentence"
