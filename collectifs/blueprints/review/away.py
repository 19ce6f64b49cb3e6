"""An inspector who is away: who reads in their place, and until when."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.review.area import bp
from collectifs.blueprints.review.forms import DeputyForm
from collectifs.collectives.services.institution import end_deputy, name_deputy
from collectifs.kernel import clock
from collectifs.people.domain.person import Role
from collectifs.people.permissions import can_end_deputy, can_inspect
from collectifs.people.queries.roles import RoleFacts, departments_among, deputies_of, get_role, inspectors_beside
from collectifs.web.access import access, me
from collectifs.web.perform import perform


@bp.route("/fiches-transmises/absence", methods=["GET", "POST"])
@access(can_inspect)
def away() -> ResponseReturnValue:
    """Who reads in one's place; naming somebody who inspects the same territory."""
    form, now, person = DeputyForm(), clock.now(), me()
    territories = {str(each.id): each for each in departments_among(person.territories(Role.INSPECTOR))}
    people = {str(each.user_id): each.name for each in inspectors_beside(person.id, now.date())}
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


@bp.post("/fiches-transmises/absence/<uuid:deputy_id>/terminer", endpoint="end_deputy")
@access(can_end_deputy, deputy=get_role)
def end(deputy: RoleFacts) -> ResponseReturnValue:
    """Back sooner."""
    is_told = end_deputy(deputy, now=clock.now(), by=me())
    flash("C’est terminé, et un courriel le lui dit." if is_told else "C’est terminé. Cette personne lit toujours ici.")
    return redirect(url_for(".away"))
