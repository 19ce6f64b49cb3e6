"""The pages that workshops left: for those who were there, by their own link; for the territory, once agreed to."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.events.area import bp
from collectifs.blueprints.events.own import confirmed
from collectifs.blueprints.events.page_forms import PageObjectionForm
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.network.models import Registration
from collectifs.network.permissions import can_read_pages, can_read_workshop_page
from collectifs.network.queries.events import EventAccess
from collectifs.network.queries.pages import PageAccess, content_left, get_workshop_page, pages_for, pages_on
from collectifs.network.services.pages import lift_page_objection, object_to_page, withdraw_page
from collectifs.people.domain.person import Role
from collectifs.web.access import access, anyone, me
from collectifs.web.perform import perform


@bp.route("/inscription/<token>/pages", methods=["GET", "POST"])
@access(anyone)
def pages(token: str) -> ResponseReturnValue:
    """The pages of the workshops where one was seen: to read, and to hold back; nothing to do if nothing stops one."""
    row, found = confirmed(token)
    form = PageObjectionForm()
    return perform(
        form,
        lambda: object_to_page(_chosen(row, form), row.id, form.sentence.data or "", now=clock.now()),
        then=url_for(".pages", token=token),
        page="events/pages.html",
        said="Votre objection est notée : la page ne part pas.",
        **_words(token, row, found),
    )


def _words(token: str, row: Registration, found: EventAccess) -> dict[str, Any]:
    now = clock.now()
    return {
        "access": found,
        "token": token,
        "left": [
            (each, content_left(each), each.status(now).value, each.objection_of(row.id)) for each in pages_for(row)
        ],
    }


def _chosen(row: Registration, form: PageObjectionForm) -> PageAccess:
    """The page that a form of this screen stands under: one of one's own, by its id."""
    return next((each for each in pages_for(row) if str(each.id) == form.which.data), None) or abort(422)


@bp.post("/inscription/<token>/pages/lever")
@access(anyone)
def lift_from_page(token: str) -> ResponseReturnValue:
    """Take one's objection back."""
    row, _ = confirmed(token)
    page = _chosen(row, PageObjectionForm())
    return _done(token, lambda: lift_page_objection(page, row.id), "Votre objection est levée.")


@bp.post("/inscription/<token>/pages/retirer")
@access(anyone)
def take_page_back(token: str) -> ResponseReturnValue:
    """Take the page back, for everybody and for good."""
    row, _ = confirmed(token)
    page = _chosen(row, PageObjectionForm())
    return _done(token, lambda: withdraw_page(page, now=clock.now()), "La page est retirée : ses mots sont effacés.")


def _done(token: str, action: Callable[[], None], said: str) -> ResponseReturnValue:
    try:
        action()
        flash(said)
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
    return redirect(url_for(".pages", token=token))


@bp.get("/pages-d-ateliers")
@access(can_read_pages)
def workshop_pages() -> ResponseReturnValue:
    """Those of one's territories that were agreed to, day by day."""
    territories = me().territories(Role.INSPECTOR) | me().territories(Role.MANAGER)
    return render_template("events/workshop_pages.html", left=pages_on(territories))


@bp.get("/pages-d-ateliers/<uuid:workshop_page_id>")
@access(can_read_workshop_page, workshop_page=get_workshop_page)
def workshop_page(workshop_page: PageAccess) -> ResponseReturnValue:
    """One of them."""
    return render_template("events/workshop_page.html", left=workshop_page, content=content_left(workshop_page))
