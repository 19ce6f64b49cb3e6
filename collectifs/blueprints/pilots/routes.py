"""The vivier of a manager's territories, who enters it and who leaves it."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.pilots import naming
from collectifs.blueprints.pilots.area import bp
from collectifs.blueprints.pilots.forms import EndForm, pilot_form
from collectifs.collectives.queries.pilots import piloting_on, vivier
from collectifs.kernel import clock
from collectifs.kernel.paging import Place
from collectifs.kernel.seasons import season_of
from collectifs.people.domain.person import Role
from collectifs.people.permissions import can_manage_somewhere, can_revoke_pilot
from collectifs.people.queries.roles import RoleFacts, departments_among, get_role, roles_count
from collectifs.people.services.appointments import appoint_pilot, revoke_role
from collectifs.web.access import access, me
from collectifs.web.addresses import ways_to
from collectifs.web.paging import pages_of
from collectifs.web.perform import perform

MORE_VIEWS = (naming,)  # modules that hang their own views on the blueprint


@bp.get("/pilotes")
@access(can_manage_somewhere)
def index() -> ResponseReturnValue:
    """Who may pilot, with which qualification, what they pilot already; the collectives that nobody pilots."""
    now, managed = clock.now(), me().territories(Role.MANAGER)
    today = now.date()
    place = Place.asked(request.args.get("page", ""), roles_count(managed, Role.PILOT, today))
    return render_template(
        "pilots/index.html",
        pilots=vivier(managed, today, place.page),
        revoke=ways_to("pilots.revoke", "pilot_role_id"),
        number=place.total,
        pages=pages_of(place, ".index"),
        around=piloting_on(managed, season_of(today), now),
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


@bp.route("/pilotes/<uuid:pilot_role_id>/retirer", methods=["GET", "POST"])
@access(can_revoke_pilot, pilot_role=get_role)
def revoke(pilot_role: RoleFacts) -> ResponseReturnValue:
    """Somebody leaves the vivier, and is told; what they pilot stays theirs."""
    today = clock.now().date()
    managed = me().territories(Role.MANAGER)
    found = [each for each in vivier(managed, today) if each.role.id == pilot_role.id]
    return perform(
        EndForm(),
        lambda: revoke_role(pilot_role, now=clock.now(), by=me()),
        then=url_for(".index"),
        page="pilots/revoke.html",
        said="Cette personne n’est plus dans le vivier. Un courriel le lui dit.",
        role=pilot_role,
        collectives=[name for each in found for name in each.collectives],
    )
