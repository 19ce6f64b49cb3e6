"""Naming who pilots a collective, with whom, after whom, and who stands in for one meeting."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.pilots.area import bp
from collectifs.blueprints.pilots.forms import EndForm, HandOverForm, WhoForm
from collectifs.collectives.domain import piloting
from collectifs.collectives.permissions import can_end_pilotship, can_name_deputy, can_name_pilots
from collectifs.collectives.queries.pilots import (
    MeetingPiloting,
    Piloting,
    PilotshipAccess,
    get_meeting_piloting,
    get_piloting,
    get_pilotship_access,
    possible_pilots,
)
from collectifs.collectives.services.pilots import end_pilotship
from collectifs.collectives.services.pilots import hand_over as pass_on
from collectifs.collectives.services.pilots import name_co_pilot as add_pilot
from collectifs.collectives.services.pilots import name_deputy as stand_in
from collectifs.kernel import clock
from collectifs.meetings.queries.meetings import meetings_of
from collectifs.people.domain.person import Role
from collectifs.people.queries.roles import managers_of
from collectifs.web.access import access, me
from collectifs.web.perform import perform

WITH_FORM = ["GET", "POST"]


@bp.get("/collectifs/<uuid:collective_id>/pilotage")
@access(can_name_pilots, collective=get_piloting)
def collective(collective: Piloting) -> ResponseReturnValue:
    """Who pilots, who comes next, who stands in; and the ways to change it."""
    now = clock.now()
    coming = [each for each in meetings_of(collective.facts.id) if not each.is_past(now)]
    context = _context(collective)
    return render_template("pilots/collective.html", meetings=coming, **context)


@bp.route("/collectifs/<uuid:collective_id>/copilotage", methods=WITH_FORM)
@access(can_name_pilots, collective=get_piloting)
def name_co_pilot(collective: Piloting) -> ResponseReturnValue:
    """Somebody pilots too, with the same rights."""
    form = _who_form(WhoForm(), collective)
    return perform(
        form,
        lambda: add_pilot(collective, to=form.chosen(collective), now=clock.now(), by=me()),
        then=_overview(collective),
        page="pilots/name_co_pilot.html",
        said="C’est fait. Cette personne et les membres reçoivent un courriel.",
        **_context(collective),
    )


@bp.route("/collectifs/<uuid:collective_id>/relais", methods=WITH_FORM)
@access(can_name_pilots, collective=get_piloting)
def hand_over(collective: Piloting) -> ResponseReturnValue:
    """What passes and what never does; then somebody takes over, from a day on."""
    now = clock.now()
    form = _hand_over_form(collective)
    inside = me().id in collective.member_ids
    return perform(
        form,
        lambda: pass_on(
            collective,
            of=form.replaced(),
            to=form.chosen(collective),
            on=form.first_day(),
            now=now,
            by=me(),
        ),
        then=url_for("collectives.show", collective_id=collective.facts.id) if inside else _overview(collective),
        page="pilots/hand_over.html",
        said="Le relais est passé. Cette personne et les membres reçoivent un courriel.",
        **_context(collective),
    )


@bp.route("/regroupements/<uuid:meeting_id>/remplacement", methods=WITH_FORM)
@access(can_name_deputy, meeting=get_meeting_piloting)
def name_deputy(meeting: MeetingPiloting) -> ResponseReturnValue:
    """Somebody runs this meeting in the pilot's place: what they will read is said before the click."""
    collective = meeting.collective
    form = _who_form(WhoForm(), collective)
    inside = me().id in collective.member_ids
    return perform(
        form,
        lambda: stand_in(meeting, to=form.chosen(collective), now=clock.now(), by=me()),
        then=url_for("meetings.show", meeting_id=meeting.id) if inside else _overview(collective),
        page="pilots/name_deputy.html",
        said="C’est fait. Cette personne et les membres reçoivent un courriel.",
        meeting=meeting,
        **_context(collective),
    )


@bp.route("/pilotages/<uuid:pilotship_id>/fin", methods=WITH_FORM)
@access(can_end_pilotship, pilotship=get_pilotship_access)
def end(pilotship: PilotshipAccess) -> ResponseReturnValue:
    """A co-pilot or a deputy stops; a hand-over to come is called off."""
    held, found = pilotship.pilotship, pilotship.collective
    now, own = clock.now(), held.user_id == me().id
    return perform(
        EndForm(),
        lambda: end_pilotship(held, now=now, by=me()),
        then=url_for("home.index") if own else _overview(found),
        page="pilots/end.html",
        said="C’est fait. Les personnes que cela concerne reçoivent un courriel.",
        pilotship=held,
        is_own=own,
        is_ahead=held.is_ahead(now),
        is_behind=held.is_behind(now),
        meeting=get_meeting_piloting(held.meeting_id) if held.meeting_id else None,
        collective=found,
    )


def _overview(collective: Piloting) -> str:
    return url_for(".collective", collective_id=collective.facts.id)


def _manages(collective: Piloting) -> bool:
    return bool(me().has(Role.MANAGER, collective.facts.territory_id))


def _who_form(form: Any, collective: Piloting) -> Any:
    form.offer(possible_pilots(collective, with_vivier=_manages(collective)))
    return form


def _hand_over_form(collective: Piloting) -> HandOverForm:
    """From whom: oneself, the only pilot, or the one that a manager chooses among several."""
    today = piloting.local_day(clock.now(), collective.zone)
    form: HandOverForm = _who_form(HandOverForm(day=today), collective)
    own = [each for each in collective.pilots if each.user_id == me().id] or list(collective.pilots)
    form.of.choices = {str(each.user_id): each.name for each in own} or {"": "Personne"}
    if len(own) < 2:
        form.of.data = str(own[0].user_id) if own else ""
    return form


def _context(collective: Piloting) -> dict[str, Any]:
    """What the pages about a collective are told; who pilots does not see the vivier, but whom to ask."""
    today = piloting.local_day(clock.now(), collective.zone)
    return {
        "collective": collective,
        "manages": _manages(collective),
        "managers": managers_of(collective.facts.territory_id, today),
        "piloted_by": piloting.piloted_by([each.name for each in collective.pilots]),
        "without_charter": [each.name for each in collective.pilots if each.user_id not in collective.consent_ids],
        "words": piloting,
    }
