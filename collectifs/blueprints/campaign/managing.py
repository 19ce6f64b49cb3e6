"""Calls for their manager: writing one, pausing it, who passes it on, what is said of it."""

from datetime import date

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.campaign.area import bp
from collectifs.blueprints.campaign.call_forms import PartnerForm, TestimonialForm, call_form
from collectifs.blueprints.campaign.public import poster_of
from collectifs.campaign.documents.poster import poster_pdf
from collectifs.campaign.domain.call import PartnerKind
from collectifs.campaign.domain.kinds import CallKind
from collectifs.campaign.models.calls import Call
from collectifs.campaign.permissions import can_manage_call
from collectifs.campaign.queries.calls import (
    CallAccess,
    PartnerAccess,
    TestimonialAccess,
    calls_on,
    get_call,
    get_partner,
    get_testimonial,
    latest_call,
    partners_of,
    testimonials_of,
)
from collectifs.campaign.queries.deciding import counts_by_state
from collectifs.campaign.queries.funnel import funnel_of
from collectifs.campaign.services.calls import (
    add_partner,
    add_testimonial,
    change_call,
    create_call,
    pause_call,
    publish_call,
    remove_testimonial,
    stop_partner,
)
from collectifs.kernel import clock
from collectifs.people.domain.person import Role
from collectifs.people.mails.letters import page_url
from collectifs.people.models import Territory
from collectifs.people.permissions import can_manage_somewhere, can_manage_territory
from collectifs.people.queries.contacts import contacts_on
from collectifs.people.queries.people import get_territory
from collectifs.web.access import access, me
from collectifs.web.files import pdf_file
from collectifs.web.perform import perform


@bp.get("/appels")
@access(can_manage_somewhere)
def calls() -> ResponseReturnValue:
    """The calls of one's territories, and beginning another."""
    ids = me().territories(Role.MANAGER)
    found = [(each, each.state(_today(each)), counts_by_state(each.id)) for each in calls_on(ids)]
    return render_template("campaign/calls.html", calls=found, places=contacts_on(ids))


@bp.route("/territoires/<uuid:territory_id>/appel", methods=["GET", "POST"])
@access(can_manage_territory, territory=get_territory)
def new_call(territory: Territory) -> ResponseReturnValue:
    """A call for a season, begun with the words of the last one."""
    return _new_call(territory, CallKind.TUTORS)


@bp.route("/territoires/<uuid:territory_id>/appel-classe-preparatoire", methods=["GET", "POST"])
@access(can_manage_territory, territory=get_territory)
def new_preparatory_call(territory: Territory) -> ResponseReturnValue:
    """A call for tutors of the students of a preparatory class: nothing is composed of it."""
    return _new_call(territory, CallKind.PREPARATORY)


def _new_call(territory: Territory, kind: CallKind) -> ResponseReturnValue:
    former = latest_call(territory.id, kind)
    form = call_form(former, is_new=True)

    def make() -> Call:
        row = create_call(territory, form.words(), kind=kind, by=me())
        if form.is_published.data:
            publish_call(row, now=clock.now(), by=me())
        return row

    return perform(
        form,
        make,
        then=lambda row: url_for(".candidacies", call_id=row.id),
        page="campaign/edit_call.html",
        territory=territory,
        call=None,
        former=former,
        kind=kind,
    )


@bp.route("/appels/<uuid:call_id>/modifier", methods=["GET", "POST"])
@access(can_manage_call, call=get_call)
def edit_call(call: CallAccess) -> ResponseReturnValue:
    """Its days and words; publishing it."""
    form = call_form(call.call, is_new=False)

    def change() -> None:
        change_call(call.call, form.words(), by=me())
        if form.is_published.data:
            publish_call(call.call, now=clock.now(), by=me())

    return perform(
        form,
        change,
        then=url_for(".candidacies", call_id=call.id),
        page="campaign/edit_call.html",
        said="L’appel est enregistré.",
        territory=call.territory,
        call=call.call,
        former=None,
        kind=call.call.kind,
    )


@bp.post("/appels/<uuid:call_id>/suspendre")
@access(can_manage_call, call=get_call)
def pause(call: CallAccess) -> ResponseReturnValue:
    """Suspend it, or go on."""
    pause_call(call.call, now=clock.now(), by=me())
    return redirect(url_for(".candidacies", call_id=call.id))


@bp.route("/appels/<uuid:call_id>/partenaires", methods=["GET", "POST"])
@access(can_manage_call, call=get_call)
def partners(call: CallAccess) -> ResponseReturnValue:
    """Who passes it on, their links, and what each brought."""
    form = PartnerForm()
    return perform(
        form,
        lambda: add_partner(
            call,
            name=form.name.data,
            kind=PartnerKind(form.kind.data),
            uai=form.uai.data or "",
            now=clock.now(),
            by=me(),
        ),
        then=url_for(".partners", call_id=call.id),
        page="campaign/partners.html",
        said="Le lien est prêt.",
        access=call,
        partners=[
            (each, page_url("campaign.call", slug=call.call.slug, par=each.slug)) for each in partners_of(call.id)
        ],
        funnel=funnel_of(call.id),
    )


@bp.post("/partenaires/<uuid:partner_id>/arreter")
@access(can_manage_call, partner=get_partner)
def end_partner(partner: PartnerAccess) -> ResponseReturnValue:
    """Stop a link."""
    stop_partner(partner, now=clock.now(), by=me())
    return redirect(url_for(".partners", call_id=partner.access.id))


@bp.get("/partenaires/<uuid:partner_id>/affiche.pdf")
@access(can_manage_call, partner=get_partner)
def partner_poster(partner: PartnerAccess) -> ResponseReturnValue:
    """The poster with the square code of that partner."""
    return pdf_file(poster_pdf(poster_of(partner.access, partner.partner)).pdf, "affiche-partenaire")


@bp.route("/appels/<uuid:call_id>/paroles", methods=["GET", "POST"])
@access(can_manage_call, call=get_call)
def testimonials(call: CallAccess) -> ResponseReturnValue:
    """What is said on its page, by whose agreement, until when."""
    form, today = TestimonialForm(), _today(call)
    return perform(
        form,
        lambda: add_testimonial(call, form.said(), today=today, by=me()),
        then=url_for(".testimonials", call_id=call.id),
        page="campaign/testimonials.html",
        access=call,
        testimonials=testimonials_of(call.id, today),
    )


@bp.post("/paroles/<uuid:testimonial_id>/retirer")
@access(can_manage_call, testimonial=get_testimonial)
def drop_testimonial(testimonial: TestimonialAccess) -> ResponseReturnValue:
    """Gone at once."""
    call_id = testimonial.access.id
    remove_testimonial(testimonial, by=me())
    return redirect(url_for(".testimonials", call_id=call_id))


def _today(call: CallAccess) -> date:
    return clock.now().astimezone(call.zone).date()
