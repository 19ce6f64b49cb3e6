"""An inspector who is away: who reads in their place, and until when."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.review.area import bp
from collectifs.blueprints.review.forms import DeputyForm
from collectifs.collectives.services.institution import name_deputy
from collectifs.kernel import clock
from collectifs.people.domain.person import Role
from collectifs.people.permissions import can_end_deputy, can_inspect
from collectifs.people.queries.roles import RoleFacts, departments_among, deputies_of, get_role, inspectors_near
from collectifs.people.services.appointments import revoke_role
from collectifs.web.access import access, me
from collectifs.web.perform import perform


@bp.route("/fiches-transmises/absence", methods=["GET", "POST"])
@access(can_inspect)
def away() -> ResponseReturnValue:
    """Who reads in one's place; naming somebody of the same académie."""
    form, now, person = DeputyForm(), clock.now(), me()
    territories = {str(each.id): each for each in departments_among(person.territories(Role.INSPECTOR))}
    near = inspectors_near(territories.values(), now.date())
    people = {str(each.user_id): each.name for each in near if each.user_id != person.id}
    form.who.choices = [*people.items()]
    form.territory.choices = [(id_, each.name) for id_, each in territories.items()]
    return perform(
        form,
        lambda: name_deputy(
            UUID(form.who.data),
            territory=territories[form.territory.data],
            until=form.until.data or now.date(),
            now=now,
            by=person,
        ),
        then=url_for(".away"),
        page="review/away.html",
        said="C’est noté, et un courriel le lui dit.",
        may_name=bool(people),
        deputies=deputies_of(person.id, now.date()),
        names={each.id: each.name for each in territories.values()},
    )


@bp.post("/fiches-transmises/absence/<uuid:deputy_id>/terminer")
@access(can_end_deputy, deputy=get_role)
def end_deputy(deputy: RoleFacts) -> ResponseReturnValue:
    """Back sooner."""
    revoke_role(deputy, now=clock.now(), by=me())
    flash("C’est terminé, et un courriel le lui dit.")
    return redirect(url_for(".away"))
