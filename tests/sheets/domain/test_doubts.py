"""Words that may tell who is spoken of: what is asked once, what each answer comes to, what is missing."""

import pytest

from collectifs.guard.domain.marks import Kind, Level, Mark
from collectifs.sheets.domain.anonymity import Passage
from collectifs.sheets.domain.doubts import Choice, Decision, Undecided, decide, doubts


def a_passage(said: str, *, level: Level = Level.LIKELY, instead: str = "un jour", opens: bool = False) -> Passage:
    mark = Mark(0, len(said), Kind.DATE, level, instead=instead)
    return Passage("question", "La problématique", said, mark, opens)


MONDAY, MAUD = a_passage("lundi 3 mai"), a_passage("Maud", instead="")
CERTAIN = a_passage("06 12 34 56 78", level=Level.CERTAIN)


def test_each_words_are_asked_about_once_neither_what_is_kept_nor_what_is_refused():
    again = a_passage("Lundi 3 mai", opens=True)
    assert doubts([MONDAY, CERTAIN, MAUD, again], ()) == [MONDAY, MAUD]
    assert doubts([MONDAY, MAUD, again], {MONDAY.key}) == [MAUD]


@pytest.mark.parametrize(
    ("passage", "decision", "kept", "words"),
    [
        (MONDAY, Decision(Choice.KEEP), True, None),
        (MONDAY, Decision(Choice.REPLACE), False, "un jour"),
        (a_passage("Lundi 3 mai", opens=True), Decision(Choice.REPLACE), False, "Un jour"),
        (MAUD, Decision(Choice.REPLACE), False, ""),  # taken out
        (MONDAY, Decision(Choice.REWORD, " ce jour-là "), False, "ce jour-là"),
        (MONDAY, Decision(Choice.REWORD, "x"), False, "x"),
        (MONDAY, Decision(Choice.REWORD, "x" * 300), False, "x" * 300),
    ],
)
def test_each_answer_keeps_the_words_replaces_them_or_says_them_otherwise(passage, decision, kept, words):
    decided = decide([passage], {passage.key: decision})
    assert decided.kept == ({passage.key} if kept else frozenset())
    assert decided.words == ({} if words is None else {passage.key: words})


@pytest.mark.parametrize(
    ("decisions", "why"),
    [
        ({}, "Choisissez : garder, remplacer ou reformuler."),
        ({MONDAY.key: Decision(Choice.REWORD)}, "Écrivez les mots qui prendront la place de ceux-ci."),
        ({MONDAY.key: Decision(Choice.REWORD, "  ")}, "Écrivez les mots qui prendront la place de ceux-ci."),
        ({MONDAY.key: Decision(Choice.REWORD, "x" * 301)}, "Écrivez les mots qui prendront la place de ceux-ci."),
    ],
)
def test_what_is_not_answered_is_told_beside_its_words(decisions, why):
    with pytest.raises(Undecided) as refused:
        decide([MAUD, MONDAY], {MAUD.key: Decision(Choice.KEEP), **decisions})
    assert refused.value.missing == {MONDAY.key: why}
