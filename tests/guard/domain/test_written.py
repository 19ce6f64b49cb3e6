"""What is told by its shape, and what only looks like it; how a text is read through what hides its letters."""

import pytest

from collectifs.guard.domain.marks import Mark, without_overlaps
from collectifs.guard.domain.reading import readings
from collectifs.guard.domain.written import found_by_shape


def shapes(text: str, *, shouted: bool = False) -> list[str]:
    found = without_overlaps(Mark(*each) for each in found_by_shape(text, shouted=shouted))
    return [f"{mark.kind} {'!' if mark.blocks else '?'} {text[mark.start : mark.end]}" for mark in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("le 4 août 1999", []),
        ("le 4 août 2000", ["date ? le 4 août 2000"]),
        ("le 4 août", ["date ? le 4 août"]),
        ("le 14 juillet 2026", []),  # nobody teaches on that day
        ("le 14 juin 2026", ["date ? le 14 juin 2026"]),
        ("le 3/05/2026", ["date ? le 3/05/2026"]),
        ("le 14/10", ["date ? le 14/10"]),
        ("un 14/10", []),  # fourteen out of ten
        ("un 14/09", ["date ? 14/09"]),
        ("RDV 14/10", ["date ? RDV 14/10"]),
        ("le 0/09", []),
        ("le 1/09", ["date ? le 1/09"]),
        ("le 31/09", ["date ? le 31/09"]),
        ("le 32/09", []),
    ],
)
def test_a_day_of_a_lesson_is_told_and_not_a_holiday_nor_history_nor_a_mark(text: str, found: list[str]) -> None:
    assert shapes(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10 h 20", ["time ? 10 h 20"]),
        ("à 6 h 30", ["time ? à 6 h 30"]),
        ("vers 6 h 30", ["time ? vers 6 h 30"]),
        ("dès 6 h 30", ["time ? dès 6 h 30"]),
        ("de 6 h 30", []),  # how long
        ("6 h 59", []),
        ("7 h 00", ["time ? 7 h 00"]),
        ("en 10 h 20", []),
        ("pendant 10 h 20", []),
        ("durant 10 h 20", []),
        ("10 h 20 par mois", []),
        ("de 10 h 20 par mois", []),
        ("avant 10 h 20 par mois", ["time ? avant 10 h 20"]),
        ("de 8 h 30 à 9 h 25", ["time ? de 8 h 30 à 9 h 25"]),
        ("à 6 h", []),
        ("à 7 h", ["time ? à 7 h"]),
        ("cours de 6 h", []),
        ("cours de 8 h", ["time ? cours de 8 h"]),
        ("de 2 h à 4 h", ["time ? de 2 h à 4 h"]),
        ("à huit heures vingt", ["time ? à huit heures vingt"]),
    ],
)
def test_the_hour_of_a_lesson_is_told_and_not_how_long_it_takes(text: str, found: list[str]) -> None:
    assert shapes(text) == found


@pytest.mark.parametrize(
    ("text", "shouted", "found"),
    [
        ("LA 3E A", True, []),  # « la troisième a… », in capitals
        ("3e A", True, []),
        ("3e A", False, ["class ? 3e A"]),
        ("3e B", True, ["class ? 3e B"]),
        ("les TSTMG2", True, ["class ? les TSTMG2"]),
        ("rue du Général-Leclerc", False, ["address ? rue du Général-Leclerc"]),
        ("rue du Général-Leclerc", True, []),
        ("la place de l'élève", False, []),
        ("le cours de EPS", False, []),
        ("12 rue des Lilas", True, ["address ? 12 rue des Lilas"]),
        ("25000 Besançon", False, ["address ? 25000 Besançon"]),
        ("0612345678", True, ["phone ! 0612345678"]),
        ("0251234X", False, ["uai ! 0251234X"]),
        ("a@b.example", False, ["email ! a@b.example"]),
    ],
)
def test_classes_and_streets_are_told_by_capitals_where_not_everything_is_in_capitals(
    text: str, shouted: bool, found: list[str]
) -> None:
    assert shapes(text, shouted=shouted) == found


def opening(text: str) -> list[str]:
    return [word.text for word in next(readings(text)).words if word.opens]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rose lit. Puis rien", ["Rose", "Puis"]),
        ("« Rose lit »", ["Rose"]),
        ("elle dit : « Rose »", ["elle", "Rose"]),
        ("elle a dit « Rose »", ["elle"]),
        ("- Rose\n- Petit", ["Rose", "Petit"]),
        ("1. Rose", ["Rose"]),
        ("voir M. Petit", ["voir"]),
        ("voir Dr. Petit", ["voir"]),
        ("voir cf. Petit", ["voir"]),
        ("voir J. Petit", ["voir"]),
        ("Rien ! Petit ? Oui… Non ; Si", ["Rien", "Petit", "Oui", "Non", "Si"]),
        ("l'idée d'Alice", ["l"]),
        ("", []),
        ("beaucoup de mots avant celui-ci, et Rose", ["beaucoup"]),
        ("mot" + " " * 30 + "Rose", ["mot", "Rose"]),  # nothing is seen so far back
    ],
)
def test_a_word_opens_a_sentence_after_a_stop_and_not_after_what_is_shortened(text: str, words: list[str]) -> None:
    assert opening(text) == words


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("MAUD A DIT NON", True),
        ("MAUDE", False),  # five letters are a name
        ("MAUDES", True),
        ("MAUD A DIT non", False),
        ("ABCDEFGHab", False),
        ("ABCDEFGHIab", True),
        ("12 : 34", False),
        ("", False),
    ],
)
def test_capitals_tell_nothing_where_nearly_everything_is_in_capitals(text: str, shouted: bool) -> None:
    assert next(readings(text)).is_shouted is shouted


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Maud", ["Maud"]),
        ("M\u00adau\u200bd", ["Maud"]),
        ("E\u0301le\u0301onore", ["Éléonore"]),
        ("\u0301Maud", ["Maud"]),
        ("q\u0301", ["q"]),  # no such letter
        ("M🙂aud", ["M🙂aud", "Maud"]),
        ("M a u d, oui", ["M a u d, oui", "Maud, oui"]),
        ("M.a.u.d et b-c-d-e", ["M.a.u.d et b-c-d-e", "Maud et bcde"]),
        ("Mаud", ["Maud"]),
        ("ﬁn", ["ﬁn"]),  # one letter stays one letter
        ("𝐌aud", ["Maud"]),
        ("a\ufe0fb", ["ab"]),
    ],
)
def test_a_text_is_read_in_each_way_in_which_an_eye_could_read_it(text: str, plain: list[str]) -> None:
    assert [each.plain for each in readings(text)] == plain


@pytest.mark.parametrize(
    ("text", "reading", "span", "words"),
    [
        ("à M\u00adau\u200bd.", 0, (2, 6), "M\u00adau\u200bd"),
        ("e\u0301te\u0301 !", 0, (0, 3), "e\u0301te\u0301"),
        ("à M🙂aud.", 1, (2, 6), "M🙂aud"),
        ("à M a u d.", 1, (2, 6), "M a u d"),
        ("Maud", 0, (1, 3), "au"),
    ],
)
def test_what_is_read_knows_where_it_was_written(text: str, reading: int, span: tuple[int, int], words: str) -> None:
    found = [*readings(text)][reading]
    start, end = found.place(*span)
    assert text[start:end] == words
    assert found.place(2, 2) == (0, 0)
