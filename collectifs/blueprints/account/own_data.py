"""One's own data: receiving it, correcting it, opposing its use, erasing it."""

from typing import Any

from flask import Response, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField
from wtforms.validators import InputRequired

from collectifs.across.queries.own_data import data_copies_of, data_copy_bytes
from collectifs.across.services.leaving import check_may_leave_altogether, leave_altogether
from collectifs.across.services.own_data import ask_data_copy
from collectifs.blueprints.account.area import bp
from collectifs.collectives.models import Collective
from collectifs.collectives.permissions import can_take_part
from collectifs.collectives.queries.collectives import belongings_of, get_collective
from collectifs.kernel import clock
from collectifs.kernel.keeping import DATA_COPY_KEPT
from collectifs.people.models import DataCopy
from collectifs.web.access import access, me, signed_in
from collectifs.web.devices import forget_device
from collectifs.web.files import zip_file
from collectifs.web.forms import BaseForm
from collectifs.web.notices import notices
from collectifs.web.refusals import why_not


class EraseForm(BaseForm):
    """One box, so that nobody erases an account by pressing twice."""

    is_sure = BooleanField("J’ai compris : on n’y revient pas", validators=[InputRequired("Cochez la case d’abord.")])


def _copy() -> DataCopy | None:
    """One's own copy, while its seven days last."""
    live = [each for each in data_copies_of(me().id) if each.asked_at > clock.now() - DATA_COPY_KEPT]
    return live[0] if live else None


def _where_facts_are_told() -> list[Collective]:
    """Where the page that mends them opens: the charter accepted, not before."""
    mine = (get_collective(collective.id) for collective, is_in in belongings_of(me().id) if is_in)
    return [each.collective for each in mine if each and can_take_part(me(), each)]


@bp.get("/mes-donnees")
@access(signed_in)
def own_data() -> ResponseReturnValue:
    """What may be done with it, and the copy that was asked for: how far it is, until when it is here."""
    copy = _copy()
    return render_template(
        "account/own_data.html",
        copy=copy,
        until=copy.asked_at + DATA_COPY_KEPT if copy else None,
        collectives=_where_facts_are_told(),
        notices=notices(),
    )


@bp.post("/mes-donnees/demander")
@access(signed_in)
def ask_own_data() -> ResponseReturnValue:
    """Ask for the copy: the worker makes it."""
    refused = why_not(lambda: ask_data_copy(now=clock.now(), by=me()))
    flash(refused or "Votre copie se prépare. Cette page dira quand elle est prête.")
    return redirect(url_for(".own_data"))


@bp.get("/mes-donnees/copie")
@access(signed_in)
def own_data_file() -> ResponseReturnValue:
    """The zip, to whoever asked for it and nobody else."""
    copy = _copy()
    content = data_copy_bytes(copy) if copy else None
    if content:
        return zip_file(content, "vos-donnees")
    if copy and copy.ready_at:
        flash("Cette copie ne s’ouvre plus : demandez-en une autre.")
    return redirect(url_for(".own_data"))


@bp.route("/mes-donnees/effacer", methods=["GET", "POST"])
@access(signed_in)
def erase_account() -> ResponseReturnValue:
    """What goes at once and what must stay; then out, for good."""
    form, now = EraseForm(), clock.now()
    refusal = why_not(lambda: check_may_leave_altogether(now=now, by=me()))
    if form.is_posted() and form.validate() and not refusal:
        leave_altogether(now=now, by=me())
        session.clear()
        flash("Votre compte est effacé.")
        answer: Any = redirect(url_for("home.index"))
        gone: Response = forget_device(answer)
        return gone
    page = render_template("account/erase_account.html", form=form, refusal=refusal)
    return page, 422 if form.is_posted() else 200
