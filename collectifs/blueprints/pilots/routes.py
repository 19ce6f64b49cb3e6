"""The vivier of a manager's territories, and who enters it."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs import clock
from collectifs.blueprints.pilots.forms import pilot_form
from collectifs.domain.person import Role, season_of
from collectifs.permissions import can_manage_somewhere
from collectifs.queries.roles import departments_among, vivier
from collectifs.services.appointments import appoint_pilot
from collectifs.web.access import access, me
from collectifs.web.perform import perform

bp = Blueprint("pilots", __name__)


@bp.get("/pilotes")
@access(can_manage_somewhere)
def index() -> ResponseReturnValue:
    """Who may pilot, with which qualification, and what they pilot already."""
    today, managed = clock.now().date(), me().territories(Role.MANAGER)
    return render_template(
        "pilots/index.html",
        pilots=vivier(managed, today),
        territories=departments_among(managed),
        season=season_of(today),
    )


@bp.route("/pilotes/nouveau", methods=["GET", "POST"])
@access(can_manage_somewhere)
def appoint() -> ResponseReturnValue:
    """Somebody enters the vivier, until the season's end, and is told."""
    form = pilot_form(departments_among(me().territories(Role.MANAGER)))
    return perform(
        form,
        lambda: appoint_pilot(
            form.who.data,
            territory_id=form.territory_id(),
            qualification=form.qualification.data or "",
            is_sure=form.sure.data,
            now=clock.now(),
            by=me(),
        ),
        then=url_for(".index"),
        page="pilots/appoint.html",
        said="Cette personne est dans le vivier. Un courriel le lui dit.",
    )
