"""The book as an EPUB 3.3, made by hand: a file a page, contents, landmarks, what it is to those who do not see it.

Nothing in it says when, by whom or with what it was made: dates are those of the edition. The thin no-break space,
which many reading machines show as a box, is a plain no-break space here.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from collectifs.book.documents import wording
from collectifs.book.documents.text import plain
from collectifs.book.domain.edition import Edition, Entry, Theme, WorkshopChapter
from collectifs.kernel.documents.press import PACKAGE

STYLE = Path(__file__).resolve().parent / "epub.css"
MEDIA_TYPE = "application/epub+zip"
NO_DATE = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the book. `pages`: those that stand under it in the contents."""

    kind: str
    name: str
    title: str
    page: Entry | WorkshopChapter | None = None
    theme: Theme | None = None
    place: int = 0
    pages: tuple[Entry | WorkshopChapter, ...] = ()


def book_epub(edition: Edition) -> bytes:
    """The whole book; the same edition gives the same bytes."""
    files = list(_chapters(edition))
    index = wording.index_terms(edition)
    shared = {
        "book": edition,
        "say": wording,
        "to": {page.id: f"p{place}.xhtml" for place, page in enumerate(edition.pages(), 1)}.__getitem__,
        "leaf": lambda _id: "",
        "index": index,
        "chapters": [each for each in files if each.kind not in ("nav", "entry", "workshop")],
        "begins": next((each.name for each in files if each.kind in ("theme", "workshops")), ""),
    }
    package = _template("book_package.html").render(shared, files=files, identifier=_identifier(edition))
    chapter = _template("book_chapter.html")
    written = {"META-INF/container.xml": CONTAINER, "EPUB/package.opf": package}
    written["EPUB/style.css"] = STYLE.read_text(encoding="utf-8")
    for each in files:
        written[f"EPUB/{each.name}"] = chapter.render(
            shared, kind=each.kind, title=each.title, page=each.page, theme=each.theme, place=each.place
        )
    return _zipped(written)


def _chapters(edition: Edition) -> Iterator[Chapter]:
    names = {page.id: f"p{place}.xhtml" for place, page in enumerate(edition.pages(), 1)}
    yield Chapter("cover", "cover.xhtml", edition.title)
    yield Chapter("about", "about.xhtml", "Ce livre")
    yield Chapter("nav", "nav.xhtml", wording.CONTENTS)
    if edition.foreword:
        yield Chapter("foreword", "foreword.xhtml", wording.FOREWORD)
    if edition.changes:
        yield Chapter("changes", "changes.xhtml", wording.change_title(edition.changes))
    for place, theme in enumerate(wording.themes(edition), 1):
        yield Chapter("theme", f"t{place}.xhtml", theme.title, theme=theme, place=place, pages=theme.entries)
        for entry in theme.entries:
            yield Chapter("entry", names[entry.id], wording.page_heading(entry), entry)
    if edition.workshops:
        yield Chapter("workshops", "workshops.xhtml", wording.WORKSHOPS, pages=edition.workshops)
        for workshop in edition.workshops:
            yield Chapter("workshop", names[workshop.id], workshop.title, workshop)
    if wording.index_terms(edition):
        yield Chapter("index", "index.xhtml", wording.INDEX)


def _identifier(edition: Edition) -> str:
    """The name of this very edition, made from what it says."""
    return UUID(edition.digest()[:32], version=5).urn


def _zipped(files: dict[str, str]) -> bytes:
    """The files in their order; the type of the book first, stored as it stands."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr(_entry("mimetype", zipfile.ZIP_STORED), MEDIA_TYPE)
        for name, text in files.items():
            book.writestr(_entry(name, zipfile.ZIP_DEFLATED), text.strip() + "\n", compresslevel=9)
    return out.getvalue()


def _entry(name: str, method: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, NO_DATE)
    entry.compress_type, entry.external_attr, entry.create_system = method, READABLE, 3
    return entry


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(PACKAGE / "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["fr"] = lambda text: plain(str(text))
    return environment


def _template(name: str) -> Template:
    return _templates().get_template(f"documents/{name}")
