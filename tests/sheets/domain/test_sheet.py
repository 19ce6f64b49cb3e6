"""What a sheet says, how much, and when it is complete."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.services.planning import EMPTY_SHEET
from collectifs.sheets.domain.sheet import (
    ANSWER_LIMIT,
    CONDITION_LIMIT,
    MOST_ANSWERS,
    QUESTION_LIMIT,
    Answer,
    AnswerKind,
    SheetContent,
    check_complete,
    check_fits_one_page,
    check_limits,
    room_sentence,
)

TRIED = Answer("Ne rien dire pendant cinq minutes.", AnswerKind.TRIED, "accepter le silence")
SHEET = SheetContent("Comment faire, alors que … ?", (TRIED, Answer("Inverser les rôles.", AnswerKind.CONSIDERED)))

texts = st.text(max_size=80)
answers = st.builds(Answer, text=texts, kind=st.sampled_from([None, *AnswerKind]), condition=texts)
sheets = st.builds(SheetContent, question=texts, answers=st.lists(answers, max_size=5).map(tuple))


def refusal(check: object, *arguments: object) -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        check(*arguments)  # type: ignore[operator]
    return caught.value


def test_a_kind_has_its_french_word() -> None:
    assert [kind.label for kind in AnswerKind] == ["éprouvée", "envisagée"]


@given(sheets)
def test_what_is_written_is_read_back_to_the_letter(sheet: SheetContent) -> None:
    assert SheetContent.from_json(sheet.to_json()) == sheet
    assert SheetContent.from_dict(sheet.to_dict()).digest() == sheet.digest()


@given(sheets, sheets)
def test_two_contents_have_one_digest_only_when_they_are_the_same(one: SheetContent, other: SheetContent) -> None:
    assert (one.digest() == other.digest()) == (one == other)


def test_the_digest_of_agreed_versions_never_changes() -> None:
    """Agreement was given to this: another spelling of the JSON would undo it."""
    assert SHEET.to_json().startswith('{"answers":[{"condition":"accepter le silence","kind":"tried","text":')
    assert SheetContent().digest() == "5058744e5e57d9281a0729066e0009c4f2a86d723b53ca63b0ddb99c5bb2a8e9"


@pytest.mark.parametrize(
    "sent",
    [
        *("", "[]", "null", "1", '"x"', "{", "[" * 100_000),
        *('{"question": 1}', '{"answers": {}}', '{"answers": ["x"]}', '{"answers": [{"text": null}]}'),
        *('{"answers": [{"kind": "proved"}]}', '{"answers": [{"kind": ["tried"]}]}', '{"answers": [{"condition": 2}]}'),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(sent: str) -> None:
    assert refusal(SheetContent.from_json, sent).sentence.startswith("Cette fiche n’a pas pu être lue")


def test_half_characters_can_be_kept() -> None:
    content = SheetContent.from_json(r'{"question": "a\ud800b"}')
    assert content.question == "a\ufffdb"
    assert content.digest()


def test_blanks_are_seen_and_left_out() -> None:
    blank = Answer(" ", None, "\n")
    assert SheetContent(" ", (blank,)).is_blank
    assert not SHEET.is_blank
    assert replace(SHEET, answers=(blank, *SHEET.answers, blank)).without_blanks() == SHEET


def test_every_text_is_there_for_the_guard() -> None:
    assert SHEET.texts() == (
        "Comment faire, alors que … ?",
        *("Ne rien dire pendant cinq minutes.", "accepter le silence"),
        *("Inverser les rôles.", ""),
    )


def test_texts_at_their_limit_pass() -> None:
    longest = Answer("x" * ANSWER_LIMIT, AnswerKind.TRIED, "x" * CONDITION_LIMIT)
    check_limits(SheetContent("x" * QUESTION_LIMIT, (longest,) * MOST_ANSWERS))


@pytest.mark.parametrize(
    ("content", "sentence", "field"),
    [
        (
            SheetContent("x" * (QUESTION_LIMIT + 1)),
            "La problématique est trop longue d’un caractère : 400 au plus.",
            "question",
        ),
        (
            SheetContent("", (TRIED, Answer("x" * (ANSWER_LIMIT + 20)))),
            "La réponse 2 est trop longue de 20\u00a0caractères : 500 au plus.",
            "answers-1-text",
        ),
        (
            SheetContent("", (Answer("x", None, "x" * (CONDITION_LIMIT + 3)),)),
            "La condition de la réponse 1 est trop longue de trois caractères : 160 au plus.",
            "answers-0-condition",
        ),
        (
            SheetContent("", (TRIED,) * (MOST_ANSWERS + 1)),
            "Une fiche porte au plus douze réponses : retirez-en une.",
            "answers",
        ),
    ],
)
def test_texts_past_their_limit_are_refused_in_words(content: SheetContent, sentence: str, field: str) -> None:
    broken = refusal(check_limits, content)
    assert (broken.sentence, broken.field) == (sentence, field)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (replace(SHEET, question="  "), "la problématique"),
        (replace(SHEET, answers=()), "au moins une réponse"),
        (replace(SHEET, answers=(Answer(" "),)), "au moins une réponse"),
        (replace(SHEET, answers=(TRIED, Answer("", AnswerKind.TRIED, "si"))), "La réponse 2 n’a qu’une condition"),
        (replace(SHEET, answers=(TRIED, Answer("Inverser."))), "la réponse 2 est éprouvée ou envisagée"),
    ],
)
def test_a_sheet_that_lacks_something_is_not_complete(content: SheetContent, words: str) -> None:
    assert words in refusal(check_complete, content).sentence


def test_blank_answers_do_not_prevent_a_sheet_from_being_complete() -> None:
    check_complete(SHEET)
    check_complete(replace(SHEET, answers=(*SHEET.answers, Answer(""))))


def test_one_page_or_a_refusal_in_words() -> None:
    check_fits_one_page(1, 0)
    assert "La page déborde de sept lignes" in refusal(check_fits_one_page, 2, -7).sentence
    assert "La page déborde de une ligne" not in refusal(check_fits_one_page, 2, -1).sentence
    assert "d’une ligne" in refusal(check_fits_one_page, 2, 0).sentence


def test_the_gauge_speaks() -> None:
    assert room_sentence(1, 4) == "Une page. Il reste de la place pour 4\u00a0lignes."
    assert room_sentence(1, 1) == "Une page. Il reste de la place pour 1\u00a0ligne."
    assert room_sentence(1, 0) == "Une page, remplie."
    assert room_sentence(2, -7) == "Sept lignes de trop."
    assert room_sentence(3, -40) == "40\u00a0lignes de trop."


def test_a_sheet_begins_empty():
    assert SheetContent("", ()).to_json() == EMPTY_SHEET
