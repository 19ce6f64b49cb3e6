"""« Publier cette page dans le recueil ? »: the page as it will be printed, then yes and no of the same weight."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.book.area import bp
from collectifs.blueprints.book.forms import AnswerForm
from collectifs.book.domain.asking import PageStatus
from collectifs.book.permissions import can_answer_page
from collectifs.book.queries.circles import own_sheet_of
from collectifs.book.queries.editions import is_unpublished
from collectifs.book.queries.pages import PageAccess, get_page, open_page, open_presenters, pages_asked_of
from collectifs.book.queries.reading import read_entry
from collectifs.book.queries.requests import sentence_of
from collectifs.book.queries.sources import changes_since
from collectifs.book.services.answering import answer_page, answer_page_as_presenter, withdraw_page
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.seasons import season_label
from collectifs.sheets.domain.life import read_yes_or_no
from collectifs.web.access import access, me, signed_in
from collectifs.web.perform import perform


@bp.get("/mes-pages-du-recueil")
@access(signed_in)
def mine() -> ResponseReturnValue:
    """Every page that one was asked about, what one answered, and taking back what is printed."""
    now = clock.now()
    found = [
        (page, page.life.status(now), page.life.said_by(me().id), _own_label(page)) for page in pages_asked_of(me().id)
    ]
    return render_template("book/mine.html", pages=found)


def _own_label(page: PageAccess) -> str:
    sheet = own_sheet_of(page, me().id)
    where = page.access
    return sheet.collective.name if sheet else f"{where.territory.name}, recueil {season_label(where.book.season)}"


@bp.get("/pages-du-recueil/<uuid:entry_id>")
@access(can_answer_page, entry=get_page)
def consent(entry: PageAccess) -> ResponseReturnValue:
    """The text, what the editor changed, what is to be known before; then the answer."""
    now, said = clock.now(), open_page(entry.entry)
    sheet = own_sheet_of(entry, me().id)
    status = entry.life.status(now)
    return render_template(
        "book/consent.html",
        page=entry,
        text=said if status not in (PageStatus.WRITING, PageStatus.SET_ASIDE) else None,
        status=status,
        sheet=sheet,
        changes=changes_since(entry.sources, said.content if said else None),
        mine=entry.life.said_by(me().id),
        wanted=sentence_of(entry.entry.id, me().id),
        asks_presenter=me().id in open_presenters(entry.entry),
        is_over=entry.life.is_over(now),
        is_out=status is PageStatus.PRINTED and is_unpublished(entry.access),
        is_read=status is PageStatus.PRINTED and read_entry(entry.entry.id) is not None,
        zone=entry.access.zone,
    )


def _answered(entry: PageAccess, act: Callable[[str, bool], None]) -> ResponseReturnValue:
    try:
        act(request.form.get("digest", ""), read_yes_or_no(request.form.get("agreed")))
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
    return redirect(url_for(".consent", entry_id=entry.entry.id, _anchor="reponse"))


@bp.post("/pages-du-recueil/<uuid:entry_id>/repondre")
@access(can_answer_page, entry=get_page)
def answer(entry: PageAccess) -> ResponseReturnValue:
    """Yes or no to the text that was read."""

    def say(digest: str, agreed: bool) -> None:
        answer_page(entry, digest=digest, agreed=agreed, now=clock.now(), by=me())

    return _answered(entry, say)


@bp.post("/pages-du-recueil/<uuid:entry_id>/repondre-de-l-expose")
@access(can_answer_page, entry=get_page)
def answer_as_presenter(entry: PageAccess) -> ResponseReturnValue:
    """The own answer of whoever presented."""

    def say(digest: str, agreed: bool) -> None:
        answer_page_as_presenter(entry, digest=digest, agreed=agreed, now=clock.now(), by=me())

    return _answered(entry, say)


@bp.route("/pages-du-recueil/<uuid:entry_id>/retirer", methods=["GET", "POST"])
@access(can_answer_page, entry=get_page)
def withdraw(entry: PageAccess) -> ResponseReturnValue:
    """Take a printed page back: what goes, and what nobody can call back."""
    return perform(
        AnswerForm(),
        lambda: withdraw_page(entry, now=clock.now(), by=me()),
        then=url_for(".mine"),
        page="book/withdraw.html",
        said="La page est retirée : elle a quitté le site.",
        page_of=entry,
        status=entry.life.status(clock.now()),
    )
