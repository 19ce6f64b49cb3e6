"""Fixing the date and the place of a meeting, moving it, and the paper to run it by."""

from flask import Response, flash, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.planning import attendance, convocation, season, which_commune
from collectifs.blueprints.planning.area import bp
from collectifs.blueprints.planning.forms import CancelForm, new_slot_form, slot_form_of
from collectifs.blueprints.planning.room import agreed_in_the_room
from collectifs.collectives.permissions import can_pilot
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.kernel import clock
from collectifs.kernel.text.typography import long_date
from collectifs.meetings.documents.step_sheet import StepSheetPaper, step_sheet_pdf
from collectifs.meetings.domain.planning import is_late_notice, series_title
from collectifs.meetings.permissions import can_plan_meeting, can_run_meeting
from collectifs.meetings.queries.meetings import (
    MeetingAccess,
    agenda_of,
    facts_of,
    get_meeting,
    last_number,
    meetings_of,
)
from collectifs.meetings.services.planning import cancel_meeting, move_meeting, plan_meeting
from collectifs.web.access import access, me
from collectifs.web.perform import perform

MORE_VIEWS = (attendance, convocation, season, which_commune)  # modules that hang their own views on the blueprint


@bp.route("/collectifs/<uuid:collective_id>/nouveau-regroupement", methods=["GET", "POST"])
@access(can_pilot, collective=get_collective)
def create(collective: CollectiveAccess) -> ResponseReturnValue:
    """Fix the date, the hours and the place of the next meeting."""
    series, number = meetings_of(collective.collective.id), last_number(collective.collective.id) + 1
    form = new_slot_form(number, series, collective)
    return perform(
        form,
        lambda: plan_meeting(collective, slot=form.slot(), now=clock.now(), by=me()),
        then=lambda meeting: url_for("meetings.prepare", meeting_id=meeting.id),
        page="planning/create.html",
        said="La date est fixée. Chaque membre reçoit un courriel avec le jour, l’heure et le lieu.",
        collective=collective,
        series=series,
        number=number,
        may_ask=True,
        back=url_for("collectives.show", collective_id=collective.collective.id),
    )


@bp.route("/regroupements/<uuid:meeting_id>/date-et-lieu", methods=["GET", "POST"])
@access(can_plan_meeting, meeting=get_meeting)
def edit(meeting: MeetingAccess) -> ResponseReturnValue:
    """Move a meeting that has not started: each member is told."""
    row = meeting.meeting
    others = [each for each in meetings_of(row.collective_id) if each.id != row.id]
    form = slot_form_of(row, others, meeting.access)
    return perform(
        form,
        lambda: move_meeting(meeting, slot=form.slot(), now=clock.now(), by=me()),
        then=lambda moved: _said(moved, url_for("meetings.show", meeting_id=row.id)),
        page="planning/edit.html",
        meeting=meeting,
        held=facts_of(row),
    )


@bp.route("/regroupements/<uuid:meeting_id>/annuler", methods=["GET", "POST"])
@access(can_plan_meeting, meeting=get_meeting)
def cancel(meeting: MeetingAccess) -> ResponseReturnValue:
    """Take a meeting out of the series: each member is told, no reason is asked."""
    row, now = meeting.meeting, clock.now()
    is_late, is_ahead = is_late_notice(row.starts_at, now), row.ends_at > now
    create_url = url_for(".create", collective_id=row.collective_id)
    return perform(
        CancelForm(),
        lambda: cancel_meeting(meeting, now=now, by=me()),
        then=create_url if is_late else url_for("collectives.show", collective_id=row.collective_id),
        page="planning/cancel.html",
        said=_cancelled_words(is_late=is_late, is_ahead=is_ahead),
        meeting=meeting,
        held=facts_of(row),
        following=[each for each in meetings_of(row.collective_id) if each.number > row.number],
        is_late=is_late,
        is_ahead=is_ahead,
    )


@bp.route("/regroupements/<uuid:meeting_id>/prochaine-date", methods=["GET", "POST"])
@access(can_run_meeting, meeting=get_meeting)
def agree(meeting: MeetingAccess) -> ResponseReturnValue:
    """Fix the next date in the room, at the closing step: for the live screen, or as a page of its own."""
    collective, id_ = meeting.access, meeting.collective.id
    series, number = meetings_of(id_), last_number(id_) + 1
    form = new_slot_form(number, series, collective)
    if request.is_json:
        return agreed_in_the_room(form, meeting)
    return perform(
        form,
        lambda: plan_meeting(collective, slot=form.slot(), now=clock.now(), by=me()),
        then=url_for("meetings.show", meeting_id=meeting.meeting.id),
        page="planning/agree.html",
        said="La date est fixée. Chaque membre reçoit un courriel avec le jour, l’heure et le lieu.",
        collective=collective,
        series=series,
        number=number,
        back=url_for("meetings.show", meeting_id=meeting.meeting.id),
    )


def _cancelled_words(*, is_late: bool, is_ahead: bool) -> str:
    """What the next page announces."""
    if not is_ahead:
        return "Le regroupement est annulé. Son heure était passée : aucun courriel n’est envoyé."
    told = "Le regroupement est annulé. Chaque membre reçoit un courriel."
    return f"{told} Vous pouvez fixer tout de suite une autre date." if is_late else told


def _said(moved: bool, then: str) -> str:
    """Say what became of it, on the page that follows."""
    unmoved = "Rien n’a changé : aucun courriel n’est envoyé."
    flash("C’est changé. Chaque membre reçoit un courriel." if moved else unmoved)
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
        meeting_label=series_title(row.number),
        starts_at=starts_at,
        place=row.place,
        steps=agenda_of(row),
        closes_at=row.room_closes_at.astimezone(meeting.access.zone) if row.room_closes_at else None,
    )
    name = f"feuille-de-route-regroupement-{row.number}.pdf"
    disposition = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(step_sheet_pdf(paper).pdf, mimetype="application/pdf", headers=disposition)
