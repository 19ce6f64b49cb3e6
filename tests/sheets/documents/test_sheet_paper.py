"""The synthesis sheet on paper: one page or a clear refusal, nothing lost, readable aloud."""

import io
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from collectifs.kernel.documents.pictures import page_png
from collectifs.kernel.documents.press import MM, Rendered, lay_out, write_pdf
from collectifs.kernel.documents.typesetter import LaidOut
from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.tags import NO_TAGS
from collectifs.sheets.documents import sheet as printing
from collectifs.sheets.documents.fitting import AIRY, DENSE
from collectifs.sheets.documents.sheet import SheetPaper, sheet_pdf, sheet_room
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent, check_fits_one_page
from tests.drawn import SIGNS
from tests.papers import FILED, SHORT, collective_copy, demo_sheets, institution_copy, text_of, words
from tests.papers import check_readable_aloud as check

TEN = range(10)
LONG_ANSWER = Answer(
    "Une chose à la fois, choisie par la personne stagiaire et écrite par elle. " * 5, AnswerKind.TRIED
)


@cache
def printed_once(paper: SheetPaper) -> tuple[Rendered, int]:
    """A paper that several tests look at, and how many layouts it took."""
    times: list[str] = []

    def counted(html: str, settings: str = "") -> LaidOut:
        times.append(settings)
        return lay_out(html, settings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "lay_out", counted)
        return sheet_pdf(paper), len(times)


def printed(paper: SheetPaper) -> Rendered:
    return printed_once(paper)[0]


def expected(content: SheetContent) -> list[str]:
    """Every text of a sheet as it must be found on paper."""
    return [words(printing.set_text(text)) for text in content.texts() if text]


@pytest.mark.parametrize("number", TEN)
def test_each_demo_sheet_holds_on_one_page_with_all_its_words(number: int, tmp_path: Path) -> None:
    content = demo_sheets()[number]
    rendered = printed(collective_copy(content))
    assert rendered.pages == 1
    left = sheet_room(collective_copy(content)).lines_left
    assert left > 0
    assert sheet_room(collective_copy(replace(content, tags=NO_TAGS))).lines_left > left + 2
    said = text_of(rendered.pdf)
    assert [text for text in expected(content) if text not in said] == []
    check(rendered.pdf, tmp_path)


def test_the_ten_sheets_are_there() -> None:
    assert len(demo_sheets()) == len(TEN)


def test_a_short_sheet_is_set_large() -> None:
    assert printed(collective_copy(SHORT)).fit == "airy"


def test_a_sheet_with_nothing_in_it_yet_still_prints(tmp_path: Path) -> None:
    rendered = sheet_pdf(collective_copy(SheetContent("", (Answer(""), Answer("", None, " ")))))
    assert rendered.pages == 1
    check(rendered.pdf, tmp_path)


def test_the_collectives_copy_says_its_name_the_day_and_who_reads_it() -> None:
    said = text_of(printed(collective_copy(SHORT)).pdf)
    kept = "copie de ce service effacée le 18 novembre 2027."
    for text in ("L’Estuaire", "mercredi 18 novembre 2026", "Collectif", kept):
        assert words(text) in said


def test_what_it_is_filed_under_and_where_to_go_further_stand_at_its_foot(tmp_path: Path) -> None:
    paper = collective_copy(FILED)
    rendered = printed(paper)
    said = text_of(rendered.pdf)
    assert rendered.pages == 1
    for label, tags in FILED.tags.lines():
        assert words(f"{label}{printing.set_text(tags)}") in said
    assert len(paper.links) == 2
    for link in paper.links:
        assert words(printing.set_text(f"{link.title}, pour {link.serves}.")) in said
        assert words(f"{link.written} (non vérifié)") in said
    check(rendered.pdf, tmp_path)


def test_the_institutions_copy_says_a_code_and_a_month_and_no_name(tmp_path: Path) -> None:
    rendered = printed(institution_copy(SHORT))
    said = text_of(rendered.pdf)
    for text in ("collectif B7", "novembre 2026 · 2d degré", "Institution", "Lisible par : le collectif B7"):
        assert words(text) in said
    assert words("L’Estuaire") not in said
    assert words("mercredi") not in said
    check(rendered.pdf, tmp_path)


def test_the_file_says_its_title_and_its_language(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(printed(institution_copy(SHORT)).pdf)
    with pikepdf.open(path) as pdf:
        assert pdf.docinfo["/Title"] == printing.set_text("Fiche synthèse, collectif B7, novembre 2026")
        assert str(pdf.Root.Lang) == "fr"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_the_answer_is_heard_before_its_kind_and_its_condition() -> None:
    said = text_of(printed(collective_copy(SHORT)).pdf)
    places = [said.index(words(text)) for text in ("1Décrire trois faits", "accepter le silence", "2Demander d’abord")]
    assert places == sorted(places)


def test_a_sheet_too_long_keeps_every_word_and_is_refused_in_words(tmp_path: Path) -> None:
    content = replace(demo_sheets()[6], answers=demo_sheets()[6].answers * 2)
    rendered = sheet_pdf(collective_copy(content))
    room = sheet_room(collective_copy(content))
    assert (rendered.pages, room.pages) == (2, 2)
    assert room.lines_left < 0
    said = text_of(rendered.pdf)
    assert [text for text in expected(content) if text not in said] == []
    check(rendered.pdf, tmp_path)
    with pytest.raises(RuleBroken, match="La page déborde de"):
        check_fits_one_page(room.pages, room.lines_left)


def grown(lines: int) -> SheetContent:
    """A sheet whose last answer is longer by so many lines of the dense setting."""
    line = "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm "  # more than half a line: one of them on each
    answers = (LONG_ANSWER, LONG_ANSWER, replace(LONG_ANSWER, text=f"{line}{line * lines}"))
    return SheetContent(SHORT.question, answers)


def test_as_many_lines_as_promised_still_fit_and_not_one_more() -> None:
    def taken(lines: int) -> tuple[int, int]:
        paper = collective_copy(grown(lines))
        return sheet_pdf(paper).pages, sheet_room(paper).lines_left

    left = sheet_room(collective_copy(grown(0))).lines_left
    assert left > 5
    assert taken(left) == (1, 0)
    assert taken(left + 1) == (2, -1)
    assert sheet_room(collective_copy(grown(left + 7))).lines_left == -7


texts = st.text(SIGNS, max_size=120)
answers = st.builds(Answer, text=texts, kind=st.sampled_from([None, *AnswerKind]), condition=texts)


@settings(max_examples=12)
@given(st.builds(SheetContent, question=texts, answers=st.lists(answers, max_size=12).map(tuple)))
def test_whatever_is_typed_prints_and_the_gauge_tells_the_truth(content: SheetContent) -> None:
    rendered = sheet_pdf(collective_copy(content))
    room = sheet_room(collective_copy(content))
    assert (rendered.pages == 1) == (room.lines_left >= 0) == (room.pages == 1)


@pytest.mark.parametrize("answers", range(1, 13))
@pytest.mark.parametrize("shift", [0, 23, 61])
def test_no_length_loses_a_line_at_the_bottom_of_the_page(answers: int, shift: int) -> None:
    sentence = "Dire à voix haute ses hésitations pendant que l’on fait classe, deux ou trois fois, puis écouter. "
    content = SheetContent(
        (sentence * 3)[: 90 + shift],
        tuple(
            Answer(
                f"{(sentence * 5)[: 60 + (number * 37 + shift) % 300]} fin{number}fin", AnswerKind.TRIED, "x" * number
            )
            for number in range(answers)
        ),
    )
    said = text_of(sheet_pdf(collective_copy(content)).pdf)
    assert [number for number in range(answers) if f"fin{number}fin" not in said] == []


def test_what_is_typed_never_acts(tmp_path: Path) -> None:
    typed = "</title><script>alert(1)</script><img src='http://127.0.0.1:9/x.png'>{{ 7 * 7 }}&nbsp;\x00\x07"
    content = SheetContent(typed, (Answer(typed, AnswerKind.TRIED, typed),))
    rendered = sheet_pdf(replace(collective_copy(content), collective_label=typed, readers=typed))
    said = text_of(rendered.pdf)
    assert words("<script>alert(1)</script>") in said
    assert words("{{ 7 * 7 }}&nbsp;") in said
    assert b"/URI" not in rendered.pdf
    check(rendered.pdf, tmp_path)


def test_a_sign_that_no_typeface_has_becomes_a_box_and_spoils_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content = SheetContent("Faire 漢 ou \ue000 → 😀 ?", (Answer("e\u0301cole 👩🏽‍🏫", AnswerKind.CONSIDERED),))
    rendered = sheet_pdf(collective_copy(content))
    said = text_of(rendered.pdf)
    assert words("Faire □ ou □ →") in said
    assert "école" in said
    assert caplog.text == ""
    check(rendered.pdf, tmp_path)


def test_the_same_sheet_gives_the_same_file() -> None:
    assert sheet_pdf(collective_copy(SHORT)) == printed(collective_copy(SHORT))


def test_a_sheet_is_laid_out_once_or_once_more() -> None:
    made = [printed_once(collective_copy(each)) for each in (*demo_sheets(), SHORT, FILED)]
    times = [each for _, each in made]
    assert {paper.pages for paper, _ in made} == {1}
    assert max(times) <= 2
    assert times.count(1) > len(times) / 2


def test_the_white_that_is_left_is_shared_and_a_link_is_where_its_address_is_read() -> None:
    paper = collective_copy(FILED)
    rendered = printed(paper)
    with pikepdf.open(io.BytesIO(rendered.pdf)) as pdf:
        places = [tuple(map(float, each.Rect)) for each in pdf.pages[0].Annots]
    with closing(pypdfium2.PdfDocument(rendered.pdf)) as document:
        read = [document[0].get_textpage().get_text_bounded(*place) for place in places]
    assert words("".join(read)) == words("".join(link.written for link in paper.links))
    close = lay_out(printing._html(paper), AIRY.css())
    assert max(close.bottoms("links")) * 0.75 < 842 - 16 * 72 / 25.4 - min(place[1] for place in places) - 20


@pytest.mark.parametrize("number", [2, 5])
def test_moving_its_parts_gives_the_page_that_wider_gaps_would(number: int) -> None:
    paper = collective_copy(replace(demo_sheets()[number], answers=demo_sheets()[number].answers[:3]))
    moved, more = lay_out(printing._html(paper), DENSE.css()), 4.0
    shares = printing._shares(paper)
    moved.lower({name: [share * more * MM for share in each] for name, each in shares.items()})
    wider = replace(DENSE, gap=DENSE.gap + more, turn=DENSE.turn + more, top=DENSE.top + more)
    pages = [seen(each) for each in (moved, lay_out(printing._html(paper), wider.css()))]
    difference = ImageChops.difference(*pages).point(lambda value: 255 if value > 128 else 0)
    assert difference.getbbox() is None
    assert ImageChops.difference(pages[0], seen(lay_out(printing._html(paper), DENSE.css()))).getbbox()


def seen(laid_out: LaidOut) -> Image.Image:
    """The first page as a picture in grey."""
    return Image.open(io.BytesIO(page_png(write_pdf(laid_out).pdf, 500))).convert("L")
