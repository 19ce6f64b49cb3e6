"""What a page may say; what a book says of the one before."""

from dataclasses import replace
from datetime import date

import pytest

from collectifs.book.domain.comparing import changes_since
from collectifs.book.domain.edition import Edition, Entry, Licence, Theme
from collectifs.book.domain.page import NO_PAGE, Page, check_page, merged, words_typed
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typed import CLOSED
from collectifs.meetings.domain.tags import Tags
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent

GOOD = Page("Se taire", SheetContent("Comment ?", (Answer("Écouter.", AnswerKind.TRIED),)), ("silence",))


def answering(*answers: Answer) -> Page:
    return replace(GOOD, content=SheetContent("Comment ?", answers))


@pytest.mark.parametrize(
    ("page", "field", "refused"),
    [
        (replace(GOOD, title="x" * 91), "title", "90 caractères au plus"),
        (replace(GOOD, content=SheetContent(" ", GOOD.content.answers)), "question", "Écrivez la problématique"),
        (answering(), "answers-0-text", "au moins une réponse"),
        (answering(Answer("Oui.")), "answers-0-kind", "la réponse 1 est éprouvée ou envisagée"),
        (answering(*GOOD.content.answers, Answer("Oui.")), "answers-1-kind", "la réponse 2 est éprouvée"),
        (answering(Answer(" ", AnswerKind.TRIED, "si")), "answers-0-text", "Écrivez la réponse 1"),
        (answering(*GOOD.content.answers, Answer(" ", AnswerKind.TRIED)), "answers-1-text", "Écrivez la réponse 2"),
        (replace(GOOD, words=tuple(f"mot {each}" for each in range(9))), "words", "8 mots au plus"),
        (replace(GOOD, words=("mot", "x" * 41)), "words", f"« {'x' * 40}… » est trop long"),
    ],
)
def test_each_thing_that_is_wrong_is_said_beside_its_field(page: Page, field: str, refused: str) -> None:
    with pytest.raises(RuleBroken, match=refused) as refusal:
        check_page(page)
    assert refusal.value.field == field


def test_a_title_of_ninety_letters_and_eight_words_of_forty_are_held() -> None:
    check_page(replace(GOOD, title="x" * 90, words=(*tuple("abcdefg"), "x" * 40)))


def test_a_page_is_called_by_its_title_else_by_its_question_and_printed_without_what_it_was_filed_under() -> None:
    assert (GOOD.heading, replace(GOOD, title="").heading) == ("Se taire", "Comment ?")
    tagged = replace(GOOD.content, tags=Tags(concern=("silence",)))
    assert replace(GOOD, content=tagged).printed == GOOD.content
    assert not GOOD.is_closed


def test_what_is_typed_is_tidied() -> None:
    typed = Page(
        "  Se   taire ", SheetContent("Comment ?", (*GOOD.content.answers, Answer(" "))), (" silence", "silence", " ")
    )
    assert typed.tidied() == GOOD


def test_a_good_page_is_read_as_it_was_written_and_one_letter_more_is_another() -> None:
    check_page(GOOD)
    assert Page.from_json(GOOD.to_json()) == GOOD
    assert replace(GOOD, words=("silences",)).digest() != GOOD.digest()
    assert GOOD.to_json().startswith('{"sheet":{"answers":[{"condition":"","kind":"tried","text":"Écouter."}]')
    assert Page.from_json(CLOSED) == Page(CLOSED, SheetContent(CLOSED))
    assert Page.from_json(CLOSED).is_closed


@pytest.mark.parametrize("text", ["", "{}", "[]", "3", '{"title": "T", "sheet": {}, "words": 3}'])
def test_what_is_no_page_is_said_in_words(text: str) -> None:
    with pytest.raises(RuleBroken, match=NO_PAGE):
        Page.from_json(text)


def test_words_of_the_index_are_separated_by_commas() -> None:
    assert words_typed(" entretien ,silence;\nécoute,, ") == ("entretien", "silence", "écoute")


def test_pages_that_are_united_say_each_answer_once() -> None:
    other = SheetContent("Autrement ?", (Answer("écouter.", AnswerKind.TRIED), Answer("Dire.", AnswerKind.CONSIDERED)))
    united = merged([GOOD.content, other])
    assert united.question == "Comment ?"
    assert [each.text for each in united.answers] == ["écouter.", "Dire."]
    many = SheetContent("Et ?", tuple(Answer(f"Réponse {each}.", AnswerKind.TRIED) for each in range(13)))
    assert merged([many]).answers == many.answers[:12]


def edition(*entries: Entry) -> Edition:
    return Edition("T", "V", "2025-2026", 1, date(2026, 9, 15), Licence.BY_SA, themes=(Theme("t", "Thème", entries),))


def test_what_changed_is_told_by_the_page_that_each_takes_up() -> None:
    before = edition(Entry("a", 1, "Un ?"), Entry("b", 2, "Deux ?"), Entry("c", 3, withdrawn_on=date(2026, 10, 1)))
    now = [Entry("a2", 1, "Un ?"), Entry("b2", 2, "Deux, autrement ?"), Entry("n", 3, "Neuf ?")]
    found = changes_since(before, now, {"a2": ("a", ""), "b2": ("b", "Plus court."), "n": ("inconnue", "")})
    assert found.since == "2025-2026"
    assert found.new == ("n",)
    assert [(each.id, each.what) for each in found.reworded] == [("b2", "Plus court.")]
    assert found.gone == 1
    assert changes_since(None, now, {}) is None


def test_what_takes_up_a_page_that_was_withdrawn_is_new_and_its_sentence_is_not_printed() -> None:
    before = edition(Entry("a", 1, withdrawn_on=date(2026, 10, 1)))
    found = changes_since(before, [Entry("a2", 1, "Un ?")], {"a2": ("a", "Deux réponses de plus.")})
    assert (found.new, found.reworded, found.gone) == (("a2",), (), 1)
