"""« Publier cette page dans le recueil ? », for those without an account: whoever was at a workshop, whoever led it.

Each by their own link. Pages are told apart by their id, in the form: a link that is shown late never acts on another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.events.area import bp
from collectifs.blueprints.events.host import desk_of
from collectifs.blueprints.events.own import confirmed
from collectifs.blueprints.events.page_forms import BookChangeForm, book_change_form
from collectifs.book.domain.asking import Asked, Known, PageStatus
from collectifs.book.queries.editions import is_unpublished
from collectifs.book.queries.pages import PageAccess, open_page, pages_asked_of
from collectifs.book.queries.reading import read_entry
from collectifs.book.queries.requests import sentence_of
from collectifs.book.queries.sources import changes_since
from collectifs.book.services.answering import answer_page, withdraw_page
from collectifs.book.services.requests import ask_for_change
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.network.queries.events import EventAccess
from collectifs.sheets.domain.life import read_yes_or_no
from collectifs.web.access import access, anyone

KEPT_FROM_READING = (PageStatus.WRITING, PageStatus.SET_ASIDE)


@dataclass(frozen=True)
class Link:
    """Whose link this is, and where it leads."""

    asked: Asked
    access: EventAccess
    here: str
    answer: str
    change: str
    withdraw: str
    back: str

    @property
    def is_host(self) -> bool:
        """Whether it is that of whoever led the workshop."""
        return self.asked.known is Known.HOST


def _own(token: str) -> Link:
    row, found = confirmed(token)
    names = ("book_pages", "answer_book", "ask_book_change", "take_book_page_back", "own")
    return Link(Asked(Known.REGISTERED, row.id), found, *(url_for(f".{each}", token=token) for each in names))


def _host(token: str) -> Link:
    found = desk_of(token).found
    names = ("host_book", "host_answer_book", "host_ask_book_change", "host_take_book_page_back", "host")
    asked = Asked(Known.HOST, found.workshop.id)
    return Link(asked, found.access, *(url_for(f".{each}", token=token) for each in names))


class Refused(NamedTuple):
    """A change that was asked for about a page, and refused: its form, with what was typed."""

    page: PageAccess
    form: BookChangeForm


def _show(link: Link, refused: Refused | None = None) -> ResponseReturnValue:
    """Each page that this person is asked about: its text, what was changed, what is to be known before, the answer."""
    now = clock.now()
    asked = [_told(page, link, refused) for page in pages_asked_of(link.asked.id)]
    shown = render_template("events/book_pages.html", link=link, access=link.access, asked=asked, now=now)
    return shown, 422 if refused else 200


def _told(page: PageAccess, link: Link, refused: Refused | None) -> dict[str, Any]:
    """What the screen says of one page."""
    status, said = page.life.status(clock.now()), open_page(page.entry)
    text = None if status in KEPT_FROM_READING else said
    is_refused = refused is not None and refused.page.entry.id == page.entry.id
    return {
        "page": page,
        "status": status.value,
        "text": text,
        "mine": page.life.said_by(link.asked.id),
        "name": _name(page, link),
        "changes": changes_since(page.sources, text.content if text else None),
        "wanted": sentence_of(page.entry.id, link.asked.id),
        "form": refused.form if refused and is_refused else book_change_form(page.entry.id),
        "is_refused": is_refused,
        "is_out": status is PageStatus.PRINTED and is_unpublished(page.access),
        "is_read": status is PageStatus.PRINTED and read_entry(page.entry.id) is not None,
    }


def _name(page: PageAccess, link: Link) -> str:
    """By the workshop: a page that unites several may come from a collective too, which is not theirs to know."""
    left = [each for each in page.sources if not each.is_sheet]
    mine = [each for each in left if each.circle_id == link.asked.id] or left
    return mine[0].label if mine else "Une page du recueil"


def _page_named(link: Link) -> PageAccess:
    """The page that a form of this screen stands under: one of one's own."""
    try:
        wanted = UUID(request.form.get("page", ""))
    except ValueError:
        abort(422)
    return next((each for each in pages_asked_of(link.asked.id) if each.entry.id == wanted), None) or abort(422)


def _act(link: Link, act: Callable[[PageAccess], None], said: str = "") -> ResponseReturnValue:
    page = _page_named(link)
    try:
        act(page)
        if said:
            flash(said)
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
    return redirect(f"{link.here}#page-{page.entry.id}")


def _answer(link: Link) -> ResponseReturnValue:
    def say(page: PageAccess) -> None:
        agreed = read_yes_or_no(request.form.get("agreed"))
        answer_page(page, digest=request.form.get("digest", ""), agreed=agreed, now=clock.now(), by=link.asked)

    return _act(link, say)


def _ask_change(link: Link) -> ResponseReturnValue:
    page = _page_named(link)
    form = book_change_form(page.entry.id, is_sent=True)
    digest = request.form.get("digest", "")
    if form.validate():
        try:
            ask_for_change(page, form.said.data or "", digest=digest, now=clock.now(), by=link.asked)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("Votre phrase est partie à la relecture, sans votre nom.")
            return redirect(f"{link.here}#page-{page.entry.id}")
    return _show(link, Refused(page, form))


def _take_back(link: Link) -> ResponseReturnValue:
    return _act(
        link,
        lambda page: withdraw_page(page, now=clock.now(), by=link.asked),
        "La page est retirée : elle a quitté le site.",
    )


@bp.get("/inscription/<token>/recueil")
@access(anyone)
def book_pages(token: str) -> ResponseReturnValue:
    """What somebody who was there is asked."""
    return _show(_own(token))


@bp.post("/inscription/<token>/recueil/repondre")
@access(anyone)
def answer_book(token: str) -> ResponseReturnValue:
    """Yes or no to the text that was read."""
    return _answer(_own(token))


@bp.post("/inscription/<token>/recueil/demander-un-changement")
@access(anyone)
def ask_book_change(token: str) -> ResponseReturnValue:
    """One sentence to whoever edits, instead of an answer."""
    return _ask_change(_own(token))


@bp.post("/inscription/<token>/recueil/retirer")
@access(anyone)
def take_book_page_back(token: str) -> ResponseReturnValue:
    """A printed page leaves the site at once."""
    return _take_back(_own(token))


@bp.get("/animation/<token>/recueil")
@access(anyone)
def host_book(token: str) -> ResponseReturnValue:
    """What whoever led the workshop is asked, apart from the others."""
    return _show(_host(token))


@bp.post("/animation/<token>/recueil/repondre")
@access(anyone)
def host_answer_book(token: str) -> ResponseReturnValue:
    """Their own yes or no."""
    return _answer(_host(token))


@bp.post("/animation/<token>/recueil/demander-un-changement")
@access(anyone)
def host_ask_book_change(token: str) -> ResponseReturnValue:
    """The same, from whoever led the workshop."""
    return _ask_change(_host(token))


@bp.post("/animation/<token>/recueil/retirer")
@access(anyone)
def host_take_book_page_back(token: str) -> ResponseReturnValue:
    """The host takes it back too."""
    return _take_back(_host(token))
