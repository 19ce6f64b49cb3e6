"""A day for its manager: writing it, publishing, moving and cancelling it, who passes it on."""

from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.events.area import bp
from collectifs.blueprints.events.event_forms import (
    CancelEventForm,
    EventPartnerForm,
    event_form,
)
from collectifs.campaign.domain.funnel import LEAST, MASKED
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.canvas import library
from collectifs.network.permissions import can_manage_event
from collectifs.network.queries.events import (
    EventAccess,
    EventPartnerAccess,
    event_partners,
    events_on,
    get_event,
    get_event_partner,
    programme_of,
)
from collectifs.network.queries.registrations import brought_by, confirmed_counts, confirmed_ids, filling_of
from collectifs.network.services.events import (
    add_event_partner,
    cancel_event,
    change_event,
    create_event,
    publish_event,
    stop_event_partner,
)
from collectifs.people.domain.person import Role
from collectifs.people.mails.letters import page_url
from collectifs.people.models import Territory
from collectifs.people.permissions import can_manage_somewhere, can_manage_territory
from collectifs.people.queries.contacts import contacts_on
from collectifs.people.queries.people import get_territory
from collectifs.web.access import access, me
from collectifs.web.perform import perform


@bp.get("/journees")
@access(can_manage_somewhere)
def index() -> ResponseReturnValue:
    """The days of one's territories, and beginning another."""
    ids, now = me().territories(Role.MANAGER), clock.now()
    events = events_on(ids)
    numbers = confirmed_counts(each.id for each in events)
    found = [(each, each.state(now), numbers.get(each.id, 0)) for each in events]
    return render_template("events/index.html", events=found, places=contacts_on(ids))


@bp.route("/territoires/<uuid:territory_id>/journee", methods=["GET", "POST"])
@access(can_manage_territory, territory=get_territory)
def new(territory: Territory) -> ResponseReturnValue:
    """A day: what, when, where. Its slots and workshops come next."""
    form = event_form()
    return perform(
        form,
        lambda: create_event(territory, form.words(ZoneInfo(territory.timezone)), now=clock.now(), by=me()),
        then=lambda row: url_for(".manage", event_id=row.id),
        page="events/edit.html",
        territory=territory,
        access=None,
        registered=0,
    )


@bp.get("/journees/<uuid:event_id>")
@access(can_manage_event, event=get_event)
def manage(event: EventAccess) -> ResponseReturnValue:
    """Its slots and workshops, how they fill, what may be done."""
    return render_template(
        "events/manage.html",
        access=event,
        state=event.state(clock.now()),
        slots=programme_of(event.id),
        filling=filling_of(event.id),
        registered=len(confirmed_ids(event.id)),
        canvases=library(),
        now=clock.now(),
    )


@bp.route("/journees/<uuid:event_id>/modifier", methods=["GET", "POST"])
@access(can_manage_event, event=get_event)
def edit(event: EventAccess) -> ResponseReturnValue:
    """Its words, hours and place; whoever is registered is told of another date or place."""
    form = event_form(event)

    def change() -> None:
        is_told = change_event(event, form.words(event.zone), now=clock.now(), by=me())
        flash("C’est enregistré, et chaque personne inscrite est prévenue." if is_told else "C’est enregistré.")

    return perform(
        form,
        change,
        then=url_for(".manage", event_id=event.id),
        page="events/edit.html",
        territory=event.territory,
        access=event,
        registered=len(confirmed_ids(event.id)),
    )


@bp.post("/journees/<uuid:event_id>/publier")
@access(can_manage_event, event=get_event)
def publish(event: EventAccess) -> ResponseReturnValue:
    """From now on anybody reads it, and may register."""
    try:
        publish_event(event, now=clock.now(), by=me())
        flash("La journée est publiée.")
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
    return redirect(url_for(".manage", event_id=event.id))


@bp.route("/journees/<uuid:event_id>/annuler", methods=["GET", "POST"])
@access(can_manage_event, event=get_event)
def cancel(event: EventAccess) -> ResponseReturnValue:
    """It does not take place: how many are told is said before the click."""
    form = CancelEventForm()
    return perform(
        form,
        lambda: cancel_event(event, form.sentence.data or "", now=clock.now(), by=me()),
        then=url_for(".manage", event_id=event.id),
        page="events/cancel.html",
        said="La journée est annulée, et chaque personne inscrite est prévenue.",
        access=event,
        registered=len(confirmed_ids(event.id)),
    )


@bp.route("/journees/<uuid:event_id>/programmes", methods=["GET", "POST"])
@access(can_manage_event, event=get_event)
def partners(event: EventAccess) -> ResponseReturnValue:
    """Who passes it on, their links, and how many each brought; nothing under five is shown."""
    form, brought = EventPartnerForm(), brought_by(event.id)

    def shown(number: int) -> str:
        return str(number) if number >= LEAST else MASKED

    return perform(
        form,
        lambda: add_event_partner(event, form.name.data, now=clock.now(), by=me()),
        then=url_for(".partners", event_id=event.id),
        page="events/partners.html",
        said="Le lien est prêt.",
        access=event,
        direct=shown(brought.get(None, 0)),
        partners=[
            (each, page_url("events.day", slug=event.event.slug, par=each.slug), shown(brought.get(each.id, 0)))
            for each in event_partners(event.id)
        ],
    )


@bp.post("/programmes/<uuid:event_partner_id>/arreter")
@access(can_manage_event, event_partner=get_event_partner)
def end_partner(event_partner: EventPartnerAccess) -> ResponseReturnValue:
    """Stop a link."""
    stop_event_partner(event_partner, now=clock.now(), by=me())
    return redirect(url_for(".partners", event_id=event_partner.access.id))
