"""What everybody reads of a day, without account or cookie; registering for it, in one page."""

from datetime import datetime

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.events.area import bp
from collectifs.blueprints.events.forms import EnrolForm, enrol_form
from collectifs.kernel import clock
from collectifs.kernel.text.typed import one_line
from collectifs.kernel.text.typography import long_date, time_range
from collectifs.network.documents.poster import DayPosterPaper, day_poster_pdf
from collectifs.network.domain.event import EventState
from collectifs.network.domain.registration import check_may_register
from collectifs.network.queries.events import EventAccess, open_event_partner, programme_of, published_event
from collectifs.network.queries.registrations import filling_of
from collectifs.network.services.registrations import register
from collectifs.people.domain.people import normal_address
from collectifs.people.mails.letters import page_url
from collectifs.people.queries.contacts import contact_for
from collectifs.people.services.sign_in import count_asking, is_slowed, note_failure
from collectifs.web.access import access, anyone
from collectifs.web.files import pdf_file
from collectifs.web.limits import SlowedDown, asked_for, asking
from collectifs.web.perform import perform
from collectifs.web.refusals import why_not


def event_at(slug: str) -> EventAccess:
    """The published day of an address, or the page of what does not exist."""
    found = published_event(slug)
    if found is None:
        abort(404)
    return found


@bp.get("/journee/<slug>")
@access(anyone)
def day(slug: str) -> ResponseReturnValue:
    """The programme of a day. It counts nobody and keeps nothing in the browser."""
    found = event_at(slug)
    return render_template(
        "events/day.html",
        is_shell=True,  # no form, hence no token, hence no cookie
        access=found,
        event=found.event,
        state=found.state(clock.now()).value,
        slots=programme_of(found.id),
        filling=filling_of(found.id),
        contact=contact_for(found.territory_id),
        is_withdrawn=request.args.get("suite") == "retiree",
        passed_on_by=_partner_code(),
    )


@bp.route("/journee/<slug>/inscription", methods=["GET", "POST"])
@access(anyone)
def enrol(slug: str) -> ResponseReturnValue:
    """Names, an address, two wishes a slot: places are taken by the link of the mail, never by somebody else."""
    found, now = event_at(slug), clock.now()
    is_sent = request.args.get("suite") == "message"
    closed = why_not(lambda: check_may_register(found.state(now)))
    if closed and request.method == "GET" and not is_sent:
        return redirect(url_for(".day", slug=slug))
    if request.method == "POST" and is_slowed(asking(), now):
        raise SlowedDown(link_helps=False)
    slots = programme_of(found.id)
    form = enrol_form(slots)
    return perform(
        form,
        lambda: _begin(found, form, now),
        then=url_for(".enrol", slug=slug, suite="message"),
        page="events/enrol.html",
        access=found,
        slots=slots,
        filling=filling_of(found.id),
        is_sent=is_sent,
        is_open=found.state(now) is EventState.OPEN,
        passed_on_by=_partner_code(),
    )


def _begin(found: EventAccess, form: EnrolForm, now: datetime) -> None:
    """An address that was written to too often gets no more mail for a while; the answer is the same."""
    note_failure(asking().values(), now=now)
    partner = open_event_partner(found.id, _partner_code())
    address = normal_address(form.address.data or "")
    if count_asking(asked_for(address), now=now):
        register(found, form.who(), form.wishes(), partner_id=partner.id if partner else None, now=now)


def _partner_code() -> str:
    """The letters of a programme's link, as they are typed or scanned; an unknown code counts for nobody."""
    return one_line(request.args.get("par"))[:16].lower()


@bp.get("/journee/<slug>/affiche.pdf")
@access(anyone)
def poster(slug: str) -> ResponseReturnValue:
    """The page of the day on paper, with its square code; nothing of a day that does not take place."""
    found = event_at(slug)
    if found.event.cancelled_at is not None:
        abort(404)
    return pdf_file(day_poster_pdf(_poster_of(found)).pdf, f"affiche-{found.event.slug}")


def _poster_of(found: EventAccess) -> DayPosterPaper:
    event, contact, zone = found.event, contact_for(found.territory_id), found.zone
    starts, ends = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    hours = time_range(starts, ends)
    is_one_day = starts.date() == ends.date()
    slots = [
        (time_range(each.slot.starts_at, each.slot.ends_at, zone), tuple(held.title for held in each.held))
        for each in programme_of(found.id)
        if each.held
    ]
    return DayPosterPaper(
        title=f"{event.title}, {found.territory.name}",
        territory=found.territory.name,
        kind=event.kind.label,
        cry=event.title,
        when=f"{long_date(starts)}, {hours}" if is_one_day else f"du {long_date(starts)} au {long_date(ends)}",
        place=event.place,
        slots=tuple(slots),
        address=page_url("events.day", slug=event.slug),
        closes_on=event.closes_on,
        contact=f"{contact.name}, {contact.address}" if contact else "",
    )
