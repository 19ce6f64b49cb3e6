"""The slots and workshops of a day for its manager: fewer places are said before the click."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.events.area import bp
from collectifs.blueprints.events.event_forms import WorkshopForm, slot_form, workshop_form
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import count
from collectifs.network.domain.placing import check_is_meant
from collectifs.network.permissions import can_manage_event
from collectifs.network.queries.events import (
    EventAccess,
    SlotAccess,
    WorkshopAccess,
    get_event,
    get_slot,
    get_workshop,
)
from collectifs.network.queries.registrations import filling_of, get_registration
from collectifs.network.services.events import (
    add_slot,
    add_workshop,
    cancel_workshop,
    change_slot,
    change_workshop,
    drop_slot,
    losing_a_place,
)
from collectifs.web.access import access, me
from collectifs.web.forms import BaseForm
from collectifs.web.perform import perform


@bp.route("/journees/<uuid:event_id>/creneau", methods=["GET", "POST"])
@access(can_manage_event, event=get_event)
def new_slot(event: EventAccess) -> ResponseReturnValue:
    """One more slot."""
    form = slot_form(event)
    return perform(
        form,
        lambda: add_slot(event, form.hours(event.zone), now=clock.now(), by=me()),
        then=url_for(".manage", event_id=event.id),
        page="events/slot.html",
        access=event,
        slot=None,
    )


@bp.route("/creneaux/<uuid:slot_id>/modifier", methods=["GET", "POST"])
@access(can_manage_event, slot=get_slot)
def edit_slot(slot: SlotAccess) -> ResponseReturnValue:
    """Other hours; whoever is registered is told."""
    form = slot_form(slot.access, slot)

    def change() -> None:
        is_told = change_slot(slot, form.hours(slot.access.zone), now=clock.now(), by=me())
        flash("C’est enregistré, et chaque personne inscrite est prévenue." if is_told else "C’est enregistré.")

    then = url_for(".manage", event_id=slot.access.id)
    return perform(form, change, then=then, page="events/slot.html", access=slot.access, slot=slot.slot)


@bp.post("/creneaux/<uuid:slot_id>/retirer")
@access(can_manage_event, slot=get_slot)
def remove_slot(slot: SlotAccess) -> ResponseReturnValue:
    """A slot without a workshop."""
    event_id = slot.access.id
    try:
        drop_slot(slot, now=clock.now(), by=me())
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
    return redirect(url_for(".manage", event_id=event_id))


@bp.route("/creneaux/<uuid:slot_id>/atelier", methods=["GET", "POST"])
@access(can_manage_event, slot=get_slot)
def new_workshop(slot: SlotAccess) -> ResponseReturnValue:
    """One more workshop."""
    form = workshop_form()
    return perform(
        form,
        lambda: add_workshop(slot, form.words(), now=clock.now(), by=me()),
        then=url_for(".manage", event_id=slot.access.id),
        page="events/workshop.html",
        access=slot.access,
        slot=slot.slot,
        workshop=None,
    )


@bp.route("/ateliers/<uuid:workshop_id>/modifier", methods=["GET", "POST"])
@access(can_manage_event, workshop=get_workshop)
def edit_workshop(workshop: WorkshopAccess) -> ResponseReturnValue:
    """Its words and places; with fewer, who goes to the waiting list is named, and asked about once."""
    form = workshop_form(workshop.workshop)

    def change() -> None:
        _ask_once(form, workshop)
        told = change_workshop(workshop, form.words(), now=clock.now(), by=me())
        went = f"{count(told, 'personne', feminine=True)} {'est prévenue' if told == 1 else 'sont prévenues'}."
        flash(f"C’est enregistré, et {went}" if told else "C’est enregistré.")

    return perform(
        form,
        change,
        then=url_for(".manage", event_id=workshop.access.id),
        page="events/workshop.html",
        access=workshop.access,
        slot=workshop.slot,
        workshop=workshop.workshop,
    )


def _ask_once(form: WorkshopForm, workshop: WorkshopAccess) -> None:
    capacity = form.words().capacity
    rows = [get_registration(each) for each in losing_a_place(workshop, capacity)]
    if form.sure.data != str(capacity):
        form.losing = tuple(f"{row.given_name} {row.family_name}" for row in rows if row is not None)
        check_is_meant(form.losing, capacity)


@bp.route("/ateliers/<uuid:workshop_id>/annuler", methods=["GET", "POST"])
@access(can_manage_event, workshop=get_workshop)
def drop_workshop(workshop: WorkshopAccess) -> ResponseReturnValue:
    """It does not take place: how many are told, and what they keep, is said before the click."""
    return perform(
        BaseForm(),
        lambda: cancel_workshop(workshop, now=clock.now(), by=me()),
        then=url_for(".manage", event_id=workshop.access.id),
        page="events/drop_workshop.html",
        said="L’atelier est annulé, et les personnes concernées sont prévenues.",
        access=workshop.access,
        slot=workshop.slot,
        workshop=workshop.workshop,
        fills=filling_of(workshop.access.id).get(workshop.workshop.id),
    )
