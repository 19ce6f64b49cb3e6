"""What everybody reads of a book, without account or cookie: the same page for all, asked for again by its digest."""

import hashlib
from collections.abc import Callable
from functools import lru_cache

from flask import Response, abort, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.book.area import bp
from collectifs.book.documents import wording
from collectifs.book.documents.paper import workshop_pdf
from collectifs.book.domain.edition import BookFormat, Edition, Reworded
from collectifs.book.queries.editions import Published, published_at, published_books, was_published_at
from collectifs.book.queries.reading import (
    ReadEntry,
    ReadFile,
    ReadTheme,
    ReadWorkshop,
    Regrouped,
    Unpublished,
    files_of,
    published_slugs,
    read_file,
    read_or_unpublished,
    read_others,
    read_theme,
    read_workshop,
    regrouped_in,
)
from collectifs.meetings.domain.canvas import canvas_file, library
from collectifs.sheets.domain.sheet import Answer, SheetContent
from collectifs.web.access import access, anyone
from collectifs.web.gone import gone
from collectifs.web.headers import ASKED_AGAIN, BY_ITS_READER, let_be_kept

ORDER = (BookFormat.A5, BookFormat.A4, BookFormat.EPUB, BookFormat.TEXT)


def _book_at(slug: str) -> Published:
    """The published book of an address, or the page of what is no longer published, or does not exist."""
    return published_at(slug) or abort(gone("book") if was_published_at(slug) else 404)


@bp.get("/recueils")
@access(anyone)
def shelf() -> ResponseReturnValue:
    """Every book that was published."""
    books = published_slugs([each.book.slug for each in published_books()])
    said = "".join(each.edition.digest() for each in books)
    return _page(said, lambda: render_template("book/public_shelf.html", is_shell=True, books=books, say=wording))


@bp.get("/recueils/<book_slug>")
@access(anyone)
def read(book_slug: str) -> ResponseReturnValue:
    """The contents of a book, its files, what changed."""
    found = _book_at(book_slug)
    files = files_of(found)
    made = "".join(str(row.id) for row in files.values())
    return _read("book/public_book.html", found, made, files=[(form, files[form]) for form in ORDER if form in files])


@bp.get("/recueils/<book_slug>/mots")
@access(anyone)
def read_index(book_slug: str) -> ResponseReturnValue:
    """The index of a book."""
    found = _book_at(book_slug)
    return _read("book/public_index.html", found, terms=wording.index_terms(found.edition))


@bp.get("/recueils/<book_slug>/changements")
@access(anyone)
def changes(book_slug: str) -> ResponseReturnValue:
    """What changed since the book of last year."""
    found = _book_at(book_slug)
    return _read("book/public_changes.html", found, lines=wording.change_lines(found.edition))


@bp.get("/recueils/<book_slug>/changements/donnees")
@access(anyone)
def changes_data(book_slug: str) -> ResponseReturnValue:
    """The same as data: addresses of pages, by what became of them."""
    edition = _book_at(book_slug).edition
    said = edition.changes
    data: dict[str, object] = {"season": edition.season, "edition": edition.number}
    data |= {"since": said.since, "new": said.new, "gone": said.gone} if said else {"since": None}
    data["reworded"] = [{"id": each.id, "what": each.what} for each in said.reworded] if said else []
    return _page(edition.digest(), lambda: current_app.json.dumps(data), "application/json; charset=utf-8")


@bp.get("/recueils/<book_slug>/autres")
@access(anyone)
def others(book_slug: str) -> ResponseReturnValue:
    """The entries that stand under no theme of the editor's."""
    found = _book_at(book_slug)
    return _theme(read_others(found) or regrouped_in(found) or abort(404))


@bp.get("/recueils/theme/<uuid:theme_id>")
@access(anyone, theme=read_theme)
def public_theme(theme: ReadTheme | Regrouped | Unpublished) -> ResponseReturnValue:
    """One theme, or that its pages are elsewhere in the book, or its whole book withdrawn."""
    return _theme(theme)


def _theme(found: ReadTheme | Regrouped | Unpublished) -> ResponseReturnValue:
    if isinstance(found, Unpublished):
        return gone("book")
    if isinstance(found, Regrouped):
        return gone("theme", url=url_for(".read", book_slug=found.slug))
    place = 1 + wording.themes(found.published.edition).index(found.theme)
    return _read("book/public_theme.html", found.published, theme=found.theme, place=place)


@bp.get("/recueils/fiche/<uuid:printed_id>")
@access(anyone, printed=read_or_unpublished)
def entry(printed: ReadEntry | Unpublished) -> ResponseReturnValue:
    """One entry, or that it was withdrawn, or its whole book."""
    if isinstance(printed, Unpublished):
        return gone("book")
    edition = printed.published.edition
    pages = list(edition.pages())
    place = pages.index(printed.entry)
    return _read(
        "book/public_entry.html",
        printed.published,
        entry=printed.entry,
        theme=printed.theme,
        content=_as_sheet(printed),
        before=pages[place - 1] if place else None,
        after=pages[place + 1] if place + 1 < len(pages) else None,
        change=next((each for each in _reworded(edition) if each.id == printed.entry.id), None),
    )


def _reworded(edition: Edition) -> tuple[Reworded, ...]:
    return edition.changes.reworded if edition.changes else ()


def _as_sheet(printed: ReadEntry) -> SheetContent:
    answers = tuple(Answer(each.text, each.kind, each.condition) for each in printed.entry.answers)
    return SheetContent(printed.entry.question, answers)


@bp.get("/recueils/atelier/<uuid:chapter_id>")
@access(anyone, chapter=read_workshop)
def workshop(chapter: ReadWorkshop) -> ResponseReturnValue:
    """One key-in-hand workshop; its canvas is in the library of the application."""
    canvas = library().get(chapter.workshop.canvas)
    return _read("book/public_workshop.html", chapter.published, workshop=chapter.workshop, canvas=canvas)


@bp.get("/recueils/atelier/<uuid:chapter_id>/atelier.pdf")
@access(anyone, chapter=read_workshop)
def workshop_alone(chapter: ReadWorkshop) -> ResponseReturnValue:
    """One workshop on paper."""
    edition = chapter.published.edition
    answer = _page(edition.digest(), lambda: _alone(edition, chapter.workshop.id), "application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="atelier.pdf"'
    return answer


@bp.get("/recueils/atelier/<uuid:chapter_id>/canevas")
@access(anyone, chapter=read_workshop)
def workshop_canvas(chapter: ReadWorkshop) -> ResponseReturnValue:
    """The canvas of one workshop, in the format of the library: whoever has no account takes it along."""
    canvas = library().get(chapter.workshop.canvas) or abort(404)
    said = canvas_file(canvas)
    answer = _page(said, lambda: said, "application/toml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="canevas-{canvas.id}.toml"'
    return answer


@lru_cache(maxsize=32)
def _alone(edition: Edition, workshop_id: str) -> bytes:
    """What anybody may ask for as often as they like is made once."""
    return workshop_pdf(edition, workshop_id).pdf


@bp.get("/recueils/fichier/<uuid:rendering_id>")
@access(anyone, rendering=read_file)
def file(rendering: ReadFile) -> ResponseReturnValue:
    """A file of the edition. Its address is that of this edition alone: it never changes, and ends with it."""
    let_be_kept(BY_ITS_READER)
    season, form = rendering.published.edition.season, rendering.form
    answer = Response(rendering.content, content_type=form.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="recueil-{season}.{form.ending}"'
    return answer


def _read(page: str, found: Published, more: str = "", **values: object) -> Response:
    """A page about one book."""
    shown = {"book": found.edition, "slug": found.access.book.slug, "say": wording, "is_shell": True}
    return _page(found.edition.digest() + more, lambda: render_template(page, **shown, **values))


def _page(said: str, body: Callable[[], str | bytes], kind: str = "text/html; charset=utf-8") -> Response:
    """An answer known by what it says and by the build of the application; nothing is made for whoever has it."""
    let_be_kept(ASKED_AGAIN)
    known = f"{request.path}\n{current_app.extensions['build']}\n{said}"
    tag = hashlib.sha256(known.encode()).hexdigest()[:32]
    has_it = request.if_none_match.contains_weak(tag)
    answer = make_response("" if has_it else body(), 304 if has_it else 200)
    answer.content_type = kind
    answer.set_etag(tag, weak=True)
    return answer
