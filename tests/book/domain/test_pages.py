"""What a page may say; what a book says of the one before."""

from dataclasses import replace
from datetime import date

import pytest

from collectifs.book.domain.comparing import changes_since
from collectifs.book.domain.edition import Edition, Entry, Licence, Theme
from collectifs.book.domain.page import Page, check_page, merged, words_typed
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typed import CLOSED
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent

GOOD = Page("Se taire", SheetContent("Comment ?", (Answer("Écouter.", AnswerKind.TRIED),)), ("silence",))


@pytest.mark.parametrize(
    ("page", "field"),
    [
        (replace(GOOD, title="x" * 91), "title"),
        (replace(GOOD, content=SheetContent("", GOOD.content.answers)), "question"),
        (replace(GOOD, content=SheetContent("Comment ?")), "answers-0-text"),
        (replace(GOOD, content=SheetContent("Comment ?", (Answer("Oui."),))), "answers-0-kind"),
        (replace(GOOD, content=SheetContent("Comment ?", (Answer(" ", AnswerKind.TRIED, "si"),))), "answers-0-text"),
        (replace(GOOD, words=tuple(f"mot {each}" for each in range(9))), "words"),
        (replace(GOOD, words=("x" * 41,)), "words"),
    ],
)
def test_each_thing_that_is_wrong_is_said_beside_its_field(page: Page, field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_page(page)
    assert refusal.value.field == field


def test_a_good_page_is_read_as_it_was_written_and_one_letter_more_is_another() -> None:
    check_page(GOOD)
    assert Page.from_json(GOOD.to_json()) == GOOD
    assert replace(GOOD, words=("silences",)).digest() != GOOD.digest()
    assert Page.from_json(CLOSED).is_closed
    with pytest.raises(RuleBroken):
        Page.from_json("{}")


def test_words_of_the_index_are_separated_by_commas() -> None:
    assert words_typed(" entretien ,silence;\nécoute,, ") == ("entretien", "silence", "écoute")


def test_pages_that_are_united_say_each_answer_once() -> None:
    other = SheetContent("Autrement ?", (Answer("écouter.", AnswerKind.TRIED), Answer("Dire.", AnswerKind.CONSIDERED)))
    united = merged([GOOD.content, other])
    assert united.question == "Comment ?"
    assert [each.text for each in united.answers] == ["écouter.", "Dire."]


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
