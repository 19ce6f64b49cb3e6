"""The attendance of a meeting: the list to tick or correct, the sheet to sign, who travels out of their communes."""

from datetime import date

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.planning.area import bp
from collectifs.blueprints.planning.roll import attendance_form
from collectifs.collectives.permissions import can_pilot
from collectifs.collectives.queries.facts import phones_told
from collectifs.composition.queries.finding import are_adjoining
from collectifs.kernel import clock
from collectifs.kernel.text.typography import long_date, short_date
from collectifs.meetings.documents.attendance import AttendancePaper, Expected, attendance_pdf
from collectifs.meetings.domain.attendance import can_be_ticked, forgotten_on
from collectifs.meetings.domain.communes import Side, side_of
from collectifs.meetings.permissions import can_run_meeting, can_see_travel
from collectifs.meetings.queries.attendance import changes_of, guests_of, roll_of
from collectifs.meetings.queries.meetings import MeetingAccess, get_meeting
from collectifs.meetings.queries.presences import latest_memberships
from collectifs.meetings.queries.travel import VenueAccess, get_venue, travellers_of
from collectifs.meetings.services.attendance import save_attendance
from collectifs.people.queries.contacts import scheme_of
from collectifs.web.access import access, me
from collectifs.web.files import pdf_file
from collectifs.web.perform import perform


@bp.route("/regroupements/<uuid:meeting_id>/emargement", methods=["GET", "POST"])
@access(can_run_meeting, meeting=get_meeting)
def attendance(meeting: MeetingAccess) -> ResponseReturnValue:
    """Who is expected, who was there: ticked from paper, corrected with its history; guests."""
    row, zone, now = meeting.meeting, meeting.access.zone, clock.now()
    is_open, is_over = can_be_ticked(row.starts_at, now, zone), row.ends_at <= now
    form = attendance_form(roll_of(meeting), guests_of(row.id), is_open=is_open)
    return perform(
        form,
        lambda: save_attendance(meeting, form.ticked(), now=now, by=me()),
        then=lambda changed: _said(changed, url_for(".attendance", meeting_id=row.id)),
        page="planning/attendance.html",
        meeting=row,
        access=meeting.access,
        zone=zone,
        is_open=is_open,
        is_over=is_over,
        changes=changes_of(row.id),
        memberships=latest_memberships(meeting.access.memberships) if can_pilot(me(), meeting.access) else {},
        phones=phones_told(meeting.access.memberships, now) if can_pilot(me(), meeting.access) and not is_over else {},
        until=f"effacé le {short_date(forgotten_on(_day_of(meeting)))}",
    )


def _said(changed: int, then: str) -> str:
    flash("La liste est enregistrée." if changed else "Rien n’a changé dans la liste.")
    return then


def _day_of(meeting: MeetingAccess) -> date:
    return meeting.meeting.starts_at.astimezone(meeting.access.zone).date()


@bp.get("/regroupements/<uuid:meeting_id>/feuille-d-emargement.pdf")
@access(can_run_meeting, meeting=get_meeting)
def attendance_sheet(meeting: MeetingAccess) -> ResponseReturnValue:
    """The list to sign, on paper."""
    row, zone, roll = meeting.meeting, meeting.access.zone, roll_of(meeting)
    paper = AttendancePaper(
        title=f"Feuille d’émargement, regroupement {row.number}, {long_date(_day_of(meeting))}",
        collective_name=meeting.collective.name,
        meeting_label=f"regroupement {row.number}",
        starts_at=row.starts_at.astimezone(zone),
        ends_at=row.ends_at.astimezone(zone),
        place=row.place,
        members=tuple(
            Expected(f"{each.family_name} {each.given_name}".strip(), each.establishment, each.is_pilot)
            for each in roll
        ),
        guests=tuple(Expected(guest.name, guest.establishment) for guest in guests_of(row.id)),
        pilots=tuple(each.name for each in roll if each.is_pilot),
        scheme=scheme_of(meeting.access.territory.id),
    )
    return pdf_file(attendance_pdf(paper).pdf, f"emargement-regroupement-{row.number}")


@bp.get("/regroupements/<uuid:meeting_id>/hors-communes")
@access(can_see_travel, meeting=get_venue)
def communes(meeting: VenueAccess) -> ResponseReturnValue:
    """Whose travel may be paid: neither their commune of work nor that of home. The meeting's own commune alone is
    compared: whoever could try others would learn where people live."""
    sides = [
        (each.name, side_of(meeting.commune, each.work, each.home, are_adjoining)) for each in travellers_of(meeting)
    ]
    return render_template(
        "planning/communes.html",
        venue=meeting,
        sides=sides,
        outside=[name for name, side in sides if side is Side.OUTSIDE],
    )
