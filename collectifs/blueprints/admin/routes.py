"""The administration: territories, who manages and inspects each of them. Nothing of what collectives say."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.across.services.tidying import tidying_doubt
from collectifs.blueprints.admin import resources, statuses
from collectifs.blueprints.admin.area import bp
from collectifs.blueprints.admin.forms import RevokeForm, nomination_form, territory_form
from collectifs.collectives.services.institution import appoint_to_institution
from collectifs.kernel import clock
from collectifs.kernel.queries.deployment import erasures_late_since
from collectifs.people.permissions import can_administer, can_revoke_role
from collectifs.people.queries.roles import RoleFacts, get_role, territories_with_roles
from collectifs.people.services.appointments import create_territory, revoke_role
from collectifs.web.access import access, me
from collectifs.web.perform import perform

MORE_VIEWS = (resources, statuses)  # modules that hang their own views on the blueprint


@bp.get("/administration")
@access(can_administer)
def index() -> ResponseReturnValue:
    """Each territory, with those who manage and inspect it."""
    now = clock.now()
    late_since = erasures_late_since(now)
    return render_template(
        "admin/index.html",
        territories=territories_with_roles(now.date()),
        waits=tidying_doubt(now) if late_since else None,
        late_since=late_since,
    )


@bp.route("/administration/nommer", methods=["GET", "POST"])
@access(can_administer)
def appoint() -> ResponseReturnValue:
    """Name somebody to manage or inspect a territory, until the season's end; they are told."""
    territories = territories_with_roles(clock.now().date())
    form = nomination_form(territories)
    return perform(
        form,
        lambda: appoint_to_institution(
            form.who.data,
            role=form.chosen_role(),
            territory_id=form.territory_id(),
            is_sure=form.sure.data,
            now=clock.now(),
            by=me(),
        ),
        then=url_for(".index"),
        page="admin/appoint.html",
        said="C’est fait. Un courriel le lui dit.",
        territories=territories,
    )


@bp.route("/administration/territoires/nouveau", methods=["GET", "POST"])
@access(can_administer)
def add_territory() -> ResponseReturnValue:
    """An académie, or a département inside one."""
    form = territory_form(territories_with_roles(clock.now().date()))
    return perform(
        form,
        lambda: create_territory(
            code=form.code.data,
            name=form.name.data,
            parent_id=form.parent_id(),
            zone=form.zone.data,
            timezone=form.timezone.data,
            by=me(),
        ),
        then=url_for(".index"),
        page="admin/add_territory.html",
        said="Le territoire est ajouté.",
    )


@bp.post("/administration/roles/<uuid:role_id>/retirer")
@access(can_revoke_role, role=get_role)
def revoke(role: RoleFacts) -> ResponseReturnValue:
    """Take back the management or the inspection of a territory, at once."""
    return perform(
        RevokeForm(),
        lambda: revoke_role(role, now=clock.now(), by=me()),
        then=url_for(".index"),
        page="admin/index.html",
        said=f"{role.name} n’a plus accès à ce territoire à ce titre.",
        territories=territories_with_roles(clock.now().date()),
    )
