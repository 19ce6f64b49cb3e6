"""The typesetter: HTML in, tagged PDF out. It knows our typeface and style sheet, and fetches nothing else.

With `bindery.py`, the one module that loads WeasyPrint and pikepdf: `press.py` loads it when something is printed.
"""

import atexit
import gc
import io
import logging
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from threading import RLock
from typing import Any

import pikepdf
from markupsafe import escape
from weasyprint import CSS, HTML
from weasyprint.css import ColorProfile
from weasyprint.document import Page
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcherResponse

from collectifs.kernel.documents.bindery import Part, bound
from collectifs.kernel.documents.press import PACKAGE

# One file for both: kept for years (PDF/A-2a), read aloud (PDF/UA-1). `_declare_ua` adds the other.
VARIANT = "pdf/a-2a"
CUT_SHORT, CARRIAGE_RETURN = b"\r\nendstream", ord("\r")
MOST_TRIES = 4
# By a name of ours: under its own, WeasyPrint opens the profile's file at each writing and leaves it open.
COLOURS = "srgb-at-hand"
AS_UA = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
PRODUCER = re.compile(r"""<(\w+):Producer>[^<]*</\1:Producer>|\s\w+:Producer="[^"]*\"""")
STYLE = PACKAGE / "kernel" / "documents" / "assets" / "document.css"
FONTS = "papers:/"
FACES = {
    "Regular": ("400", "normal"),
    "Italic": ("400", "italic"),
    "Bold": ("700", "normal"),
    "BoldItalic": ("700", "italic"),
}
PRINT_FLAG = 4

_LOG = logging.getLogger("weasyprint")
_LOG.setLevel(logging.ERROR)  # its warnings quote addresses and signs of the text
# Pango's font maps belong to one thread at a time, and the GIL leaves nothing to win by sharing them out.
_one_at_a_time = RLock()


class PackagedFonts:
    """A fetcher for the four faces of the packaged typeface; any other address is refused."""

    _fail_on_errors = False

    def __call__(self, url: str) -> Any:
        """The bytes of a face, by the name we gave it in the style sheet."""
        face = url.removeprefix(FONTS)
        if not url.startswith(FONTS) or face not in FACES:
            raise ValueError("A paper fetches nothing but its typeface.")
        files = resources.files("fontpkg_atkinson_hyperlegible") / "files"
        return URLFetcherResponse(url, (files / f"AtkinsonHyperlegible-{face}.ttf").read_bytes())


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A document as WeasyPrint laid it out, before it is written."""

    document: Any

    @property
    def pages(self) -> int:
        """How many sheets of paper."""
        return len(self.document.pages)

    def measure(self, name: str) -> "Measure":
        """How much of the first page the element of this class takes, from the top of the text."""
        page = self.document.pages[0]._page_box
        return Measure(max(self.bottoms(name), default=0), page.height)

    def bottoms(self, name: str) -> list[float]:
        """Where each element of this class ends on the first page, from the top of the text, in their order."""
        page = self.document.pages[0]._page_box
        top = page.content_box_y()
        return [box.position_y + box.margin_top + box.border_height() - top for box in _boxes(page, name)]

    def leaves(self) -> dict[str, int]:
        """On which sheet of paper each element that has an id begins, counted from one."""
        found: dict[str, int] = {}
        for leaf, page in enumerate(self.document.pages, 1):
            for name in page.anchors:
                found.setdefault(name, leaf)
        return found

    def lower(self, moves: Mapping[str, Sequence[float]]) -> None:
        """Move elements of the first page down, with all they hold: those of each class, in their order."""
        page = self.document.pages[0]._page_box
        for name, by in moves.items():
            for box, more in zip(_boxes(page, name), by, strict=False):
                box.translate(0, more)
                layout_box_backgrounds(page, box, None)  # where what is behind it goes was noted before
        self.document.pages[0] = Page(page)  # and so was where links and headings are


@dataclass(frozen=True, slots=True)
class Measure:
    """Heights in CSS pixels: what is taken, and what the page offers."""

    taken: float
    offered: float


@dataclass(frozen=True, slots=True)
class Written:
    """A PDF file, and its pages counted in the file itself."""

    pdf: bytes
    pages: int


def lay_out(html: str, settings: str = "") -> LaidOut:
    """Lay a page out with our style sheet, and `settings` (CSS of ours) on top."""
    with _one_at_a_time, _unswept():
        fonts, style = _type_case_at_hand()
        sheets = [style, CSS(string=settings, font_config=fonts, url_fetcher=PackagedFonts())]
        page = HTML(string=html, url_fetcher=PackagedFonts())
        colours: dict[str, Any] = {"color_profiles": {COLOURS: _colours()}, "output_intent": COLOURS}
        return LaidOut(page.render(stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT, **colours))


def write_pdf(laid_out: LaidOut) -> Written:
    """Write a laid-out document as PDF/A-2a and PDF/UA-1; the same document gives the same bytes."""
    with pikepdf.open(io.BytesIO(_raw(laid_out))) as pdf:
        _finish(pdf)
        return Written(_saved(pdf), len(pdf.pages))


def write_part(html: str, settings: str, *, goes_on: bool) -> Part:
    """Lay a part of a long paper out and write it, without what a file says of itself: `bind` does."""
    with _one_at_a_time, _swept_after():
        laid_out = lay_out(html, settings)
        return Part(_raw(laid_out, uncompressed_pdf=True), laid_out.pages, laid_out.leaves(), goes_on)


def bind(parts: Sequence[Part]) -> Written:
    """The parts of a long paper as one file, in the words of the first about itself."""
    with bound(parts) as pdf:
        _finish(pdf)
        return Written(_saved_bound(pdf), len(pdf.pages))


@contextmanager
def _unswept() -> Iterator[None]:
    """What is laid out stays until it is written: to look meanwhile for what does not takes a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def _swept_after() -> Iterator[None]:
    """Of a long paper it takes a third of the time, and much is left behind: swept at the end of each part."""
    try:
        with _unswept():
            yield
    finally:
        gc.collect()


def _raw(laid_out: LaidOut, **how: bool) -> bytes:
    with _one_at_a_time:
        written: bytes = laid_out.document.write_pdf(pdf_variant=VARIANT, output_intent=COLOURS, **how)
    return written


def _finish(pdf: pikepdf.Pdf) -> None:
    """What WeasyPrint leaves to be said, and what it should not say."""
    _add_table_scopes(pdf.Root.StructTreeRoot)
    _print_links(pdf)
    _declare_ua(pdf)
    del pdf.docinfo["/Producer"]  # a paper says what it is, not what made it


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """The file. PDF/A wants every stream to end where it says: one that ends with a carriage return seems shorter.

    Where the file's own lists of objects do, none is made.
    """
    _end_all_clearly(pdf)
    kept = _bytes_of(pdf, pikepdf.ObjectStreamMode.preserve)
    return kept if CUT_SHORT not in kept else _bytes_of(pdf, pikepdf.ObjectStreamMode.disable)


def _saved_bound(pdf: pikepdf.Pdf) -> bytes:
    """The same of a file of many lists, which takes a third of the room: those that end so are made to say more."""
    _end_all_clearly(pdf)
    kept = _bytes_of(pdf, pikepdf.ObjectStreamMode.generate)
    for _ in range(MOST_TRIES):
        if CUT_SHORT not in kept:
            return kept
        with pikepdf.open(io.BytesIO(kept)) as again:
            lists = [each for each in again.objects if _is_list(each)]
            for each in [each for each in lists if _is_cut(each.read_bytes())] or lists[:1]:
                _say_more(again, each)
            kept = _bytes_of(again, pikepdf.ObjectStreamMode.preserve)
    return _saved(pdf)


def _bytes_of(pdf: pikepdf.Pdf, lists: pikepdf.ObjectStreamMode) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=lists)
    return out.getvalue()


def _is_list(each: Any) -> bool:
    return isinstance(each, pikepdf.Stream) and each.get("/Type") == "/ObjStm"


def _say_more(pdf: pikepdf.Pdf, listed: pikepdf.Object) -> None:
    """Among the objects of a list, a tag says that it was never revised, which goes without saying."""
    for number in listed.read_bytes()[: int(listed.First)].split()[::2]:
        each = pdf.get_object(int(number), 0)
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem":
            each.R = 0
            return


def _end_all_clearly(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and each.get("/Type") != "/Metadata":
            _end_clearly(each)


def _end_clearly(stream: pikepdf.Stream) -> None:
    """A line's end more, when it would be compressed into bytes that end with a carriage return.

    What is compressed ends with the sum of its bytes, which a line's end changes (a nought would not). Pages, tables of
    signs and typefaces are read over it; of a typeface the length is told.
    """
    data = stream.read_bytes()
    if _is_cut(data):
        data += b"\n"
        stream.write(data)
        if "/Length1" in stream:
            stream["/Length1"] = len(data)


def _is_cut(data: bytes) -> bool:
    """Whether, compressed, it ends with a carriage return: the last byte is that of its sum."""
    return zlib.adler32(data) % 256 == CARRIAGE_RETURN


def prints_sign(sign: str) -> bool:
    """Whether a sign has a glyph: a warning is given of each that has none."""
    heard = _Heard()
    with _one_at_a_time:
        _LOG.addHandler(heard)
        _LOG.propagate = False
        _LOG.setLevel(logging.WARNING)
        try:
            lay_out(f"<p>a{escape(sign)}").document.write_pdf()
        finally:
            _LOG.removeHandler(heard)
            _LOG.propagate = True
            _LOG.setLevel(logging.ERROR)
    return not heard.warned


class _Heard(logging.Handler):
    """Whether a warning went by; its words are kept nowhere."""

    warned = False

    def emit(self, record: logging.LogRecord) -> None:
        self.warned = True


@cache
def _type_case() -> tuple[Any, Any]:
    fonts = FontConfiguration()
    rules = [
        f"@font-face {{ font-family: 'Atkinson Hyperlegible'; font-weight: {weight}; font-style: {style};"
        f" src: url('{FONTS}{face}') }}"
        for face, (weight, style) in FACES.items()
    ]
    text = "\n".join([*rules, _with_colours(STYLE.read_text(encoding="utf-8"))])
    return fonts, CSS(string=text, font_config=fonts, url_fetcher=PackagedFonts())


def _with_colours(style: str) -> str:
    """Colours, which no setting changes, where they are asked for: each box looked up those of its borders again."""
    colours = dict(re.findall(r"^  (--[a-z]+): (#[0-9a-f]+);$", style, re.MULTILINE))
    return re.sub(r"var\((--[a-z]+)\)", lambda asked: colours.get(asked[1], asked[0]), style)


@cache
def _colours() -> ColorProfile:
    """What red, green and blue are on paper: the profile that comes with WeasyPrint."""
    profile = (resources.files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
    return _Colours(io.BytesIO(profile), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


class _Colours(ColorProfile):  # type: ignore[misc]
    """A profile that is written as its file has it: asked twice, the library that reads it writes other bytes."""

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return (resources.files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def _type_case_at_hand() -> tuple[Any, Any]:
    """The same case as long as its files are there: whatever tidies temporary folders may take them away."""
    fonts, style = _type_case()
    if fonts._folder is None or len(list(fonts._folder.glob("*"))) < len(FACES):
        _type_case.cache_clear()
        fonts, style = _type_case()
    return fonts, style


atexit.register(_type_case.cache_clear)


def _boxes(box: Any, name: str) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if child.element is not None and name in child.element.get("class", "").split():
            yield child
        else:
            yield from _boxes(child, name)


def _add_table_scopes(element: Any, in_head: bool = False) -> None:
    """WeasyPrint tags header cells without saying what they head: give each its scope."""
    row = _children(element)
    for child in row:
        if str(child.S) == "/TH" and "/Scope" not in child.get("/A", {}):
            is_column = in_head or all(str(cell.S) == "/TH" for cell in row)
            scope = pikepdf.Name.Column if is_column else pikepdf.Name.Row
            child.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=scope)
        _add_table_scopes(child, in_head or str(child.S) == "/THead")


def _children(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and kid.get("/S")]


def _print_links(pdf: pikepdf.Pdf) -> None:
    """The same page on paper and on screen: link annotations carry the Print flag."""
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            annotation.F = PRINT_FLAG


def _declare_ua(pdf: pikepdf.Pdf) -> None:
    """Say in the metadata that the file is PDF/UA too, with the schema that PDF/A wants for it; left uncompressed."""
    metadata = PRODUCER.sub("", pdf.Root.Metadata.read_bytes().decode())
    closing = re.search(r"</(\w+):RDF>", metadata)
    if closing is None:
        raise ValueError("The press wrote no metadata.")
    said = AS_UA.replace("rdf:", f"{closing[1]}:")
    stream = pikepdf.Stream(pdf, (metadata[: closing.start()] + said + metadata[closing.start() :]).encode())
    stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root.Metadata = pdf.make_indirect(stream)
