"""Whom tutors of a territory write to: a page for its manager."""

from flask import url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.collectives.area import bp
from collectifs.people.models import Territory
from collectifs.people.permissions import can_manage_territory
from collectifs.people.queries.people import get_territory
from collectifs.people.services.statuses import set_contact
from collectifs.web.access import access, me
from collectifs.web.forms import BaseForm, address, line
from collectifs.web.perform import perform


class ContactForm(BaseForm):
    """Both empty: no contact is shown."""

    name = line("Qui répond", most=80)
    address = address("À quelle adresse", wanted="")


@bp.route("/territoires/<uuid:territory_id>/contact", methods=["GET", "POST"])
@access(can_manage_territory, territory=get_territory)
def contact(territory: Territory) -> ResponseReturnValue:
    """A name and an address that everybody may read."""
    form = ContactForm(name=territory.contact_name, address=territory.contact_address)
    return perform(
        form,
        lambda: set_contact(territory, name=form.name.data or "", address=form.address.data or "", by=me()),
        then=url_for(".index"),
        page="collectives/contact.html",
        said="Le contact du territoire est enregistré. Tout le monde peut le lire.",
        territory=territory,
    )
