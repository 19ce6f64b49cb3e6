"""« Demander le retrait » of a printed page, for whoever has no link any more; what its editor does of it."""

from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.book.area import bp
from collectifs.blueprints.book.forms import AnswerForm, RemovalForm
from collectifs.book.permissions import can_edit_book
from collectifs.book.queries.pages import PageAccess, get_page
from collectifs.book.queries.reading import ReadEntry, read_entry
from collectifs.book.queries.removals import RemovalAccess, get_removal
from collectifs.book.services.removing import ask_removal, set_removal_aside, withdraw_as_editor
from collectifs.kernel import clock
from collectifs.web.access import access, anyone, me
from collectifs.web.limits import network, subject
from collectifs.web.perform import perform


@bp.route("/recueils/fiche/<uuid:printed_id>/retrait", methods=["GET", "POST"])
@access(anyone, printed=read_entry)
def removal(printed: ReadEntry) -> ResponseReturnValue:
    """No name, no address: what is asked, and perhaps a sentence."""
    form, here = RemovalForm(), url_for(".removal", printed_id=printed.entry.id, suite="envoyee")

    page = get_page(UUID(printed.entry.id)) or abort(404)

    def send() -> None:
        by_machine = subject("asks_removal", network(request.remote_addr))
        ask_removal(page, form.sentence.data or "", by_machine=by_machine, now=clock.now())

    is_sent = request.args.get("suite") == "envoyee"
    return perform(form, send, then=here, page="book/removal.html", printed=printed, is_sent=is_sent)


@bp.route("/recueil-pages/<uuid:entry_id>/retirer", methods=["GET", "POST"])
@access(can_edit_book, entry=get_page)
def withdraw_for_somebody(entry: PageAccess) -> ResponseReturnValue:
    """The editor withdraws a printed page: what goes, and what nobody can call back."""
    back = url_for(".page", entry_id=entry.entry.id)
    return perform(
        AnswerForm(),
        lambda: withdraw_as_editor(entry, now=clock.now(), by=me()),
        then=url_for(".manage", book_id=entry.access.id),
        page="book/withdraw.html",
        said="La page est retirée : elle a quitté le site.",
        page_of=entry,
        back=back,
    )


@bp.post("/recueil-retraits/<uuid:removal_id>/ecarter")
@access(can_edit_book, removal=get_removal)
def set_aside_removal(removal: RemovalAccess) -> ResponseReturnValue:
    """The page stays; nothing is kept of the request."""
    set_removal_aside(removal, by=me())
    flash("La demande est écartée : il n’en reste rien.")
    return redirect(url_for(".page", entry_id=removal.page.entry.id))
