"""Fixing the date and the place of a meeting, moving it, and the paper to run it by."""

from flask import Blueprint, Response, flash, url_for
from flask.typing import ResponseReturnValue

from collectifs import clock
from collectifs.blueprints.planning.forms import new_slot_form, slot_form_of
from collectifs.documents.step_sheet import StepSheetPaper, step_sheet_pdf
from collectifs.domain.planning import days_of
from collectifs.domain.typography import long_date
from collectifs.permissions import can_pilot, can_run_meeting
from collectifs.queries.collectives import CollectiveAccess, get_collective
from collectifs.queries.meetings import (
    MeetingAccess,
    agenda_of,
    get_meeting,
    has_event,
    last_number,
    meetings_of,
)
from collectifs.services.planning import move_meeting, plan_meeting
from collectifs.web.access import access, me
from collectifs.web.perform import perform

bp = Blueprint("planning", __name__)


@bp.route("/collectifs/<uuid:collective_id>/nouveau-regroupement", methods=["GET", "POST"])
@access(can_pilot, collective=get_collective)
def create(collective: CollectiveAccess) -> ResponseReturnValue:
    """Fix the date, the hours and the place of the next meeting."""
    zone, series = collective.zone, meetings_of(collective.collective.id)
    number = last_number(collective.collective.id) + 1
    form = new_slot_form(number, series, zone, days_of(series, zone))
    return perform(
        form,
        lambda: plan_meeting(collective, slot=form.slot(), now=clock.now(), by=me()),
        then=lambda meeting: url_for("meetings.prepare", meeting_id=meeting.id),
        page="planning/create.html",
        said="La date est fixée. Chaque membre reçoit un courriel avec le jour, l’heure et le lieu.",
        collective=collective,
        series=series,
        number=number,
    )


@bp.route("/regroupements/<uuid:meeting_id>/date-et-lieu", methods=["GET", "POST"])
@access(can_run_meeting, meeting=get_meeting)
def edit(meeting: MeetingAccess) -> ResponseReturnValue:
    """Move a meeting that has not started: each member is told."""
    row, zone = meeting.meeting, meeting.access.zone
    days = days_of([each for each in meetings_of(row.collective_id) if each.id != row.id], zone)
    form = slot_form_of(row, zone, days)
    return perform(
        form,
        lambda: move_meeting(meeting, slot=form.slot(), now=clock.now(), by=me()),
        then=lambda moved: _said(moved, url_for("meetings.show", meeting_id=row.id)),
        page="planning/edit.html",
        meeting=meeting,
        is_started=has_event(row.id, "meeting_started"),
    )


def _said(moved: bool, then: str) -> str:
    """Say what became of it, on the page that follows."""
    flash("C’est changé. Chaque membre reçoit un courriel." if moved else "Rien n’a changé : personne n’est dérangé.")
    return then


@bp.get("/regroupements/<uuid:meeting_id>/feuille-de-route.pdf")
@access(can_run_meeting, meeting=get_meeting)
def step_sheet(meeting: MeetingAccess) -> ResponseReturnValue:
    """The agenda on one A4 page, read in the browser or printed."""
    row = meeting.meeting
    starts_at = row.starts_at.astimezone(meeting.access.zone)
    paper = StepSheetPaper(
        title=f"Feuille de route, regroupement {row.number}, {long_date(starts_at)}",
        collective_name=meeting.collective.name,
        meeting_label=f"regroupement {row.number}",
        starts_at=starts_at,
        place=row.place,
        steps=agenda_of(row),
    )
    name = f"feuille-de-route-regroupement-{row.number}.pdf"
    disposition = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(step_sheet_pdf(paper).pdf, mimetype="application/pdf", headers=disposition)
