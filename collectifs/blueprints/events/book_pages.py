"""« Publier cette page dans le recueil ? », for those without an account: whoever was at a workshop, whoever led it.

Each by their own link. Pages are told apart by their id, in the form: a link that is shown late never acts on another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.events.area import bp
from collectifs.blueprints.events.host import desk_of
from collectifs.blueprints.events.own import confirmed
from collectifs.book.domain.asking import Asked, Known, PageStatus
from collectifs.book.queries.pages import PageAccess, open_page, pages_asked_of
from collectifs.book.queries.sources import changes_since
from collectifs.book.services.answering import answer_page, withdraw_page
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
    withdraw: str
    back: str

    @property
    def is_host(self) -> bool:
        """Whether it is that of whoever led the workshop."""
        return self.asked.known is Known.HOST


def _own(token: str) -> Link:
    row, found = confirmed(token)
    names = ("book_pages", "answer_book", "take_book_page_back", "own")
    return Link(Asked(Known.REGISTERED, row.id), found, *(url_for(f".{each}", token=token) for each in names))


def _host(token: str) -> Link:
    found = desk_of(token).found
    names = ("host_book", "host_answer_book", "host_take_book_page_back", "host")
    asked = Asked(Known.HOST, found.workshop.id)
    return Link(asked, found.access, *(url_for(f".{each}", token=token) for each in names))


def _show(link: Link) -> ResponseReturnValue:
    """Each page that this person is asked about: its text, what was changed, what is to be known before, the answer."""
    now = clock.now()
    asked = []
    for page in pages_asked_of(link.asked.id):
        status, said = page.life.status(now), open_page(page.entry)
        text = None if status in KEPT_FROM_READING else said
        told: dict[str, Any] = {"mine": page.life.said_by(link.asked.id), "name": _name(page, link)}
        told["changes"] = changes_since(page.sources, text.content if text else None)
        asked.append({"page": page, "status": status.value, "text": text, **told})
    return render_template("events/book_pages.html", link=link, access=link.access, asked=asked, now=now)


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


def _take_back(link: Link) -> ResponseReturnValue:
    return _act(
        link,
        lambda page: withdraw_page(page, now=clock.now(), by=link.asked),
        "La page est retirée : elle a quitté le site, et l’édition suivante est faite sans elle.",
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


@bp.post("/animation/<token>/recueil/retirer")
@access(anyone)
def host_take_book_page_back(token: str) -> ResponseReturnValue:
    """The host takes it back too."""
    return _take_back(_host(token))
