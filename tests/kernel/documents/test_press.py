"""The press fetches nothing, works for several at once, and shows its pages."""

import io
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pytest
from PIL import Image

from collectifs.kernel.documents.pictures import page_png
from collectifs.kernel.documents.press import _prints, lay_out, write_pdf
from collectifs.kernel.documents.typesetter import (
    CUT_SHORT,
    FACES,
    FONTS,
    PackagedFonts,
    _saved,
    _saved_bound,
    _type_case,
    _with_colours,
)
from collectifs.meetings.documents.step_sheet import step_sheet_pdf
from collectifs.sheets.documents.sheet import sheet_pdf
from tests.papers import SHORT, collective_copy, demo_sheets, step_sheet


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/x", "https://example.org/", "file:///etc/hostname", f"{FONTS}../LICENSE", "data:,x", ""],
)
def test_every_address_but_the_typeface_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="typeface"):
        PackagedFonts()(address)


def test_the_four_faces_of_the_typeface_are_served() -> None:
    for face in FACES:
        assert PackagedFonts()(f"{FONTS}{face}").read()[:4] == b"\x00\x01\x00\x00"


def test_a_page_that_asks_for_more_is_printed_without_it() -> None:
    html = "<title>t</title><link rel=stylesheet href='file:///etc/hostname'><img src='http://127.0.0.1:9/'><p>a"
    assert write_pdf(lay_out(html)).pages == 1


def test_our_style_sheet_is_understood_to_the_last_line(caplog: pytest.LogCaptureFixture) -> None:
    _type_case.cache_clear()
    with caplog.at_level("WARNING", logger="weasyprint"):
        sheet_pdf(collective_copy(SHORT))
        step_sheet_pdf(step_sheet())
    assert caplog.text == ""


def test_a_colour_stands_where_it_is_asked_for_and_what_a_setting_may_change_is_looked_up() -> None:
    root = ":root {\n  --ink: #12ab56;\n  --line: 3mm;\n}\n"
    said = _with_colours(f"{root}p {{ border: var(--line) solid var(--ink); }}")
    assert said == f"{root}p {{ border: var(--line) solid #12ab56; }}"


def test_several_threads_print_the_same_as_one() -> None:
    papers = [collective_copy(content) for content in demo_sheets()[:2] * 2]
    alone = [sheet_pdf(paper) for paper in papers[:2]] * 2
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(sheet_pdf, papers)) == alone
        pictures = set(pool.map(lambda _: page_png(alone[0].pdf, 300), range(8)))
    assert len(pictures) == 1


def test_the_picture_of_a_page_has_the_width_asked_for_and_white_paper() -> None:
    picture = Image.open(io.BytesIO(page_png(sheet_pdf(collective_copy(SHORT)).pdf, 640))).convert("RGB")
    assert picture.width == 640
    assert abs(picture.height - 640 * 297 / 210) < 2
    assert picture.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(("sign", "prints"), [("é", True), ("☐", True), ("漢", False), ("\ue000", False)])
def test_the_press_knows_which_signs_it_has(sign: str, prints: bool) -> None:
    assert _prints(sign) is prints


@pytest.mark.parametrize("is_typeface", [False, True])
def test_no_stream_ends_with_a_carriage_return_which_a_strict_reader_takes_for_the_end_of_its_line(is_typeface: bool):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream = pdf.make_stream(b"\x0c")  # compressed, its last byte is 13
    if is_typeface:
        stream["/Length1"] = 1
    pdf.Root.Kept = stream
    plain = io.BytesIO()
    pdf.save(plain)
    assert CUT_SHORT in plain.getvalue()
    saved = _saved(pdf)
    assert CUT_SHORT not in saved
    with pikepdf.open(io.BytesIO(saved)) as again:
        kept = again.Root.Kept.read_bytes()
        assert kept == b"\x0c\n"
        assert not is_typeface or again.Root.Kept.Length1 == 2


def test_a_list_of_objects_that_would_end_so_is_made_to_say_more_and_stays_a_list() -> None:
    def listed(more: int) -> tuple[pikepdf.Pdf, bytes]:
        pdf = pikepdf.new()
        pdf.add_blank_page()
        pdf.Root.Tag = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, Given="a" * more))
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return pdf, out.getvalue()

    pdf = next(pdf for pdf, content in map(listed, range(300)) if CUT_SHORT in content)
    saved = _saved_bound(pdf)
    assert CUT_SHORT not in saved
    assert b"/ObjStm" in saved
    with pikepdf.open(io.BytesIO(saved)) as again:
        assert again.Root.Tag.R == 0
