"""What a sheet says, how much, and when it is complete."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.tags import Tags
from collectifs.meetings.services.planning import EMPTY_SHEET
from collectifs.sheets.domain.sheet import (
    ANSWER_LIMIT,
    CLOSED_SHEET,
    CONDITION_LIMIT,
    MOST_ANSWERS,
    QUESTION_LIMIT,
    Answer,
    AnswerKind,
    SheetContent,
    VersionReason,
    check_complete,
    check_fits_one_page,
    check_limits,
    room_sentence,
    signs_sentence,
    why_no_text,
)
from tests.drawn import SIGNS

TRIED = Answer("Ne rien dire pendant cinq minutes.", AnswerKind.TRIED, "accepter le silence")
SHEET = SheetContent("Comment faire, alors que … ?", (TRIED, Answer("Inverser les rôles.", AnswerKind.CONSIDERED)))

texts = st.text(SIGNS, max_size=80)
answers = st.builds(Answer, text=texts, kind=st.sampled_from([None, *AnswerKind]), condition=texts)
sheets = st.builds(SheetContent, question=texts, answers=st.lists(answers, max_size=5).map(tuple))


def refusal(check: object, *arguments: object) -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        check(*arguments)  # type: ignore[operator]
    return caught.value


def test_a_kind_and_why_a_version_was_kept_have_their_french_words() -> None:
    assert [kind.label for kind in AnswerKind] == ["éprouvée", "envisagée"]
    assert VersionReason.PAUSE.label == "avant une pause de dix minutes"


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
    assert SHEET.digest() == "0f7e872036af0e4fb674b0c2dafdbba698ae916cedc525ef32e601b4fc5bd4ab"


@pytest.mark.parametrize(
    ("tags", "spelled"),
    [
        (Tags(), ""),
        (Tags(concern=("steering",)), ',"tags":{"concern":["steering"],"dilemma":[],"domain":[]}'),
        (Tags(resource=("focales",)), ',"tags":{"concern":[],"dilemma":[],"domain":[],"resource":["focales"]}'),
    ],
)
def test_what_a_sheet_is_filed_under_is_spelled_only_where_it_is(tags: Tags, spelled: str) -> None:
    assert SheetContent("Q", (), tags).to_json() == f'{{"answers":[],"question":"Q"{spelled}}}'


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
    for content in (SHEET, SheetContent("Comment ?"), SheetContent("", (TRIED,))):
        assert not content.is_blank
    assert replace(SHEET, answers=(blank, *SHEET.answers, blank)).without_blanks() == SHEET


def test_every_text_is_there_for_the_guard() -> None:
    assert SHEET.texts() == (
        "Comment faire, alors que … ?",
        *("Ne rien dire pendant cinq minutes.", "accepter le silence"),
        *("Inverser les rôles.", ""),
    )


def test_texts_at_their_limit_pass() -> None:
    longest = Answer("x" * ANSWER_LIMIT, AnswerKind.TRIED, "x" * CONDITION_LIMIT)
    three = Tags(concern=("steering", "atmosphere", "weaving"), resource=("focales", "simplexe", "trois-missions"))
    check_limits(SheetContent("x" * QUESTION_LIMIT, (longest,) * MOST_ANSWERS, three))


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
        (
            SheetContent("", (), Tags(concern=("steering", "atmosphere", "weaving", "scaffolding"))),
            "Préoccupations : trois au plus, les plus proches.",
            "tags",
        ),
        (
            SheetContent("", (), Tags(resource=("focales", "simplexe", "trois-missions", "multi-agenda"))),
            "Ressources : trois au plus, les plus utiles à qui lira.",
            "tags",
        ),
    ],
)
def test_texts_past_their_limit_are_refused_in_words(content: SheetContent, sentence: str, field: str) -> None:
    broken = refusal(check_limits, content)
    assert (broken.sentence, broken.field) == (sentence, field)


@pytest.mark.parametrize(
    ("content", "words", "field"),
    [
        (replace(SHEET, question="  "), "la problématique", "question"),
        (replace(SHEET, answers=()), "au moins une réponse", "answers"),
        (replace(SHEET, answers=(Answer(" "),)), "au moins une réponse", "answers"),
        (
            replace(SHEET, answers=(TRIED, Answer("", AnswerKind.TRIED, "si"))),
            "La réponse 2 n’a qu’une condition",
            "answers",
        ),
        (replace(SHEET, answers=(TRIED, Answer("Inverser."))), "la réponse 2 est éprouvée ou envisagée", "answers"),
    ],
)
def test_a_sheet_that_lacks_something_is_not_complete(content: SheetContent, words: str, field: str) -> None:
    broken = refusal(check_complete, content)
    assert words in broken.sentence
    assert broken.field == field


def test_blank_answers_do_not_prevent_a_sheet_from_being_complete() -> None:
    check_complete(SHEET)
    check_complete(replace(SHEET, answers=(*SHEET.answers, Answer(""))))


def test_one_page_or_a_refusal_in_words() -> None:
    check_fits_one_page(1, 0)
    assert "La page déborde de sept lignes" in refusal(check_fits_one_page, 2, -7).sentence
    assert "La page déborde de une ligne" not in refusal(check_fits_one_page, 2, -1).sentence
    for lines_left in (-1, 0, 1):
        assert "d’une ligne" in refusal(check_fits_one_page, 2, lines_left).sentence


def test_the_gauge_speaks() -> None:
    assert room_sentence(1, 4) == "Une page. Il reste de la place pour 4\u00a0lignes."
    assert room_sentence(1, 1) == "Une page. Il reste de la place pour 1\u00a0ligne."
    assert room_sentence(1, 0) == "Une page, remplie."
    assert room_sentence(2, -7) == "Sept lignes de trop."
    assert room_sentence(3, -40) == "40\u00a0lignes de trop."


@pytest.mark.parametrize(
    ("signs", "sentence"),
    [
        ([], ""),
        (["😀"], "Un signe ne s’imprime pas : 😀 Sur le papier, un carré en prend la place."),
        (["😀", "⛄"], "Des signes ne s’impriment pas : 😀 ⛄ Sur le papier, un carré en prend la place."),
    ],
)
def test_signs_that_do_not_print_are_named(signs: list[str], sentence: str) -> None:
    assert signs_sentence(signs) == sentence


def test_a_text_that_was_erased_and_one_that_does_not_open_are_not_told_alike() -> None:
    assert "ne s’ouvre plus" in why_no_text(CLOSED_SHEET)
    assert "a été effacé" in why_no_text(None)
    assert CLOSED_SHEET.is_closed
    assert not SHEET.is_closed
    assert "la problématique" in refusal(check_complete, replace(SHEET, question=CLOSED_SHEET.question)).sentence


def test_a_sheet_begins_empty():
    assert SheetContent("", ()).to_json() == EMPTY_SHEET
