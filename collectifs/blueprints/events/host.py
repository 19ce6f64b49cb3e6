"""The workshop of whoever leads it, by the link of a mail: who was there, the page that it leaves. No account."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.events import desks
from collectifs.blueprints.events.area import bp
from collectifs.blueprints.events.desks import Desk
from collectifs.book.queries.pages import pages_asked_of
from collectifs.kernel import clock
from collectifs.kernel.seasons import season_label
from collectifs.meetings.documents.certificate import territory_signs
from collectifs.network.documents.certificate import AttendedWorkshop, DayCertificatePaper, day_certificate_pdf
from collectifs.network.queries.events import WorkshopAccess
from collectifs.network.queries.pages import page_left_by, workshop_for_token
from collectifs.network.queries.registrations import filling_of, seated_by_workshop
from collectifs.people.queries.contacts import contact_for
from collectifs.web.access import access, anyone
from collectifs.web.files import pdf_file
from collectifs.web.forms import BaseForm
from collectifs.web.gone import gone


def desk_of(token: str) -> Desk:
    """What a link opens; otherwise the page of a link that serves no more."""
    found = workshop_for_token(token)
    if found is None:
        abort(gone("host"))
    return Desk(
        found,
        None,
        back=url_for(".host", token=token),
        attendance=url_for(".host_attendance", token=token),
        page=url_for(".host_page", token=token),
        propose=url_for(".host_propose", token=token),
        take_up=url_for(".host_take_up", token=token),
        door=url_for(".host_door", token=token),
    )


@bp.get("/animation/<token>")
@access(anyone)
def host(token: str) -> ResponseReturnValue:
    """When and where, how many have a place, and what there is to do."""
    desk, now = desk_of(token), clock.now()
    found = desk.found
    page = page_left_by(found)
    return render_template(
        "events/host.html",
        state=found.access.state(now).value,
        has_begun=now >= found.access.event.starts_at,
        fills=filling_of(found.access.id).get(found.workshop.id),
        left=page,
        status=page.seen_life(now).status(now) if page else None,
        contact=contact_for(found.territory_id),
        is_attested=_is_attested(found),
        token=token,
        in_book=pages_asked_of(found.workshop.id),
        book=url_for(".host_book", token=token),
        **desk.words,
    )


def _is_attested(found: WorkshopAccess) -> bool:
    """The workshop is over, and somebody was there; its host is named."""
    there = seated_by_workshop(found.access.id).get(found.workshop.id, [])
    is_over = found.is_held and found.slot.ends_at <= clock.now()
    return is_over and bool(found.workshop.host) and any(each.choice.came_at for each in there)


@bp.get("/animation/<token>/attestation.pdf")
@access(anyone)
def host_certificate(token: str) -> ResponseReturnValue:
    """That one led it, on paper, once it is over: a host has no account, and this link is theirs."""
    found = desk_of(token).found
    if not _is_attested(found):
        abort(404)
    zone, event, contact = found.access.zone, found.access.event, contact_for(found.territory_id)
    slot, name = found.slot, found.access.territory.name
    paper = DayCertificatePaper(
        title=f"Attestation d’animation, {event.title}",
        bearer=found.workshop.host,
        event=event.title,
        place=event.place,
        territory=name,
        season=season_label(event.season),
        attended=(
            AttendedWorkshop(found.workshop.title, slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)),
        ),
        made_on=clock.now().astimezone(zone).date(),
        signs=(territory_signs(name, contact.name if contact else ""),),
        led=True,
    )
    return pdf_file(day_certificate_pdf(paper).pdf, "attestation-animation")


@bp.route("/animation/<token>/presences", methods=["GET", "POST"])
@access(anyone)
def host_attendance(token: str) -> ResponseReturnValue:
    """Who was there; their names are shown from the day on."""
    desk = desk_of(token)
    if clock.now() < desk.found.access.event.starts_at or not desk.found.is_held:
        return render_template("events/attendance.html", form=BaseForm(), people=None, is_open=False, **desk.words)
    return desks.tick(desk)


@bp.route("/animation/<token>/page", methods=["GET", "POST"])
@access(anyone)
def host_page(token: str) -> ResponseReturnValue:
    """The page that the workshop leaves."""
    return desks.write_page(desk_of(token))


@bp.route("/animation/<token>/page/proposer", methods=["GET", "POST"])
@access(anyone)
def host_propose(token: str) -> ResponseReturnValue:
    """To those who were there."""
    return desks.propose(desk_of(token))


@bp.post("/animation/<token>/page/reprendre")
@access(anyone)
def host_take_up(token: str) -> ResponseReturnValue:
    """Back to writing."""
    return desks.take_up(desk_of(token))


@bp.get("/animation/<token>/porte")
@access(anyone)
def host_door(token: str) -> ResponseReturnValue:
    """The square code to show at the door."""
    return desks.show_door(desk_of(token))
