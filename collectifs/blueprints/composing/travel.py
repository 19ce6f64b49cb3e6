"""What a territory knows of its roads: shores without a bridge, minutes that it measured."""

from flask import url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.composing.area import bp
from collectifs.blueprints.composing.forms import TravelForm
from collectifs.campaign.permissions import can_manage_call
from collectifs.campaign.queries.drafts import CallFacts, code_of, get_call_to_compose, town, travel_of
from collectifs.campaign.services.drafting import set_travel
from collectifs.composition.domain.measured import barriers_written, read_barriers, read_measured
from collectifs.composition.queries.communes import communes
from collectifs.web.access import access
from collectifs.web.perform import perform


@bp.route("/composition/appels/<uuid:call_id>/trajets", methods=["GET", "POST"])
@access(can_manage_call, call=get_call_to_compose)
def roads(call: CallFacts) -> ResponseReturnValue:
    """Barriers and minutes; drafts composed from then on follow them."""
    kept = travel_of(call.id)
    form = TravelForm(
        barriers=barriers_written(kept.barriers, town) if kept else "",
        measured="\n".join(";".join(map(str, each)) for each in kept.measured) if kept else "",
    )

    def keep() -> None:
        barriers = read_barriers(form.barriers.data or "", code_of)
        measured = read_measured(form.measured.data or "", communes())
        set_travel(call, barriers=barriers, measured=measured)

    then = url_for(".call", call_id=call.id)
    return perform(form, keep, then=then, page="composing/roads.html", said="Trajets enregistrés.", call=call)
