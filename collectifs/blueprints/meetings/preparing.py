"""Preparing a meeting: one page with one save; a step of one's own, another canvas."""

from uuid import uuid4

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.meetings.area import bp
from collectifs.blueprints.meetings.prepare_forms import AgendaForm, agenda_form, own_step_form
from collectifs.blueprints.meetings.prepare_pages import add_step_page, canvas_page, canvases_page, prepare_page
from collectifs.kernel import clock
from collectifs.kernel.text.typography import join_names
from collectifs.live.queries.parking import open_items, parked_rows
from collectifs.live.services.parking import park, unpark
from collectifs.meetings.domain.canvas import library
from collectifs.meetings.permissions import can_plan_meeting, can_run_meeting
from collectifs.meetings.queries.meetings import MeetingAccess, agenda_of, get_meeting
from collectifs.meetings.services.preparing import add_step as add_own_step
from collectifs.meetings.services.preparing import change_canvas, choose_notes, keep_for_series, prepare_meeting
from collectifs.web.access import access, me
from collectifs.web.forms import BaseForm
from collectifs.web.perform import perform
from collectifs.web.refusals import why_not

NEXT = {"canevas": "meetings.canvases", "etape": "meetings.add_step"}


@bp.post("/regroupements/<uuid:meeting_id>/notes", endpoint="choose_notes")
@access(can_plan_meeting, meeting=get_meeting)
def notes(meeting: MeetingAccess) -> ResponseReturnValue:
    """With or without notes, as the group wants it, for the series."""
    keeps = request.form.get("notes") != "sans"
    refused = why_not(lambda: choose_notes(meeting.meeting, keeps_notes=keeps, by=me()))
    said = "Avec notes : elles s’effaceront avec la fiche acceptée." if keeps else "Sans notes, pour la série."
    flash(refused or said)
    return redirect(url_for("meetings.show", meeting_id=meeting.meeting.id))


@bp.route("/regroupements/<uuid:meeting_id>/preparer", methods=["GET", "POST"])
@access(can_run_meeting, meeting=get_meeting)
def prepare(meeting: MeetingAccess) -> ResponseReturnValue:
    """The steps and their minutes, what holds in the room, what is at hand: one save."""
    parked = open_items(meeting.collective)
    form = agenda_form(meeting, parked)
    unsaved = form.arranges()
    context = prepare_page(meeting, form, parked, me(), clock.now())
    if unsaved:
        return render_template("meetings/prepare.html", form=form, unsaved=True, **context), 422
    return perform(
        form,
        lambda: _keep(form, meeting),
        then=url_for(NEXT.get(form.to.data or "", "meetings.prepare"), meeting_id=meeting.meeting.id),
        page="meetings/prepare.html",
        unsaved=form.is_posted(),
        **context,
    )


def _keep(form: AgendaForm, meeting: MeetingAccess) -> None:
    row, now = meeting.meeting, clock.now()
    prepare_meeting(
        row,
        minutes=form.minutes(),
        spare=form.held(),
        room=form.room(),
        arranged=form.arrangement,
        now=now,
        by=me(),
    )
    _take_off(form.unpark.data or [], meeting)
    if form.parked.data:
        park(row, item_id=uuid4(), text=form.parked.data, now=now, by=me())
    if form.series.data:
        flash(_said_of_series(keep_for_series(row, by=me())))


def _take_off(item_ids: list[str], meeting: MeetingAccess) -> None:
    """Lines of this series only; one that is gone already changes nothing."""
    for item in parked_rows(meeting.collective.id):
        if str(item.id) in item_ids:
            unpark(item, by=me())


def _said_of_series(numbers: list[int]) -> str:
    if not numbers:
        return "Enregistré. Les regroupements que vous fixerez ensuite auront ce déroulé."
    named = join_names([str(number) for number in numbers])
    which = f"aux regroupements {named}" if len(numbers) > 1 else f"au regroupement {named}"
    return f"Enregistré ici, et appliqué {which} et à ceux que vous fixerez ensuite."


@bp.route("/regroupements/<uuid:meeting_id>/etapes/ajouter", methods=["GET", "POST"])
@access(can_run_meeting, meeting=get_meeting)
def add_step(meeting: MeetingAccess) -> ResponseReturnValue:
    """A step that no canvas has."""
    form = own_step_form(agenda_of(meeting.meeting))
    here = url_for("meetings.prepare", meeting_id=meeting.meeting.id)
    return perform(
        form,
        lambda: add_own_step(meeting.meeting, form.own(), after=form.after.data or "", now=clock.now(), by=me()),
        then=lambda step_id: f"{here}#etape-{step_id}",
        page="meetings/add_step.html",
        said="L’étape est ajoutée à ce regroupement.",
        **add_step_page(meeting),
    )


@bp.get("/regroupements/<uuid:meeting_id>/canevas")
@access(can_run_meeting, meeting=get_meeting)
def canvases(meeting: MeetingAccess) -> ResponseReturnValue:
    """The canvases, each with a page of its own to read before choosing."""
    return render_template(
        "meetings/canvases.html", form=BaseForm(), **canvases_page(meeting, request.args.get("duree", ""))
    )


@bp.route("/regroupements/<uuid:meeting_id>/canevas/lire", methods=["GET", "POST"])
@access(can_run_meeting, meeting=get_meeting)
def canvas(meeting: MeetingAccess) -> ResponseReturnValue:
    """The canvas that the address names, read first; taken, it replaces the agenda of this meeting."""
    read = library().get(request.args.get("canevas", meeting.meeting.canvas_id)) or abort(404)
    return perform(
        BaseForm(),
        lambda: change_canvas(meeting.meeting, read.id, now=clock.now(), by=me()),
        then=url_for("meetings.prepare", meeting_id=meeting.meeting.id),
        page="meetings/canvas.html",
        said="Le déroulé de ce regroupement est celui du nouveau canevas.",
        **canvas_page(meeting, read),
    )
