"""One's own registration, by the link of a mail: whoever holds it is its person. A GET changes nothing."""

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.events.area import bp
from collectifs.blueprints.events.forms import wishes_form
from collectifs.book.queries.pages import pages_asked_of
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.seasons import season_label
from collectifs.meetings.documents.calendar import calendar_feed
from collectifs.meetings.documents.certificate import territory_signs
from collectifs.network.documents.certificate import AttendedWorkshop, DayCertificatePaper, day_certificate_pdf
from collectifs.network.domain.event import EventState
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.mails.calendar import event_in_calendar
from collectifs.network.models import Registration
from collectifs.network.queries.day import my_day, next_place
from collectifs.network.queries.events import EventAccess, get_event, programme_of
from collectifs.network.queries.pages import pages_for
from collectifs.network.queries.registrations import choices_of, filling_of, registration_for_token
from collectifs.network.services.registrations import (
    answer_offer,
    choose_again,
    confirm_registration,
    withdraw_registration,
)
from collectifs.people.mails.letters import page_url
from collectifs.people.queries.contacts import contact_for
from collectifs.web.access import access, anyone
from collectifs.web.files import pdf_file
from collectifs.web.forms import BaseForm
from collectifs.web.gone import gone
from collectifs.web.perform import perform


def opened(token: str) -> tuple[Registration, EventAccess]:
    """What a link opens; otherwise the page of a link that serves no more."""
    row = registration_for_token(token)
    found = get_event(row.event_id) if row else None
    if row is None or found is None or row.state is RegistrationState.WITHDRAWN:
        abort(gone("registration"))
    return row, found


def confirmed(token: str) -> tuple[Registration, EventAccess]:
    """The same, once it is confirmed: nothing else of it exists before."""
    row, found = opened(token)
    if row.state is not RegistrationState.CONFIRMED:
        abort(404)
    return row, found


@bp.route("/inscription/<token>", methods=["GET", "POST"])
@access(anyone, locks_rows=True)
def own(token: str) -> ResponseReturnValue:
    """Confirm, then one's own day."""
    row, found = opened(token)
    now = clock.now()
    page: dict[str, Any] = {"access": found, "row": row, "token": token}
    if row.state is RegistrationState.STARTED:
        return perform(
            BaseForm(),
            lambda: confirm_registration(row, found, now=now),
            then=url_for(".own", token=token),
            page="events/confirm.html",
            **page,
        )
    if request.method == "POST":  # confirmed already, in another window
        return redirect(url_for(".own", token=token))
    lines = my_day(row)
    page |= {"lines": lines, "next": next_place(lines, found, now), "now": now, "state": found.state(now).value}
    page |= {"left": len(pages_for(row)), "contact": contact_for(found.territory_id)}
    page["in_book"] = pages_asked_of(row.id)
    return render_template("events/own.html", **page)


@bp.route("/inscription/<token>/choix", methods=["GET", "POST"])
@access(anyone, locks_rows=True)
def choose(token: str) -> ResponseReturnValue:
    """Other workshops."""
    row, found = confirmed(token)
    slots, now = programme_of(found.id), clock.now()
    form = wishes_form(slots, choices_of(row.id))
    return perform(
        form,
        lambda: choose_again(row, found, form.wishes(), now=now),
        then=url_for(".own", token=token),
        page="events/choose.html",
        said="Vos choix sont enregistrés.",
        access=found,
        slots=slots,
        filling=filling_of(found.id),
        token=token,
    )


@bp.post("/inscription/<token>/place")
@access(anyone, locks_rows=True)
def offer(token: str) -> ResponseReturnValue:
    """Take a place that is kept, or leave it; the form says in which slot."""
    row, found = confirmed(token)
    slot_id = _slot_asked()
    takes = request.form.get("reponse") == "prendre"
    try:
        answer_offer(row, found, slot_id, takes=takes, now=clock.now())
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
        return redirect(url_for(".own", token=token))
    flash("La place est à vous." if takes else "La place est offerte à la personne suivante.")
    return redirect(url_for(".own", token=token))


@bp.route("/inscription/<token>/retirer", methods=["GET", "POST"])
@access(anyone, locks_rows=True)
def withdraw(token: str) -> ResponseReturnValue:
    """No reason; places are free at once."""
    row, found = opened(token)
    now = clock.now()
    return perform(
        BaseForm(),
        lambda: withdraw_registration(row, found, now=now),
        then=url_for(".day", slug=found.event.slug, suite="retiree"),
        page="events/withdraw.html",
        is_over=found.state(now) in (EventState.OVER, EventState.CANCELLED),
        access=found,
        token=token,
    )


@bp.get("/inscription/<token>/attestation.pdf")
@access(anyone)
def certificate(token: str) -> ResponseReturnValue:
    """The workshops in which one was seen, on paper, once the day is over."""
    row, found = confirmed(token)
    now, zone, event = clock.now(), found.zone, found.event
    attended = tuple(
        AttendedWorkshop(each.seat.title, each.slot.starts_at.astimezone(zone), each.slot.ends_at.astimezone(zone))
        for each in my_day(row)
        if each.seat is not None and each.came_at is not None
    )
    if not attended or found.state(now) is not EventState.OVER:
        abort(404)
    contact = contact_for(found.territory_id)
    paper = DayCertificatePaper(
        title=f"Attestation de présence, {event.title}",
        bearer=f"{row.given_name} {row.family_name}".strip(),
        event=event.title,
        place=event.place,
        territory=found.territory.name,
        season=season_label(event.season),
        attended=attended,
        made_on=now.astimezone(zone).date(),
        signs=(territory_signs(found.territory.name, contact.name if contact else ""),),
    )
    return pdf_file(day_certificate_pdf(paper).pdf, "attestation-journee")


@bp.get("/inscription/<token>/agenda.ics")
@access(anyone)
def calendar(token: str) -> ResponseReturnValue:
    """The day for one's calendar; a mail brings it anew when it moves."""
    row, found = confirmed(token)
    entry = event_in_calendar(found, my_day(row), page_url("events.own", token=token))
    response: Response = make_response(calendar_feed(found.event.title, [entry]))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="journee.ics"'
    return response


def _slot_asked() -> UUID:
    try:
        return UUID(request.form.get("creneau", ""))
    except ValueError:
        abort(422)
