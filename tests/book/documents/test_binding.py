"""A long book is laid out part by part, then bound: nobody can tell where it was cut."""

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from collectifs.book.documents import slices
from collectifs.book.documents.paper import book_pdf
from collectifs.book.domain.edition import Entry, Theme
from tests.papers import check_readable_aloud, words
from tests.press_edition import EDITION, FIRST, ONE, entry_of, large


@cache
def cut(most: int) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slices, "MOST_PAGES", most)
        return book_pdf(EDITION).pdf


def said(pdf: bytes) -> list[str]:
    """The words of each page, foot included."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [leaf.get_textpage().get_text_bounded() for leaf in document]


def bookmarks(pdf: pikepdf.Pdf, items: Any = None, level: int = 0) -> Iterator[tuple[int, str, int]]:
    numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages, 1)}
    each = (items or pdf.Root.Outlines).First
    while each is not None:
        yield level, str(each.Title), numbers[each.Dest[0].objgen]
        if "/First" in each:
            yield from bookmarks(pdf, each, level + 1)
        each = each.get("/Next")


def tags(element: Any) -> Iterator[str]:
    yield str(element.S)
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            assert kid.P.objgen == element.objgen
            yield from tags(kid)


def ways(pdf: pikepdf.Pdf) -> list[tuple[int, str, int]]:
    """Each link: from which page, in what words, to which page."""
    listed = list(pdf.Root.Names.Dests.Names)
    assert sorted(bytes(name) for name in listed[::2]) == [bytes(name) for name in listed[::2]]
    numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages, 1)}
    to = {bytes(name): numbers[place[0].objgen] for name, place in zip(listed[::2], listed[1::2], strict=True)}
    return [
        (at, str(link.Contents), to[bytes(link.Dest)])
        for at, page in enumerate(pdf.pages, 1)
        for link in page.obj.get("/Annots", ())
        if "/Dest" in link
    ]


def shape(pdf: bytes) -> tuple[Any, ...]:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert file.Root.Outlines.Count == len(list(bookmarks(file)))
        return list(bookmarks(file)), list(tags(file.Root.StructTreeRoot.K[0])), ways(file)


def test_a_book_cut_at_each_page_reads_as_one_that_is_not(tmp_path: Path) -> None:
    whole, pieces = cut(1000), cut(1)
    assert said(pieces) == said(whole)
    assert shape(pieces) == shape(whole)
    check_readable_aloud(pieces, tmp_path)


def test_each_sheet_says_its_own_number() -> None:
    leaves = said(cut(1))
    for number, leaf in enumerate(leaves[2:], 3):
        assert leaf.splitlines()[-1].startswith(f"{number} "), leaf


def test_each_link_leads_to_the_page_that_it_says() -> None:
    with pikepdf.open(io.BytesIO(cut(1))) as file:
        found = ways(file)
    assert len(found) > 15
    assert all(told == f"page {to}" for _, told, to in found)


def test_a_long_theme_is_cut_and_short_ones_go_together() -> None:
    parts = slices.slices(large(100, 10))
    assert [sum(len(each.entries) for each in part.themes) for part in parts] == [0, 30, 30, 30, 10, 0, 0]
    one = replace(ONE, themes=(Theme("t", "Un seul", tuple(large(70).entries())),))
    parts = slices.slices(one)
    assert [len(part.themes[0].entries) for part in parts[1:]] == [30, 30, 10]
    assert [(part.goes_on, part.running) for part in parts[1:]] == [(False, ""), (True, "Un seul"), (True, "Un seul")]


def test_what_was_withdrawn_is_never_cut_from_the_page_that_it_stands_under(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "MOST_PAGES", 1)
    gone = Entry("gone", 2, withdrawn_on=EDITION.published_on)
    theme = Theme("t", "Un", (replace(FIRST, see=()), gone, entry_of(0, 3)))
    parts = slices.slices(replace(ONE, themes=(theme,)))
    assert [[entry.number for entry in part.themes[0].entries] for part in parts[1:]] == [[1, 2], [3]]


def test_a_part_that_is_longer_than_was_reckoned_moves_what_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "MOST_PAGES", 1)
    monkeypatch.setattr("collectifs.book.documents.paper.fit_of", lambda *_: ("fit-1", 1))
    long = replace(FIRST, id="long", number=1, answers=FIRST.answers * 4, see=())
    theme = Theme("t", "Un", (long, entry_of(0, 2, see=("long",)), entry_of(1, 3)))
    made = book_pdf(replace(ONE, themes=(theme,))).pdf
    with pikepdf.open(io.BytesIO(made)) as file:
        found = ways(file)
    assert {to for _, _, to in found} == {5, 7, 9}
    leaves = said(made)
    assert words("Un conseil reçu, un conseil travaillé (fiche 1, p. 5)") in words("".join(leaves[6:8]))


def test_no_address_of_the_workshop_is_left_in_the_file() -> None:
    with pikepdf.open(io.BytesIO(cut(1))) as file:
        addresses = {str(link.A.URI) for page in file.pages for link in page.obj.get("/Annots", ()) if "/A" in link}
    assert addresses == {EDITION.licence.address}
