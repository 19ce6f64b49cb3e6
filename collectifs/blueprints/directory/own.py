"""A relay's own page, by the link of a mail: whoever holds it is its person. A GET changes nothing."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.directory.area import bp
from collectifs.blueprints.directory.forms import programme_form
from collectifs.kernel import clock
from collectifs.kernel.seasons import PARIS, season_label
from collectifs.network.domain.directory import leaves_on, season_confirmed
from collectifs.network.models import Programme
from collectifs.network.queries.directory import (
    RelayAccess,
    get_programme,
    messages_received,
    programmes_on,
    relay_for_token,
    relays_of_territory,
)
from collectifs.network.services.directory import change_programme, confirm_relay, end_relay
from collectifs.people.queries.contacts import contact_for
from collectifs.web.access import access, anyone
from collectifs.web.forms import BaseForm
from collectifs.web.gone import gone
from collectifs.web.perform import perform


def _today() -> date:
    return clock.now().astimezone(PARIS).date()


def opened(token: str) -> RelayAccess:
    """What a link opens; otherwise the page of a link that serves no more."""
    found = relay_for_token(token, _today())
    if found is None:
        abort(gone("relay"))
    return found


@bp.route("/mon-relais/<token>", methods=["GET", "POST"])
@access(anyone)
def own(token: str) -> ResponseReturnValue:
    """What everybody reads of the programme, who else answers, how many messages came; the yes is a button."""
    found, today = opened(token), _today()
    if request.method == "POST":
        season = confirm_relay(found, now=clock.now())
        flash(f"C’est confirmé pour {season_label(season)}. Merci.")
        return redirect(url_for(".own", token=token))
    programme = get_programme(found.programme.id) if found.programme else None
    others = programme.relays if programme else relays_of_territory(found.territory_id)
    return render_template(
        "directory/own.html",
        found=found,
        token=token,
        programme=programme,
        others=[each for each in others if each.id != found.relay.id],
        around=[each for each in programmes_on([found.territory_id]) if each.is_listed(today)],
        received=messages_received([found.relay.id]),
        season=season_confirmed(today),
        today=today,
        leaves=leaves_on(found.relay.season),
        contact=contact_for(found.territory_id),
    )


@bp.route("/mon-relais/<token>/ligne", methods=["GET", "POST"])
@access(anyone)
def edit_own(token: str) -> ResponseReturnValue:
    """The words of one's programme, as everybody reads them."""
    found = opened(token)
    row: Programme | None = found.programme
    if row is None:
        abort(404)
    form = programme_form(row)
    return perform(
        form,
        lambda: change_programme(row, form.words(), by=None),
        then=url_for(".own", token=token),
        page="directory/edit.html",
        said="C’est enregistré.",
        territory=found.territory,
        back=url_for(".own", token=token),
        is_new=False,
    )


@bp.route("/mon-relais/<token>/arreter", methods=["GET", "POST"])
@access(anyone)
def leave(token: str) -> ResponseReturnValue:
    """No reason; nothing of them is kept."""
    found = opened(token)
    return perform(
        BaseForm(),
        lambda: end_relay(found, by=None),
        then=url_for(".index", suite="arrete"),
        page="directory/leave.html",
        found=found,
        token=token,
    )
