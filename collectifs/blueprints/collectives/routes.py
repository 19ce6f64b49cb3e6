"""Collectives: what a manager does around them; their page, their charter and the way out for those inside."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.across.queries.summaries import summaries_on
from collectifs.blueprints.collectives import (
    charter,
    circles,
    contact,
    erased,
    facts,
    lists,
    mending,
    newcomers,
    scheme,
)
from collectifs.blueprints.collectives.area import bp
from collectifs.blueprints.collectives.forms import GuestsForm, PressForm, ReminderForm, collective_form
from collectifs.blueprints.collectives.management import management
from collectifs.blueprints.collectives.page import page_of
from collectifs.blueprints.collectives.sending import Draft, more_guests, new_draft, show_then_send
from collectifs.collectives.permissions import can_enter_collective, can_follow_members, can_manage, can_take_part
from collectifs.collectives.queries.collectives import (
    CollectiveAccess,
    CollectiveFacts,
    get_collective,
    get_collective_facts,
)
from collectifs.collectives.queries.lines import collectives_count
from collectifs.collectives.queries.pilots import vivier
from collectifs.collectives.queries.rosters import Roster, get_roster, roster_of
from collectifs.collectives.services.collectives import (
    Composition,
    check_composition,
    check_leaving,
    create_collective,
    leave_collective,
)
from collectifs.collectives.services.invitations import check_invitations, invite_again, invite_people
from collectifs.kernel import clock
from collectifs.kernel.endings import situation_ends_on
from collectifs.kernel.paging import Place
from collectifs.kernel.seasons import season_of
from collectifs.kernel.text.typography import short_date
from collectifs.meetings.queries.meetings import has_met
from collectifs.meetings.queries.situations import situations_by
from collectifs.people.domain.person import Role
from collectifs.people.permissions import can_manage_somewhere
from collectifs.people.queries.contacts import contacts_on
from collectifs.people.queries.roles import departments_among
from collectifs.web.access import access, me
from collectifs.web.paging import pages_of
from collectifs.web.perform import perform
from collectifs.web.refusals import why_not

# Modules that hang their own views on the blueprint.
MORE_VIEWS = (charter, circles, contact, erased, facts, lists, mending, newcomers, scheme)


@bp.get("/collectifs")
@access(can_manage_somewhere)
def index() -> ResponseReturnValue:
    """The collectives of one's territories, this season, fifty at a time: no content."""
    now, managed = clock.now(), me().territories(Role.MANAGER)
    season = season_of(now.date())
    place = Place.asked(request.args.get("page", ""), collectives_count(managed, season))
    return render_template(
        "collectives/index.html",
        shown=lists.shown_collectives(summaries_on(managed, season, now, place.page)),
        number=place.total,
        pages=pages_of(place, ".index"),
        territories=departments_among(managed),
        contacts=contacts_on(managed),
        season=season,
    )


@bp.route("/collectifs/nouveau", methods=["GET", "POST"])
@access(can_manage_somewhere)
def create() -> ResponseReturnValue:
    """A new collective: the list is shown as understood, then sent."""
    now, managed = clock.now(), me().territories(Role.MANAGER)
    pilots = vivier(managed, now.date())
    form = collective_form(departments_among(managed), pilots)

    def composed(draft: Draft) -> Composition:
        return form.composition(draft.pilot, draft.guests)

    return show_then_send(
        form,
        lambda: new_draft(form, now.date()),
        lambda draft: check_composition(composed(draft), now=now, by=me()),
        lambda draft: create_collective(composed(draft), now=now, by=me()),
        page="collectives/create.html",
        then=lambda made: url_for(".manage", collective_id=made.id),
        said="Le collectif est créé. Les invitations partent à l’instant.",
        pilots=pilots,
    )


@bp.route("/collectifs/<uuid:collective_id>/inviter", methods=["GET", "POST"])
@access(can_manage, collective=get_collective_facts)
def invite(collective: CollectiveFacts) -> ResponseReturnValue:
    """More members, before the first meeting."""
    now = clock.now()
    is_met = has_met(collective.id, now)
    form = GuestsForm()
    return show_then_send(
        form,
        lambda: more_guests(form, collective, now.date()),
        lambda draft: check_invitations(draft.guests, has_met=is_met),
        lambda draft: invite_people(collective, draft.guests, has_met=is_met, now=now, by=me()),
        page="collectives/invite.html",
        then=lambda _number: url_for(".manage", collective_id=collective.id),
        said="Les invitations partent à l’instant.",
        collective=collective,
        is_closed=is_met,
    )


@bp.get("/collectifs/<uuid:collective_id>/gestion")
@access(can_follow_members, collective=roster_of)
def manage(collective: Roster) -> ResponseReturnValue:
    """Dates, places, presences, members and addresses: never a content, never the way in."""
    return render_template("collectives/manage.html", form=ReminderForm(), **management(collective))


@bp.post("/collectifs/<uuid:collective_id>/relancer")
@access(can_manage, collective=get_collective_facts)
def resend(collective: CollectiveFacts) -> ResponseReturnValue:
    """The invitation again, to one person or to all who have not accepted the charter."""
    form = ReminderForm()
    return perform(
        form,
        lambda: invite_again(collective, user_id=form.user_id(), by=me()),
        then=url_for(".manage", collective_id=collective.id),
        page="collectives/manage.html",
        said="L’invitation repart à l’instant, avec un lien neuf." if form.user.data else "Les invitations repartent.",
        **management(get_roster(collective)),
    )


@bp.get("/collectifs/<uuid:collective_id>")
@access(can_enter_collective, collective=get_collective)
def show(collective: CollectiveAccess) -> ResponseReturnValue:
    """The collective as its members see it. The charter comes first."""
    if not can_take_part(me(), collective):
        return redirect(url_for(".charter", collective_id=collective.collective.id))
    page = page_of(collective, me(), clock.now())
    return render_template("collectives/show.html", access=collective, **page)


@bp.route("/collectifs/<uuid:collective_id>/quitter", methods=["GET", "POST"])
@access(can_enter_collective, collective=get_collective)
def leave(collective: CollectiveAccess) -> ResponseReturnValue:
    """What stays, what goes; then out, without a word to anybody. An invitation is declined here too."""
    has_come, name = can_take_part(me(), collective), collective.collective.name
    return perform(
        PressForm(),
        lambda: leave_collective(collective, now=clock.now(), by=me()),
        then=url_for("home.index"),
        page="collectives/leave.html",
        said=f"Vous avez quitté le collectif {name}." if has_come else f"Vous ne participez pas au collectif {name}.",
        access=collective,
        has_come=has_come,
        refusal=why_not(lambda: check_leaving(collective, now=clock.now(), by=me())),
        mine=situations_by(me().id, collective.collective.id),
        until=short_date(situation_ends_on(collective.collective.season)),
    )
