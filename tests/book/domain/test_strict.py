"""What the guard marks of a page of the book: what goes, what the editor decides, what was decided."""

import pytest

from collectifs.book.domain.page import Page
from collectifs.book.domain.strict import (
    check_change,
    check_names_nobody,
    found_in,
    to_decide,
    to_remove,
    together,
)
from collectifs.guard.domain.context import Context, context_of
from collectifs.guard.domain.marks import Kind, Level, Mark
from collectifs.kernel.errors import RuleBroken
from collectifs.sheets.domain.anonymity import Passage
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent


def passage(said: str, kind: Kind, level: Level = Level.LIKELY) -> Passage:
    return Passage("question", "La question", said, Mark(0, len(said), kind, level))


NAME = passage("Maud", Kind.MEMBER, Level.CERTAIN)
PLACE = passage("Levier", Kind.COMMUNE)
RARE = passage("la seule ULIS", Kind.RARE)
CLASS = passage("les CM2", Kind.CLASS)
FOUND = [NAME, PLACE, RARE, CLASS]


def test_names_and_places_go_whatever_is_answered_and_the_editor_decides_about_the_rest() -> None:
    assert to_remove(FOUND) == [NAME, PLACE]
    assert to_decide(FOUND, ()) == [RARE, CLASS]
    assert to_decide(FOUND, {RARE.key}) == [CLASS]
    assert to_decide(FOUND, {RARE.key, CLASS.key, NAME.key}) == []


def test_it_is_printed_once_nothing_is_left_to_remove_or_to_decide() -> None:
    check_names_nobody([RARE, CLASS], {RARE.key, CLASS.key})
    with pytest.raises(RuleBroken, match="« les CM2 » peut rester"):
        check_names_nobody([RARE, CLASS], {RARE.key})
    with pytest.raises(RuleBroken, match=r"^La question contient « Levier »") as told:
        check_names_nobody([PLACE, RARE], {PLACE.key, RARE.key})
    assert told.value.field == "question"
    with pytest.raises(RuleBroken, match="contient « Maud »"):
        check_names_nobody([RARE, NAME], ())


HERE = context_of([("Maud", "Le Bihan")], ["Collège de la Brume"], ["Levier"], ["m@ac.example"])
THERE = context_of([("Samir", "Haddad")], ["École Moulin"], ["Ornans"], ["s@ac.example"])


def test_what_several_collectives_are_is_known_at_once() -> None:
    found = together([HERE, THERE])
    assert found.members == (*HERE.members, *THERE.members)
    assert found.schools == (*HERE.schools, *THERE.schools)
    assert found.communes == HERE.communes | THERE.communes
    assert found.addresses == HERE.addresses | THERE.addresses
    assert together([]) == Context()


def test_the_title_the_sheet_and_the_words_of_the_index_are_looked_through_each_words_once() -> None:
    answer = Answer("Maud l’a tenté.", AnswerKind.TRIED)
    page = Page("L’idée de Maud", SheetContent("À Levier ?", (answer,)), ("silence", "Samir"))
    found = found_in(page, together([HERE, THERE]))
    assert [(each.field, each.place, each.said) for each in found] == [
        ("title", "Le titre", "Maud"),
        ("question", "La problématique", "Levier"),
        ("words", "L’index", "Samir"),
    ]


def test_the_sentence_about_what_changed_keeps_what_the_page_keeps_and_nothing_else() -> None:
    said = "La 3e B répond mieux."
    [passage] = found_in(Page(said), HERE)
    check_change(said, HERE, {passage.key})
    check_change("La réponse 2 est plus courte.", HERE, ())
    for sentence, words in ((said, "3e B"), ("Maud préfère.", "Maud")):
        with pytest.raises(RuleBroken, match=f"« {words} » ferait reconnaître quelqu’un") as told:
            check_change(sentence, HERE, ())
        assert told.value.field == "change"
