"""A page in the editor's hands: its words beside those of the sheet, what the guard says, asking its circle."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.book.area import bp
from collectifs.blueprints.book.forms import MergeForm, PlaceForm, merge_form, page_form, place_form
from collectifs.blueprints.book.reading import shown, shown_pages
from collectifs.book.domain.comparing import headings_of_entry
from collectifs.book.domain.edition import Entry
from collectifs.book.domain.page import Page, merged
from collectifs.book.domain.strict import to_decide, to_remove
from collectifs.book.permissions import can_edit_book
from collectifs.book.queries.books import themes_of
from collectifs.book.queries.editions import pages_to_continue
from collectifs.book.queries.pages import PageAccess, get_page, open_kept, open_page, pages_of
from collectifs.book.queries.reading import read_entry
from collectifs.book.queries.removals import removals_of
from collectifs.book.queries.requests import sentences_on
from collectifs.book.queries.sources import opened_sources
from collectifs.book.services import pages
from collectifs.book.services.asking import ask_about_page, check_ready_to_ask
from collectifs.book.services.reading import record_page_reading
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import french
from collectifs.sheets.domain.diff import Change, differences
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.web.access import access, me
from collectifs.web.gone import gone
from collectifs.web.perform import perform
from collectifs.web.refusals import why_not


@bp.route("/recueil-pages/<uuid:entry_id>", methods=["GET", "POST"])
@access(can_edit_book, traced=record_page_reading, entry=get_page)
def page(entry: PageAccess) -> ResponseReturnValue:
    """Its words, side by side with what was transmitted; each reading is noted, as that of the sheet is."""
    said = open_page(entry.entry)
    if said is None:
        return gone("sheet")
    form = page_form(entry, said)

    def save() -> None:
        sent = form.page(said)
        pages.edit_page(entry, sent, revision=form.read_revision, kept=form.kept, now=clock.now(), by=me())

    return perform(
        form,
        save,
        then=url_for(".page", entry_id=entry.entry.id),
        page="book/page.html",
        said="C’est enregistré.",
        **_beside(entry, form.page(said) if form.is_posted() else said),
        text=said,
    )


def _beside(entry: PageAccess, said: Page) -> dict[str, Any]:
    """What stands around the form: the sheets, the differences, the guard, where the page stands."""
    now = clock.now()
    contents = opened_sources(entry.sources)
    found = pages.doubts_on(entry, said)
    kept, former = open_kept(entry.entry), pages_to_continue(entry.access)
    others = [
        each for each in shown_pages(entry.access, pages_of(entry.access)) if each.page.entry.id != entry.entry.id
    ]
    named = [(str(each.page.entry.id), french(each.name)) for each in others]
    return {
        "book": entry.access,
        "shown": shown(entry, now),
        "contents": contents,
        "changes": differences(_before([each for _, each in contents]), said.content) if contents else [],
        "to_remove": to_remove(found),
        "to_decide": to_decide(found, ()),
        "kept": kept,
        "why_not_ask": why_not(lambda: check_ready_to_ask(entry, now)),
        "place": place_form(entry, themes_of(entry.access.id), named, former),
        "last_year": _last_year(entry, said, former),
        "merge": merge_form(named),
        "removals": removals_of(entry.entry.id),
        "is_read": read_entry(entry.entry.id) is not None,  # not where the edition does not open any more
        "wanted": sentences_on(entry.entry.id),
    }


def _last_year(entry: PageAccess, said: Page, former: list[Entry]) -> tuple[Entry, list[Change]] | None:
    """The page that this one takes up, as it is published, and what differs."""
    found = next((each for each in former if each.id == str(entry.entry.continues_id)), None)
    return (found, differences(headings_of_entry(found), said.printed)) if found else None


def _before(contents: list[SheetContent]) -> SheetContent:
    return merged(contents) if len(contents) > 1 else contents[0]


def _act(entry: PageAccess, act: Callable[[], object], said: str) -> ResponseReturnValue:
    try:
        act()
        flash(said)
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
    return redirect(url_for(".page", entry_id=entry.entry.id))


@bp.post("/recueil-pages/<uuid:entry_id>/demander")
@access(can_edit_book, entry=get_page)
def ask(entry: PageAccess) -> ResponseReturnValue:
    """Put this very text to each person who was there."""
    return _act(
        entry,
        lambda: ask_about_page(entry, now=clock.now(), by=me()),
        "La question est partie à chaque personne qui était là. Sans réponse de leur part, la page ne paraît pas.",
    )


@bp.post("/recueil-pages/<uuid:entry_id>/ranger")
@access(can_edit_book, traced=record_page_reading, entry=get_page)
def place(entry: PageAccess) -> ResponseReturnValue:
    """Its theme, its cross references, the page of last year that it takes up; refused, the page shows it again."""
    said = open_page(entry.entry)
    if said is None:
        return gone("sheet")
    around = _beside(entry, said)
    form: PlaceForm = around["place"]
    if form.validate():
        try:
            _place(entry, form)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("C’est rangé.")
            return redirect(url_for(".page", entry_id=entry.entry.id))
    return render_template("book/page.html", form=page_form(entry, said), text=said, **around), 422


def _place(entry: PageAccess, form: PlaceForm) -> None:
    pages.place_page(
        entry,
        theme_id=form.theme_id(),
        see=form.see.data or [],
        continues_id=form.continues_id(),
        change=form.change.data or "",
    )


@bp.post("/recueil-pages/<uuid:entry_id>/monter")
@access(can_edit_book, entry=get_page)
def move(entry: PageAccess) -> ResponseReturnValue:
    """One place earlier under its theme."""
    pages.raise_page(entry)
    return redirect(url_for(".manage", book_id=entry.access.id))


@bp.post("/recueil-pages/<uuid:entry_id>/reunir")
@access(can_edit_book, entry=get_page)
def unite(entry: PageAccess) -> ResponseReturnValue:
    """Two pages in one."""
    others = [(str(each.entry.id), "") for each in pages_of(entry.access) if each.entry.id != entry.entry.id]
    form: MergeForm = merge_form(others)
    if not form.validate():
        flash("Choisissez une page de ce recueil.", "stop")
        return redirect(url_for(".page", entry_id=entry.entry.id))
    other = get_page(UUID(form.other.data))

    def merge() -> None:
        if other is not None:
            pages.merge_pages(entry, other, now=clock.now(), by=me())

    return _act(entry, merge, "Les deux pages n’en font plus qu’une. Relisez-la : elle sera demandée aux deux cercles.")


@bp.post("/recueil-pages/<uuid:entry_id>/de-cote")
@access(can_edit_book, entry=get_page)
def aside(entry: PageAccess) -> ResponseReturnValue:
    """Left out of the book, or taken up again."""
    if request.form.get("do") == "back":
        return _act(entry, lambda: pages.take_page_up(entry, by=me()), "La page est reprise.")
    return _act(entry, lambda: pages.set_page_aside(entry, now=clock.now(), by=me()), "La page est laissée de côté.")
