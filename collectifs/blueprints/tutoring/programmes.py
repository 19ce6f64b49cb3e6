"""Opening tutoring on a territory, its programmes; a programme for its head: volunteers, and numbers."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.tutoring.area import bp
from collectifs.blueprints.tutoring.forms import OpeningForm, ProgrammeForm, TutorForm
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.seasons import season_label, season_of
from collectifs.people.domain.person import Role
from collectifs.people.models import Territory
from collectifs.people.permissions import can_manage_somewhere, can_manage_territory
from collectifs.people.queries.contacts import contacts_on
from collectifs.people.queries.people import get_territory
from collectifs.tutoring.domain.counting import counted
from collectifs.tutoring.permissions import can_head_programme
from collectifs.tutoring.queries.programmes import (
    ProgrammeAccess,
    TutorAccess,
    get_programme,
    get_tutor,
    interviews_by_month,
    opening_of,
    openings_on,
    people_counts,
    programmes_on,
    tutors_of,
)
from collectifs.tutoring.services.programmes import (
    add_tutor,
    close_tutoring,
    create_programme,
    end_tutor,
    open_tutoring,
)
from collectifs.web.access import access, me
from collectifs.web.perform import perform


@bp.get("/tutorat")
@access(can_manage_somewhere)
def index() -> ResponseReturnValue:
    """One's territories: where it is open, where it is not."""
    places = contacts_on(me().territories(Role.MANAGER))
    return render_template("tutoring/index.html", places=places, openings=openings_on([p.territory_id for p in places]))


@bp.route("/territoires/<uuid:territory_id>/tutorat", methods=["GET", "POST"])
@access(can_manage_territory, territory=get_territory)
def opening(territory: Territory) -> ResponseReturnValue:
    """What must be done before, and the act that opens; once open, the programmes and the act that closes."""
    form, season = OpeningForm(), season_of(clock.now().date())
    return perform(
        form,
        lambda: open_tutoring(territory, done=form.duties(), advised_on=form.advised_on.data, now=clock.now(), by=me()),
        then=url_for(".opening", territory_id=territory.id),
        page="tutoring/opening.html",
        said="Le tutorat d’élèves et d’étudiants est ouvert sur ce territoire. Cet acte est noté, avec votre nom.",
        territory=territory,
        standing=opening_of(territory),
        programmes=programmes_on(territory.id, season),
        label=season_label(season),
    )


@bp.post("/territoires/<uuid:territory_id>/tutorat/fermer")
@access(can_manage_territory, territory=get_territory)
def close(territory: Territory) -> ResponseReturnValue:
    """From now on nothing more is written."""
    try:
        close_tutoring(territory, now=clock.now(), by=me())
        flash("Le tutorat est fermé : plus rien ne s’y écrit, et tout s’efface le 31 août.")
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
    return redirect(url_for(".opening", territory_id=territory.id))


@bp.route("/territoires/<uuid:territory_id>/tutorat/programme", methods=["GET", "POST"])
@access(can_manage_territory, territory=get_territory)
def new_programme(territory: Territory) -> ResponseReturnValue:
    """A programme of a school, and who heads it."""
    form = ProgrammeForm()
    return perform(
        form,
        lambda: create_programme(
            territory,
            name=form.name.data,
            school=form.school.data,
            head=form.head.data,
            is_sure=form.sure.data,
            now=clock.now(),
            by=me(),
        ),
        then=url_for(".opening", territory_id=territory.id),
        page="tutoring/new_programme.html",
        said="Le programme est créé : la personne qui le dirige reçoit un courriel.",
        territory=territory,
        standing=opening_of(territory),
    )


@bp.route("/tutorat/<uuid:programme_id>", methods=["GET", "POST"])
@access(can_head_programme, programme=get_programme)
def programme(programme: ProgrammeAccess) -> ResponseReturnValue:
    """For its head: volunteers by name, then numbers, none under five."""
    form, tutors = TutorForm(), tutors_of(programme.id)
    people, told = people_counts(programme.id)
    staying = sum(1 for each in tutors if not each.has_left)
    return perform(
        form,
        lambda: add_tutor(programme, form.who.data, is_sure=form.sure.data, now=clock.now(), by=me()),
        then=url_for(".programme", programme_id=programme.id),
        page="tutoring/programme.html",
        said="C’est fait : un carnet l’attend, et un courriel le lui dit.",
        access=programme,
        tutors=tutors,
        numbers=counted(staying, people, told, interviews_by_month(programme.id)),
    )


@bp.post("/tuteurs/<uuid:tutor_id>/fin")
@access(can_head_programme, tutor=get_tutor)
def end(tutor: TutorAccess) -> ResponseReturnValue:
    """A volunteer stops."""
    end_tutor(tutor, now=clock.now(), by=me())
    flash("C’est noté. Son carnet reste à lui seul, jusqu’au 31 août.")
    return redirect(url_for(".programme", programme_id=tutor.programme.id))
