"""What the guard marks of a page of the book: what goes, what the editor decides, what was decided."""

import pytest

from collectifs.book.domain.strict import check_names_nobody, to_decide, to_remove
from collectifs.guard.domain.marks import Kind, Level, Mark
from collectifs.kernel.errors import RuleBroken
from collectifs.sheets.domain.anonymity import Passage


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
    with pytest.raises(RuleBroken, match="contient « Levier »"):
        check_names_nobody([PLACE, RARE], {PLACE.key, RARE.key})
    with pytest.raises(RuleBroken, match="contient « Maud »"):
        check_names_nobody([RARE, NAME], ())
