"""Preparing a meeting: its minutes, its steps, its canvas, what is settled about the room."""

from uuid import uuid4

from flask import flash, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.meetings.area import bp
from collectifs.blueprints.meetings.prepare_forms import (
    AgendaForm,
    StepsForm,
    agenda_form,
    canvas_form,
    own_step_form,
)
from collectifs.blueprints.meetings.prepare_pages import canvas_page, prepare_page, steps_page
from collectifs.kernel import clock
from collectifs.kernel.text.typography import join_names
from collectifs.live.queries.parking import parked_rows
from collectifs.live.services.parking import park, unpark
from collectifs.meetings.permissions import can_run_meeting
from collectifs.meetings.queries.meetings import MeetingAccess, agenda_of, get_meeting
from collectifs.meetings.services.preparing import add_step as add_own_step
from collectifs.meetings.services.preparing import (
    change_canvas,
    drop_step,
    keep_for_series,
    move_step,
    prepare_meeting,
    put_step_back,
    reset_agenda,
)
from collectifs.web.access import access, me
from collectifs.web.perform import perform


@bp.route("/regroupements/<uuid:meeting_id>/preparer", methods=["GET", "POST"])
@access(can_run_meeting, meeting=get_meeting)
def prepare(meeting: MeetingAccess) -> ResponseReturnValue:
    """The minutes of each step, the situations proposed, the spare one, the papers."""
    form = agenda_form(meeting)
    page = "meetings.steps" if form.to_steps.data else "meetings.prepare"
    return perform(
        form,
        lambda: _keep(form, meeting),
        then=url_for(page, meeting_id=meeting.meeting.id),
        page="meetings/prepare.html",
        **prepare_page(meeting, me(), clock.now()),
    )


def _keep(form: AgendaForm, meeting: MeetingAccess) -> None:
    row, now = meeting.meeting, clock.now()
    if form.reset.data:
        reset_agenda(row, now=now, by=me())
        return
    prepare_meeting(row, minutes=form.minutes(), spare=form.held(), room=form.room(), now=now, by=me())
    if form.unpark.data:
        _take_off(form.unpark.data, meeting)
    if form.parked.data:
        park(row, item_id=uuid4(), text=form.parked.data, now=now, by=me())
    if form.series.data:
        flash(_said_of_series(keep_for_series(row, by=me())))


def _take_off(item_id: str, meeting: MeetingAccess) -> None:
    """A line of this series only; already gone, nothing happens."""
    for item in parked_rows(meeting.collective.id):
        if str(item.id) == item_id:
            unpark(item, by=me())


def _said_of_series(numbers: list[int]) -> str:
    if not numbers:
        return "Enregistré. Les regroupements que vous fixerez ensuite auront ce déroulé."
    named = join_names([str(number) for number in numbers])
    which = f"aux regroupements {named}" if len(numbers) > 1 else f"au regroupement {named}"
    return f"Enregistré ici, et appliqué {which} et à ceux que vous fixerez ensuite."


@bp.route("/regroupements/<uuid:meeting_id>/etapes", methods=["GET", "POST"])
@access(can_run_meeting, meeting=get_meeting)
def steps(meeting: MeetingAccess) -> ResponseReturnValue:
    """The order of the steps, those that are dropped, those that can be put back."""
    form = StepsForm()
    here = url_for("meetings.steps", meeting_id=meeting.meeting.id)
    return perform(
        form,
        lambda: _change_steps(form, meeting),
        then=lambda step_id: f"{here}#etape-{step_id}" if step_id else here,
        page="meetings/steps.html",
        **steps_page(meeting),
    )


def _change_steps(form: StepsForm, meeting: MeetingAccess) -> str:
    """One gesture; gives the step to come back to, "" when it is gone."""
    row, now = meeting.meeting, clock.now()
    if form.drop.data:
        drop_step(row, form.drop.data, now=now, by=me())
        return ""
    if form.back.data:
        put_step_back(row, form.back.data, now=now, by=me())
        return form.back.data
    step_id = form.up.data or form.down.data or ""
    move_step(row, step_id, up=bool(form.up.data), now=now, by=me())
    return step_id


@bp.route("/regroupements/<uuid:meeting_id>/etapes/ajouter", methods=["GET", "POST"])
@access(can_run_meeting, meeting=get_meeting)
def add_step(meeting: MeetingAccess) -> ResponseReturnValue:
    """A step that no canvas has."""
    form = own_step_form(agenda_of(meeting.meeting))
    return perform(
        form,
        lambda: add_own_step(meeting.meeting, form.own(), after=form.after.data or "", now=clock.now(), by=me()),
        then=url_for("meetings.steps", meeting_id=meeting.meeting.id),
        page="meetings/add_step.html",
        said="L’étape est ajoutée à ce regroupement.",
        **steps_page(meeting),
    )


@bp.route("/regroupements/<uuid:meeting_id>/canevas", methods=["GET", "POST"])
@access(can_run_meeting, meeting=get_meeting)
def canvas(meeting: MeetingAccess) -> ResponseReturnValue:
    """Another canvas, which replaces the agenda of this meeting."""
    form = canvas_form(meeting.meeting.canvas_id)
    return perform(
        form,
        lambda: change_canvas(meeting.meeting, form.canvas_id.data, now=clock.now(), by=me()),
        then=url_for("meetings.prepare", meeting_id=meeting.meeting.id),
        page="meetings/canvas.html",
        said="Le déroulé de ce regroupement est celui du nouveau canevas.",
        **canvas_page(meeting),
    )
