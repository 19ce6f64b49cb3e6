"""The press: the words of a paper, and what prints them (`typesetter.py`), which is loaded when it is used.

Where papers are printed in a process apart (`printing.py`), only that one ever loads it.
"""

import importlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from collectifs.kernel.documents.printing import printed
from collectifs.kernel.text.typed import one_line
from collectifs.kernel.text.typography import french

if TYPE_CHECKING:
    from collectifs.kernel.documents.bindery import Part
    from collectifs.kernel.documents.typesetter import LaidOut, Written

PACKAGE = Path(__file__).resolve().parent.parent.parent
MM = 96 / 25.4  # CSS pixels

# Signs that the typeface or its neighbour DejaVu Sans surely have (Atkinson has no thin no-break space).
USUAL = frozenset(map(chr, range(0x20, 0x180))) | frozenset("\u202f–—‘’“”…•€→")
BOX = "□"
LEAF = "leaf:"  # how the address of a link to another part of a long paper begins (`bindery.py`)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A paper: its PDF, how many pages, the setting of type that was kept."""

    pdf: bytes
    pages: int
    fit: str


@cache
def _typesetter() -> Any:
    return importlib.import_module("collectifs.kernel.documents.typesetter")


def lay_out(html: str, settings: str = "") -> "LaidOut":
    """Lay a page out with our style sheet, and `settings` (CSS of ours) on top."""
    laid_out: LaidOut = _typesetter().lay_out(html, settings)
    return laid_out


def write_pdf(laid_out: "LaidOut") -> "Written":
    """Write a laid-out document as PDF/A-2a and PDF/UA-1; the same document gives the same bytes."""
    written: Written = _typesetter().write_pdf(laid_out)
    return written


def write_part(html: str, settings: str, *, goes_on: bool) -> "Part":
    """A part of a long paper, laid out and written; `goes_on`: its bookmarks stand under the last one before it."""
    part: Part = _typesetter().write_part(html, settings, goes_on=goes_on)
    return part


def bind(parts: "Sequence[Part]") -> "Written":
    """The parts of a long paper as one file; the same parts give the same bytes."""
    written: Written = _typesetter().bind(parts)
    return written


def on_one_page(html: str, settings: Iterable[str], css: str = "") -> Rendered:
    """The first of these settings (of `:root`, the largest first) in which it holds on one page; else the last."""
    for setting in settings:
        written = write_pdf(lay_out(html, f":root {{ {setting} }} {css}"))
        if written.pages == 1:
            break
    return Rendered(written.pdf, written.pages, "")


def template(name: str, **values: object) -> str:
    """The HTML of a paper; every value is escaped, every text set by `fr`."""
    return _templates().get_template(f"documents/{name}").render(**values)


def set_text(text: object) -> str:
    """A text for paper: on one line, nothing in it that acts, French spaces, only signs that print."""
    return _printable(french(one_line(str(text))))


def missing_signs(text: str) -> list[str]:
    """The signs of a text that no typeface here has, each once, in their order."""
    return [sign for sign in dict.fromkeys(french(one_line(text))) if sign not in USUAL and not _prints(sign)]


def _printable(text: str) -> str:
    """A sign that no typeface here has is shown as a box: a missing glyph would spoil the file for screen readers."""
    missing = {ord(sign): BOX for sign in set(text) - USUAL if not _prints(sign)}
    return text.translate(missing) if missing else text


@lru_cache(maxsize=4096)
def _prints(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Co", "Cn", "Cs") and has_glyph(sign)


@printed
def has_glyph(sign: str) -> bool:
    """Ask the typesetter itself."""
    return bool(_typesetter().prints_sign(sign))


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(PACKAGE / "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["fr"] = set_text
    return environment
