"""An edition as plain values, read as it was written; and what is said of it once pages of it were withdrawn."""

import json
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from collectifs.book.domain.comparing import changes_after, changes_since, headings_of_entry, without_pages
from collectifs.book.domain.edition import (
    EDITION_CLOSED,
    MOST_ENTRIES,
    Answer,
    BookFormat,
    Changes,
    Edition,
    Entry,
    IndexTerm,
    Licence,
    Reworded,
    Theme,
    WorkshopChapter,
    WorkshopStep,
)
from collectifs.book.domain.themes import OTHERS, Heading, regrouped
from collectifs.kernel.errors import RuleBroken
from collectifs.sheets.domain import sheet
from collectifs.sheets.domain.sheet import AnswerKind, SheetContent

GONE = date(2026, 10, 1)
ONE = Entry("a", 1, "Un ?", (Answer("Écouter.", AnswerKind.TRIED, "à deux"),), "Se taire", ("silence",), ("b", "w"))
TWO = Entry("b", 2, "Deux ?", (Answer("Dire.", AnswerKind.CONSIDERED),))
WITHDRAWN = Entry("c", 3, withdrawn_on=GONE)
WORKSHOP = WorkshopChapter("w", 4, "Atelier", steps=(WorkshopStep("Un", 10, "Dire", "à deux"), WorkshopStep("Deux", 5)))


def edition(*themes: Theme, **said: object) -> Edition:
    usual = {"published_on": date(2026, 9, 15), "licence": Licence.BY_SA, "themes": themes} | said
    return Edition("T", "V", "2025-2026", 1, **usual)  # type: ignore[arg-type]


WHOLE = edition(
    Theme("t", "Thème", (ONE, TWO)),
    Theme("u", "Autre", (WITHDRAWN,)),
    workshops=(replace(WORKSHOP, see=("a",)),),
    index=(IndexTerm("silence", ("a", "w")),),
    changes=Changes("2024-2025", ("a",), (Reworded("b", "Plus court."),), 1),
)


@pytest.mark.parametrize("one", [WHOLE, edition(), replace(WHOLE, changes=None, licence=Licence.OPEN)])
def test_an_edition_is_read_as_it_was_written_to_the_letter(one: Edition) -> None:
    again = Edition.from_json(one.to_json())
    assert (again, again.digest()) == (one, one.digest())
    assert list(json.loads(one.to_json())) == sorted(json.loads(one.to_json()))
    assert "« Été »" in replace(one, foreword="« Été »").to_json()
    assert replace(one, foreword="Un mot.").digest() != one.digest()


@pytest.mark.parametrize("change", [{"licence": "autre"}, {"published_on": "hier"}, {"themes": 3}, {"more": 1}, None])
def test_what_is_no_edition_is_said_in_words(change: dict[str, object] | None) -> None:
    text = json.dumps(json.loads(WHOLE.to_json()) | change) if change else "["
    with pytest.raises(RuleBroken, match=EDITION_CLOSED):
        Edition.from_json(text)


def test_what_is_no_plain_value_is_never_written() -> None:
    with pytest.raises(TypeError):
        replace(WHOLE, title=uuid4()).to_json()  # type: ignore[arg-type]


def test_references_lead_to_what_is_there_once_each() -> None:
    assert WHOLE.leads(("b", "w", "b", "c", "nowhere")) == [TWO, WHOLE.workshops[0]]
    assert (WHOLE.named["a"], WHOLE.named["w"].number) == (ONE, 4)
    assert [WHOLE.theme_of(each) for each in ("b", "c", "w")] == [WHOLE.themes[0], WHOLE.themes[1], None]
    assert [each.id for each in WHOLE.pages()] == ["a", "b", "c", "w"]
    assert WORKSHOP.minutes == 15


def test_a_page_is_called_by_its_title_else_by_its_question_and_one_that_is_gone_says_nothing() -> None:
    assert [each.heading for each in (ONE, TWO, WITHDRAWN)] == ["Se taire", "Deux ?", "Une fiche a été retirée"]
    assert [each.is_withdrawn for each in (ONE, TWO, WITHDRAWN)] == [False, False, True]


def test_a_thousand_pages_are_a_book_and_one_more_is_two() -> None:
    assert MOST_ENTRIES == 1000
    theme = Theme("t", "Thème", tuple(Entry(str(each), each) for each in range(999)))
    edition(theme, workshops=(WORKSHOP,))
    with pytest.raises(RuleBroken, match="faites-en deux livres") as told:
        edition(theme, workshops=(WORKSHOP, replace(WORKSHOP, id="x")))
    assert told.value.field == "entries"


@pytest.mark.parametrize("twice", [{"themes": (Theme("t", "T", (ONE, ONE)),)}, {"workshops": (WORKSHOP, WORKSHOP)}])
def test_one_page_stands_once(twice: dict[str, object]) -> None:
    with pytest.raises(RuleBroken, match="n’en gardez qu’une") as told:
        edition(**twice)  # type: ignore[arg-type]
    assert told.value.field == "entries"


def test_licences_and_formats_are_named_as_readers_know_them() -> None:
    names = ["CC BY-SA 4.0", "CC BY 4.0", "CC BY-NC-SA 4.0", "Licence Ouverte 2.0"]
    assert [each.label for each in Licence] == names
    assert ["commercial" in each.means for each in Licence] == [False, False, True, False]
    assert ["même licence" in each.means for each in Licence] == [True, False, True, False]
    addresses = ["licenses/by-sa/4.0", "licenses/by/4.0", "licenses/by-nc-sa/4.0", "etalab"]
    assert all(part in each.address for part, each in zip(addresses, Licence, strict=True))
    assert [each.label for each in BookFormat] == ["PDF A4", "livret A5", "EPUB", "texte seul"]
    assert [each.ending for each in BookFormat] == ["a4.pdf", "a5.pdf", "epub", "txt"]
    types = ["application/pdf", "application/pdf", "application/epub+zip", "text/plain; charset=utf-8"]
    assert [each.media_type for each in BookFormat] == types


FORMER = edition(Theme("t", "T", (Entry("old", 1, "Un ?"), Entry("gone", 2, withdrawn_on=GONE))))
NOW = [Entry("a", 1, "Un ?"), Entry("b", 2, "Deux ?"), Entry("c", 3, withdrawn_on=GONE)]


@pytest.mark.parametrize(
    ("entries", "continued", "new", "reworded"),
    [
        (NOW, {}, ("a", "b"), ()),
        (NOW, {"a": ("old", "Rien.")}, ("b",), ()),  # the same words: nothing to say
        (NOW, {"b": ("old", "Mieux.")}, ("a",), (Reworded("b", "Mieux."),)),
        (NOW, {"c": ("old", "Mieux.")}, ("a", "b"), ()),  # what was withdrawn says nothing
        (NOW, {"b": ("gone", "Mieux.")}, ("a", "b"), ()),
        ([replace(NOW[0], title="Titre")], {"a": ("old", "Titre.")}, (), (Reworded("a", "Titre."),)),
        ([replace(NOW[0], answers=TWO.answers)], {"a": ("old", "Oui.")}, (), (Reworded("a", "Oui."),)),
    ],
)
def test_what_changed_is_what_is_new_and_what_says_something_else(
    entries: list[Entry],
    continued: dict[str, tuple[str, str]],
    new: tuple[str, ...],
    reworded: tuple[Reworded, ...],
) -> None:
    assert changes_since(FORMER, entries, continued) == Changes("2025-2026", new, reworded, 1)


CHANGES = Changes("2024-2025", ("a", "c"), (Reworded("b", "Mieux."),), 0)


def test_nothing_is_said_any_more_of_pages_that_were_withdrawn() -> None:
    assert without_pages(CHANGES, {"a", "b"}) == replace(CHANGES, new=("c",), reworded=())
    assert without_pages(CHANGES, ()) == CHANGES


@pytest.mark.parametrize(
    ("takes_up", "new", "reworded"),
    [
        ({"b": "old"}, ("a",), ("b",)),
        ({"b": "gone"}, ("a", "b"), ()),  # what it took up was withdrawn: it is new, and its sentence is not printed
        ({"c": "gone"}, ("a",), ("b",)),
    ],
)
def test_an_edition_printed_again_counts_what_is_gone_on_both_sides(
    takes_up: dict[str, str], new: tuple[str, ...], reworded: tuple[str, ...]
) -> None:
    found = changes_after(CHANGES, FORMER, NOW, takes_up)
    assert (found.new, tuple(each.id for each in found.reworded), found.gone) == (new, reworded, 1)
    assert found.since == "2024-2025"


def test_a_printed_page_is_read_beside_the_one_that_takes_it_up() -> None:
    answer = sheet.Answer("Écouter.", AnswerKind.TRIED, "à deux")
    assert headings_of_entry(ONE) == SheetContent("Un ?", (answer,))


A, B, C = (frozenset({uuid4()}) for _ in range(3))


def test_headings_stand_as_long_as_three_collectives_are_behind_them() -> None:
    whole = edition(Theme("t", "T", (ONE, TWO)), Theme("u", "U", (replace(ONE, id="d"), WITHDRAWN)))
    found = regrouped(whole, {"a": A, "b": B | C, "d": A})
    assert found is not None
    assert [(theme.id, [entry.id for entry in theme.entries]) for theme in found.themes] == [
        ("t", ["a", "b", "d", "c"])
    ]
    few = regrouped(whole, {"a": A, "b": B, "d": C})
    assert few is not None
    assert [(theme.title, [entry.number for entry in theme.entries]) for theme in few.themes] == [
        (OTHERS, [1, 2, 1, 3])
    ]


@pytest.mark.parametrize(
    ("circles", "stands"),
    [
        ({"a": A, "b": B, "c": C}, False),  # what was withdrawn counts for nobody
        ({"a": A, "b": B | C}, True),
        ({"a": A}, False),  # who wrote « b » is not known: it counts for itself
        ({"a": A | B}, True),
        ({"a": frozenset(), "b": A | B}, True),
    ],
)
def test_pages_that_are_left_are_printed_where_they_are_of_three_collectives(
    circles: dict[str, frozenset[UUID]], stands: bool
) -> None:
    assert (regrouped(edition(Theme("t", "T", (ONE, TWO, WITHDRAWN))), circles) is not None) is stands


def test_a_heading_counts_collectives_once_and_takes_pages_after_its_own() -> None:
    one, other = Heading("t", "T", ("a", "b"), (A | B, A)), Heading("u", "U", ("c",), (C,))
    assert (one.number, other.number, Heading("v", "V", (), ()).number) == (2, 1, 0)
    assert one.with_pages(other) == Heading("t", "T", ("a", "b", "c"), (A | B, A, C))
