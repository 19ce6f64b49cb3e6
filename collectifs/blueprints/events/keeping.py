"""A workshop for the manager of the day: who leads it, who was there, the page that it leaves."""

from flask import url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.events import desks
from collectifs.blueprints.events.area import bp
from collectifs.blueprints.events.desks import Desk
from collectifs.blueprints.events.page_forms import host_form
from collectifs.network.permissions import can_manage_event
from collectifs.network.queries.events import WorkshopAccess, get_workshop
from collectifs.network.services.pages import send_host_link
from collectifs.web.access import access, me
from collectifs.web.perform import perform


def _desk(workshop: WorkshopAccess) -> Desk:
    return Desk(
        workshop,
        me(),
        back=url_for(".manage", event_id=workshop.access.id),
        attendance=_url(".attendance", workshop),
        page=_url(".workshop_text", workshop),
        propose=_url(".propose_text", workshop),
        take_up=_url(".take_up_text", workshop),
        door=_url(".workshop_door", workshop),
    )


def _url(endpoint: str, workshop: WorkshopAccess) -> str:
    return url_for(endpoint, workshop_id=workshop.workshop.id)


@bp.route("/ateliers/<uuid:workshop_id>/presences", methods=["GET", "POST"])
@access(can_manage_event, workshop=get_workshop)
def attendance(workshop: WorkshopAccess) -> ResponseReturnValue:
    """Who was there, of those who had a place: ticked, and put right."""
    return desks.tick(_desk(workshop))


@bp.route("/ateliers/<uuid:workshop_id>/animation", methods=["GET", "POST"])
@access(can_manage_event, workshop=get_workshop)
def host_of(workshop: WorkshopAccess) -> ResponseReturnValue:
    """Who leads it: their link is mailed to them."""
    form, desk = host_form(workshop), _desk(workshop)
    return perform(
        form,
        lambda: send_host_link(workshop, form.host.data or "", form.address.data or "", by=me()),
        then=desk.back,
        page="events/host_of.html",
        said="Le lien part par courriel.",
        **desk.words,
    )


@bp.route("/ateliers/<uuid:workshop_id>/page", methods=["GET", "POST"])
@access(can_manage_event, workshop=get_workshop)
def workshop_text(workshop: WorkshopAccess) -> ResponseReturnValue:
    """The page that the workshop leaves."""
    return desks.write_page(_desk(workshop))


@bp.route("/ateliers/<uuid:workshop_id>/page/proposer", methods=["GET", "POST"])
@access(can_manage_event, workshop=get_workshop)
def propose_text(workshop: WorkshopAccess) -> ResponseReturnValue:
    """To those who were there."""
    return desks.propose(_desk(workshop))


@bp.post("/ateliers/<uuid:workshop_id>/page/reprendre")
@access(can_manage_event, workshop=get_workshop)
def take_up_text(workshop: WorkshopAccess) -> ResponseReturnValue:
    """Back to writing."""
    return desks.take_up(_desk(workshop))


@bp.get("/ateliers/<uuid:workshop_id>/porte")
@access(can_manage_event, workshop=get_workshop)
def workshop_door(workshop: WorkshopAccess) -> ResponseReturnValue:
    """The square code to show at the door."""
    return desks.show_door(_desk(workshop))
