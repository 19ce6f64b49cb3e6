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


@pytest.mark.parametrize(
    ("check", "allowed"),
    [
        (check_page_can_be_written, {"DRAFT"}),
        (check_page_can_be_taken_up, {"PUT", "HELD", "AGREED"}),
        (check_page_can_be_objected_to, {"PUT", "HELD"}),
        (check_page_can_be_withdrawn, {"HELD", "AGREED"}),
    ],
)
def test_each_act_has_its_states(check, allowed: set[str]) -> None:
    lives = {"DRAFT": DRAFT, "PUT": PUT, "HELD": HELD, "AGREED": AGREED, "GONE": GONE}
    assert {name for name, life in lives.items() if not refused(lambda: check(life, NOW))[0]} == allowed  # noqa: B023


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
    [("q" * 401, "Se taire.", "question"), ("Q ?", "a" * 501, "answers"), ("Q ?", "a\n" * 13, "answers")],
)
def test_too_much_is_told_beside_its_field(question, answers, field) -> None:
    sentence, where = refused(lambda: check_page_limits(page_typed(question, answers)))
    assert sentence
    assert where == field


def test_it_is_written_from_the_beginning_of_a_workshop_that_is_held() -> None:
    assert "à partir du début" in refused(lambda: check_page_opens(NOW + DAY, NOW, is_held=True))[0]
    assert "annulé" in refused(lambda: check_page_opens(NOW - DAY, NOW, is_held=False))[0]
    check_page_opens(NOW, NOW, is_held=True)


def test_whoever_was_there_or_led_it_is_not_named_and_an_unknown_name_is_asked_about() -> None:
    known = guarded_people([("Solène", "Rocher")], "Maëlle Aubry", "collège de la Brume", ["s@ac.example"])
    for text in ("Solène se tait.", "Comme dit Aubry, se taire.", "Écrire à s@ac.example."):
        sentence, field = refused(lambda: check_names_nobody(page_typed("Comment ?", text), known))  # noqa: B023
        assert "retirez ce qui fait reconnaître quelqu’un" in sentence, text
        assert field == "answers"
    assert refused(lambda: check_names_nobody(page_typed("Que dit Rocher ?", "Rien."), known))[1] == "question"
    assert page_doubts(page_typed("Comment ?", "Faire comme Mme Kerouac."), known) or refused(
        lambda: check_names_nobody(page_typed("Comment ?", "Faire comme Mme Kerouac."), known)
    )
    assert not page_doubts(CONTENT, known)


def test_an_objection_needs_no_words_and_takes_five_hundred() -> None:
    check_sentence("")
    assert refused(lambda: check_sentence("a" * 501))[1] == "sentence"
