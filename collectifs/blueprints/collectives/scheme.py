"""How the papers of a territory name the training: a page for its manager."""

from flask import url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.collectives.area import bp
from collectifs.people.domain.scheme import LONGEST_NUMBER, LONGEST_WORDS, Scheme
from collectifs.people.models import Territory
from collectifs.people.permissions import can_manage_territory
from collectifs.people.queries.contacts import scheme_of, scheme_told
from collectifs.people.queries.people import get_territory
from collectifs.people.services.statuses import set_scheme
from collectifs.web.access import access, me
from collectifs.web.forms import BaseForm, line
from collectifs.web.perform import perform


class SchemeForm(BaseForm):
    """All may stay empty."""

    title = line("Intitulé de la formation", most=LONGEST_WORDS)
    organizer = line("Qui l’organise", most=LONGEST_WORDS)
    number = line("Numéro de dispositif", most=LONGEST_NUMBER)
    module = line("Numéro de module", most=LONGEST_NUMBER)

    def told(self) -> Scheme:
        """What was written."""
        return Scheme(self.title.data or "", self.organizer.data or "", self.number.data or "", self.module.data or "")


@bp.route("/territoires/<uuid:territory_id>/papiers", methods=["GET", "POST"])
@access(can_manage_territory, territory=get_territory)
def scheme(territory: Territory) -> ResponseReturnValue:
    """Title, organiser, numbers; and what papers print now."""
    told = scheme_told(territory)
    form = SchemeForm(title=told.title, organizer=told.organizer, number=told.number, module=told.module)
    return perform(
        form,
        lambda: set_scheme(territory, form.told(), by=me()),
        then=url_for(".scheme", territory_id=territory.id),
        page="collectives/scheme.html",
        said="C’est enregistré : les prochains papiers le porteront.",
        territory=territory,
        printed=scheme_of(territory.id),
    )
