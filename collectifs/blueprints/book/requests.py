"""Between yes and no: another wording that somebody asks for; a reminder that the editor sends by hand."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.book.area import bp
from collectifs.blueprints.book.forms import ChangeForm
from collectifs.book.domain.asking import PageStatus
from collectifs.book.permissions import can_answer_page, can_edit_book
from collectifs.book.queries.books import BookAccess, get_book
from collectifs.book.queries.pages import PageAccess, get_page, open_page
from collectifs.book.services.requests import ask_for_change, remind_silent
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.web.access import access, me
from collectifs.web.perform import perform

ASKED = (PageStatus.ASKED, PageStatus.AGREED, PageStatus.REFUSED)


@bp.route("/pages-du-recueil/<uuid:entry_id>/demander-un-changement", methods=["GET", "POST"])
@access(can_answer_page, entry=get_page)
def request_change(entry: PageAccess) -> ResponseReturnValue:
    """One sentence about the text as it stands there; the editor reads it without a name."""
    form, is_asked = ChangeForm(), entry.life.status(clock.now()) in ASKED

    def say() -> None:
        ask_for_change(entry, form.said.data or "", digest=form.digest.data or "", now=clock.now(), by=me())

    return perform(
        form,
        say,
        then=url_for(".consent", entry_id=entry.entry.id, _anchor="reponse"),
        page="book/request.html",
        said="Votre phrase est partie à la relecture, sans votre nom.",
        page_of=entry,
        text=open_page(entry.entry) if is_asked else None,
    )


@bp.post("/recueil/<uuid:book_id>/relancer")
@access(can_edit_book, book=get_book)
def remind(book: BookAccess) -> ResponseReturnValue:
    """One mail to each person who has not answered, once a week at most."""
    try:
        remind_silent(book, now=clock.now(), by=me())
        flash("Le rappel est parti aux personnes qui n’ont pas répondu.")
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
    return redirect(url_for(".manage", book_id=book.id, _anchor="etat"))
