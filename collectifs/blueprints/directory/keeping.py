"""The directory for a manager: writing a programme, naming who answers for it, taking either away."""

from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.directory.area import bp
from collectifs.blueprints.directory.forms import RelayForm, programme_form
from collectifs.kernel import clock
from collectifs.kernel.seasons import PARIS
from collectifs.network.domain.directory import MOST_RELAYS
from collectifs.network.permissions import can_keep_directory
from collectifs.network.queries.directory import (
    ProgrammeFacts,
    RelayAccess,
    get_programme,
    get_relay,
    programmes_on,
    relays_of_territory,
)
from collectifs.network.queries.launching import launches_on
from collectifs.network.services.directory import (
    add_programme,
    change_programme,
    end_relay,
    name_relay,
    remove_programme,
    send_link_again,
)
from collectifs.people.domain.person import Role
from collectifs.people.models import Territory
from collectifs.people.permissions import can_manage_somewhere, can_manage_territory
from collectifs.people.queries.contacts import contacts_on
from collectifs.people.queries.people import get_territory
from collectifs.web.access import access, me
from collectifs.web.forms import BaseForm
from collectifs.web.perform import perform


def _today() -> date:
    return clock.now().astimezone(PARIS).date()


@bp.get("/programmes")
@access(can_manage_somewhere)
def kept() -> ResponseReturnValue:
    """The programmes of one's territories, listed or not, and who answers for each."""
    ids, today = me().territories(Role.MANAGER), _today()
    found = [(each, each.state(today)) for each in programmes_on(ids)]
    launches = [each for each in launches_on(ids) if each.progress.left]
    return render_template("directory/kept.html", programmes=found, launches=launches, places=contacts_on(ids))


@bp.route("/territoires/<uuid:territory_id>/programme", methods=["GET", "POST"])
@access(can_manage_territory, territory=get_territory)
def new(territory: Territory) -> ResponseReturnValue:
    """A programme; who answers for it comes next."""
    form = programme_form()
    return perform(
        form,
        lambda: add_programme(territory, form.words(), now=clock.now(), by=me()),
        then=lambda row: url_for(".relays", listed_id=row.id),
        page="directory/edit.html",
        territory=territory,
        back=url_for(".kept"),
        is_new=True,
    )


@bp.route("/programmes/<uuid:listed_id>/modifier", methods=["GET", "POST"])
@access(can_keep_directory, listed=get_programme)
def edit(listed: ProgrammeFacts) -> ResponseReturnValue:
    """Its words."""
    form = programme_form(listed.programme)
    return perform(
        form,
        lambda: change_programme(listed.programme, form.words(), by=me()),
        then=url_for(".relays", listed_id=listed.id),
        page="directory/edit.html",
        said="C’est enregistré.",
        territory=listed.territory,
        back=url_for(".relays", listed_id=listed.id),
        is_new=False,
    )


@bp.route("/programmes/<uuid:listed_id>/relais", methods=["GET", "POST"])
@access(can_keep_directory, listed=get_programme)
def relays(listed: ProgrammeFacts) -> ResponseReturnValue:
    """Who answers for a programme: two people at most."""
    form = RelayForm()
    return perform(
        form,
        lambda: name_relay(listed.territory, listed, form.words(), now=clock.now(), by=me()),
        then=url_for(".relays", listed_id=listed.id),
        page="directory/relays.html",
        said="Un message part avec son lien.",
        territory=listed.territory,
        programme=listed,
        state=listed.state(_today()),
        people=listed.relays,
        most=MOST_RELAYS,
        today=_today(),
    )


@bp.route("/territoires/<uuid:territory_id>/relais", methods=["GET", "POST"])
@access(can_manage_territory, territory=get_territory)
def region_relays(territory: Territory) -> ResponseReturnValue:
    """Who answers for all of a territory: two people at most."""
    form = RelayForm()
    return perform(
        form,
        lambda: name_relay(territory, None, form.words(), now=clock.now(), by=me()),
        then=url_for(".region_relays", territory_id=territory.id),
        page="directory/relays.html",
        said="Un message part avec son lien.",
        territory=territory,
        programme=None,
        state=None,
        people=relays_of_territory(territory.id),
        most=MOST_RELAYS,
        today=_today(),
    )


@bp.post("/relais-nommes/<uuid:relay_id>/lien")
@access(can_keep_directory, relay=get_relay)
def link_again(relay: RelayAccess) -> ResponseReturnValue:
    """Their link by mail once more."""
    send_link_again(relay, by=me())
    flash("Son lien part de nouveau par courriel.")
    return redirect(_back(relay.programme.id if relay.programme else None, relay.territory_id))


@bp.post("/relais-nommes/<uuid:relay_id>/retirer")
@access(can_keep_directory, relay=get_relay)
def end(relay: RelayAccess) -> ResponseReturnValue:
    """They answer no more."""
    back = _back(relay.programme.id if relay.programme else None, relay.territory_id)
    end_relay(relay, by=me())
    flash("C’est fait : ni son nom ni son adresse ne sont gardés ici.")
    return redirect(back)


def _back(programme_id: UUID | None, territory_id: UUID) -> str:
    if programme_id is not None:
        return url_for(".relays", listed_id=programme_id)
    return url_for(".region_relays", territory_id=territory_id)


@bp.route("/programmes/<uuid:listed_id>/retirer", methods=["GET", "POST"])
@access(can_keep_directory, listed=get_programme)
def remove(listed: ProgrammeFacts) -> ResponseReturnValue:
    """It leaves the directory, and its relays with it."""
    return perform(
        BaseForm(),
        lambda: remove_programme(listed, by=me()),
        then=url_for(".kept"),
        page="directory/remove.html",
        said="Le programme est retiré de l’annuaire.",
        programme=listed,
    )
