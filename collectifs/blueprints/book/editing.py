"""The book in the hands of its territory: opening it, its words, its themes, its workshops, the sheets it takes."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.book.area import bp
from collectifs.blueprints.book.forms import ThemeForm, book_form, chapter_form, new_book_form, take_form
from collectifs.blueprints.book.reading import shown_pages
from collectifs.book.permissions import can_edit_book, can_open_book, can_run_book, can_see_books
from collectifs.book.queries.books import (
    BookAccess,
    ChapterAccess,
    ThemeAccess,
    books_on,
    chapters_of,
    get_book,
    get_chapter,
    get_theme,
    themes_of,
)
from collectifs.book.queries.editions import is_unpublished, latest_edition
from collectifs.book.queries.pages import pages_of
from collectifs.book.queries.sources import candidates_for, workshop_candidates_for
from collectifs.book.services.books import (
    add_theme,
    change_book,
    drop_chapter,
    drop_theme,
    open_book,
    raise_theme,
    rename_theme,
    save_chapter,
)
from collectifs.book.services.pages import take_sources
from collectifs.kernel import clock
from collectifs.kernel.seasons import PARIS, season_of
from collectifs.kernel.text.typography import month_year
from collectifs.people.domain.person import Role
from collectifs.people.models import Territory
from collectifs.people.queries.contacts import contacts_on
from collectifs.people.queries.people import get_territory
from collectifs.web.access import access, me
from collectifs.web.perform import perform

WITH_FORM = ["GET", "POST"]


@bp.get("/recueil")
@access(can_see_books)
def index() -> ResponseReturnValue:
    """The books of one's territories, and opening another."""
    ids = me().territories(Role.MANAGER) | me().territories(Role.INSPECTOR)
    return render_template("book/index.html", books=books_on(ids), places=contacts_on(ids))


@bp.route("/territoires/<uuid:territory_id>/recueil", methods=WITH_FORM)
@access(can_open_book, territory=get_territory)
def new(territory: Territory) -> ResponseReturnValue:
    """Open the book of a season."""
    now = clock.now()
    form = new_book_form(season_of(now.astimezone(PARIS).date()))
    return perform(
        form,
        lambda: open_book(territory, int(form.season.data), form.words(), now=now, by=me()),
        then=lambda row: url_for(".manage", book_id=row.id),
        page="book/edit.html",
        territory=territory,
        book=None,
    )


@bp.get("/recueil/<uuid:book_id>")
@access(can_run_book, book=get_book)
def manage(book: BookAccess) -> ResponseReturnValue:
    """Its pages by theme for who edits it; numbers for who manages the territory."""
    pages = shown_pages(book, pages_of(book))
    return render_template(
        "book/manage.html",
        book=book,
        is_editor=can_edit_book(me(), book),
        pages=pages,
        themes=themes_of(book.id),
        chapters=chapters_of(book.id),
        waiting=len(candidates_for(book)),
        waiting_left=len(workshop_candidates_for(book)),
        edition=latest_edition(book.id),
        is_unpublished=is_unpublished(book),
    )


@bp.route("/recueil/<uuid:book_id>/modifier", methods=WITH_FORM)
@access(can_run_book, book=get_book)
def edit(book: BookAccess) -> ResponseReturnValue:
    """Its title, its foreword, its licence."""
    form = book_form(book.book)
    return perform(
        form,
        lambda: change_book(book, form.words(), by=me()),
        then=url_for(".manage", book_id=book.id),
        page="book/edit.html",
        said="C’est enregistré. La prochaine édition le dira.",
        territory=book.territory,
        book=book,
    )


@bp.route("/recueil/<uuid:book_id>/fiches", methods=WITH_FORM)
@access(can_edit_book, book=get_book)
def take(book: BookAccess) -> ResponseReturnValue:
    """The transmitted sheets of the season, the pages that its workshops left: those that are ticked become pages."""
    sheets = [
        (str(each.id), f"{each.collective_name or 'Collectif ' + each.collective_code}, {month_year(each.month)}")
        for each in candidates_for(book)
    ]
    left = [(str(each.id), f"« {each.title} », {month_year(each.day)}") for each in workshop_candidates_for(book)]
    form = take_form(sheets, left)
    return perform(
        form,
        lambda: take_sources(book, form.ids(), now=clock.now(), by=me()),
        then=url_for(".manage", book_id=book.id),
        page="book/take.html",
        said="Ce que vous avez coché est devenu des pages. Personne n’est encore interrogé.",
        book=book,
    )


@bp.route("/recueil/<uuid:book_id>/theme", methods=WITH_FORM)
@access(can_edit_book, book=get_book)
def new_theme(book: BookAccess) -> ResponseReturnValue:
    """One more theme."""
    form = ThemeForm()
    return perform(
        form,
        lambda: add_theme(book, form.title.data),
        then=url_for(".manage", book_id=book.id),
        page="book/theme.html",
        book=book,
        theme=None,
    )


@bp.route("/recueil-themes/<uuid:theme_id>", methods=WITH_FORM)
@access(can_edit_book, theme=get_theme)
def theme(theme: ThemeAccess) -> ResponseReturnValue:
    """Its title; what it may become."""
    form = ThemeForm(data={"title": theme.theme.title})
    return perform(
        form,
        lambda: rename_theme(theme, form.title.data),
        then=url_for(".manage", book_id=theme.access.id),
        page="book/theme.html",
        book=theme.access,
        theme=theme.theme,
    )


@bp.post("/recueil-themes/<uuid:theme_id>/ranger")
@access(can_edit_book, theme=get_theme)
def move_theme(theme: ThemeAccess) -> ResponseReturnValue:
    """One place earlier, or out: its pages stay."""
    if request.form.get("do") == "drop":
        drop_theme(theme)
    else:
        raise_theme(theme)
    return redirect(url_for(".manage", book_id=theme.access.id))


@bp.route("/recueil/<uuid:book_id>/atelier", methods=WITH_FORM)
@access(can_edit_book, book=get_book)
def new_chapter(book: BookAccess) -> ResponseReturnValue:
    """A key-in-hand workshop, from a canvas of the library."""
    form = chapter_form()
    return perform(
        form,
        lambda: save_chapter(book, form.words()),
        then=url_for(".manage", book_id=book.id),
        page="book/chapter.html",
        book=book,
        chapter=None,
    )


@bp.route("/recueil-ateliers/<uuid:chapter_id>", methods=WITH_FORM)
@access(can_edit_book, chapter=get_chapter)
def chapter(chapter: ChapterAccess) -> ResponseReturnValue:
    """Its words."""
    form = chapter_form(chapter.chapter)
    return perform(
        form,
        lambda: save_chapter(chapter.access, form.words(), chapter),
        then=url_for(".manage", book_id=chapter.access.id),
        page="book/chapter.html",
        book=chapter.access,
        chapter=chapter.chapter,
    )


@bp.post("/recueil-ateliers/<uuid:chapter_id>/retirer")
@access(can_edit_book, chapter=get_chapter)
def remove_chapter(chapter: ChapterAccess) -> ResponseReturnValue:
    """Out of the next edition."""
    drop_chapter(chapter)
    return redirect(url_for(".manage", book_id=chapter.access.id))
