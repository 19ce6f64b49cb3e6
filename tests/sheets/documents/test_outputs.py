"""Four outputs, one text: the same words in the PDF, the ODT, the text for a mail and the page of the web."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from odf import text as odf_text
from odf.opendocument import load as load_odt
from odf.style import Style
from odf.teletype import extractText
from weasyprint import HTML

from collectifs.kernel.documents.type_widths import lines_of, word_widths
from collectifs.sheets.documents.fitting import POINT_MM
from collectifs.sheets.documents.outputs import render, sheet_odt, sheet_text, sheet_web
from collectifs.sheets.documents.sheet import SheetPaper, sheet_room
from collectifs.sheets.domain.output import Format
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from tests.papers import FILED, SHORT, collective_copy, demo_sheets, institution_copy

PAPERS = [
    collective_copy(SHORT),
    collective_copy(FILED),
    institution_copy(demo_sheets()[0]),
    *(collective_copy(content) for content in demo_sheets()[1:4]),
]
EACH = pytest.mark.parametrize("paper", PAPERS, ids=range(len(PAPERS)))
READERS = pytest.mark.parametrize("kind", Format, ids=str)


@cache
def said(paper: SheetPaper, kind: Format) -> str:
    """The words of an output that several tests look at."""
    return read(render(paper, kind), kind)


def read(made: bytes, kind: Format) -> str:
    """The words of an output, as a program that knows its format reads them."""
    if kind is Format.PDF:
        with pypdfium2.PdfDocument(made) as document:
            return " ".join(page.get_textpage().get_text_range() for page in document)
    if kind is Format.ODT:
        body = load_odt(io.BytesIO(made)).text
        return "\n".join(extractText(each) for each in body.childNodes)
    if kind is Format.WEB:
        page = BeautifulSoup(made, "html.parser")
        for part in page(["style", "title"]):
            part.decompose()
        return page.get_text(" ")
    return made.decode()


def counted(text: str) -> Counter[str]:
    """Its words, each as often as it is said; the numbers of the answers, which a page draws, set aside."""
    joined = re.sub(r"[\u2010\ufffe\u0002-]\s*\n\s*", "", text).replace("\r", "")
    found = re.findall(r"[^\W\d_]+", joined.casefold().replace("ﬁ", "fi").replace("ﬂ", "fl"))
    return Counter(found)


@EACH
def test_the_same_words_are_said_as_often_in_each(paper: SheetPaper) -> None:
    words = {kind: counted(said(paper, kind)) for kind in Format}
    for kind in Format:
        missing, strange = words[Format.TEXT] - words[kind], words[kind] - words[Format.TEXT]
        # An address may be cut at the end of a line of paper.
        assert {
            word for word in (missing | strange) if word not in "".join(each.written for each in paper.links)
        } == set()


@EACH
@READERS
def test_the_last_sentence_is_there(paper: SheetPaper, kind: Format) -> None:
    made = re.sub(r"\s+", "", said(paper, kind))
    last = re.sub(r"\s+", "", f"copie de ce service effacée {paper.kept_until}.")
    assert made.replace("\ufffe", "").endswith(last)
    if paper.content.answers:
        answer = re.sub(r"\W+", "", paper.content.answers[-1].text)
        assert answer in re.sub(r"\W+", "", made)


@EACH
def test_printed_from_the_web_it_is_one_page_too(paper: SheetPaper) -> None:
    assert len(HTML(string=sheet_web(paper)).render().pages) == 1


def test_one_page_of_paper_is_never_made_of_a_text_that_was_cut() -> None:
    long = replace(
        SHORT, answers=tuple(Answer(f"{'Redire encore. ' * 30}fin{n}fin", AnswerKind.TRIED) for n in range(12))
    )
    for kind in Format:
        made = re.sub(r"\s+", "", read(render(collective_copy(long), kind), kind))
        assert [n for n in range(12) if f"fin{n}fin" not in made] == [], kind


def test_the_odt_has_headings_a_title_and_its_language() -> None:
    document = load_odt(io.BytesIO(sheet_odt(collective_copy(FILED))))
    levels = [int(each.getAttribute("outlinelevel")) for each in document.getElementsByType(odf_text.H)]
    assert levels == [1, 2, 2, 2, 2]
    parts = zipfile.ZipFile(io.BytesIO(sheet_odt(collective_copy(FILED))))
    assert "Fiche synthèse, regroupement 1" in parts.read("meta.xml").decode()
    assert 'fo:language="fr"' in parts.read("styles.xml").decode()
    assert 'fo:page-height="297mm"' in parts.read("styles.xml").decode()


def test_the_page_of_the_web_stands_alone_and_what_is_typed_does_not_act() -> None:
    typed = "</style><script>alert(1)</script><img src=x onerror=alert(2)>"
    page = BeautifulSoup(sheet_web(collective_copy(SheetContent(typed, (Answer(typed, None, typed),)))), "html.parser")
    assert page.find_all(["script", "img", "link"]) == []
    assert page.html["lang"] == "fr"
    assert [each.name for each in page.find_all(["h1", "h2"])] == ["h1", "h2", "h2"]
    assert "alert(1)" in page.get_text()
    assert "src" not in str(page.style)
    assert "url(" not in str(page.style)


def test_the_text_numbers_the_answers_and_says_each_thing_on_its_line() -> None:
    lines = sheet_text(collective_copy(SHORT)).split("\n")
    first = lines.index("1. Décrire trois faits datés, puis se taire.")
    assert lines[first + 1 : first + 3] == ["éprouvée", "accepter le silence"]
    assert lines[:4] == ["Fiche synthèse", "", "1- Notre problématique", lines[3]]


def height_of(document: bytes) -> float:
    """How much of its page an ODT takes, in millimetres: the sizes that it says, the widths of its words."""
    opened, height = load_odt(io.BytesIO(document)), 0.0
    looks = {each.getAttribute("name"): each for each in opened.styles.getElementsByType(Style)}
    for element in opened.text.childNodes:
        white, look = looks[element.getAttribute("stylename")].childNodes
        point = float(look.getAttribute("fontsize").removesuffix("pt")) * POINT_MM
        face = "Bold" if look.getAttribute("fontweight") == "bold" else "Regular"
        lines = lines_of(word_widths(extractText(element), face), 174 / point, face)
        height += float(white.getAttribute("margintop").removesuffix("mm")) + lines * point * 1.3
    return height


def fullest() -> SheetPaper:
    """As much as the page of the PDF holds: tags, links, and answers up to the last line."""
    said = "Dire à voix haute ses hésitations pendant que l’on fait classe, puis écouter. "
    answer = Answer(said * 2, AnswerKind.TRIED, "à deux")
    paper, number = collective_copy(FILED), 0
    while number < 12:
        more = collective_copy(replace(FILED, answers=(answer,) * (number + 1)))
        if sheet_room(more).pages > 1:
            break
        paper, number = more, number + 1
    return paper


def test_the_odt_of_whatever_fits_the_page_of_the_pdf_fits_its_own() -> None:
    papers = [fullest(), *(collective_copy(each) for each in demo_sheets())]
    heights = [height_of(render(paper, Format.ODT)) for paper in papers]
    assert max(heights) < 297 - 2 * 18
    twice = replace(FILED, answers=fullest().content.answers * 2)
    assert height_of(render(collective_copy(twice), Format.ODT)) > 297 - 2 * 18
